"""Consequences of missing or extra headings and markers: a crash, or answers judged as other questions'."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import ReportContext
    from reportls.findings.finding import Problem
    from reportls.report.kinds import Count


def with_consequence(ctx: ReportContext, first: int, problem: Problem) -> Problem:
    """Add to a problem what becomes of the answers from the block `first` on.

    Either the check crashes, or answers are shifted to other questions until an extra one makes up for a missing one.
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
    """Yield own and judged number of the answers from the block on, as long as the two differ."""
    for judged in ctx.verdict.judged:
        if judged.answer.block >= first:
            own = own_position(ctx, judged.answer.block)
            if own == judged.position:
                return
            yield own, judged.position


def last_marked_block(ctx: ReportContext, before: int) -> int:
    """Return the last block above the block `before` that has a marker; 0, the introduction, if no question has."""
    return ctx.report.structure.marked_before(before)


def own_position(ctx: ReportContext, block: int) -> int:
    """Return the position that the heading of the question in that block stands for; 0 for the introduction."""
    return ctx.questions[block - 1].own_position if block else 0


def costs_question(ctx: ReportContext, block: int, lost: Count) -> bool:
    """Return whether the answer that opens in the block fails but would pass with the words and images in `lost`.

    If the check crashes, the question's own limits decide, because they apply once it no longer crashes.
    """
    judged = [judged for judged in ctx.verdict.judged if judged.answer.block == block]
    if judged:
        answer, constraints = judged[-1].answer, judged[-1].constraints
    else:
        found = [answer for answer in ctx.verdict.answers if answer.block == block]
        if not found:
            return False
        answer, constraints = found[-1], ctx.edition.limits_at(own_position(ctx, block))
    return not constraints.allow(answer.counted) and constraints.allow(answer.counted + lost)
