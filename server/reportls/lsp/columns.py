"""From the lines and columns that a client counts to offsets in a report."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from reportls.text import Span, column_from

if TYPE_CHECKING:
    from reportls.lsp.members import Place
    from reportls.report.report import Report
    from reportls.text import Encoding


class Columns:
    """Counts in one version of one report, in the client's unit of columns."""

    def __init__(self, report: Report, encoding: Encoding) -> None:
        """Say which."""
        self.report = report
        self.encoding = encoding

    def offset_at(self, line: int, column: int) -> int:
        """The offset of a place; past the end of its line or of the text, that end."""
        report = self.report
        if line > report.first_lines[-1]:
            return report.starts[-1]
        block = min(bisect_right(report.first_lines, line), len(report.blocks)) - 1
        source = report.blocks[block].source
        span = source.line_span(line - report.first_lines[block])
        return report.starts[block] + span.start + column_from(self.encoding, source[span], column)

    def span_of(self, place: Place) -> Span:
        """The span of a place; one whose end comes first is turned round."""
        start = self.offset_at(place.start_line, place.start_column)
        end = self.offset_at(place.end_line, place.end_column)
        return Span(min(start, end), max(start, end))
