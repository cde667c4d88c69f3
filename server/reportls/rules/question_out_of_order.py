"""Questions out of order."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from reportls.analysis.consequences import own_position
from reportls.analysis.numbering import Displaced, last_number, numbering
from reportls.findings.finding import Fix, Problem, Severity, Tag, short_name
from reportls.findings.rule import report_rule
from reportls.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import FormContext, ReportContext
    from reportls.report.report import Report


@report_rule(Severity.ERROR, fix="offered", tags={Tag.CRASH}, of="irregularities")
def question_out_of_order(ctx: ReportContext) -> Iterator[Problem]:
    """The question is not where its number belongs.

    The checker never reads the numbers. It takes the first answer for question 1, the second for question 2, and so on.
    An answer in the wrong place is therefore judged by the limits of another question, and graders do not find it.

    Move the question together with its heading, or correct its number.

    With a template, this is a warning, because readers look for a section where the template has it.
    """
    found = numbering(ctx)
    if not found.displaced:
        return
    last, costs = last_number(ctx), _costs(ctx)
    wrong = {*(displaced.block for displaced in found.displaced), *(repeated.block for repeated in found.repeated)}
    in_order = _in_order(ctx, wrong, last)
    judged_as = {judged.answer.block: judged.position for judged in reversed(ctx.verdict.judged)}
    for displaced in found.displaced:
        question = ctx.report.questions[displaced.block - 1]
        span = question.layout.number.shifted(ctx.report.starts[displaced.block])
        if displaced.wanted:
            message = f"question {question.number} is where question {displaced.wanted} belongs"
            fix = Fix(f"renumber it to question {displaced.wanted}", (Edit(span, str(displaced.wanted)),))
            yield Problem(span, message, (fix,), severity=Severity.WARNING)
        elif question.number == 0 or question.number > last:
            yield Problem(span, f"the course has no question {question.number}", severity=Severity.WARNING)
        else:
            target = _target(ctx, question.number, in_order)
            problem = _moved(ctx, displaced, span, target, judged_as.get(displaced.block))
            yield problem if costs else problem._replace(severity=Severity.WARNING)


@question_out_of_order.in_forms(of="frame")
def _in_form(ctx: FormContext) -> Iterator[Problem]:
    if not ctx.form.follows:
        return
    for start, slot in zip(ctx.form.starts, ctx.form.slots, strict=True):
        if slot.is_displaced:
            message = f"{short_name(slot.name)}: not in the template's order"
            yield Problem(slot.mark.shifted(start), message, severity=Severity.WARNING)


def _moved(ctx: ReportContext, displaced: Displaced, span: Span, target: int, position: int | None) -> Problem:
    report = ctx.report
    number = report.questions[displaced.block - 1].number
    message = f"question {number} is out of order"
    if position and position != own_position(ctx, displaced.block):
        message += f": its answer is judged as question {position}"
    fixes = (Fix(f"move question {number} to its place", _moving(report, displaced.block, target)),)
    return Problem(span, message, fixes)


def _costs(ctx: ReportContext) -> bool:
    """Return whether an answer's verdict differs from the one it would have in its own place."""
    if ctx.edition.is_known_by_report_alone:
        return False
    return any(
        judged.passed != ctx.edition.limits_at(own_position(ctx, judged.answer.block)).allow(judged.answer.counted)
        for judged in ctx.verdict.judged
    )


def _in_order(ctx: ReportContext, wrong: set[int], last: int) -> list[tuple[int, int]]:
    """Return number and block of the course's questions that are in order.

    These are the questions whose number is higher than all before.
    """
    found: list[tuple[int, int]] = []
    for block, question in enumerate(ctx.report.questions, start=1):
        if block not in wrong and (found[-1][0] if found else 0) < question.number <= last:
            found.append((question.number, block))
    return found


def _target(ctx: ReportContext, number: int, in_order: list[tuple[int, int]]) -> int:
    """Return the block before which the question belongs; one past the last if it belongs at the end."""
    at = bisect_right(in_order, (number, len(ctx.report.blocks)))
    return in_order[at][1] if at < len(in_order) else len(ctx.report.blocks)


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
