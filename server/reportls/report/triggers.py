"""Signs that a question may have something in it: without them there is none, whatever the rest of its text is.

Looking for them is cheap, and while an edit of a line changes none there, the question has the same ones as before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reportls.report.checker import MARKER
from reportls.text import LINE_BREAK, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.report.question import Question

Sign = Literal[
    "text above the marker",
    "answer in quote",
    "dashes",
    "fences",
    "html",
    "images",
    "links",
    "lists",
    "placeholder",
    "symbols",
    "tables",
]
"""What a question may have. `symbols` are words without a letter or digit; `dashes` may also be equals signs."""

_OF_ANSWERS: tuple[tuple[Sign, tuple[str, ...]], ...] = (
    ("fences", ("```", "~~~")),
    ("html", ("<",)),
    ("images", ("![",)),
    ("links", ("](", "][")),
    ("tables", ("|",)),
)
OF_PLACEHOLDERS: frozenset[Sign] = frozenset(("dashes", "placeholder"))
_LIST = pattern(r"(?:\A|[\r\n])[ \t>]*(?:[*+-]|[0-9]{1,9}[.)])")
SYMBOLS = pattern(r"\s(?=[^a-zA-Z0-9\s])(?:[^\w\s]|_)+(?!\S)")
"""A word without a letter or digit, and the space before it. Looking at the first character alone mostly settles it."""

_IN_THE_OPEN = pattern(rf"[ \t]*(?:{LINE_BREAK}[ \t]*){{2,}}[^ \t\r\n>]")
"""What follows the marker nearly always: a blank line, and then no quote."""
_UNQUOTED = pattern(r"[\r\n][^\S\r\n]*[^>\s]")


def signs_of(question: Question) -> frozenset[Sign]:
    """What the question may have."""
    text, layout = question.text, question.layout
    first = question.pieces[1].start if layout.marker else layout.answer.start
    found = _signs_in(text[first:])
    if _has_symbols(text[first:]) or any(map(_has_symbols, _counted(question))):
        found.add("symbols")
    if "--" in text or "==" in text:  # they may also underline the prompt
        found.add("dashes")
    if layout.marker and not _IN_THE_OPEN.match(text, layout.answer.start):
        found.add("answer in quote")
    if layout.marker and _UNQUOTED.search(text, layout.heading.end, layout.marker.start):
        found.add("text above the marker")
    return frozenset(found)


def _signs_in(text: str) -> set[Sign]:
    """What may be in the text that the checker may count."""
    found: set[Sign] = {sign for sign, written in _OF_ANSWERS if any(part in text for part in written)}
    lower = text.lower()
    if "<img" in lower:
        found.add("images")
    if "fill" in lower:
        found.add("placeholder")
    if _LIST.search(text):
        found.add("lists")
    return found


def _counted(question: Question) -> Iterator[str]:
    """What the checker counts by itself: it parts words at markers and at `##`."""
    pieces, text = question.pieces, question.text
    ends = (piece.start - len(MARKER) for piece in pieces[2:])
    for piece, end in zip(pieces[1:], (*ends, len(text))):
        yield text[piece.start : end if piece.cut is None else piece.cut]


def _has_symbols(text: str) -> bool:
    return bool(SYMBOLS.search(" " + text))


def have_same_words_among(before: str, after: str) -> bool:
    """Whether both have, or both have not, what words alone may be a sign of; for an edit of plain words in a line."""
    return ("fill" in before.lower()) == ("fill" in after.lower()) and (_has_symbols(before) == _has_symbols(after))
