"""Limits in prompts that differ from those that the checker applies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.editions.edition import Source
from reportls.findings.finding import Problem, Severity
from reportls.findings.rule import question_rule
from reportls.report.form import FORM
from reportls.report.kinds import KINDS, Limit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.forms.template import Slot, Template


@question_rule(Severity.WARNING, of={"words"})
def limit_mismatch(ctx: QuestionContext) -> Iterator[Problem]:
    """The prompt states a different limit from the one that the checker applies.

    The checker does not read the prompt; it has its own list of limits, one for each position. So an answer that
    respects the limit stated here may still fail. Usually the line was edited, or the report was written for another
    edition: `reportls edition` shows the limits of each.

    A limit in the course's template is compared in the same way, if there is one beside the course's script.

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
            words = ctx.question[asked.span]
            yield Problem(asked.span, f"the question asks for {words}, {_applied(ctx, position, limit)}")
    if ctx.surroundings.template:
        yield from _in_template(ctx, ctx.surroundings.template)


def _applied(ctx: QuestionContext, position: int, limit: Limit | None) -> str:
    """Return what the checker applies instead, and why."""
    wants = f"applies {limit}" if limit else "has no limit for them"
    return f"the checker {wants} (the limit comes from {ctx.edition.source_at(position).value})"


def _in_template(ctx: QuestionContext, template: Template) -> Iterator[Problem]:
    """Yield the limits in the template's text of the question that its own prompt does not state any more."""
    slot = _slot(ctx, template)
    for limit in slot.limits if slot else ():
        kind = next((kind for kind in KINDS if kind.key == limit.unit), None)
        if kind is None or limit.about or ctx.question.stated[kind]:
            continue
        most = None if limit.at_most is None else int(limit.at_most)
        applied, asked = ctx.constraints[kind], Limit(int(limit.at_least or 0), most)
        if applied != asked:
            message = f"the template asks for {asked} {kind.key}, {_applied(ctx, ctx.own_position, applied)}"
            yield Problem(ctx.question.layout.number, message)


def _slot(ctx: QuestionContext, template: Template) -> Slot | None:
    """Return the template's place for the question: the one of its number."""
    name = FORM.name_of(ctx.question.number).casefold()
    return next((slot for slot in template.slots if slot.name.casefold() == name), None)
