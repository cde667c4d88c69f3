"""The questions of a report and the sections that group them, as spans that count from the report's start."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reportls.text import Span, end_of_line

if TYPE_CHECKING:
    from reportls.report.report import Report


class Section(NamedTuple):
    """A `#` or `##` heading and the text up to the next one."""

    heading: Span
    """The line, without its line break."""
    span: Span
    """From the heading to the next section or the end of the report."""
    questions: range
    """Indexes of the blocks of its questions."""


def sections_of(report: Report) -> tuple[Section, ...]:
    """Return the sections in order. Questions before the first section belong to none."""
    opened = [index for index, block in enumerate(report.blocks) if block.tail.start < block.tail.end]
    return tuple(_section(report, index, following) for index, following in pairwise([*opened, len(report.blocks) - 1]))


def _section(report: Report, index: int, following: int) -> Section:
    """Return the section that starts in block `index` and ends in block `following`."""
    start = question_span(report, index).end
    end = question_span(report, following).end if following > index else report.starts[-1]
    return Section(Span(start, end_of_line(report.text, start)), Span(start, end), range(index + 1, following + 1))


def question_span(report: Report, index: int) -> Span:
    """Return the span of the question in block `index`, up to the next question or section."""
    start = report.starts[index]
    return Span(start, start + report.blocks[index].tail.start)


def trimmed(report: Report, span: Span) -> Span:
    """Return the span without white space at its end."""
    return Span(span.start, span.start + len(report.text[span.start : span.end].rstrip()))
