"""Study numbers in a text: an `s` and six digits, or what was meant for it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reportls.text import Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.report.question import Question

DIGITS = 6
"""The number of digits in a study number."""

_NUMBER = pattern(
    r"(?<![A-Za-z0-9])(?<![A-Za-z0-9]_)(?<![A-Za-z0-9]__)"
    r"(?P<letter>[sS]?)(?P<digits>[0-9]{3,12})(?!_{0,2}[A-Za-z0-9])"
)
_FEWEST_BARE = 5
"""Fewer digits without an `s` are a year, a port or a count."""


class StudyNumber(NamedTuple):
    """A possible study number."""

    span: Span
    """Includes its `s`; counts from the start of the question's block."""
    digits: str
    has_letter: bool


@lru_cache(8)
def study_numbers(question: Question) -> tuple[StudyNumber, ...]:
    """The study numbers in the answer, those with too many or too few digits among them.

    The last are kept: few questions ask for any, and they are looked at whenever the report as a whole is.
    """
    return tuple(_numbers_in(question))


def _numbers_in(question: Question) -> Iterator[StudyNumber]:
    answer = question.layout.answer
    for match in _NUMBER.finditer(question.text, answer.start, answer.end):
        has_letter = bool(match["letter"])
        if has_letter or len(match["digits"]) >= _FEWEST_BARE:
            yield StudyNumber(Span(*match.span()), match["digits"], has_letter)


def is_slip(one: str, other: str) -> bool:
    """Return whether one is the other with a digit replaced, added or left out, or with two neighbours swapped."""
    if one == other:
        return False
    if len(one) != len(other):
        longer, shorter = sorted((one, other), key=len, reverse=True)
        return any(longer[:index] + longer[index + 1 :] == shorter for index in range(len(longer)))
    different = [index for index, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    match different:
        case [_]:
            return True
        case [first, second]:
            return second == first + 1 and (one[first], one[second]) == (other[second], other[first])
        case _:
            return False
