"""Text in several styles, cut between words into lines for a terminal."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from reportls.cli.text_width import width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.cli.terminal import Terminal


class Styled(NamedTuple):
    """Printable text and the style to paint it in, "" for none."""

    text: str
    style: str = ""


def cut(parts: Sequence[Styled], terminal: Terminal, *, hanging: str = "") -> list[str]:
    """Return the parts, one after the other, as lines for the terminal; lines after the first start with `hanging`.

    What goes to a file or a pipe stays on one line, which is easy to search.
    """
    if not terminal.is_terminal:
        return ["".join(terminal.paint(style, text) for text, style in parts)]
    first, *more = fitted(parts, terminal.width, terminal, hanging=width_of(hanging))
    return [first, *(f"{hanging}{line}" for line in more)]


def fitted(parts: Sequence[Styled], width: int, terminal: Terminal, *, hanging: int = 0) -> list[str]:
    """Return the parts as painted lines of at most `width` columns, less `hanging` after the first.

    A word that is wider has a line of its own.
    """
    text = "".join(part.text for part in parts)
    ends = [0, *accumulate(len(part.text) for part in parts)]
    places = [*zip(pairwise(ends), (part.style for part in parts), strict=True)]
    return [
        "".join(terminal.paint(style, text[max(start, left) : min(end, right)]) for (left, right), style in places)
        for start, end in _lines(text, width, hanging)
    ]


def _lines(text: str, width: int, hanging: int) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each line; the blanks between two lines belong to neither."""
    start = end = 0
    room = width
    for word in re.finditer(r"[^ ]+", text):
        if end and width_of(text[start : word.end()]) > room:
            yield start, end
            start, room = word.start(), width - hanging
        end = word.end()
    yield start, end
