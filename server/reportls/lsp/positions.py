"""Converts between offsets in a report and the protocol's positions, ranges and edits."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from reportls.text import Edit, Span, column_from

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lsprotocol import types

    from reportls.report.report import Report
    from reportls.text import Encoding


class Place(NamedTuple):
    """A range as the client counts: lines, and columns in its unit."""

    start_line: int
    start_column: int
    end_line: int
    end_column: int


class PlainChange(NamedTuple):
    """One edit of a document."""

    place: Place | None
    """None: the whole document."""
    text: str


class Converter:
    """Converts for one version of one report, in the client's unit of columns."""

    def __init__(self, report: Report, encoding: Encoding) -> None:
        """Take both."""
        self._report = report
        self._encoding = encoding

    def offset_at(self, line: int, column: int) -> int:
        """Return the offset of a place; after the end of its line or of the text, that end."""
        report = self._report
        if line > report.first_lines[-1]:
            return report.starts[-1]
        block = min(bisect_right(report.first_lines, line), len(report.blocks)) - 1
        source = report.blocks[block].source
        span = source.line_span(line - report.first_lines[block])
        return report.starts[block] + span.start + column_from(self._encoding, source[span], column)

    def span_of(self, place: Place) -> Span:
        """Return the span of a place; some clients send the end of a range first."""
        start = self.offset_at(place.start_line, place.start_column)
        end = self.offset_at(place.end_line, place.end_column)
        return Span(min(start, end), max(start, end))

    def offset(self, position: types.Position) -> int:
        """Return the offset of a position; after the end of its line or of the text, that end."""
        return self.offset_at(position.line, position.character)

    def span(self, range_: types.Range) -> Span:
        """Return the span of a range, whichever end comes first."""
        start, end = range_.start, range_.end
        return self.span_of(Place(start.line, start.character, end.line, end.character))

    def position(self, offset: int) -> types.Position:
        """Return the position of an offset."""
        from lsprotocol import types  # noqa: PLC0415  # edits need this module long before they need the types

        return types.Position(*self._report.position(self._encoding, offset))

    def range(self, span: Span) -> types.Range:
        """Return the range of a span."""
        from lsprotocol import types  # noqa: PLC0415  # as above

        return types.Range(self.position(span.start), self.position(span.end))

    def edits(self, edits: Iterable[Edit]) -> list[types.TextEdit]:
        """Return the protocol's form of edits, in the given order."""
        from lsprotocol import types  # noqa: PLC0415  # as above

        return [types.TextEdit(self.range(edit.span), edit.new_text) for edit in edits]
