"""Conflict lines that a merge left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.finding import Problem, Related, Severity
from reportls.findings.rule import report_rule
from reportls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.findings.context import ReportContext
    from reportls.report.report import Report

_OPENING, _CLOSING = "<<<<<<<", ">>>>>>>"


@report_rule(Severity.ERROR, of="frame")
def conflict_marker(ctx: ReportContext) -> Iterator[Problem]:
    """A merge was not finished: both versions of the text are there, between git's conflict lines.

    The checker counts the words of both versions and of git's lines. A question or an `Answer:` that is in both
    versions counts twice, which may crash the check.

    Keep one version, or the best of both, and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`. Many
    editors offer to do this above the first of these lines. A conflict that you show as an example in a code block may
    stay.
    """
    if not ctx.report.structure.conflicts:
        return
    for region in _regions(ctx.report):
        first, *others = region
        related = tuple(Related(span, "and this line") for span in others)
        severity = Severity.HINT if _is_example(ctx.report, first, region[-1]) else None
        message = "an unfinished merge: keep one version and delete git's lines"
        yield Problem(first, message, related=related, severity=severity)


def _is_example(report: Report, first: Span, last: Span) -> bool:
    """Return whether the conflict is inside one fence, where an answer shows it as an example."""
    block = report.block_at(first.start)
    if not block or not report.text.startswith(_CLOSING, last.start):
        return False
    whole = Span(first.start, last.end).shifted(-report.starts[block])
    elements = report.questions[block - 1].markup.elements
    return any(element.kind == "fence" and element.span.covers(whole) for element in elements)


def _regions(report: Report) -> Iterator[Sequence[Span]]:
    """Yield the conflict lines of each conflict, from the opening to the closing one."""
    region: list[Span] = []
    for span in _lines(report):
        if region and report.text.startswith(_OPENING, span.start):
            yield region
            region = []
        region.append(span)
        if report.text.startswith(_CLOSING, span.start):
            yield region
            region = []
    if region:
        yield region


def _lines(report: Report) -> Iterator[Span]:
    for index in report.structure.conflicts:
        for span in report.blocks[index].conflicts:
            yield span.shifted(report.starts[index])
