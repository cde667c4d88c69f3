"""A report of questions without template, script, edition and markers is judged by its own headings and prompts."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

import pytest

from reportls.form_snapshot import FormSnapshot, snapshot_of
from reportls.lsp.client import Client
from reportls.lsp.diagnostics import DiagnosticsWriter
from reportls.snapshot import Environment, Snapshot
from reportls.text import Edit, Span, apply_edits
from tests.cli import reports
from tests.cli.reports import judged, write
from tests.cli.running import reportls
from tests.support.files import FilesInMemory, plain_file
from tests.test_edits import BENT, TYPED

if TYPE_CHECKING:
    from pathlib import Path

PERFECT, SHORT = (text.replace("> Answer:\n", "") for text in (reports.PERFECT, reports.SHORT))
CLIENT = Client(takes_related=True)
FILES = FilesInMemory({name: plain_file(name) for name in ("figures/thing1.png", "figures/new.png")})


def form_of(text: str) -> FormSnapshot:
    """Judge a text that has no checker."""
    snapshot = snapshot_of(text, Environment(files=FILES))
    assert isinstance(snapshot, FormSnapshot)
    return snapshot


def found(text: str) -> list[tuple[str, str]]:
    """Return the rule and the message of each finding."""
    return [(finding.rule, finding.message) for finding in form_of(text).findings]


def test_states() -> None:
    """Each question is a place to answer, with the limits of its prompt."""
    rows = form_of(SHORT.replace("In a box in the garden.", "--- question 2 fill here ---")).rows
    assert [(row.name, row.state.value) for row in rows] == [
        ("Question 1", "outside limits"),
        ("Question 2", "unanswered"),
    ]
    assert [measured.in_words() for measured in rows[0].measured] == ["1 of 3-10 words"]


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ("eat what", "eat\n\n## what\n\n", []),
        ("### Question 2", "### Question 1", ["duplicate-question"]),
        ("They eat", "--- question 1 fill here ---\n\nThey eat", ["placeholder-left"]),
        ("They eat", "They ![](figures/New.png) eat", ["image-without-text", "image-case-mismatch"]),
    ],
)
def test_nothing_crashes(old: str, new: str, rules: list[str]) -> None:
    """What stops a course's script stops nothing here; what readers would miss is found."""
    text = PERFECT.replace(old, new, 1)
    assert [rule for rule, _ in found(text)] == rules
    assert not any("checker" in message or "crash" in message for _, message in found(text))


def test_words_in_the_prompt_are_no_answer() -> None:
    """An answer that sounds like its prompt counts in full, and the heading of the next section does not count."""
    text = PERFECT.replace("They eat what flowers give them.", "What do bees eat? Nectar.\n\n## Part two\n")
    assert [row.words for row in form_of(text).rows] == [5, 6]


@pytest.mark.parametrize("kind", BENT)
def test_edits(kind: str) -> None:
    """After every edit a damaged report is judged as when it is read afresh."""
    rng, text = Random(kind), BENT[kind].replace("> Answer:", ">")  # noqa: S311  # repeatable, not secret
    environment = Environment(files=FILES)
    snapshot, writer = snapshot_of(text, environment), DiagnosticsWriter("file:///r.md", CLIENT)
    for _ in range(40):
        writer.write(snapshot)
        start = rng.randrange(len(text) + 1)
        edit = Edit(Span(start, min(len(text), start + rng.choice([0, 0, 0, 1, 9, 60]))), rng.choice([*TYPED, ""]))
        snapshot, text = snapshot.edited(edit), apply_edits(text, [edit])
        fresh = snapshot_of(text, environment)
        assert type(snapshot) is type(fresh)  # a marker makes it a report of a course, until it is gone
        assert snapshot.findings == fresh.findings
        if isinstance(snapshot, FormSnapshot) and isinstance(fresh, FormSnapshot):
            assert snapshot.rows == fresh.rows
        assert writer.write(snapshot) == DiagnosticsWriter("file:///r.md", CLIENT).write(fresh)


def test_outputs(tmp_path: Path) -> None:
    """All outputs say what judged it, and none that it passes or crashes; with a script beside it, that decides."""
    path = write(tmp_path / "README.md", SHORT)
    for form in ("text", "concise", "junit", "github"):
        said = reportls("check", "--format", form, path).out
        assert "passed" not in said.replace('"passed":', "")
        assert "crash" not in said
    (report,) = json.loads(reportls("check", "--format", "json", path).out)["reports"]
    assert (report["checker"], report["edition"], report["form"]) == (None, None, "own words")
    assert "limits from the report's own words" in reportls("check", path).out
    assert reportls("check", "--checker", path).out.splitlines()[-1] == "complete, 1 outside its limits"
    assert "the report's own words, 2 places to answer" in reportls("debug", path).out
    judged(path, SHORT)
    assert reportls("check", "--checker", path).out.splitlines()[-1] == "1 of 2 passed"


def test_it_becomes_a_report_of_a_course() -> None:
    """A named edition judges as its script does, whatever the report says."""
    assert isinstance(snapshot_of(PERFECT, Environment(named="dtu-02476-2026")), Snapshot)
