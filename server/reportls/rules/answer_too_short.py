"""Too few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.finding import Problem, Severity
from reportls.findings.rule import question_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext


@question_rule(Severity.ERROR)
def answer_too_short(ctx: QuestionContext) -> Iterator[Problem]:
    """The answer has fewer words than its question asks for."""
    for judged in ctx.judged:
        length = judged.constraints.words
        found = judged.answer.count.words
        if length and found < length.low and not ctx.is_unanswered:
            yield Problem(ctx.place_of(ctx.question.stated.words_span), f"{found} words, {length} wanted: add at least {length.low - found}")
