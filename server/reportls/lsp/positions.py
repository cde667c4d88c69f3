"""The two doors between offsets in a report and the protocol's positions and ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from reportls.lsp.columns import Columns
from reportls.text import Edit, Span, column_in

if TYPE_CHECKING:
    from collections.abc import Iterable


class Converter(Columns):
    """Converts for one version of one report, in the client's unit of columns."""

    def offset(self, position: types.Position) -> int:
        """The offset of a position; past the end of its line or of the text, that end."""
        return self.offset_at(position.line, position.character)

    def span(self, range_: types.Range) -> Span:
        """The span of a range; one whose end comes first is turned round."""
        start, end = self.offset(range_.start), self.offset(range_.end)
        return Span(min(start, end), max(start, end))

    def position(self, offset: int) -> types.Position:
        """The position of an offset."""
        line, column = self.report.line_col(offset)
        if self.encoding == "utf-32":
            return types.Position(line, column)
        return types.Position(line, column_in(self.encoding, self.report.line_text(line), column))

    def range(self, span: Span) -> types.Range:
        """The range of a span."""
        return types.Range(self.position(span.start), self.position(span.end))

    def edits(self, edits: Iterable[Edit]) -> list[types.TextEdit]:
        """Edits, in the order in which they are given."""
        return [types.TextEdit(self.range(edit.span), edit.new_text) for edit in edits]
