"""Questions out of order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.aftermath import own_position
from reportls.findings.finding import Fix, Problem, Severity
from reportls.findings.numbering import Displaced, last_number, numbering
from reportls.findings.rule import report_rule
from reportls.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import ReportContext
    from reportls.report.report import Report


@report_rule(Severity.ERROR, fix="offered")
def question_out_of_order(ctx: ReportContext) -> Iterator[Problem]:
    """The question does not stand where its number belongs.

    The checker never reads the numbers. It takes the first answer for question 1, the second for question 2, and so on,
    so an answer in the wrong place is judged by another question's limits, and graders look for it in vain.

    Move the question, heading and all, or correct its number.
    """
    for displaced in numbering(ctx).displaced:
        question = ctx.report.questions[displaced.block - 1]
        span = question.layout.number.shifted(ctx.report.starts[displaced.block])
        if displaced.wanted:
            message = f"question {question.number} stands where question {displaced.wanted} belongs"
            fix = Fix(f"renumber it to question {displaced.wanted}", (Edit(span, str(displaced.wanted)),))
            yield Problem(span, message, (fix,), severity=Severity.WARNING)
        elif question.number == 0 or question.number > last_number(ctx):
            yield Problem(span, f"the course has no question {question.number}", severity=Severity.WARNING)
        else:
            yield _moved(ctx, displaced, span)


def _moved(ctx: ReportContext, displaced: Displaced, span: Span) -> Problem:
    report = ctx.report
    number = report.questions[displaced.block - 1].number
    target = _target(ctx, displaced.block)
    message = f"question {number} stands out of order"
    position = _judged_as(ctx, displaced.block)
    if position and position != own_position(ctx, displaced.block):
        message += f": its answer is judged as question {position}"
    fixes = (Fix(f"move question {number} to its place", _moving(report, displaced.block, target)),)
    return Problem(span, message, fixes, severity=None if _costs(ctx) else Severity.WARNING)


def _judged_as(ctx: ReportContext, block: int) -> int | None:
    return next((judged.position for judged in ctx.verdict.judged if judged.answer.block == block), None)


def _costs(ctx: ReportContext) -> bool:
    """Whether an answer fails that would pass in its own place, or the other way round."""
    if ctx.edition.is_known_by_report_alone:
        return False
    return any(
        judged.passed != ctx.edition.limits_at(own_position(ctx, judged.answer.block)).allow(*judged.answer.counted)
        for judged in ctx.verdict.judged
    )


def _target(ctx: ReportContext, block: int) -> int:
    """The block before which the question belongs, by those in order; one past the last if it belongs at the end."""
    questions, last = ctx.report.questions, last_number(ctx)
    displaced = {other.block for other in numbering(ctx).displaced}
    number = questions[block - 1].number
    later = (
        index
        for index, other in enumerate(questions, start=1)
        if number < other.number <= last and index not in displaced
    )
    return next(later, len(questions) + 1)


def _moving(report: Report, block: int, target: int) -> tuple[Edit, ...]:
    question = report.questions[block - 1]
    body = Span(0, question.tail.start)
    text = question[body]
    if not text.endswith(("\n", "\r")):
        text += question.newline * 2
    place = report.starts[target]
    before = report.blocks[target - 1]
    if target == len(report.blocks) and not before.text.endswith(("\n", "\r")):
        text = question.newline * 2 + text
    return (Edit(body.shifted(report.starts[block]), ""), Edit(Span(place, place), text))
