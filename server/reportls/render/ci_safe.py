"""A page as text: whoever prints its source, a terminal or a runner of workflows, is not commanded by it either."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from reportls.text import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

_COMMANDING = ("Cc", "Cf", "Zl", "Zp")
"""Categories of characters that do something instead of being shown."""
_COMMAND = pattern(r"(?:\A|(?<=\n))(?P<before>[^\S\n]*)::")


def inert(page: str) -> str:
    """HTML that browsers show alike, but in whose source no character and no line is a command.

    Control characters, which no page may have, become replacement characters, others that are not shown themselves
    references. So do the signs that GitHub Actions takes for workflow commands.
    """
    page = page.replace("\r\n", "\n").replace("\r", "\n")
    commanding = {ord(char): _written(char) for char in _commanding(set(page))}
    page = page.translate(commanding) if commanding else page
    return _COMMAND.sub(r"\g<before>&#58;:", page).replace("##[", "##&#91;")


def _commanding(characters: Iterable[str]) -> list[str]:
    return [char for char in characters if char not in "\n\t" and unicodedata.category(char) in _COMMANDING]


def _written(char: str) -> str:
    return "\ufffd" if unicodedata.category(char) == "Cc" else f"&#{ord(char)};"
