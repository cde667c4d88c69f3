"""The state of each slot of a report: what was counted, against which limits, and the state that follows."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from reportls.forms.counting import MEASURES, Source, number_in_words
from reportls.lazy import cached_property

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportls.forms.blank import BlankSlot
    from reportls.forms.counting import Measure
    from reportls.forms.filled import FilledForm, FilledSlot
    from reportls.forms.template import Part
    from reportls.report.kinds import Limit as Override
    from reportls.report.limit_grammar import Limit
    from reportls.text import Span

Overrides: TypeAlias = "Mapping[str, Mapping[str, Override | None]]"
"""See `Settings.slots`."""
_TOLERANCE = 0.25
"""Fraction of an approximate limit by which it may be missed."""


class SlotState(Enum):
    """The state of a slot in a report, in the words of outputs."""

    MISSING = "missing"
    """The report has no such section."""
    UNANSWERED = "unanswered"
    ANSWERED = "answered"
    """There is an answer, and nothing limits it."""
    WITHIN_LIMITS = "within limits"
    OUTSIDE_LIMITS = "outside limits"


class Bounds(NamedTuple):
    """A limit that applies to a slot, from the template or the configuration."""

    unit: str
    """A key of `MEASURES`."""
    at_least: float | None
    at_most: float | None
    is_approximate: bool = False
    """Whether missing it is worth no more than a hint, and only from a quarter off."""

    def in_words(self) -> str:
        """Return the limit with what it limits: `50-100 words`, `at most 2,000 characters`, `about 1 page`."""
        low, high = self.at_least, self.at_most
        if low is not None and high is not None:
            number = number_in_words(low) if low == high else f"{number_in_words(low)}-{number_in_words(high)}"
        elif high is not None and self.is_approximate:
            number = number_in_words(high)
        elif high is not None:
            number = f"at most {number_in_words(high)}"
        else:
            number = f"at least {number_in_words(low or 0)}"
        measure = MEASURES[self.unit]
        thing = measure.singular if (high if high is not None else low) == 1 else measure.key
        return f"about {number} {thing}" if self.is_approximate else f"{number} {thing}"

    def shortfall(self, found: float) -> float:
        """Return how many are too few, negative for how many are too many; 0 within the limit."""
        slack = _TOLERANCE if self.is_approximate else 0
        if self.at_least is not None and found < self.at_least * (1 - slack):
            return self.at_least - found
        if self.at_most is not None and found > self.at_most * (1 + slack):
            return self.at_most - found
        return 0


class Measured(NamedTuple):
    """The amount of one thing in an answer, and its limit."""

    bounds: Bounds
    found: float
    """A whole number except for pages and minutes."""

    @property
    def measure(self) -> Measure:
        """The measure that belongs to the unit of the limit."""
        return MEASURES[self.bounds.unit]

    @property
    def is_met(self) -> bool:
        """Whether the amount is within the limit; an approximate one may be missed by a quarter."""
        return not self.bounds.shortfall(self.found)

    def in_words(self) -> str:
        """Return the amount with its limit: `12 of 50-100 words`."""
        return f"{number_in_words(self.found)} of {self.bounds.in_words()}"


class SlotRow(NamedTuple):
    """One slot of the template, in its order."""

    name: str
    number: int
    """Its position among the slots, from 1."""
    line: int | None
    """The line of its anchor in the report, from 0; None if it is missing."""
    span: Span | None
    """Its anchor in the report."""
    state: SlotState
    is_optional: bool
    words: int
    """Words of the answer, whatever is limited."""
    images: int
    measured: tuple[Measured, ...]
    """One for each limit of a slot that the report has."""


class Demands:
    """The limits that apply to the slots of a template, and the way of counting."""

    def __init__(self, slots: Sequence[BlankSlot], overrides: Overrides, way: str) -> None:
        """Take the template's slots, the configuration's limits by name or position, and `visible` or `source`."""
        self.is_visible = way == "visible"
        self.bounds = tuple(tuple(_bounds(slot, overrides)) for slot in slots)
        """The limits of each slot, in the order of the template."""

    def count(self, unit: str, source: Source) -> float:
        """Return how many of a unit there are in an answer."""
        measure = MEASURES[unit]
        return measure.visible(source) if self.is_visible else measure.source(source)

    def measured_together(self, form: FilledForm, part: Part) -> Measured:
        """Return the amount for a limit of several slots together."""
        return Measured(bounds_of(part.limit), self.count(part.limit.unit, together(form, part)))

    def measured(self, slot: FilledSlot) -> tuple[Measured, ...]:
        """Return the amount for each limit of a slot."""
        bounds = self.bounds[slot.blank.number]
        return tuple([Measured(each, self.count(each.unit, slot.answer.source)) for each in bounds])

    @cached_property
    def way(self) -> str:
        """The way of counting, in the words that end a message."""
        return "as readers see it" if self.is_visible else "as a script counts"


def _bounds(slot: BlankSlot, overrides: Overrides) -> Iterable[Bounds]:
    own = overrides.get(slot.slot.name, overrides.get(str(slot.number + 1), {}))
    for limit in slot.slot.limits:
        if limit.unit not in own:
            yield bounds_of(limit)
    for unit, override in own.items():
        if override:
            yield Bounds(unit, override.low or None, override.high)


def bounds_of(limit: Limit) -> Bounds:
    """Return a limit as the template states it."""
    return Bounds(limit.unit, limit.at_least, limit.at_most, limit.about)


def state_of(slot: FilledSlot, measured: Iterable[Measured]) -> SlotState:
    """Return the state of a slot that the report has."""
    if not slot.answer.is_answered:
        return SlotState.UNANSWERED
    limits = [each.is_met for each in measured]
    if not limits:
        return SlotState.ANSWERED
    return SlotState.WITHIN_LIMITS if all(limits) else SlotState.OUTSIDE_LIMITS


def together(form: FilledForm, part: Part) -> Source:
    """Return what a limit of several slots counts, as one answer; lists of references do not count."""
    slots = [slot for slot in form.slots if slot.blank.number in part.slots and not slot.blank.is_list_of_references]
    if part.below is None:
        sources = [source for slot in slots for source in (slot.answer.source, slot.answer.below)]
    else:
        sources = [slot.answer.below for slot in slots if slot.blank.number == part.below]
    return Source(
        tuple(paragraph for source in sources for paragraph in source.paragraphs),
        sum(source.code_blocks for source in sources),
        "\n".join(source.raw for source in sources),
    )
