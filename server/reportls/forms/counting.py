"""The things that a template can limit, and how each is counted in an answer: as readers see it, or in its source.

The course's own checker counts by `report/kinds.py`; a form counts these. `MEASURES` is the one table of them.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reportls.report.kinds import IMAGES, WORDS
from reportls.report.limit_words import SINGULARS
from reportls.text import pattern

if TYPE_CHECKING:
    from collections.abc import Callable

CHARACTERS_OF_A_PAGE = 2400
WORDS_OF_A_MINUTE = 200
"""Read by an adult at leisure."""
_CHARACTERS_OF_A_LINE = 80
_MOST_KEPT = 4096
"""Paragraphs and sentences that are remembered: more than all of a long report, so that typing counts only its own."""

_CJK_RANGES = (
    *(("\u3040", "\u30ff"), ("\u3400", "\u4dbf"), ("\u4e00", "\u9fff")),
    *(("\uac00", "\ud7af"), ("\uf900", "\ufaff")),
)
_CJK = pattern(f"[{''.join(f'{first}-{last}' for first, last in _CJK_RANGES)}]")
_WORD = pattern(r"\S*\w\S*")
_SPACES = pattern(r"\s+")
_SURE_END = pattern(r"(?<=[.!?])[\"'\u201d\u2019)\]]*\s+(?=[\"'\u201c\u2018(\[]?[A-Z\u00c0-\u00de])")
"""Where a sentence always ends by Unicode's rules, so that the pieces can be counted one by one."""
_INNER_END = pattern(r"[.!?\u2026]|[^\x00-\u024f\u2010-\u2027]")
"""Characters that may end a sentence: these, and any of a script that has full stops of its own."""
_CLOSING = " \t\r\n.!?\u2026\"'\u201d\u2019)]*_"

_IMAGE = pattern(r"!\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])|<img\b[^>]*>", re.IGNORECASE)
_LINK = pattern(
    r"(?<!!)\[(?P<text>[^\[\]\n]*)\](?:\((?P<target>[^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)|\[(?P<label>[^\]\n]*)\])"
)
_ADDRESS = pattern(r"<https?://[^>\s]+>|\bhttps?://[^\s<>)\]]+", re.IGNORECASE)
_CITATION = pattern(r"\[\^[^\]\s]+\](?!:)|\[@[^\]\n]+\]|\[[0-9]{1,3}(?:[,\u2013-] ?[0-9]{1,3})*\](?![(\[:])")
_HTML_TAG = pattern(r"</?[a-zA-Z][^<>]*>")
_LINE_MARKS = pattern(
    r"^[ \t]*(?:>[ \t]*)*(?:[-*+][ \t]+|[0-9]{1,9}[.)][ \t]+)?(?:\[[ xX]\][ \t]+|#{1,6}[ \t]+)?", re.MULTILINE
)
_HEADING = pattern(r"^[ ]{0,3}#{1,6}(?:[ \t][^\n]*|$)", re.MULTILINE)
_EMPHASIS = pattern(r"[*`~]+|(?<!\w)_+|_+(?!\w)|\\(?=[^\w\s])")
_TABLE_RULE = pattern(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t:-]*)*$", re.MULTILINE)
_DEFINITION = pattern(r"^[ ]{0,3}\[[^\]\n]+\]:[^\n]*$", re.MULTILINE)
"""A link's target or a footnote, which belong to the list of references."""


class Source(NamedTuple):
    """The author's own part of an answer, as it is counted."""

    paragraphs: tuple[str, ...]
    """Stretches of Markdown without blank lines, code blocks and comments."""
    code_blocks: int
    raw: str
    """All text of the place, as in the file."""


class Measure(NamedTuple):
    """One thing that can be limited."""

    key: str
    """Its name in templates, configuration and JSON: the plural."""
    singular: str
    visible: Callable[[Source], float]
    """The number that readers see."""
    source: Callable[[Source], float]
    """The number that a script finds."""

    def amount(self, number: float) -> str:
        """Return a number of them in words: `1 word`, `2,259 characters`, `1.5 pages`."""
        return f"{number_in_words(number)} {self.singular if number == 1 else self.key}"


def number_in_words(number: float) -> str:
    """Return a number with commas between thousands, and at most one decimal; a quarter of one has two."""
    if float(number).is_integer():
        return f"{number:,.0f}"
    return f"{number}" if number in {0.25, 0.75} else f"{number:,.1f}"


@lru_cache(_MOST_KEPT)
def visible(paragraph: str) -> str:
    """Return what a reader sees of a paragraph of Markdown, in one line."""
    text = paragraph
    if "|" in text:
        text = _TABLE_RULE.sub("", text).replace("|", " ")
    if "[" in text or "<" in text:
        text = _DEFINITION.sub("", text)
        text = _IMAGE.sub(" ", text)
        text = _LINK.sub(r"\g<text>", text)
        text = _HTML_TAG.sub(" ", text)
    text = _EMPHASIS.sub("", _LINE_MARKS.sub("", text))
    return _SPACES.sub(" ", text).strip()


