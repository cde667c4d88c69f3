"""The kinds of limits: what can be counted in an answer, and what a course may demand of the number.

Each kind is one entry of `KINDS`. Counts, constraints and the limits that a prompt states are tuples in the order of
that table, indexed by kind: `counted[WORDS]`. Code that handles all kinds iterates over `KINDS`, so that
a new kind is a new entry.
"""

from __future__ import annotations

from operator import add, sub
from typing import TYPE_CHECKING, NamedTuple

from reportls.text import Span, end_of_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from typing_extensions import Self


class Kind(NamedTuple):
    """One thing that can be counted and limited."""

    key: str
    """Its name in the configuration, in JSON and in the data of editions."""
    singular: str
    plural: str
    count_in: Callable[[str], int]
    """The number in a text. Adds up over lines: the parts of a text split at its line breaks have the text's number."""
    too_few: str
    """Completes "3 answers ..." where there is less than the limit allows."""
    too_many: str
    """Completes "3 answers ..." where there is more than the limit allows."""
    example: str
    """A limit as written in the configuration."""

    def __index__(self) -> int:
        """Its place in `KINDS`, which makes `counted[WORDS]` work."""
        return KINDS.index(self)

    def amount(self, number: float) -> str:
        """A number of them: `1 word`, `2 words`."""
        return f"{number} {self.singular if number == 1 else self.plural}"

    def limited(self, limit: Limit) -> str:
        """A limit with what it limits: `100-200 words`, `1 image`."""
        return f"{limit} {self.singular if limit.high == 1 else self.plural}"


def _count_words(text: str) -> int:
    return len(text.split())


def _count_images(text: str) -> int:
    return sum(1 for _ in counted_images(text))


def counted_images(text: str) -> Iterator[Span]:
    r"""Find what the course's script counts as images: matches of `!\[.*?\]\(.*?\)` on one line.

    The expression itself takes cubic time on text made for it. Here, where nothing closes after the first `](`, nothing
    closes after a later one either, so the rest of the line is left alone.
    """
    start, line_end = text.find("!["), 0
    while start >= 0:
        if start >= line_end:
            line_end = end_of_line(text, start)
        target = text.find("](", start + 2, line_end)
        close = text.find(")", target + 2, line_end) if target >= 0 else -1
        if close >= 0:
            yield Span(start, close + 1)
        start = text.find("![", close + 1 if close >= 0 else line_end)


WORDS = Kind("words", "word", "words", _count_words, "too short", "too long", "[50, 100]")
IMAGES = Kind("images", "image", "images", _count_images, "with too few images", "with too many images", "[1, 3]")

KINDS = (WORDS, IMAGES)
"""Every kind, in the order in which outputs list them and in which a failed answer is put down to one of them."""


class Count(tuple[int, ...]):
    """The number of each kind in a stretch of text, in the order of `KINDS`."""

    __slots__ = ()

    def __add__(self, other: Count) -> Count:  # type: ignore[override]  # counts add up, they do not concatenate
        """Count both stretches together."""
        return Count(map(add, self, other))

    def less(self, other: Count) -> Count:
        """Count the stretch without a part of it, which `other` counts."""
        return Count(map(sub, self, other))

    def replaced(self, kind: Kind, number: int) -> Count:
        """Take `number` as the count of a kind."""
        return Count(number if other is kind else found for other, found in zip(KINDS, self, strict=True))


NOTHING = Count(0 for _ in KINDS)
"""The count of an empty text."""


def count(text: str) -> Count:
    """Count each kind in `text`, as the course's script does."""
    return Count([kind.count_in(text) for kind in KINDS])


class Limit(NamedTuple):
    """The least and the most that are allowed; no upper end if `high` is None."""

    low: int
    high: int | None

    def allows(self, found: int) -> bool:
        """Whether the number is within the limit."""
        return self.low <= found and (self.high is None or found <= self.high)

    def shortfall(self, found: int) -> int:
        """Return how many are too few, negative for how many are too many; 0 within the limit."""
        if found < self.low:
            return self.low - found
        return 0 if self.high is None else min(self.high - found, 0)

    def __str__(self) -> str:
        """Write the limit as people do: `100-200`, `1`, `at least 50`."""
        if self.high is None:
            return f"at least {self.low}"
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


class Constraints(tuple["Limit | None", ...]):
    """The limits of one question, in the order of `KINDS`; None for a kind that is not limited."""

    __slots__ = ()

    def __new__(cls, limits: Iterable[Limit | None] = (None,) * len(KINDS)) -> Self:
        """Take a limit or None for each kind; without them, nothing is limited."""
        return super().__new__(cls, limits)

    @classmethod
    def of(cls, limits: Mapping[Kind, Limit]) -> Constraints:
        """Limit these kinds and no other."""
        return cls(map(limits.get, KINDS))

    @property
    def limits(self) -> Iterator[tuple[Kind, Limit]]:
        """The kinds that are limited, each with its limit."""
        return ((kind, limit) for kind, limit in zip(KINDS, self, strict=True) if limit)

    def allow(self, counted: Count) -> bool:
        """Whether an answer with that count passes."""
        return all(limit.allows(counted[kind]) for kind, limit in self.limits)
