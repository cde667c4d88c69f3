"""How far an answer is, in few words: what the checker counts beside what it wants, and what it makes of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.limits import judged_as

if TYPE_CHECKING:
    from reportls.findings.context import QuestionContext
    from reportls.report.checker import Judged
    from reportls.report.kinds import Constraints

NOT_ANSWERED = "not answered"
NOT_JUDGED = "not judged"
"""The check completes, but the checker has dropped the answer."""


def state(ctx: QuestionContext) -> str:
    """`143 / 100-200 words · passes`, `not answered`, `the check crashes` ..., for a list of questions."""
    if ctx.is_unanswered:
        return NOT_ANSWERED
    judged = decisive(ctx)
    if judged is None:
        return NOT_JUDGED if ctx.surroundings.completed else "the check crashes"
    counted = judged.answer.counted
    counts = [f"{counted[kind]} / {kind.limited(limit)}" for kind, limit in judged.constraints.limits]
    if counts:
        return judged_as(ctx, judged) + " · ".join([*counts, "passes" if judged.passed else "fails"])
    return judged_as(ctx, judged) + ("answered" if ctx.question.is_answered else "empty")


def decisive(ctx: QuestionContext) -> Judged | None:
    """What the checker says of the answer; if it has several answers there, of the first that fails."""
    return next((judged for judged in ctx.judged if not judged.passed), ctx.judged[0] if ctx.judged else None)


def wanted(constraints: Constraints) -> str:
    """All that is wanted: `100-200 words and 1-2 images`; empty if there are no limits."""
    return " and ".join(kind.limited(limit) for kind, limit in constraints.limits)
