"""Normalises anchors and template text, so that two spellings of the same text compare equal."""

from __future__ import annotations

from functools import lru_cache

from reportls.forms import form_words
from reportls.report.limit_grammar import read_limits
from reportls.text import pattern

_NUMBERING = pattern(r"(?:[0-9]{1,3}\s?[.):]+|\(?[0-9]{1,3}\))\s+(?=\S)")
_LAST_BRACKET = pattern(r"[(\[][^()\[\]]*[)\]]\Z")
_DIGITS = pattern(r"[0-9]+")
_BULLET = pattern(r"[ \t]*(?:>[ \t]*)*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+(?:\[[ xX]?\][ \t]+)?")
_HEADING_MARKS = pattern(r"[ \t]*#{1,6}[ \t]+|[ \t]+#+[ \t]*$")
_ALIKE = 0.75
_NEARLY = 0.85
_SHORTEST_REWORDED = 25
"""Fewest code points of a paragraph; shorter ones are alike by chance."""
_LONGEST_REWORDED = 1000
"""Most code points of a paragraph; longer ones are slow to compare, and are not instructions."""
_GAP = pattern(r"_{2,}|\.{3}|\u2026|\bx\b|[\[{<]")
_LONGEST = 200
"""Most code points of an anchor that are compared."""


@lru_cache(8192)
def key_of(said: str) -> str:
    """Return the words of an anchor without markup, numbering, points, a limit in brackets, case and line breaks."""
    words = form_words.plain(form_words.without_points(said)).casefold()
    if words.endswith((")", "]")) and (bracket := _LAST_BRACKET.search(words)) and read_limits(bracket[0]).limits:
        words = words[: bracket.start()]
    words = words.rstrip(" .:\uff1a")
    return _NUMBERING.sub("", words, count=1) if _NUMBERING.match(words) else words


@lru_cache(16384)
def line_key(line: str) -> str:
    """Return the words of a line of text without markup, quote marks, bullets and case; empty if it has none."""
    match = _BULLET.match(line)
    words = form_words.plain(line[match.end() :] if match else _HEADING_MARKS.sub("", line))
    return words.casefold()


def without_bullet(line: str) -> str:
    """Return a line without quote marks, the bullet of an item and its box."""
    match = _BULLET.match(line)
    return line[match.end() :] if match else line


def numbers_of(key: str) -> tuple[int, ...]:
    """Return the numbers in an anchor's words."""
    return tuple(int(digits) for digits in _DIGITS.findall(key[:_LONGEST]))


def likeness(one: str, other: str) -> float:
    """Return the similarity of two keys, from 0 to 1; 0 if their numbers differ or if it is below three quarters."""
    if numbers_of(one) != numbers_of(other):
        return 0
    from difflib import SequenceMatcher  # noqa: PLC0415  # few reports have reworded headings

    matcher = SequenceMatcher(None, one[:_LONGEST], other[:_LONGEST], autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0
    found = matcher.ratio()
    return found if found >= _ALIKE else 0


@lru_cache(8192)
def is_reworded(key: str, paragraphs: frozenset[str]) -> bool:
    """Return whether a paragraph is one of the template's in slightly other words, as in the blank of another year.

    A sentence with a gap is an answer once the gap is filled in, however similar it is.
    """
    return len(key) >= _SHORTEST_REWORDED and any(
        _GAP.search(paragraph) is None and _is_nearly(key, paragraph)
        for paragraph in paragraphs
        if len(paragraph) >= _SHORTEST_REWORDED
    )


def _is_nearly(key: str, paragraph: str) -> bool:
    shorter, longer = sorted((len(key), len(paragraph)))
    if shorter < longer * _NEARLY or longer > _LONGEST_REWORDED or numbers_of(key) != numbers_of(paragraph):
        return False
    from difflib import SequenceMatcher  # noqa: PLC0415  # few reports have reworded headings

    matcher = SequenceMatcher(None, key, paragraph, autojunk=False)
    return min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= _NEARLY and matcher.ratio() >= _NEARLY


def name_number(said: str) -> str:
    """Return the part of an anchor's words that is a whole name: "question 1", "q2", "1.1"; empty if none is."""
    named = form_words.NUMBERED_NAME.match(form_words.plain(said))
    return named["name"].casefold() if named else ""
