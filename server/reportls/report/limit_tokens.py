"""Splits prose into sentences of words, numbers and signs, in which `limit_grammar.py` finds limits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reportls.report import limit_words as vocabulary
from reportls.text import Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.report.limit_words import Meaning, Phrases

_LETTER = r"[^\W\d_\u3400-\u9fff]"
_CJK = "|".join(sorted(vocabulary.CJK_PHRASES, key=len, reverse=True))
_JOINT = r"(?i:to|or|and|bis|oder|und|til|eller|og|\xe0|ou|et|a|o|y)"
_PAGES = rf"(?:(?:\ {_JOINT}\ |\ ?[-\u2013]\ ?)[0-9\u00bc-\u00be/]+)?\ (?i:page|seite|side|p\xe1gina)\b"
"""Follows a fraction, perhaps after the upper end of a range: "1/2 to 1 page"."""
_TOKEN = pattern(
    rf"""(?P<number>[0-9]{{1,3}}(?:[.,][0-9]{{1,2}})?[kK]\b|[0-9]*[\u00bc-\u00be]|(?:[0-9]\ )?[1-9]/[1-9](?={_PAGES})
        |[0-9]\ [1-9]/[1-9](?=\ )|[0-9]{{1,3}}(?:[,.'\u2019\ \u00a0\u202f][0-9]{{3}})+(?![0-9])
        |[0-9]+[.,][0-9]{{1,2}}(?![0-9])|[0-9]+)
    |(?P<word>(?i:no)\.(?=\ of\b)|{_LETTER}+[0-9]*(?:['\u2019](?:{_LETTER}+|(?=\s|$)))*|(?<=\ )&(?=\ )
        |(?=[\u3400-\u9fff])(?:{_CJK}|.))
    |<!--|-->
    |(?P<line>(?:\A|\r\n|\n|\r)(?:[ \t\r\n]|>(?!=))*(?:[-*+](?=[ \t]))?)
    |(?P<sign>\+/-|\u00b1|[<>]=|[\u2264\u2265\u2248<>~%])
    |(?P<plus>\+)
    |(?P<dash>[-\u2010-\u2014]|(?<=[0-9])\ ?(?:\.{{2,3}}|\u2026)\ ?(?=[0-9]))
    |(?P<slash>/)
    |(?P<open>[(\[{{\uff08])
    |(?P<close>[)\]}}\uff09])
    |(?P<comma>[,;\u3001\uff0c])
    |(?P<colon>[:\uff1a])
    |(?P<stop>[.!?\u3002\uff01\uff1f\u2026])""",
    re.VERBOSE,
)
_LINE_END = re.compile(r"\r\n|\n|\r")
_FRACTION = pattern(r"(?:(?P<whole>[0-9]+) ?)?(?P<part>[1-9]/[1-9]|[\u00bc-\u00be])")
_VULGAR = {"\xbc": "1/4", "\xbd": "1/2", "\xbe": "3/4"}
_CONTRACTION = "d'"
"""Joins two words of French that this grammar knows: "pas plus d'une page", "d'environ 300 mots"."""
_CONTRACTED = vocabulary.ARTICLES.union(vocabulary.SIGNS_BEFORE, vocabulary.UNIT_PHRASES)
_PAGE = "seite"
"""Ends German words for a part of a page."""
THOUSANDS, THOUSAND = "k", 1000
_MOST_DIGITS = 7
"""Longer numbers are identifiers, not limits."""
_PASSAGE_END = re.compile(r"[.!?\n](?:(?<=[^.][.!?])(?=\s)|(?<=\n)(?=[ \t]*\r?\n|[ \t>]*[-*+][ \t]))")
"""Begins with a set of characters, which is faster to search for than a choice."""
_WORD = re.compile(r"[^\W\d_]+[0-9]*")
_TELLING_SIGN = re.compile(r"[\u3400-\u9fff\u2264\u2265\u2248~]|[<>]=")
"""Signs, and Chinese, which has no blanks that would part a limit's words from others."""
_ABBREVIATED = tuple(f"{word}." for word in (*vocabulary.ABBREVIATIONS, "no"))
_MARKUP = str.maketrans("", "", "*_`|# ")
_LONGEST_ABBREVIATION = 12
"""Code points of an abbreviation with the markup around it."""
_MOST_IN_SENTENCE = 300
"""Tokens of a sentence. Text without stops is cut there, so that the time to read a text is linear in its length."""
_PADDING = ("",) * 12


class Token(NamedTuple):
    """A word, number or sign."""

    kind: str
    word: str
    span: Span


class Sentence:
    """The tokens of a sentence: words in lower case, the kinds of all tokens, and their places in the text.

    Both lists end in empty entries, so that an index a few places before the first token or after the last one finds
    an empty word instead of a token of the other end.
    """

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.size = len(tokens)
        self.words = [*(token.word for token in tokens), *_PADDING]
        self.kinds = [*(token.kind for token in tokens), *_PADDING]
        self.is_question = self.words[self.size - 1] in {"?", "\uff1f"}
        self._tokens = tokens

    def span(self, start: int, end: int) -> Span:
        """Return the place of tokens in the text."""
        return Span(self._tokens[start].span.start, self._tokens[min(end, self.size) - 1].span.end)

    def words_in(self, start: int, end: int) -> list[str]:
        """Return the words and signs among tokens, without points and numbers."""
        indices = range(max(start, 0), min(end, self.size))
        return [self.words[index] for index in indices if self.kinds[index] in {"word", "sign"}]

    def phrase_at(self, table: Phrases[Meaning], index: int) -> tuple[Meaning, int] | None:
        """Return the meaning of the longest phrase of the table that starts at `index`, and the index after it."""
        for phrase, meaning in table.get(self.words[index], ()):
            end = index + len(phrase)
            if self.words[index:end] == phrase:
                return meaning, end
        return None

    def phrase_before(self, table: Phrases[Meaning], end: int) -> tuple[Meaning, int] | None:
        """Return the meaning of the longest phrase that ends before `end`, and its index; the table is by last word."""
        for phrase, meaning in table.get(self.words[end - 1], ()):
            start = end - len(phrase)
            if start >= 0 and self.words[start:end] == phrase:
                return meaning, start
        return None


def sentences_of(text: str) -> Iterator[list[Token]]:
    """Yield the tokens of the sentences that may state a limit."""
    return (tokens for passage in _passages(text) for tokens in _sentences(text, passage) if tokens)


def _passages(text: str) -> Iterator[Span]:
    """Yield the stretches of whole sentences that have one of the words without which there is no limit.

    They are cut where a sentence ends for certain. Most of a filled report has no such word, so that reading it takes
    half the time.
    """
    start = 0
    ends = (match.start() + (match[0] != "\n") for match in _PASSAGE_END.finditer(text))
    for end in (*ends, len(text)):
        before = text[max(start, end - _LONGEST_ABBREVIATION) : end].translate(_MARKUP)
        if end < len(text) and before.casefold().endswith(_ABBREVIATED):
            continue
        words = _WORD.findall(text[start:end].casefold())
        if not vocabulary.TELLING.isdisjoint(words) or _TELLING_SIGN.search(text, start, end):
            yield Span(start, end)
        start = end


def _sentences(text: str, passage: Span) -> Iterator[list[Token]]:
    """Split a passage into sentences of tokens without markup; an empty line and a list item also end a sentence."""
    sentence: list[Token] = []
    for match in _TOKEN.finditer(text, *passage):
        kind, word = match.lastgroup, match[0]
        if len(sentence) >= _MOST_IN_SENTENCE or (
            kind == "line" and (word[-1:] in {"-", "*", "+"} or len(_LINE_END.findall(word)) > 1)
        ):
            yield sentence
            sentence = []
        if kind == "line":
            continue
        if kind == "stop":
            if not (sentence and word == "." and sentence[-1].word in vocabulary.ABBREVIATIONS):
                sentence.append(Token(kind, word, Span(*match.span())))
                yield sentence
                sentence = []
        elif kind:
            word, start = word.casefold().replace("\u2019", "'"), match.start()
            if size := _first_part(word):
                sentence.append(Token(kind, word[:size].replace("'", "e"), Span(start, start + size)))
                word, start = word[size:], start + size
            sentence.append(Token(kind, word, Span(start, match.end())))
    yield sentence


def _first_part(word: str) -> int:
    """Return the length of the first of the two words in "d'environ" and "Viertelseite"; 0 for all others."""
    if word.startswith(_CONTRACTION) and word.removeprefix(_CONTRACTION) in _CONTRACTED:
        return len(_CONTRACTION)
    if word.endswith(_PAGE) and word.removesuffix(_PAGE) in vocabulary.HALVES:
        return len(word) - len(_PAGE)
    return 0


def value_of(digits: str) -> float | None:
    """Return the value of digits: thousands in groups of three, a decimal of one or two digits, or a fraction."""
    if fraction := _FRACTION.fullmatch(digits):
        upper, _, lower = _VULGAR.get(fraction["part"], fraction["part"]).partition("/")
        return int(fraction["whole"] or 0) + int(upper) / int(lower)
    if digits.endswith(THOUSANDS):
        return plain(float(digits.removesuffix(THOUSANDS).replace(",", ".")) * THOUSAND)
    groups = re.split(r"\D", digits)
    if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]):  # noqa: PLR2004  # thousands
        groups = ["".join(groups)]
    return None if len(groups[0]) > _MOST_DIGITS else plain(float(".".join(groups)))


def plain(value: float) -> float:
    """Return a whole number as an integer, so that outputs show "100" and not "100.0"."""
    value = round(float(value), 2)
    return int(value) if value.is_integer() else value
