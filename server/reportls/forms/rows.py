"""How each slot of a report stands, for tables, JSON and editors."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reportls.text import Span


class SlotState(Enum):
    """The state of a slot in a report, in the words of outputs."""

    MISSING = "missing"
    """The report has no such section."""
    UNANSWERED = "unanswered"
    ANSWERED = "answered"
    """There is an answer, and nothing limits it."""
    WITHIN_LIMITS = "within limits"
    OUTSIDE_LIMITS = "outside limits"


class Measured(NamedTuple):
    """The amount of one thing in an answer, and its limit."""

    unit: str
    """Its plural, a key of `limit_words.UNITS`."""
    found: float
    """A whole number except for pages and minutes; 0 if the slot is missing."""
    at_least: float | None
    at_most: float | None
    is_approximate: bool
    """Whether missing the limit is worth no more than a hint, and only from a quarter off."""

    @property
    def is_met(self) -> bool:
        """Whether the amount is within the limit, as it is stated."""
        return (self.at_least is None or self.found >= self.at_least) and (
            self.at_most is None or self.found <= self.at_most
        )


class SlotRow(NamedTuple):
    """One slot of the template, in its order."""

    name: str
    line: int | None
    """The line of its anchor in the report, from 0; None if it is missing."""
    span: Span | None
    """Its anchor in the report."""
    state: SlotState
    is_optional: bool
    words: int
    """Words of the answer, whatever is limited."""
    images: int
    amounts: tuple[Measured, ...]
    """One for each limit."""
