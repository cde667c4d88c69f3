"""The capabilities of the output, a terminal or a file: colours, characters, and columns."""

from __future__ import annotations

import os
import re
import sys
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from reportls.cli.text_width import width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

_SHOWN = "│█░▏▎▍▌▋▊▉╎…→"
"""The characters of our drawings; if the encoding lacks one, drawings are plain ASCII."""
_WIDTH = 100
"""Columns if the output is not a terminal."""
_NARROWEST = 20
_STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "information": "1;34",
    "hint": "1;36",
    "good": "1;32",
    "bold": "1",
    "dim": "2",
    "help": "32",
    "removed": "31",
    "added": "32",
}


COLOURS = ("auto", "always", "never")
"""The values of `--color`."""


class Terminal(NamedTuple):
    """The capabilities of an output stream."""

    width: int = _WIDTH
    has_colour: bool = False
    encoding: str = "utf-8"
    is_ascii: bool = False
    """Whether to draw boxes and bars in ASCII."""
    is_terminal: bool = False

    def paint(self, style: str, text: str) -> str:
        """Return the text in that style, unchanged if there are no colours or the style is ""."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.has_colour and text and style else text

    @property
    def ellipsis(self) -> str:
        """The sign for omitted text."""
        return "..." if self.is_ascii else "…"

    def shows(self, text: str) -> str:
        """Return the text with `?` for each code point that the encoding lacks."""
        if text.isascii() or self.encoding == "utf-8":
            return text
        return text.encode(self.encoding, "replace").decode(self.encoding, "replace")


def choose_colours(when: str) -> str:
    """Decide for this process, for libraries in it, and for processes that it starts, and return the argument.

    `always` and `never` set environment variables; everything else leaves the choice to `terminal_of`.
    """
    if when in ("always", "never"):
        os.environ.pop("NO_COLOR", None)
        os.environ.pop("FORCE_COLOR", None)
        os.environ["FORCE_COLOR" if when == "always" else "NO_COLOR"] = "1"
    return when


def terminal_of(stream: TextIO) -> Terminal:
    """Return the capabilities of a stream; `NO_COLOR`, `FORCE_COLOR`, `TERM` and `COLUMNS` are respected."""
    is_terminal = stream.isatty()
    # `PYTHONIOENCODING=utf8` is taken over as it is written.
    encoding = (stream.encoding or "ascii").lower().replace("utf8", "utf-8")
    return Terminal(
        width=max(_width(stream, is_terminal=is_terminal), _NARROWEST),
        has_colour=_has_colour(is_terminal=is_terminal),
        encoding=encoding,
        is_ascii=not _can_encode(encoding),
        is_terminal=is_terminal,
    )


def _has_colour(*, is_terminal: bool) -> bool:
    # By no-color.org an empty value does not count.
    if os.environ.get("NO_COLOR"):
        return False
    # Node's tools agree that 0 turns colours off.
    if os.environ.get("FORCE_COLOR", "0") != "0":
        return True
    if not is_terminal or os.environ.get("TERM") == "dumb":
        return False
    if sys.platform == "win32":
        os.system("")  # noqa: S605, S607  # an empty command: this makes old consoles understand colours
    return True


def _width(stream: TextIO, *, is_terminal: bool) -> int:
    columns = os.environ.get("COLUMNS", "")
    # Python refuses to convert a number of very many digits.
    if columns.isascii() and columns.isdigit() and int(columns[:5]):
        return int(columns[:5])
    try:
        # A terminal of unknown size reports 0 columns.
        return (os.get_terminal_size(stream.fileno()).columns if is_terminal else 0) or _WIDTH
    except (OSError, ValueError):
        return _WIDTH


def _can_encode(encoding: str) -> bool:
    if encoding == "utf-8":
        return True
    try:
        _SHOWN.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


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
