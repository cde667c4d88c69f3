"""Fuzzes offsets, positions and edits in a client's columns, compared with a second implementation."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reportls.host.loading import Flags
from reportls.lsp.conversion import Converter
from reportls.lsp.documents import Document, DocumentEnvironment
from reportls.lsp.notifications import change_from
from reportls.report.report import parse
from reportls.snapshot import Environment, take
from reportls.text import Encoding, SourceText
from tests.fuzz.texts import any_report, heaps
from tests.report.test_incremental import assert_equal, assert_same_findings
from tests.support import editing

Json = dict[str, Any]

encodings = st.sampled_from(["utf-8", "utf-16", "utf-32"])
_numbers = st.one_of(st.integers(0, 40), st.sampled_from([0, 1, 2**31 - 1, 2**53]))
_positions = st.fixed_dictionaries({"line": _numbers, "character": _numbers})
_changes = st.one_of(
    st.fixed_dictionaries({"range": st.fixed_dictionaries({"start": _positions, "end": _positions}), "text": heaps}),
    st.fixed_dictionaries(
        {"range": st.fixed_dictionaries({"start": _positions, "end": _positions}), "text": st.just("")}
    ),
    st.fixed_dictionaries({"text": heaps}),
)


@given(any_report, encodings, st.integers(0, 20_000), _positions)
def test_positions(text: str, encoding: Encoding, at: int, position: Json) -> None:
    """Both agree on the position of any offset and the offset of any position, even outside the text."""
    offset = at % (len(text) + 1)
    converter = Converter(parse(text), encoding)
    found, wanted = converter.position(offset), editing.position_of(text, offset, encoding)
    is_within_break = text[offset - 1 : offset + 1] == "\r\n"
    assert found.line == wanted["line"]
    assert is_within_break or found.character == wanted["character"]
    assert is_within_break or converter.offset(found) == offset
    assert converter.offset_at(position["line"], position["character"]) == editing.offset_of(text, position, encoding)
    line, column = SourceText(text).line_col(offset)
    assert editing.lines_of(text)[line].start + column == offset


@given(any_report, encodings, st.lists(st.lists(_changes, max_size=4), max_size=4))
@settings(max_examples=50)
def test_document(text: str, encoding: Encoding, messages: list[list[Json]]) -> None:
    """After any changes, even with invalid ranges, an open document has the text of a second implementation."""
    document = Document("untitled:é", 1, text, encoding, DocumentEnvironment(None, Flags()))
    for version, changes in enumerate(messages, start=2):
        document.change(version, [*map(change_from, changes)])
        text = editing.changed(text, [_turned(change) for change in changes], encoding)
        assert_equal(document.report, text)
        if snapshot := document.answers:
            assert_same_findings(snapshot, text)
            assert snapshot.findings == take(text, Environment()).findings


def _turned(change: Json) -> Json:
    """Return the change with the ends of its range in order."""
    if "range" not in change:
        return change
    start, end = sorted(change["range"].values(), key=lambda place: (place["line"], place["character"]))
    return {**change, "range": {"start": start, "end": end}}
