"""Edits as an author makes them: typing, corrections, pasted text, moved passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tests.report.test_incremental import PIECES
from tests.test_edits import TYPED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

_LETTERS = "abcdefgh ijklm nopq é😋."
_PASTED = [*TYPED, *PIECES]


class Typed(NamedTuple):
    """One edit, with offsets in the text that the edit before left."""

    start: int
    end: int
    new_text: str


def some_edits(text: str, rng: Random) -> Iterator[Typed]:
    """Return the next few edits of a session, which belong together."""
    kind = rng.choice([_letters, _letters, _letters, _backspaces, _pasted, _pasted_and_taken_back, _moved])
    return kind(text, rng)


def _letters(text: str, rng: Random) -> Iterator[Typed]:
    place = rng.randint(0, len(text))
    for letter in rng.choices(_LETTERS, k=rng.randint(1, 30)):
        yield Typed(place, place, letter)
        place += 1


def _backspaces(text: str, rng: Random) -> Iterator[Typed]:
    place = rng.randint(0, len(text))
    for end in range(place, max(place - rng.randint(1, 10), 0), -1):
        yield Typed(end - 1, end, "")


def _pasted(text: str, rng: Random) -> Iterator[Typed]:
    place = rng.randint(0, len(text))
    yield Typed(place, place, rng.choice(_PASTED))


def _pasted_and_taken_back(text: str, rng: Random) -> Iterator[Typed]:
    place, pasted = rng.randint(0, len(text)), "".join(rng.choices(_PASTED, k=3))
    for index, letter in enumerate(pasted, start=place):
        yield Typed(index, index, letter)
    yield Typed(place, place + len(pasted), "")


def _moved(text: str, rng: Random) -> Iterator[Typed]:
    start = rng.randint(0, len(text))
    end = min(len(text), start + rng.randint(1, 300))
    place = rng.choice([start, start, rng.randint(0, len(text) - (end - start))])
    yield Typed(start, end, "")
    yield Typed(place, place, text[start:end])
