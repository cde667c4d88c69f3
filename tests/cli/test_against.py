"""Tests of `reportls check --against`: what got better and worse since a commit."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.reports import PERFECT, SHORT
from tests.cli.running import reportls
from tests.support.past import Past

if TYPE_CHECKING:
    from pathlib import Path

NOTHING_SECOND = PERFECT.replace("In a box in the garden.\n", "")


@pytest.fixture
def past(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Past:
    """Create a repository with a report whose first answer is too short."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    past = Past(tmp_path / "group")
    past.save(SHORT, "Begin")
    return past


def told(past: Past, name: str) -> dict[str, Any]:
    """Return the comparison as JSON."""
    ran = reportls("check", past.folder, "--format", "json", "--against", name)
    document: dict[str, Any] = json.loads(ran.out)["reports"][0]["against"]
    return document


def test_better_and_worse(past: Past) -> None:
    """What is on disk is compared with the commit, question by question."""
    past.write(NOTHING_SECOND)
    found = told(past, "HEAD")
    assert found["better"] == [{"question": 1, "message": "question 1 passes now"}]
    assert found["worse"] == [{"question": 2, "message": "question 2 is unanswered now"}]
    assert (found["checker"]["passed"], found["errors"], found["problem"]) == (1, 1, None)
    ran = reportls("check", past.folder, "--against", "main")
    assert ran.out.splitlines()[-3:] == [
        f"since main ({past.git('rev-parse', 'HEAD')[:7]}; 1 of 2 passed then)",
        "    worse: question 2 is unanswered now",
        "    better: question 1 passes now",
    ]
    assert [line["change"] for line in found["lines"]] == ["worse", "better"]


def test_questions_of_which_the_same_can_be_said(past: Past) -> None:
    """Questions that change alike share a line."""
    past.save(NOTHING_SECOND.replace("They eat what flowers give them.\n", ""), "Empty")
    past.write(PERFECT)
    assert told(past, "HEAD")["lines"] == [{"change": "better", "message": "questions 1, 2 pass now"}]


def test_nothing_else(past: Past) -> None:
    """If no question has changed, the last line says so."""
    past.save(SHORT.replace("garden", "meadow"))
    assert reportls("check", past.folder, "--against", "HEAD~1").out.endswith("    no question has changed\n")


def test_template(past: Past) -> None:
    """Where a template decides, places to answer are compared; nothing passes or fails."""
    blank = "# Trip\n\n## Route\n\n> At most 4 words.\n\nTODO\n\n## Gear\n\nTODO\n"
    past.write('template = "template.md"\n', "reportls.toml")
    past.write(blank, "template.md")
    past.report.unlink()
    past.write(blank.replace("TODO", "Up the hill.", 1), "trip.md")
    past.commit("Begin the trip")
    past.write(blank.replace("TODO", "Up the hill and down again.", 1).replace("TODO", "Boots."), "trip.md")
    ran = reportls("check", past.folder / "trip.md", "--format", "json", "--against", "HEAD")
    found = json.loads(ran.out)["reports"][0]["against"]
    assert found["better"] == [{"question": 2, "message": "Gear: complete now"}]
    assert found["worse"] == [{"question": 1, "message": "Route: not complete now (6 of at most 4 words)"}]
    assert (found["checker"], found["summary"]["answered"]) == (None, 1)
    shown = reportls("check", past.folder / "trip.md", "--against", "HEAD").out
    assert "1 of 2 answered then" in shown
    past.write("# Nothing\n", "trip.md")
    past.commit("Lose the trip")
    past.write(blank, "trip.md")
    assert "does not follow its template" in reportls("check", past.folder / "trip.md", "--against", "HEAD").out


def test_moved_report(past: Past) -> None:
    """A report that was moved since then is found under its old name."""
    past.git("mv", "reports/README.md", "README.md")
    past.commit("Move")
    past.write(PERFECT, "README.md")
    assert [event["question"] for event in told(past, "HEAD~1")["better"]] == [1]


def test_new_report(past: Past) -> None:
    """A report that was not there yet has nothing to be compared with, and is judged all the same."""
    past.git("rm", "--quiet", "reports/README.md")
    past.commit("Drop")
    past.write(PERFECT)
    found = told(past, "HEAD")
    assert found["checker"] is None
    assert found["problem"] == f"no reports/README.md in {past.git('rev-parse', 'HEAD')[:7]}"
    assert found["lines"] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--against", "nowhere"], "no commit, branch or tag `nowhere` here"),
        (["--against", "HEAD", "--format", "sarif"], "--against goes with the formats text and json"),
        (["--against", "HEAD", "--checker"], "--against goes with the formats text and json"),
    ],
)
def test_bad_usage(past: Past, arguments: list[str], said: str) -> None:
    """Options that cannot be followed lead to a message."""
    ran = reportls("check", past.folder, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
