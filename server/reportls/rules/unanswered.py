"""Questions without an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.editions.edition import Role
from reportls.findings.finding import Problem, Severity
from reportls.findings.rule import question_rule
from reportls.text import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext, SlotContext
    from reportls.forms.answers import Cell

_MOST_CELLS = 3
_TICKED = pattern(r"[ \t]*[-*+][ \t]+\[[xX]\]")
_ASKED_FOR = {
    Role.GROUP_NUMBER: "the group number",
    Role.STUDY_NUMBERS: "the group's study numbers",
    Role.CONTRIBUTIONS: "who did what",
}


@question_rule(Severity.INFORMATION, of={"gap"})
def unanswered(ctx: QuestionContext) -> Iterator[Problem]:
    """The question is not answered yet.

    Below its `Answer:` there is only the placeholder, or nothing although words or images are required. If the question
    asks for an image, an image without words is an answer.

    Replace the placeholder, dashes included, with the answer. Until then, missing words and images are not reported.
    The checker does not recognise placeholders: it counts six words, and passes the question if so few are enough.

    With a template, a slot is unanswered while there is nothing beyond the template's own text. An image, code, a
    filled-in cell and "N/A" count as answers. A table that is filled in only in part is a hint.
    """
    if not ctx.is_unanswered:
        return
    question = ctx.question
    place = question.placeholders[0] if question.placeholders else question.layout.number
    yield Problem(place, f"{_state(ctx)}{_wanted(ctx)}{_verdict(ctx)}")


@unanswered.in_slots
def _in_slot(ctx: SlotContext) -> Iterator[Problem]:
    slot, answer = ctx.filled.blank.slot, ctx.filled.answer
    if answer.is_answered:
        if cells := answer.blank_cells:
            yield Problem(ctx.mark, f"still empty: {_cells(cells)}", severity=Severity.HINT)
    elif _TICKED.match(ctx.filled.text):
        yield Problem(ctx.mark, "ticked, but not answered", severity=Severity.WARNING)
    elif slot.anchor.kind == "table":
        yield Problem(ctx.mark, f"to be filled in: {_cells(answer.blank_cells)}", severity=Severity.HINT)
    elif not slot.is_optional:
        wanted = " and ".join(measured.bounds.in_words() for measured in ctx.measured)
        place = answer.left[0] if answer.left else ctx.mark
        yield Problem(place, f"not answered yet{f': {wanted} wanted' if wanted else ''}")


def _cells(cells: tuple[Cell, ...]) -> str:
    """Return the cells by row and column; of many, the first few."""
    named = ", ".join(f"row {cell.row} column {cell.column}" for cell in cells[:_MOST_CELLS])
    more = f" and {len(cells) - _MOST_CELLS} more" if len(cells) > _MOST_CELLS else ""
    return f"{named}{more}"


def _state(ctx: QuestionContext) -> str:
    return "still the placeholder" if _is_let_pass(ctx) else "not answered yet"


def _is_let_pass(ctx: QuestionContext) -> bool:
    """Whether the checker passes the placeholder, because its six words are enough."""
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
    return "; the checker lets it pass, but graders see it" if _is_let_pass(ctx) else ""
