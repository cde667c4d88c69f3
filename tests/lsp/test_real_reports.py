"""Real reports: opened, typed in, closed and reopened, their diagnostics are what `reportls check` says of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import corpus
from tests.support.capabilities import ENCODINGS, capabilities
from tests.support.corpus import needs_corpus
from tests.support.editing import differences, lines_of, range_of
from tests.support.open_document import OpenDocument
from tests.support.raw_client import RawClient
from tests.support.same_as_check import folder_of, is_same

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
        for start, end, new in reversed([*differences(document.text, text)]):
            document.change({"range": range_of(document.text, start, end, session.encoding), "text": new})
        assert document.text == text
        if document.version > 1:
            assert is_same(document, path)


def _end_of_middle_line(document: OpenDocument) -> dict[str, dict[str, int]]:
    line = len(lines_of(document.text)) // 2
    end = {"line": line, "character": 10**6}
    return {"start": end, "end": end}
