"""What the terminal, or whatever the output goes to, can show: colours, letters, columns."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import TextIO

_SHOWN = "│█░▏▎▍▌▋▊▉╎…→"
"""What drawings are made of; an encoding that has not all of it gets plain ASCII."""
_WIDTH = 100
"""Columns where there is no terminal to ask."""
_NARROWEST = 40
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


class Terminal(NamedTuple):
    """Where text goes."""

    width: int = _WIDTH
    has_colour: bool = False
    encoding: str = "utf-8"
    is_ascii: bool = False
    """Whether boxes and bars must be drawn with ASCII."""
    is_terminal: bool = False

    def paint(self, style: str, text: str) -> str:
        """The text in that style, if there are colours."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.has_colour and text else text

    @property
    def ellipsis(self) -> str:
        """What stands for text left out."""
        return "..." if self.is_ascii else "…"

    def shows(self, text: str) -> str:
        """The text with what the encoding cannot hold as `?`, code point by code point."""
        if text.isascii() or self.encoding == "utf-8":
            return text
        return text.encode(self.encoding, "replace").decode(self.encoding, "replace")


def terminal_of(stream: TextIO) -> Terminal:
    """What the stream's other end can show; `NO_COLOR`, `FORCE_COLOR`, `TERM` and `COLUMNS` have their say."""
    is_terminal = stream.isatty()
    encoding = (stream.encoding or "ascii").lower().replace("utf8", "utf-8")
    return Terminal(
        width=max(_width(stream, is_terminal=is_terminal), _NARROWEST),
        has_colour=_has_colour(is_terminal=is_terminal),
        encoding=encoding,
        is_ascii=not _can_encode(encoding),
        is_terminal=is_terminal,
    )


def _has_colour(*, is_terminal: bool) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") != "0":
        return True
    if not is_terminal or os.environ.get("TERM") == "dumb":
        return False
    if sys.platform == "win32":
        os.system("")  # noqa: S605, S607  # an empty command: this makes old consoles understand colours
    return True


def _width(stream: TextIO, *, is_terminal: bool) -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns[:5]):
        return int(columns[:5])
    try:
        # A terminal that does not know its size says 0.
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
