"""What the checker makes of a report whose headings or markers are not all there, in words and in severity."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import ReportContext
    from reportls.findings.finding import Problem
    from reportls.report.checker import Count


def with_consequence(ctx: ReportContext, first: int, problem: Problem) -> Problem:
    """Add to a problem what becomes of the answers from the block `first` on.

    Either the check crashes, or the answers are judged as other questions' up to where one too many sets it right.
    """
    return problem._replace(consequence=_consequence(ctx, first), is_crash=ctx.verdict.error is not None)


def _consequence(ctx: ReportContext, first: int) -> str:
    if ctx.verdict.error:
        return f"; the check crashes: {ctx.verdict.error}"
    shifted = list(_shifted(ctx, first))
    if not shifted:
        return ""
    if len(shifted) == 1:
        own, position = shifted[0]
        return f"; the answer to question {own} is judged as question {position}"
    (own, position), (last_own, last_position) = shifted[0], shifted[-1]
    return (
        f"; the answers to questions {own} to {last_own} are judged as questions {position} to {last_position}"
        if last_own - own == last_position - position == len(shifted) - 1
        else f"; {len(shifted)} answers from question {own} on are judged as other questions"
    )


def _shifted(ctx: ReportContext, first: int) -> Iterator[tuple[int, int]]:
    """The answers from the block on that are judged as other questions', until one is not: own and judged number."""
    for judged in ctx.verdict.judged:
        if judged.answer.block >= first:
            own = own_position(ctx, judged.answer.block)
            if own == judged.position:
                return
            yield own, judged.position


def last_marked_block(ctx: ReportContext, before: int) -> int:
    """Return the last block above the block `before` that has a marker; 0, the introduction, if no question has."""
    return next((block for block in range(before - 1, 0, -1) if ctx.report.blocks[block].has_marker), 0)


def own_position(ctx: ReportContext, block: int) -> int:
    """The position whose limits are meant for the question in that block; 0 for the introduction."""
    return ctx.questions[block - 1].own_position if block else 0


def costs_question(ctx: ReportContext, block: int, lost: Count) -> bool:
    """Whether the answer that opens in the block fails, but would pass if the checker also counted what it loses.

    If the check crashes, the question's own limits decide: they will apply once it does not.
    """
    judged = [judged for judged in ctx.verdict.judged if judged.answer.block == block]
    if judged:
        answer, constraints = judged[-1].answer, judged[-1].constraints
    else:
        found = [answer for answer in ctx.verdict.answers if answer.block == block]
        if not found:
            return False
        answer, constraints = found[-1], ctx.edition.limits_at(own_position(ctx, block))
    return not constraints.allow(*answer.counted) and constraints.allow(*(answer.counted + lost))
