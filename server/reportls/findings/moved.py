"""Findings that an edit elsewhere moves along."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportls.findings.finding import Finding
    from reportls.text import Edit, Span


def moved(finding: Finding, edit: Edit, block: Span) -> Finding | None:
    """The finding after the edit, which lies within the block; None if some of it lies where the edit may reach.

    What begins at the block's end belongs to the next block, and moves with it.
    """
    spans = _spans(finding)
    first = max(block.start, edit.span.start)
    if all(span.end <= first for span in spans):
        return finding
    if any(span.start < block.end and span.end > first for span in spans):
        return None

    def shifted(span: Span) -> Span:
        return span.shifted(edit.growth) if span.start >= block.end else span

    return finding._replace(
        span=shifted(finding.span),
        fixes=tuple(
            fix._replace(edits=tuple(each._replace(span=shifted(each.span)) for each in fix.edits))
            for fix in finding.fixes
        ),
        related=tuple(place._replace(span=shifted(place.span)) for place in finding.related),
    )


def are_shown_before(findings: Iterable[Finding], offset: int) -> bool:
    """Whether all that is shown of them stands before the offset, so that an edit there moves none of it.

    Behind it even an edit that keeps the length moves lines, if a blank becomes a line break, or columns in UTF-16.
    """
    return all(span.end <= offset for finding in findings for span in _shown(finding))


def _spans(finding: Finding) -> list[Span]:
    return [*_shown(finding), *(edit.span for fix in finding.fixes for edit in fix.edits)]


def _shown(finding: Finding) -> list[Span]:
    return [finding.span, *(place.span for place in finding.related)]