@lru_cache(_MOST_KEPT)
def words_in(paragraph: str) -> int:
    """Count the words that a reader sees; Chinese, Japanese and Korean by character."""
    seen = visible(paragraph)
    if not _has_cjk(seen):
        return len(_WORD.findall(seen))
    return len(_CJK.findall(seen)) + len(_WORD.findall(_CJK.sub(" ", seen)))


def _has_cjk(text: str) -> bool:
    # Compiling that class of characters takes as long as reading a small report, and an emoji is no reason to.
    return not text.isascii() and any(first <= sign <= last for sign in set(text) for first, last in _CJK_RANGES)


@lru_cache(_MOST_KEPT)
def _characters_in(paragraph: str) -> int:
    return len(visible(paragraph))


@lru_cache(_MOST_KEPT)
def _sentences_in(paragraph: str) -> int:
    seen = visible(_without_headings(paragraph))
    return sum(_sentences_of(piece) for piece in _SURE_END.split(seen) if words_in(piece)) if seen else 0


@lru_cache(_MOST_KEPT)
def _sentences_of(piece: str) -> int:
    if not _INNER_END.search(piece.rstrip(_CLOSING)):
        return 1
    # It takes a tenth of a millisecond for each character, so it only gets passages that need it.
    from uniseg.sentencebreak import sentences  # noqa: PLC0415  # few forms count sentences

    return sum(1 for sentence in sentences(piece) if _WORD.search(sentence))


@lru_cache(_MOST_KEPT)
def _lines_in(paragraph: str) -> int:
    return sum(math.ceil(len(line) / _CHARACTERS_OF_A_LINE) for line in map(visible, paragraph.splitlines()) if line)


@lru_cache(_MOST_KEPT)
def images_in(paragraph: str) -> int:
    """Count the images that a reader sees."""
    return len(_IMAGE.findall(paragraph)) if "!" in paragraph or "<" in paragraph else 0


@lru_cache(_MOST_KEPT)
def _links_in(paragraph: str) -> int:
    if "[" not in paragraph and "://" not in paragraph:
        return 0
    without_links = _LINK.sub("", _IMAGE.sub("", paragraph))
    return len(_LINK.findall(_IMAGE.sub("", paragraph))) + len(_ADDRESS.findall(without_links))


@lru_cache(_MOST_KEPT)
def _references_in(paragraph: str) -> frozenset[str]:
    return frozenset(_CITATION.findall(paragraph)) if "[" in paragraph else frozenset()


def _sum_of(count: Callable[[str], int]) -> Callable[[Source], float]:
    return lambda source: sum(map(count, source.paragraphs))


def _paragraphs(source: Source) -> float:
    return sum(1 for paragraph in source.paragraphs if words_in(_without_headings(paragraph)))


def _without_headings(paragraph: str) -> str:
    """Leave out the author's own headings: they are read, but are neither sentences nor paragraphs."""
    return _HEADING.sub("", paragraph) if "#" in paragraph else paragraph


def _pages(source: Source) -> float:
    return sum(map(_characters_in, source.paragraphs)) / CHARACTERS_OF_A_PAGE


def _minutes(source: Source) -> float:
    return sum(map(words_in, source.paragraphs)) / WORDS_OF_A_MINUTE


def _references(source: Source) -> float:
    """Count different citations; without any, the entries of a list of references."""
    cited: frozenset[str] = frozenset().union(*map(_references_in, source.paragraphs))
    entries = sum(len(_DEFINITION.findall(paragraph)) for paragraph in source.paragraphs)
    return len(cited) or entries


def _same(key: str, count: Callable[[Source], float]) -> Measure:
    """Return a measure that is the same for readers and for a script."""
    return Measure(key, SINGULARS[key], count, count)


MEASURES = {
    measure.key: measure
    for measure in (
        Measure("words", SINGULARS["words"], _sum_of(words_in), lambda source: WORDS.count_in(source.raw)),
        Measure("characters", SINGULARS["characters"], _sum_of(_characters_in), lambda source: len(source.raw.strip())),
        _same("sentences", _sum_of(_sentences_in)),
        _same("paragraphs", _paragraphs),
        _same("lines", _sum_of(_lines_in)),
        Measure("pages", SINGULARS["pages"], _pages, lambda source: len(source.raw.strip()) / CHARACTERS_OF_A_PAGE),
        Measure(
            "minutes", SINGULARS["minutes"], _minutes, lambda source: WORDS.count_in(source.raw) / WORDS_OF_A_MINUTE
        ),
        Measure("images", SINGULARS["images"], _sum_of(images_in), lambda source: IMAGES.count_in(source.raw)),
        _same("code blocks", lambda source: source.code_blocks),
        _same("links", _sum_of(_links_in)),
        _same("references", _references),
    )
}
"""By key, in the order in which outputs list them."""
