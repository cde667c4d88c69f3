"""Limits in prompts that differ from those that the checker applies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.editions.edition import Source
from reportls.findings.finding import Problem, Severity
from reportls.findings.rule import question_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext


@question_rule(Severity.WARNING, of={"words"})
def limit_mismatch(ctx: QuestionContext) -> Iterator[Problem]:
    """The prompt states another limit than the checker applies.

    The checker does not read the prompt; it has its own list of limits, one for each position. So an answer that
    respects the limit stated here may still fail. Usually the line was edited, or the report was written for another
    edition: `reportls edition` shows the limits of each.

    Restore the course's text. If the course really changed a limit, write it into the configuration:

        [questions.7]
        words = [50, 150]
    """
    position, stated = ctx.own_position, ctx.question.stated
    if position > len(ctx.edition.limits) or ctx.edition.source_at(position) is Source.PROMPT:
        return
    own, applied = ctx.edition.limits_at(position), ctx.constraints
    for asked, limit, at_position in zip(stated, own, applied, strict=True):
        # Other rules report shifted limits and a wrong number in the heading.
        if asked and asked.limit not in (limit, at_position):
            wants = f"applies {limit}" if limit else "has no limit for them"
            origin = f"the limit comes from {ctx.edition.source_at(position).value}"
            words = ctx.question[asked.span]
            yield Problem(asked.span, f"the question asks for {words}, the checker {wants} ({origin})")
