"""Every quick fix, made as an editor makes it, gives the text that the fix itself gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from reportls.cli.demo import SAMPLE as DEMO
from reportls.findings.finding import in_sentence_case
from reportls.host.loading import Flags, load
from reportls.snapshot import take
from reportls.text import apply_edits
from tests.support import corpus
from tests.support.capabilities import ENCODINGS, capabilities
from tests.support.group import REPORT
from tests.support.open_document import OpenDocument
from tests.support.raw_client import RawClient
from tests.support.sample import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportls.findings.finding import Finding

Json = dict[str, Any]
PARTS = 6
"""So many tests share the reports."""
EVERY_MUTANT = 4


def texts() -> list[str]:
    """Return our report, real ones, and some that were damaged."""
    ours = [REPORT, SAMPLE[27], SAMPLE[31], (DEMO / "reports" / "README.md").read_bytes().decode()]
    bent = [corpus.report(name, "mutants") for name in corpus.names("mutants")[::EVERY_MUTANT]]
    return ours + [corpus.report(name) for name in corpus.names()] + bent


@pytest.fixture(params=ENCODINGS)
def session(request: pytest.FixtureRequest) -> Iterator[RawClient]:
    """Start a session for many reports, with a client that takes images as text."""
    without = ["workspace.workspaceEdit.snippetEditSupport"]
    with RawClient() as client:
        client.initialize(capabilities(encodings=[request.param], without=without))
        yield client
        client.settle()
        assert client.leave() == 0
        assert client.complaints() == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with some figures that reports use or could use."""
    (tmp_path / "figures").mkdir()
    for name in ("thing1.png", "Overview.png", "a b.png", "é😋.jpg"):
        (tmp_path / "figures" / name).write_bytes(b"\x89PNG\r\n\x1a\n")
    return tmp_path


@pytest.mark.parametrize("part", range(PARTS))
def test_as_an_editor_makes_it(session: RawClient, folder: Path, part: int) -> None:
    """Every fix is offered and has the wanted effect; each unit of columns gets a third of the reports."""
    step = PARTS * len(ENCODINGS)
    chosen = texts()[part * len(ENCODINGS) + ENCODINGS.index(session.encoding) :: step]
    for number, text in enumerate(chosen):
        path = folder / f"{number}.md"
        document = OpenDocument(session, path.as_uri(), text)
        diagnostics = document.diagnostics()
        for finding in take(text, load(path, Flags(), text).environment).findings:
            check_finding(document, diagnostics, finding)
        session.close(document.uri)


def check_finding(document: OpenDocument, diagnostics: list[Json], finding: Finding) -> None:
    """Check that each fix is an action at its diagnostic, and belongs to it or to an equal one at that place."""
    shown = document.text[finding.span.start : finding.span.end]
    diagnostic = next(
        it
        for it in diagnostics
        if (it["code"], it["message"], document.offset(it["range"]["start"]), document.shown(it["range"]))
        == (finding.rule, finding.message, finding.span.start, shown)
    )
    titles = [in_sentence_case(fix.title) for fix in finding.fixes]
    assert titles == diagnostic.get("data", {"fixes": []})["fixes"]
    if not finding.fixes:
        return
    context = {"diagnostics": [diagnostic], "only": ["quickfix"]}
    actions = [
        action
        for action in document.ask("codeAction", range=diagnostic["range"], context=context)
        if "edit" in action and "command" not in action
    ]
    made = {(action["title"], document.after(action["edit"])) for action in actions}
    assert made >= {(in_sentence_case(fix.title), apply_edits(document.text, fix.edits)) for fix in finding.fixes}
