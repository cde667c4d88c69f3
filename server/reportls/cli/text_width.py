"""Shows text from a report on a terminal safely and with a known width.

A code point is shown as itself if that is safe and its width is the same everywhere. A control character, an escape, a
mark that changes the direction of writing and the like is replaced by a visible sign. Joiners of emoji are left out, so
that each emoji takes the two columns that it takes alone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

TAB = "    "
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_CONTROL_PICTURES = 0x2400
"""The pictures of the control characters are U+2400 and the 31 code points after it."""
_NOTHING = (
    ("\u200c", "\u200d"),
    ("\ufe00", "\ufe0f"),
    ("\ufeff", "\ufeff"),
    ("\U0001f3fb", "\U0001f3ff"),
    ("\U000e0020", "\U000e007f"),
)
"""Ranges that are left out: joiners, variation selectors, the byte order mark, skin tones, tags."""


class Cell(NamedTuple):
    """The text shown for a code point, and its width in columns."""

    text: str
    width: int


@lru_cache(maxsize=1024)
def cell(char: str) -> Cell:
    """Return what is shown for a code point."""
    if " " <= char <= "~":
        return Cell(char, 1)
    if char == "\t":
        return Cell(TAB, len(TAB))
    if char < " ":
        return Cell(chr(_CONTROL_PICTURES + ord(char)), 1)
    if any(first <= char <= last for first, last in _NOTHING):
        return Cell("", 0)
    return _other(char)


def _other(char: str) -> Cell:
    import unicodedata

    category = unicodedata.category(char)
    if category in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return Cell(_REPLACEMENT, 1)
    if category in ("Mn", "Me") or "\u1160" <= char <= "\u11ff":  # the latter are the ends of Korean syllables
        return Cell(char, 0)
    width = 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return Cell(" " * width if category == "Zs" else char, width)


def printable(text: str) -> str:
    """Return the text in printable form, on one line."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(cell(char).text for char in text)


def width_of(text: str) -> int:
    """Return the number of columns of the text in printable form."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(cell(char).width for char in text)


class Window(NamedTuple):
    """The visible part of a line, and the position of the mark in it."""

    text: str
    before: int
    """Columns before the mark."""
    marked: int
    """Columns of the mark, at least one."""


def window(line: str, start: int, end: int, width: int, ellipsis: str) -> Window:
    """Return the part of the line around the code points from `start` to `end` that fits into `width` columns."""
    room = max(width, 4 * len(ellipsis))
    if width_of(line[: room + 1]) <= room and len(line) <= room:
        head, mark = line[:start], line[start:end]
        return Window(printable(line), width_of(head), max(width_of(mark), 1))
    left, stop, right = _around(line, start, min(end, len(line)), room - 2 * len(ellipsis))
    opening = ellipsis if left else ""
    text = opening + printable(line[left:right]) + (ellipsis if right < len(line) else "")
    return Window(text, len(opening) + width_of(line[left:start]), max(width_of(line[start:stop]), 1))


def _around(line: str, start: int, end: int, room: int) -> tuple[int, int, int]:
    """Return the start of the window, the end of the mark in it, and the end of the window."""
    # The mark comes first, as far as it fits; what is left of the room goes around it.
    stop = _reach(line, start, end, room)
    if stop < end:
        left = _reach_back(line, start, room // 4)
        stop = _reach(line, start, end, room - width_of(line[left:start]))
        return left, stop, stop
    marked = width_of(line[start:stop])
    right = _reach(line, stop, len(line), (room - marked) // 3)
    left = _reach_back(line, start, room - width_of(line[start:right]))
    return left, stop, _reach(line, right, len(line), room - width_of(line[left:right]))


_MOST_WITHOUT_WIDTH = 400
"""Limit on the code points in a window: those without width would otherwise fit in any number."""


def _reach(line: str, start: int, end: int, room: int) -> int:
    """Return the offset, at most `end`, up to which the text from `start` fits into `room` columns."""
    for at in range(start, min(end, start + _MOST_WITHOUT_WIDTH)):
        room -= cell(line[at]).width
        if room < 0:
            return at
    return min(end, start + _MOST_WITHOUT_WIDTH)


def _reach_back(line: str, start: int, room: int) -> int:
    for at in range(start - 1, max(start - _MOST_WITHOUT_WIDTH, 0) - 1, -1):
        room -= cell(line[at]).width
        if room < 0:
            return at + 1
    return max(start - _MOST_WITHOUT_WIDTH, 0)
