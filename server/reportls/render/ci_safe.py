"""Neutralises workflow commands of GitHub Actions in any text, and control characters in HTML source."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from reportls.text import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

_COMMANDING = ("Cc", "Cf", "Zl", "Zp")
"""Categories of characters that do something instead of being shown."""
_COMMAND = pattern(r"(?:\A|(?<=[\r\n]))(?P<before>[^\S\r\n]*)::")
_BRACKET = "##["


class Escape(NamedTuple):
    """The escape that a format uses for lines that GitHub Actions would run as workflow commands."""

    colons: str
    """Replacement for `::` at the start of a line, with `\\g<before>` for the blanks before it."""
    bracket: str
    """Replacement for `##[`."""


PLAIN = Escape(r"| \g<before>::", "##|[")
MARKUP = Escape(r"\g<before>&#58;:", "##&#91;")
"""HTML and XML: the text stays the same."""
JSON = Escape(r"\g<before>::", "#\\u0023[")
"""The text stays the same; no line of JSON begins with a colon."""


def without_commands(text: str, escape: Escape) -> str:
    """Return the text without workflow commands: a runner looks for them in all that a step prints."""
    if "::" not in text and _BRACKET not in text:
        return text
    return _COMMAND.sub(escape.colons, text).replace(_BRACKET, escape.bracket)


def inert(page: str) -> str:
    """HTML that browsers show alike, but in whose source no character and no line is a command.

    Control characters, which no page may have, become replacement characters, others that are not shown themselves
    references. So do the signs that GitHub Actions takes for workflow commands.
    """
    page = page.replace("\r\n", "\n").replace("\r", "\n")
    commanding = {ord(char): _written(char) for char in _commanding(set(page))}
    page = page.translate(commanding) if commanding else page
    return without_commands(page, MARKUP)


def _commanding(characters: Iterable[str]) -> list[str]:
    return [char for char in characters if char not in "\n\t" and unicodedata.category(char) in _COMMANDING]


def _written(char: str) -> str:
    return "\ufffd" if unicodedata.category(char) == "Cc" else f"&#{ord(char)};"
