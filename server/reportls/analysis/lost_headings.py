"""Questions whose heading is gone while prompt and marker are still there, at the end of the question before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.report.checker import MARKER
from reportls.report.prompt import is_quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.analysis.numbering import Gap, Numbering
    from reportls.report.block import Block
    from reportls.report.report import Report
    from reportls.text import Span


class LostHeading(NamedTuple):
    """A place where a heading belongs; offsets count from the start of its block."""

    number: int
    """The number that it should have."""
    block: int
    """The block that holds it now."""
    marker: int
    """Where the question's marker starts."""
    prompt: int
    """Where its prompt starts."""
    heading: Span | None
    """A heading of other words, right above the prompt."""
    is_first: bool
    """Whether no marker comes before it in the report."""
    separates: bool
    """Whether there is a `###` before the marker all the same, so that the checker keeps the answer above."""


def lost_headings(report: Report, gap: Gap) -> tuple[LostHeading, ...]:
    """The questions of the gap, if all of them are there but for their headings."""
    found = list(_candidates(report.blocks[gap.after], gap.after))
    if len(found) != gap.last - gap.first + 1:
        return ()
    return tuple(lost._replace(number=number) for number, lost in enumerate(found, start=gap.first))


def markers_without_heading(report: Report, numbering: Numbering) -> set[tuple[int, int]]:
    """Block and offset of the marker of each such question."""
    return {(lost.block, lost.marker) for gap in numbering.gaps for lost in lost_headings(report, gap)}


def _candidates(block: Block, index: int) -> Iterator[LostHeading]:
    own_markers = 1 if index else 0
    for before, after in zip(block.segments[own_markers:], block.segments[own_markers + 1 :]):
        marker = after.start - len(MARKER)
        prompt = _prompt_line(block, before.start, marker)
        if prompt is not None:
            heading = _heading_above(block, before.start, prompt)
            start = block.source.line_starts[prompt]
            yield LostHeading(0, index, marker, start, heading, not index and not before.start, before.has_kept)


def _prompt_line(block: Block, start: int, marker: int) -> int | None:
    """The first line of the quote that ends at the marker; None unless it has words and a blank line above."""
    source = block.source
    first = source.line_at(start) + (1 if start else 0)
    line = source.line_at(marker) - 1
    if not is_quoted(source[source.line_span(line + 1)]):
        while line >= first and _is_blank(block, line):
            line -= 1
    end = line
    while line >= first and is_quoted(source[source.line_span(line)]):
        line -= 1
    has_words = any(source[source.line_span(quoted)].strip("> \t") for quoted in range(line + 1, end + 1))
    return line + 1 if has_words and (line < 0 or _ends_answer(block, line)) else None


def _ends_answer(block: Block, line: int) -> bool:
    return _is_blank(block, line) or _heading(block, line) is not None


def _heading_above(block: Block, start: int, prompt: int) -> Span | None:
    line = prompt - 1
    while line > 0 and _is_blank(block, line):
        line -= 1
    heading = _heading(block, line) if line >= 0 else None
    return heading if heading and heading.start >= start else None


def _heading(block: Block, line: int) -> Span | None:
    span = block.source.line_span(line)
    return span if block[span].lstrip(" ").startswith("##") else None


def _is_blank(block: Block, line: int) -> bool:
    return not block[block.source.line_span(line)].strip()
