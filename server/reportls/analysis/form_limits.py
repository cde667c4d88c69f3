"""Code shared by the rules on limits of a template: which were missed, and the message about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.finding import Problem, Severity
from reportls.forms.counting import number_in_words
from reportls.forms.rows import Measured, bounds_of, together
from reportls.text import Span, end_of_line

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from reportls.findings.context import FormContext, SlotContext
    from reportls.findings.settings import Settings
    from reportls.forms.rows import Demands
    from reportls.forms.template import Part

LENGTHS = frozenset({"words", "characters", "sentences", "paragraphs", "lines", "pages", "minutes"})
"""Units of the length of an answer."""
OTHER_THINGS = frozenset({"code blocks", "links", "references"})
"""Units that are counted one by one, other than images."""


def too_few(ctx: SlotContext, units: Container[str]) -> Iterator[Problem]:
    """Yield a problem for each limit on one of the units of which the answer has too few."""
    yield from (_problem(ctx, each) for each in _missed(ctx, units) if each.bounds.shortfall(each.found) > 0)


def too_many(ctx: SlotContext, units: Container[str]) -> Iterator[Problem]:
    """Yield a problem for each limit on one of the units of which the answer has too many."""
    yield from (_problem(ctx, each) for each in _missed(ctx, units) if each.bounds.shortfall(each.found) < 0)


def _missed(ctx: SlotContext, units: Container[str]) -> Iterator[Measured]:
    """Yield the limits that an answer misses; none while the slot is unanswered, which another rule reports."""
    if ctx.filled.answer.is_answered:
        yield from (each for each in ctx.measured if each.bounds.unit in units and not each.is_met)


def _problem(ctx: SlotContext, measured: Measured) -> Problem:
    return missed_limit(measured, ctx.mark, ctx.demands, ctx.settings)


def missed_limit(measured: Measured, place: Span, demands: Demands, settings: Settings) -> Problem:
    """Return the problem: what was counted and how, what is required, and the difference."""
    off = measured.bounds.shortfall(measured.found)
    side = "too few" if off > 0 else "too many"
    message = f"{measured.in_words()}, {number_in_words(abs(off))} {side} ({demands.way})"
    return Problem(place, message, severity=_severity(measured, settings))


def _severity(measured: Measured, settings: Settings) -> Severity:
    if measured.bounds.is_approximate:
        return Severity.HINT
    return Severity.ERROR if settings.strict else Severity.WARNING


def limits_together(ctx: FormContext) -> Iterator[tuple[Problem, float]]:
    """Yield a problem for each missed limit of several slots together, with how many are too few (or, negative, many).

    Too little is reported only once all of them are answered.
    """
    answered = {slot.blank.number for slot in ctx.form.slots if slot.answer.is_answered}
    if not answered:
        return
    for part in ctx.form.blank.template.parts:
        source = together(ctx.form, part.slots)
        measured = Measured(bounds_of(part.limit), ctx.demands.count(part.limit.unit, source))
        off = measured.bounds.shortfall(measured.found)
        is_finished = all(number in answered or _is_optional(ctx, number) for number in part.slots)
        if off < 0 or (off > 0 and is_finished):
            problem = missed_limit(measured, _place_of(ctx, part), ctx.demands, ctx.settings)
            yield problem._replace(message=f"{_name(part)}: {problem.message}"), off


def _is_optional(ctx: FormContext, number: int) -> bool:
    slot = ctx.form.blank.template.slots[number]
    # Fields and tables hold no text that would be too short.
    return slot.is_optional or slot.anchor.kind in {"field", "table"}


def _place_of(ctx: FormContext, part: Part) -> Span:
    """Return the anchor of the first slot of a part; the first line of the text for the whole document."""
    starts = zip(ctx.form.slots, ctx.form.starts, strict=True)
    marks = [slot.mark.shifted(start) for slot, start in starts if part.name and slot.blank.number in part.slots]
    return marks[0] if marks else first_line(ctx.text)


def _name(part: Part) -> str:
    return part.name or "the whole document"


def first_line(text: str) -> Span:
    """Return the span of the first line that is not blank, without its indent; an empty span if all are blank."""
    start = len(text) - len(text.lstrip("\ufeff\r\n\t #>*_-+"))
    return Span(start, len(text[: end_of_line(text, start)].rstrip()))
