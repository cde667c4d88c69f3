"""Questions without an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.editions.edition import Role
from reportls.findings.finding import Problem, Severity
from reportls.findings.rule import question_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext

_ASKED_FOR = {
    Role.GROUP_NUMBER: "the group number",
    Role.STUDY_NUMBERS: "the group's study numbers",
    Role.CONTRIBUTIONS: "who did what",
}


@question_rule(Severity.INFORMATION, of={"gap"})
def unanswered(ctx: QuestionContext) -> Iterator[Problem]:
    """The question is not answered yet.

    Below its `Answer:` there is only the placeholder, or nothing although words or images are required. An image
    without a word answers a question that asks for an image.

    Replace the placeholder, with its dashes, by the answer. Until then, missing words and images are not reported. The
    checker does not know placeholders: it counts six words, and passes the question where so few are enough.
    """
    if not ctx.is_unanswered:
        return
    question = ctx.question
    place = question.placeholders[0] if question.placeholders else question.layout.number
    yield Problem(place, f"{_state(ctx)}{_wanted(ctx)}{_verdict(ctx)}")


def _state(ctx: QuestionContext) -> str:
    return "still the placeholder" if _is_let_pass(ctx) else "not answered yet"


def _is_let_pass(ctx: QuestionContext) -> bool:
    """Whether the checker passes the placeholder, as it does where its six words are enough."""
    return bool(ctx.question.placeholders) and any(judged.passed for judged in ctx.judged[:1])


def _wanted(ctx: QuestionContext) -> str:
    asked_for = [_ASKED_FOR[ctx.role]] if ctx.role else []
    amounts = " and ".join(kind.limited(limit) for kind, limit in ctx.constraints.limits)
    wanted = ", ".join([*asked_for, *([amounts] if amounts else [])])
    return f": {wanted} wanted" if wanted else ""


def _verdict(ctx: QuestionContext) -> str:
    """Return the checker's verdict where it may mislead."""
    judged = ctx.judged[0] if ctx.judged else None
    if judged and ctx.is_shifted:
        return f" (judged as question {judged.position})"
    return "; the checker lets it pass, graders see it" if _is_let_pass(ctx) else ""
