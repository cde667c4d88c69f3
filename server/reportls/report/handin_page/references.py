"""Definitions of link targets, `[name]: target "title"`, as Python-Markdown takes them out of the hand-in page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from reportls.text import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 4
"""Lines of a definition, which may have its name, its target and its title on lines of their own."""
_DEFINITION = pattern(
    r" {0,3}\[[^\[\]]*\]: *(?:\n *)?\S+(?!\S) *(?:\n *)?(?:(?P<sign>[\"']).*(?P=sign) *|\(.*\) *)?(?=\n|\Z)"
)
_OPENING = pattern(r" {0,3}\[[^\[\]]*(?:\]:|\Z)")


class Definitions(NamedTuple):
    """Lines that are taken out, by their indices; the end is the first that stays."""

    start: int
    end: int


class _Line(Protocol):
    @property
    def text(self) -> str: ...


def definitions_in(lines: Sequence[_Line], start: int) -> Definitions | None:
    """The first definition in a paragraph from `start` on, and those of one line behind it; None if none."""
    for first in range(start, len(lines)):
        length = _length(lines, first)
        if length:
            last = first + length
            while _length(lines, last) == 1:
                last += 1
            return Definitions(first, last)
    return None


def _length(lines: Sequence[_Line], first: int) -> int:
    """How many lines the definition has that begins with the first; 0 if none does."""
    if first >= len(lines) or not _OPENING.match(lines[first].text):
        return 0
    found = _DEFINITION.match("\n".join(line.text for line in lines[first : first + _LONGEST]))
    return found[0].count("\n") + 1 if found else 0
