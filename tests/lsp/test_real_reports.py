"""Real reports: opened, typed in, closed and reopened, their diagnostics are what `reportls check` says of the text."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.support import corpus
from tests.support.capabilities import ENCODINGS, capabilities
from tests.support.corpus import needs_corpus
from tests.support.editing import lines_of, range_of
from tests.support.open_document import OpenDocument
from tests.support.raw_client import RawClient
from tests.support.same_as_check import by_check, by_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = needs_corpus

GROUPS = 6
"""So many sessions share the reports."""
TYPED = "und so 😋 weiter"


@pytest.fixture(params=ENCODINGS)
def session(request: pytest.FixtureRequest) -> Iterator[RawClient]:
    """Start a session for many reports."""
    with RawClient() as client:
        client.initialize(capabilities(encodings=[request.param]))
        yield client
        client.settle()
        assert client.leave() == 0
        assert client.complaints() == []


def folder_of(name: str, folder: Path) -> Path:
    """Make a folder with the figures of the group's repository, all alike; return the path of the report."""
    report = folder / name / "README.md"
    for figure in ("README.md", *corpus.figures(name).paths()):
        file = report.parent / figure
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"\x89PNG\r\n\x1a\n")
    return report


def is_same(document: OpenDocument, path: Path) -> bool:
    """Return whether the newest diagnostics are what the command line finds."""
    found = by_server(document.diagnostics(), document.text, document.client.encoding)
    return found == by_check(path, document.text)


@pytest.mark.parametrize("group", range(GROUPS))
def test_opened_and_typed_in_and_reopened(session: RawClient, group: int, tmp_path: Path) -> None:
    """Server and command line find the same in real reports; each unit of columns gets a third of them."""
    offset = ENCODINGS.index(session.encoding)
    for name in corpus.names()[group * len(ENCODINGS) + offset :: GROUPS * len(ENCODINGS)]:
        path = folder_of(name, tmp_path)
        document = OpenDocument(session, path.as_uri(), corpus.report(name))
        assert is_same(document, path), name
        for _ in range(2):
            document.change({"range": _end_of_middle_line(document), "text": TYPED})
            assert is_same(document, path), name
        session.close(document.uri)
        session.settle()
        assert session.published(document.uri)[-1]["diagnostics"] == []
        assert is_same(OpenDocument(session, document.uri, document.text), path), name


@pytest.mark.parametrize("name", corpus.histories())
def test_a_history_typed_again(session: RawClient, name: str, tmp_path: Path) -> None:
    """Line edits from each version of a report to the next give what the command line finds."""
    first, *others = corpus.versions(name)
    path = folder_of(name, tmp_path)
    document = OpenDocument(session, path.as_uri(), first)
    assert is_same(document, path)
    for text in others:
        for start, end, new in reversed([*_differences(document.text, text)]):
            document.change({"range": range_of(document.text, start, end, session.encoding), "text": new})
        assert document.text == text
        if document.version > 1:
            assert is_same(document, path)


def _end_of_middle_line(document: OpenDocument) -> dict[str, dict[str, int]]:
    line = len(lines_of(document.text)) // 2
    end = {"line": line, "character": 10**6}
    return {"start": end, "end": end}


def _differences(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Yield replacements of lines that turn one text into another, the first lines first."""
    (olds, starts), (news, _) = _lines(old), _lines(new)
    for tag, start, end, new_start, new_end in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        if tag != "equal":
            yield starts[start], starts[end], "".join(news[new_start:new_end])


def _lines(text: str) -> tuple[list[str], list[int]]:
    """Return the lines with their ends, and the offset of each and of the end of the text."""
    starts = [*(line.start for line in lines_of(text)), len(text)]
    return [text[start:end] for start, end in pairwise(starts)], starts
