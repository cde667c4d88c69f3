"""The server in Pyodide finds what `reportls check` finds.

(cd editors/web && npm install && npm run build)
REPORTLS_WEB=editors/web/dist pytest tests/web
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support import corpus
from tests.support.capabilities import capabilities
from tests.support.editing import differences, range_of
from tests.support.open_document import OpenDocument
from tests.support.raw_client import RawClient
from tests.support.same_as_check import folder_of, is_same

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif("REPORTLS_WEB" not in os.environ, reason="REPORTLS_WEB names no build of editors/web")

GROUPS = 2
"""So many sessions share the reports."""


@pytest.fixture
def session() -> Iterator[RawClient]:
    """Start a session in Node."""
    program = Path(os.environ["REPORTLS_WEB"]) / "server" / "server.cjs"
    with RawClient(command=["node", str(program)]) as client:
        client.initialize(capabilities())
        yield client
        client.settle()
        assert client.leave() == 0
        assert client.complaints() == []


@corpus.needs_corpus
@pytest.mark.parametrize("group", range(GROUPS))
def test_real_reports(session: RawClient, group: int, tmp_path: Path) -> None:
    """The diagnostics of each real report are those of the command line, the figures beside it included."""
    for name in corpus.names()[group::GROUPS]:
        path = folder_of(name, tmp_path)
        document = OpenDocument(session, path.as_uri(), corpus.report(name))
        assert is_same(document, path), name
        session.close(document.uri)


@corpus.needs_corpus
@pytest.mark.parametrize("name", corpus.histories())
def test_a_history_typed_again(session: RawClient, name: str, tmp_path: Path) -> None:
    """Every version of a report, reached by edits of lines, has the diagnostics of the command line."""
    first, *others = corpus.versions(name)
    path = folder_of(name, tmp_path)
    document = OpenDocument(session, path.as_uri(), first)
    for number, text in enumerate(others, 1):
        for start, end, new in reversed([*differences(document.text, text)]):
            document.change({"range": range_of(document.text, start, end, session.encoding), "text": new})
        if document.version > 1:
            assert is_same(document, path), number


def test_what_needs_the_types_of_the_protocol(session: RawClient, tmp_path: Path) -> None:
    """Hover and the hand-in page work, and a figure that is added is found."""
    text = "### Question 1\n\n> **What?**\n>\n> Answer:\n\n![a](figures/a.png)\n\n### Question 2\n\n> Answer:\n\nb\n"
    report = tmp_path / "README.md"
    report.write_text(text, "utf-8")
    document = OpenDocument(session, report.as_uri(), text)
    assert "image-not-found" in {it["code"] for it in document.diagnostics()}
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    session.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": report.as_uri(), "type": 2}]})
    assert "image-not-found" not in {it["code"] for it in session.diagnostics(document.uri)}
    named = {"textDocument": {"uri": document.uri}}
    assert session.ask("textDocument/hover", {**named, "position": {"line": 0, "character": 5}})["contents"]
    assert "<html" in session.ask("reportls/page", {"uri": document.uri})["html"]
