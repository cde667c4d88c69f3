"""The characters that the course's script drops from the start of a report before it makes the hand-in page."""

from __future__ import annotations

import re
from functools import lru_cache

from reportls.report.form import FORM
from reportls.text import Span, pattern

_FRONT_MATTER = pattern(r"\ufeff?---[ \t]*(?:[\r\n][^\r\n]*)*?[\r\n]---[ \t]*(?=[\r\n]|\Z)")
_BLANK = pattern(r"[\s\ufeff]*")


def after_dropped(text: str, characters: int) -> int:
    r"""Return the offset after the first characters; with universal newlines, `\r\n` counts as one of them."""
    match = re.match(rf"(?:\r\n|[\s\S]){{0,{characters}}}", text)
    return match.end() if match else 0


def most_dropped(characters: int) -> int:
    r"""Return the most code points that so many dropped characters may take up: `\r\n` is dropped as one."""
    return 2 * characters


@lru_cache(4)  # asked after every edit, nearly always of the same introduction
def lost(text: str) -> Span:
    """Return the dropped text without front matter and white space around; empty if nothing else is dropped."""
    end = after_dropped(text, FORM.dropped)
    if text.startswith(("---", "\ufeff---")):
        front = _FRONT_MATTER.match(text, 0, end)
        start = front.end() if front else end
    else:
        start = 0
    blank = _BLANK.match(text, start, end)
    start = blank.end() if blank else start
    return Span(start, start + len(text[start:end].rstrip()))
