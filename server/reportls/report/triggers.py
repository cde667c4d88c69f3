"""Triggers: cheap signs of the constructs that a question may contain, by which the rules to run are chosen.

No trigger, no such construct. A trigger without its construct only costs a rule that finds nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reportls.report.form import FORM
from reportls.text import LINE_BREAK, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.report.checker import Segment
    from reportls.report.layout import Layout

Trigger = Literal[
    "text above the marker",
    "addresses",
    "answer in quote",
    "dashes",
    "divided words",
    "extensions",
    "fences",
    "hashes",
    "html",
    "images",
    "leftovers",
    "links",
    "lists",
    "placeholder",
    "symbols",
    "tables",
]
"""The constructs. `extensions` are what only GitHub knows, `lists` those that the hand-in page may show otherwise.

`symbols` are words without a letter or digit; `dashes` may also be equals signs.
"""

_OF_ANSWERS: tuple[tuple[Trigger, tuple[str, ...]], ...] = (
    ("addresses", ("://",)),
    ("divided words", ("-\n", "-\r")),
    ("extensions", ("$", "\\", "\u2022", "[^", "[!", "){")),
    ("fences", ("```", "~~~")),
    ("hashes", ("#",)),
    ("html", ("<",)),
    ("images", ("![",)),
    ("leftovers", ("TODO", "FIXME", "<weblink>", "[your")),
    ("links", ("](", "][", "]:")),
    ("tables", ("|",)),
)
OF_PLACEHOLDERS: frozenset[Trigger] = frozenset(("dashes", "placeholder"))
_EXTENSION = pattern(r":[a-z0-9_+\-]+:|~~(?<!~~~)(?!~)")
"""Triggers that need more than one character. Each pattern begins with a fixed character, which makes the search
fast."""
_LONG_FIRST_WORD = pattern(r"\s*[a-z]{20}")
"""An answer's first word, if it is longer than any real word: one template has random letters in place of an answer."""
_MARKER = r"(?:[*+-]|[0-9]{1,9}[.)])"
_LIST = pattern(rf"[\r\n][ \t>]*{_MARKER}")
_PLAIN_ITEM = r"[*+-] [^\W\d_]"
_ODD = pattern(
    rf"[\r\n](?:[ \t]*>|[ \t]+[^ \t\r\n]|=|(?!{_PLAIN_ITEM})(?:{_MARKER}|[^ \t\r\n][^\r\n]*(?:\r\n?|\n)[*+-] ))"
)
"""A line by which the two views may differ on a list: one that is indented or quoted, an underline, a number, an item
that begins with more than a letter, or one without a blank line above its list. Other lists are shown alike."""
SYMBOLS = pattern(r"\s(?=[^a-zA-Z0-9\s])(?:[^\w\s]|_)+(?!\S)")
"""A word without a letter or digit, and the space before it. Looking at the first character alone mostly settles it."""

_IN_THE_OPEN = pattern(rf"[ \t]*(?:{LINE_BREAK}[ \t]*){{2,}}[^ \t\r\n>]")
"""The usual text after a marker: a blank line, and then no quote."""
_UNQUOTED = pattern(r"[\r\n][^\S\r\n]*[^>\s]")


def triggers_of(text: str, layout: Layout, segments: Sequence[Segment]) -> frozenset[Trigger]:
    """Return what a question of that text, layout and segments may have."""
    first = segments[1].start if layout.marker else layout.answer.start
    found = _triggers_in(text[first:])
    if _has_symbols(text[first:]) or any(map(_has_symbols, _counted(text, segments))):
        found.add("symbols")
    if "--" in text or "==" in text:  # they may also underline the prompt
        found.add("dashes")
    if layout.marker and not _IN_THE_OPEN.match(text, layout.answer.start):
        found.add("answer in quote")
    if layout.marker and _UNQUOTED.search(text, layout.heading.end, layout.marker.start):
        found.add("text above the marker")
    return frozenset(found)


def _triggers_in(text: str) -> set[Trigger]:
    """Return the triggers in the part of the text that the checker may count."""
    found: set[Trigger] = {trigger for trigger, written in _OF_ANSWERS for part in written if part in text}
    lower = text.lower()
    if "<img" in lower:
        found.add("images")
    if FORM.placeholder_sign in lower:
        found.add("placeholder")
    if _LONG_FIRST_WORD.match(text):
        found.add("leftovers")
    if may_have_list(text) and ("<" in text or _ODD.search("\nx" + text)):  # what is above may be the marker
        found.add("lists")
    if _EXTENSION.search(text):
        found.add("extensions")
    return found


def may_have_list(text: str) -> bool:
    """Return whether a line of the text begins like an item of a list."""
    return bool(_LIST.search("\n" + text))  # looking for line breaks alone is much faster than also for the start


def _counted(text: str, segments: Sequence[Segment]) -> Iterator[str]:
    """Yield each text that the checker counts by itself: markers and `##` end words."""
    # Without a marker, the end of the text ends no segment.
    ends = (segment.start - len(FORM.marker) for segment in segments[2:])
    for segment, end in zip(segments[1:], (*ends, len(text)), strict=False):
        yield text[segment.start : end if segment.cut is None else segment.cut]


def _has_symbols(text: str) -> bool:
    return bool(SYMBOLS.search(" " + text))
