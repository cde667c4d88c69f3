"""Reads limits out of prose: "3-5 sentences minimum", "max. 2000 characters per section", "Insert 1-2 images".

    limit = [scope] [sign] number [range number] [+] [adjective] unit [post]

A text is split into tokens once and each number looks at its neighbours, so the time is linear in the length of the
text. Only what is clearly a limit is one ("the 2 images of last year's group" is not), because a false limit costs an
author more than a missing one. A text that clearly announces a limit and cannot be read is reported, so that the writer
of a template sees it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reportls.report import limit_words as vocabulary
from reportls.report.limit_words import Scope, Sign
from reportls.text import Span, pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

_LETTER = r"[^\W\d_\u3400-\u9fff]"
_CJK = "|".join(sorted(vocabulary.CJK_PHRASES, key=len, reverse=True))
_JOINT = r"(?i:to|or|and|bis|oder|und|til|eller|og|\xe0|ou|et|a|o|y)"
_PAGES = rf"(?:(?:\ {_JOINT}\ |\ ?[-\u2013]\ ?)[0-9\u00bc-\u00be/]+)?\ (?i:page|seite|side|p\xe1gina)\b"
"""Follows a fraction, perhaps after the upper end of a range: "1/2 to 1 page"."""
_TOKEN = pattern(
    rf"""(?P<mark>[*_`|\#]+|<!--|-->)
    |(?P<number>[0-9]{{1,3}}(?:[.,][0-9]{{1,2}})?[kK]\b|[0-9]*[\u00bc-\u00be]|(?:[0-9]\ )?[1-9]/[1-9](?={_PAGES})
        |[0-9]\ [1-9]/[1-9](?=\ )|[0-9]{{1,3}}(?:[,.'\u2019\ \u00a0\u202f][0-9]{{3}})+(?![0-9])
        |[0-9]+[.,][0-9]{{1,2}}(?![0-9])|[0-9]+)
    |(?P<word>(?<=\ )&(?=\ )|(?i:no)\.(?=\ of\b)|{_CJK}|[\u3400-\u9fff]
        |{_LETTER}+[0-9]*(?:['\u2019](?:{_LETTER}+|(?=\s|$)))*)
    |(?P<sign>\+/-|\u00b1|[<>]=|[\u2264\u2265\u2248<>~%])
    |(?P<plus>\+)
    |(?P<dash>[-\u2010-\u2014]|(?<=[0-9])\ ?(?:\.{{2,3}}|\u2026)\ ?(?=[0-9]))
    |(?P<slash>/)
    |(?P<open>[(\[{{\uff08])
    |(?P<close>[)\]}}\uff09])
    |(?P<comma>[,;\u3001\uff0c])
    |(?P<colon>[:\uff1a])
    |(?P<stop>[.!?\u3002\uff01\uff1f\u2026])
    |(?P<line>\r\n|\n|\r)""",
    re.VERBOSE,
)
_FRACTION = pattern(r"(?:(?P<whole>[0-9]+) ?)?(?P<part>[1-9]/[1-9]|[\u00bc-\u00be])")
_VULGAR = {"\xbc": "1/4", "\xbd": "1/2", "\xbe": "3/4"}
_CONTRACTION = "d'"
"""Joins two words of French that this grammar knows: "pas plus d'une page", "d'environ 300 mots"."""
_PAGE = "seite"
"""Ends German words for a part of a page."""
_THOUSANDS, _THOUSAND = "k", 1000
_MOST_DIGITS = 7
"""Longer numbers are identifiers, not limits."""
_FEWEST_WORDS = 5
""" "In two words" is an idiom, so a bare number of words or characters below this is no limit."""
_MOST_THINGS = 100
"""Things in an answer; a larger number of images is a set of data."""
_MOST_IN_TITLE = 4
"""Words of a title before its limit: "Abstract of the paper, 150 words"."""
_MOST_IN_SUBJECT = 4
"""Words of a sentence among which its subject stands: "the small chat bot"."""
_MOST_ADJECTIVES = 4
_MOST_AROUND = 100
"""Tokens before or after a limit that tell what it is about: no sentence is longer, but a text without stops may be."""
_ONE = frozenset({"a", "an"})
"""Articles that may count."""
_MOST_IN_LABEL = 16
"""Tokens of a label before its colon; brackets that are never closed would be searched to the end for each of them."""
_MOST_BETWEEN_ENDS = 2
"""Tokens between two limits that share a unit: a comma and a word."""
_MOST_TO_NEGATION = 3
"""Most tokens between a negation and the comparison that it reverses."""
_MOST_TO_OBJECT = 6
"""Most tokens between an order and the thing that it demands."""
_WIDEST_RANGE = 10
"""Times by which a range may grow where its lower number could be that of a heading: "3 - max. 200 words"."""
_WIDEST_MARGIN = 80
"""Code points of markup that may surround a limit on its line; a bound keeps the search short."""
_PARAGRAPH_END = re.compile(r"\n[ \t>]*\n")
_PASSAGE_END = re.compile(r"(?<=[^.][.!?])(?=\s)|(?=\n(?:[ \t]*\r?\n|[ \t>]*[-*+][ \t]))")
_WORD = re.compile(r"[^\W\d_]+[0-9]*|[\u2264\u2265\u2248~]|[<>]=")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
"""Chinese has no blanks that would part a limit's words from others."""
_ABBREVIATED = tuple(f"{word}." for word in (*vocabulary.ABBREVIATIONS, "no"))
_MARKUP = str.maketrans("", "", "*_`|# ")
_LONGEST_ABBREVIATION = 12
"""Code points of an abbreviation with the markup around it."""
_NAME = re.compile(r"[A-Za-z0-9]_[A-Za-z0-9]")
"""An underscore in a name of code: "page_size: 20" is no label."""
_HOLLOW = re.compile(r"[\W_]*")


class Limit(NamedTuple):
    """One limit as a text states it."""

    unit: str
    """Plural name of what is counted: a key of `limit_words.UNITS`."""
    at_least: float | None
    at_most: float | None
    about: bool
    """Approximate: never worth more than a hint."""
    span: Span
    """The words that say so, in code points from the start of the text."""
    scope: Scope | None = None

    def shifted(self, by: int) -> Limit:
        """Return the limit with its words `by` code points further on."""
        return self._replace(span=self.span.shifted(by))


class Reading(NamedTuple):
    """The limits in a text, and the spans that announce a limit and cannot be read."""

    limits: tuple[Limit, ...] = ()
    not_understood: tuple[Span, ...] = ()


class _Token(NamedTuple):
    kind: str
    word: str
    span: Span


class _Amount(NamedTuple):
    """A number or range with its place among the tokens of a sentence."""

    low: float
    high: float | None
    start: int
    end: int
    bound: Sign | None = None
    """The bound set by "+", "or more" or "(max)" between the number and its unit."""


class _Candidate(NamedTuple):
    """A number with a unit, before it is known whether it is a limit."""

    unit: str
    low: float
    is_bare: bool
    """Without a sign or a range."""
    start: int
    """Index of the first token of its sign."""
    end: int
    """Index of the token after its unit."""


class _Found(NamedTuple):
    limit: Limit
    end: int
    """Index of the token after it."""


@lru_cache(500)  # prompts stay as they are while answers are typed
def read_limits(text: str, *, is_label: bool = False) -> Reading:
    """Return the limits that a prompt, a heading or a placeholder states.

    `is_label` is for the label of a deliverable, which demands each thing that it names ("Deliverable: a screenshot").
    Offsets are code points from the start of the text.
    """
    limits: list[Limit] = []
    unread: list[Span] = []
    for sentence in (each for passage in _passages(text) for each in _sentences(text, passage)):
        found, missed = _SentenceReader(text, sentence, is_label=is_label).read()
        limits += found
        unread += missed
    return Reading(tuple(_joined(text, limits)), tuple(unread))


def _passages(text: str) -> Iterator[Span]:
    """Yield the stretches of whole sentences that have one of the words without which there is no limit.

    They are cut where a sentence ends for certain. Most of a filled report has no such word, so that reading it takes
    half the time.
    """
    start = 0
    for end in (*(match.start() for match in _PASSAGE_END.finditer(text)), len(text)):
        before = text[max(start, end - _LONGEST_ABBREVIATION) : end].translate(_MARKUP)
        if end < len(text) and before.casefold().endswith(_ABBREVIATED):
            continue
        words = _WORD.findall(text[start:end].casefold())
        if not vocabulary.TELLING.isdisjoint(words) or _CHINESE.search(text, start, end):
            yield Span(start, end)
        start = end


def _sentences(text: str, passage: Span) -> Iterator[list[_Token]]:
    """Split a passage into sentences of tokens without markup; an empty line and a list item also end a sentence."""
    sentence: list[_Token] = []
    starts_line, blank_lines = passage.start == 0, 1
    for match in _TOKEN.finditer(text, *passage):
        token = _Token(match.lastgroup or "", match[0].casefold().replace("\u2019", "'"), Span(*match.span()))
        if size := _first_part(token.word):
            middle = token.span.start + size
            sentence.append(_Token("word", token.word[:size].replace("'", "e"), Span(token.span.start, middle)))
            token = _Token("word", token.word[size:], Span(middle, token.span.end))
        if token.kind == "line":
            blank_lines += 1
            starts_line = True
        elif starts_line and _opens_item(text, token):
            yield sentence
            sentence, starts_line = [], token.word == ">"
        elif token.kind == "mark" or (starts_line and token.word == ">"):
            continue
        else:
            if blank_lines > 1:
                yield sentence
                sentence = []
            blank_lines, starts_line = 0, False
            if token.kind != "stop":
                sentence.append(token)
            elif not (sentence and token.word == "." and sentence[-1].word in vocabulary.ABBREVIATIONS):
                sentence.append(token)
                yield sentence
                sentence = []
    yield sentence


def _first_part(word: str) -> int:
    """Return the length of the first of the two words in "d'environ" and "Viertelseite"; 0 for all others."""
    if word.startswith(_CONTRACTION) and word[2:] in vocabulary.ARTICLES | vocabulary.FIRST_WORDS:
        return len(_CONTRACTION)
    if word.endswith(_PAGE) and word.removesuffix(_PAGE) in vocabulary.HALVES:
        return len(word) - len(_PAGE)
    return 0


def _opens_item(text: str, token: _Token) -> bool:
    """Return whether a sign is a list bullet at the start of a line, not emphasis or part of a range."""
    return token.word in {"-", "*", "+"} and text[token.span.end : token.span.end + 1] in {" ", "\t"}


class _SentenceReader:
    """Reads the limits of one sentence from left to right."""

    def __init__(self, text: str, tokens: list[_Token], *, is_label: bool) -> None:
        self._text = text
        self._tokens = tokens
        self._is_label = is_label
        self._label, self._label_end = self._find_limit_label()
        self._is_question = bool(tokens) and tokens[-1].word in {"?", "\uff1f"}

    def read(self) -> tuple[list[Limit], list[Span]]:
        """Return the limits and the spans that were not understood."""
        found: list[_Found] = []
        unread: list[Span] = []
        index = 0
        while index < len(self._tokens):
            amount = self._amount(index)
            one = self._limit(amount, found) if amount else None
            if one:
                found.append(one)
                index = one.end
                continue
            if amount and (span := self._unread(amount)):
                unread.append(span)
            index = amount.end if amount else index + 1
        limits = [one.limit for one in found]
        limits += self._demanded_without_number(limits)
        if self._label_end and not limits and (span := self._label_value()):
            unread = [span]
        scope = self._scope()
        return [limit._replace(scope=scope) for limit in limits], unread

    # Numbers and units

    def _word(self, index: int) -> str:
        return self._tokens[index].word if 0 <= index < len(self._tokens) else ""

    def _kind(self, index: int) -> str:
        return self._tokens[index].kind if 0 <= index < len(self._tokens) else ""

    def _number(self, index: int) -> tuple[float, int] | None:
        """Return the number at `index` and the index after it."""
        return self._part_of_page(index) or self._whole_or_half(index)

    def _whole_or_half(self, index: int) -> tuple[float, int] | None:
        word = self._word(index)
        if self._kind(index) == "number":
            value = _value(word)
            return None if value is None else (value, index + 1)
        following = self._word(index + 1)
        if word in vocabulary.HALVES:
            after = index + 1 + (following in vocabulary.OF)
            after += (self._word(after) in vocabulary.ARTICLES) + (self._kind(after) == "dash")
            return vocabulary.HALVES[word], after
        if word in vocabulary.ARTICLES and (following in vocabulary.HALVES or following in vocabulary.COLLECTIVES):
            return self._number(index + 1)
        is_article = word in _ONE and following not in vocabulary.LABEL_NOUNS | _ONE
        if is_article and not self._number(index + 1) and self._has_sign_around(index):
            return 1, index + 1
        if word in vocabulary.AMBIGUOUS_NUMBERS and following not in vocabulary.AFTER_DANISH_NUMBERS:
            return (2, index + 1) if word == "to" and self._word(index - 1) in vocabulary.CLEAR_POSTS else None
        return self._number_word(index) if word in vocabulary.NUMBERS else None

    def _part_of_page(self, index: int) -> tuple[float, int] | None:
        """Return the number in "a third of a page" and "two thirds of a page", and the index of the page."""
        word, part = self._word(index), self._word(index + 1)
        if part not in vocabulary.THIRDS:
            return None
        times = 1 if word in vocabulary.ARTICLES else vocabulary.NUMBERS.get(word)
        has_of = self._word(index + 2) in vocabulary.OF and self._word(index + 3) in vocabulary.INDEFINITE
        page = index + 3 + has_of
        if not times or not (has_of or self._word(page - 1) in vocabulary.BEFORE_PAGE):
            return None
        unit = self._phrase_at(vocabulary.UNIT_PHRASES, page)
        return (times * vocabulary.THIRDS[part], page) if unit and unit[0] == "pages" else None

    def _has_sign_around(self, article: int) -> bool:
        """Recognise "at most a page", "in a sentence", "a page or two" and others whose article counts."""
        if self._nearest_sign(article)[0]:
            return True
        unit = self._phrase_at(vocabulary.UNIT_PHRASES, article + 1)
        if not unit:
            return False
        closes = self._kind(unit[1]) != "word" or self._word(unit[1]) in vocabulary.OF
        if closes and unit[0] in vocabulary.PARTS and self._word(article - 1) in vocabulary.IN:
            return True
        is_more = self._word(unit[1]) in vocabulary.OR and self._post(unit[1])[0] is not None
        return is_more or self._goes_on(1, unit[1]) is not None or self._and_half(1, unit[1])[0] > 1

    def _number_word(self, index: int) -> tuple[float, int]:
        """Read "two", "two hundred" and "dizaine de"."""
        word, following = self._word(index), self._word(index + 1)
        value = vocabulary.NUMBERS[word] * vocabulary.MULTIPLES.get(following, 1)
        end = index + 1 + (following in vocabulary.MULTIPLES)
        return value, end + (word in vocabulary.COLLECTIVES and self._word(end) in vocabulary.OF)

    def _and_half(self, value: float, index: int) -> tuple[float, int]:
        """Add the half in "one and a half pages" and "une page et demie", and return the index after it."""
        half = index + 1 + (self._word(index + 1) in vocabulary.ARTICLES)
        is_half = self._word(index) in vocabulary.AND and self._word(half) in vocabulary.HALVES
        return (value + vocabulary.HALVES[self._word(half)], half + 1) if is_half else (value, index)

    def _goes_on(self, value: float, index: int) -> tuple[float, int] | None:
        """Return the other end in "a sentence or two", whose unit is before the index, and the index after it."""
        if value >= 1 and self._word(index + 1) in _ONE and self._phrase_at(vocabulary.UNIT_PHRASES, index + 2):
            return None  # "a page or a page" is no range, and each "or" would look at the next one
        second = self._number(index + 1) if self._word(index) in vocabulary.OR else None
        return second if second and second[0] > value and not self._unit(second[1]) else None

    def _amount(self, index: int) -> _Amount | None:
        number = self._number(index)
        if not number:
            return None
        low, end = number
        end = self._after_repeated(low, end)
        low, end = self._and_half(low, end)
        if tolerated := self._tolerance(low, end):
            return _Amount(*tolerated, index, self._after_tolerance(end + 1), Sign.ABOUT)
        first, end = self._bracketed_sign(end)
        sign, about = self._nearest_sign(index)
        about = about if sign is Sign.ABOUT else index
        is_between = self._word(about - 1) in vocabulary.BETWEEN
        if is_between and about < index:
            first, index = first or Sign.ABOUT, about
        start = index - (is_between or self._word(index - 1) in vocabulary.FROM)
        high = None
        if self._joins_range(end, is_between=is_between) and (second := self._upper_end(end + 1)):
            second = self._and_half(*second)
            low = self._scaled_to(second, low)
            end = self._after_repeated(*second)
            low, high = sorted((low, second[0]))
            last, end = self._bracketed_sign(end)
            if first is not Sign.ABOUT:
                first = last if last is first else None  # "50 (min) - 150 (max)" says no more than "50 - 150"
        elif repeated := self._range_with_unit(end, is_between=is_between):
            (high, end) = repeated
            low, high = sorted((low, high))
        if high is None:
            start = index - is_between
        if self._kind(end) == "plus" and self._kind(end + 1) != "number":
            return _Amount(low, high, start, end + 1, Sign.AT_LEAST)
        post = self._phrase_at(vocabulary.SIGNS_AFTER, end)
        if post and self._word(end) in vocabulary.TO and self._unit(post[1]):
            return _Amount(low, high, start, post[1], Sign(post[0]))
        return _Amount(low, high, start, end, first)

    def _tolerance(self, value: float, index: int) -> tuple[float, float] | None:
        """Return the ends of "100\u00b110 words" and "100 +/- 10 % words", whose tolerance begins at the index."""
        number = self._number(index + 1) if self._word(index) in vocabulary.PLUS_MINUS else None
        if not number:
            return None
        is_share = self._after_tolerance(index + 1) > number[1]
        margin = value * number[0] / 100 if is_share else number[0]
        low, high = value - margin, value + margin
        return (_plain(low), _plain(high)) if low > 0 else None

    def _bracketed_sign(self, index: int) -> tuple[Sign | None, int]:
        """Return the sign in "300 (max) words" or "200 (+/- 20) words", and the index after its bracket."""
        sign, end = self._post(index) if self._kind(index) == "open" else (None, index)
        return (sign, end + 1) if sign and self._kind(end) == "close" else (None, index)

    def _scaled_to(self, second: tuple[float, int], low: float) -> float:
        """Return the lower end of "2-3k words" in the thousands of the upper one."""
        is_scaled = self._word(second[1] - 1).endswith(_THOUSANDS) and low < second[0] / _THOUSAND
        return low * _THOUSAND if is_scaled else low

    def _range_with_unit(self, index: int, *, is_between: bool) -> tuple[float, int] | None:
        """Return the second number of "half a page to one page", whose unit is repeated, and the index after it."""
        unit = self._unit(index)
        second = self._upper_end(unit[1] + 1) if unit and self._joins_range(unit[1], is_between=is_between) else None
        repeated = self._unit(second[1]) if second else None
        return second if unit and repeated and unit[0] == repeated[0] else None

    def _upper_end(self, index: int) -> tuple[float, int] | None:
        """Return the second number of a range, which may be "~200", "a page" or "a whole page"."""
        index += self._phrase_at(vocabulary.SIGNS_BEFORE, index) == (Sign.ABOUT, index + 1)
        noun = index + (self._word(index) in vocabulary.ARTICLES)
        if self._word(noun) in vocabulary.WHOLES:
            return 1, noun + 1
        is_article = self._word(index) in {"a", "an"} and self._phrase_at(vocabulary.UNIT_PHRASES, noun)
        return (1, noun) if is_article else self._number(index)

    def _joins_range(self, index: int, *, is_between: bool) -> bool:
        word = self._word(index)
        is_sign = self._kind(index) in {"dash", "slash"} or word == "~"
        return is_sign or word in vocabulary.TO or (is_between and word in vocabulary.AND)

    def _after_repeated(self, value: float, index: int) -> int:
        """Return the index after "(3)" in "three (3) sentences", else `index`."""
        repeated = self._number(index + 1) if self._kind(index) == "open" else None
        return index + 3 if repeated and repeated[0] == value and self._kind(index + 2) == "close" else index

    def _unit(self, index: int) -> tuple[str, int] | None:
        """Return the unit at `index`, after a hyphen and adjectives, and the index after it.

        There may be one adjective, or several joined by hyphens or commas: "two DIN-A4 pages".
        """
        index += self._kind(index) == "dash"
        unit_here = self._phrase_at(vocabulary.UNIT_PHRASES, index)
        for _ in range(_MOST_ADJECTIVES):
            if unit_here or self._kind(index) != "word" or self._word(index) in vocabulary.NO_ADJECTIVES:
                break
            joint = self._kind(index + 1)
            index += 2 if joint in {"dash", "comma"} else 1
            unit_here = self._phrase_at(vocabulary.UNIT_PHRASES, index)
            if joint == "comma" and unit_here:
                return None  # "3 examples, figures" counts examples
            if joint not in {"dash", "comma"}:
                break
        return (unit_here[0], self._after_spaces(*unit_here)) if unit_here else None

    def _after_spaces(self, unit: str, index: int) -> int:
        """Return the index after "including spaces" if that follows, else `index`."""
        is_open = self._kind(index) == "open"
        spaces = self._phrase_at(vocabulary.SPACES, index + (is_open or self._kind(index) == "comma"))
        if unit != "characters" or not spaces or (is_open and self._kind(spaces[1]) != "close"):
            return index
        return spaces[1] + is_open

    def _phrase_at(self, table: Mapping[tuple[str, ...], str], index: int) -> tuple[str, int] | None:
        """Return the meaning of the longest phrase of the table that starts at `index`, and the index after it."""
        if self._word(index) not in vocabulary.FIRST_WORDS:
            return None
        phrase: list[str] = []
        for token in self._tokens[index : index + vocabulary.LONGEST_PHRASE]:
            if token.kind not in {"word", "sign"}:
                break
            phrase.append(token.word)
        for size in range(len(phrase), 0, -1):
            if meaning := table.get(tuple(phrase[:size])):
                return meaning, index + size
        return None

    def _words(self, start: int, end: int) -> tuple[str, ...]:
        tokens = self._tokens[max(start, 0) : end]
        return tuple(token.word for token in tokens if token.kind in {"word", "sign"})

    # Signs

    def _sign_before(self, index: int) -> tuple[Sign | None, bool, int]:
        """Return the bound that ends before `index`, whether it is approximate, and where it starts."""
        sign, start = self._nearest_sign(index)
        if sign is not Sign.ABOUT:
            return sign, False, start
        outer, outer_start = self._nearest_sign(start)
        return (outer, True, outer_start) if outer and outer is not Sign.ABOUT else (None, True, start)

    def _nearest_sign(self, index: int) -> tuple[Sign | None, int]:
        end = index - (self._kind(index - 1) == "colon" or self._word(index - 1) in vocabulary.BEFORE_NUMBERS)
        end -= 2 * (self._word(end - 2) in vocabulary.LENGTHS and self._word(end - 1) in vocabulary.OF_LENGTH)
        for size in range(vocabulary.LONGEST_PHRASE, 0, -1):
            phrase = self._words(end - size, end)
            if len(phrase) == size and phrase in vocabulary.SIGNS_BEFORE:
                start = end - size
                opposite = vocabulary.COMPARATIVES.get(" ".join(phrase))
                if opposite and self._is_negated(start):
                    return opposite, start
                return Sign(vocabulary.SIGNS_BEFORE[phrase]), start
        if self._word(index - 1) in vocabulary.LIMITED_TO and self._is_kept_to(index - 1):
            return Sign.AT_MOST, index - 1
        return None, index

    def _is_kept_to(self, index: int) -> bool:
        """Recognise "limit your answer to" and "keep it to"."""
        return any(
            self._word(before) in vocabulary.LIMITING for before in range(max(0, index - _MOST_TO_OBJECT), index)
        )

    def _post(self, index: int) -> tuple[Sign | None, int]:
        """Return the sign after a unit, as in "60 words or more" or "200 words (max)", and the index after it."""
        skipped = index + (self._word(index) in vocabulary.LENGTH_WORDS or self._kind(index) in {"open", "comma"})
        for start in dict.fromkeys((index, skipped)):
            post = self._phrase_at(vocabulary.SIGNS_AFTER, start)
            if post and self._word(start) in vocabulary.TOLERANCES:
                return Sign.ABOUT, self._after_tolerance(post[1])
            # "50 words, max. 100" and "50 words; maximum: 100" have a sign of the next number there.
            if post and any(self._is_longer_sign(first, post[1]) for first in (start, start + 1)):
                continue
            if post and not self._number(post[1]) and self._kind(post[1]) != "colon":
                return Sign(post[0]), post[1]
        return None, index

    def _is_longer_sign(self, start: int, end: int) -> bool:
        """Tell "no more" after a unit from the sign "no more than" of the number behind it."""
        sign = self._phrase_at(vocabulary.SIGNS_BEFORE, start)
        return sign is not None and sign[1] > end

    def _after_tolerance(self, index: int) -> int:
        number = self._number(index)
        index = number[1] if number else index
        return index + (self._word(index) in {"%", "percent"})

    def _opposite(self, start: int, end: int) -> Sign | None:
        """Return the opposite of the comparison in these tokens; None if it is no comparison."""
        return vocabulary.COMPARATIVES.get(" ".join(self._words(start, end)))

    def _is_condition(self, index: int) -> bool:
        """Recognise "if your answer is more than 200 words" and "it has more than 200": conditions, not limits."""
        return self._word(index - 1) in vocabulary.HAS or any(
            self._word(before) in vocabulary.IF for before in range(index)
        )

    def _has_consequence(self, index: int) -> bool:
        """Recognise "answers of more than 300 words will not be read": a limit by its consequence."""
        follows = {self._word(after) for after in range(index, index + 4)}
        return self._word(index) in vocabulary.WILL and follows.isdisjoint(vocabulary.NEEDED)

    # Limits

    def _limit(self, amount: _Amount, before: Sequence[_Found]) -> _Found | None:
        unit = self._unit(amount.end)
        if not unit:
            return self._limit_without_unit(amount, before)
        name, unit_end = unit
        if amount.high is None:
            low, unit_end = self._and_half(amount.low, unit_end)
            high, unit_end = self._goes_on(low, unit_end) or (None, unit_end)
            amount = amount._replace(low=low, high=high)
        sign, about, start = self._sign_before(amount.start)
        post, end = self._post(unit_end)
        about = about or Sign.ABOUT in {post, amount.bound}
        bound = self._bound(amount, start, sign, post)
        opposite = self._opposite(start, amount.start)
        if (
            (opposite and self._is_condition(start))
            or self._is_of_something_else(start, unit_end)
            or self._is_of_parts(start, unit_end)
        ):
            return None
        if opposite and bound is sign and self._has_consequence(unit_end):
            bound = opposite
        is_bare = bound is None and not about and amount.high is None
        span = self._span(start, end)
        if is_bare and self._is_alternative(name, start, before):
            return _Found(_alternative(before[-1].limit, name, amount.low, span), end)
        if not self._is_limit(_Candidate(name, amount.low, is_bare, start, unit_end), before):
            return None
        at_least, at_most = _ends(amount, bound)
        if is_bare:
            is_exact = name in vocabulary.THINGS
            at_least, about = (amount.low if is_exact else None), not is_exact
            if is_exact and self._word(amount.start) in vocabulary.ARTICLES:  # "einen Screenshot" is "a screenshot"
                at_most = None
        return _Found(Limit(name, at_least, at_most, about, span), end)

    def _found(
        self, unit: str, amount: _Amount, bound: Sign | None, place: tuple[int, int], *, about: bool = False
    ) -> _Found:
        at_least, at_most = _ends(amount, bound)
        return _Found(Limit(unit, at_least, at_most, about, self._span(*place)), place[1])

    def _limit_without_unit(self, amount: _Amount, before: Sequence[_Found]) -> _Found | None:
        return (
            self._limit_with_later_unit(amount)
            or self._limit_with_earlier_unit(amount, before)
            or self._limit_of_named_unit(amount)
            or self._limit_of_label(amount)
        )

    def _bound(self, amount: _Amount, start: int, sign: Sign | None, post: Sign | None) -> Sign | None:
        """Return the bound of the signs in, after and before an amount, of which the first one counts."""
        if amount.high is not None and self._word(start) in vocabulary.LIMITED_TO:
            sign = None  # "keep it to 2-3 sentences" has both ends
        said = [each for each in (amount.bound, post, sign) if each]
        if not said and amount.high is None and 0 < self._label_end == start:
            return vocabulary.sign_of_label(self._label)
        return next((each for each in said if each is not Sign.ABOUT), None)

    def _limit_with_later_unit(self, amount: _Amount) -> _Found | None:
        """Read "min. 50" in "min. 50 and max. 100 words", whose unit follows the second number.

        Between two such numbers, a range needs no first sign: "100 - max. 200 words", "100 up to 200 words".
        """
        sign, about, start = self._sign_before(amount.start)
        index = amount.end
        while self._word(index) in vocabulary.AND | vocabulary.BUT or self._kind(index) in {"comma", "slash", "dash"}:
            index += 1
        signs = self._phrase_at(vocabulary.SIGNS_BEFORE, index)
        after = signs[1] + (self._kind(signs[1]) == "colon") if signs else index
        second = self._amount(after) if signs and (index > amount.end or not sign) else None
        unit = self._unit(second.end) if second else None
        if not signs or not second or not unit:
            return None
        if sign is None:
            is_range = self._kind(amount.end) == "dash" or index == amount.end
            is_range = is_range and self._word(amount.start) not in vocabulary.ARTICLES  # "en un máximo de 3 frases"
            if not (is_range and signs[0] == Sign.AT_MOST and second.low <= amount.low * _WIDEST_RANGE):
                return None
            sign = Sign.AT_LEAST
        return self._found(unit[0], amount, sign, (start, amount.end), about=about)

    def _limit_with_earlier_unit(self, amount: _Amount, before: Sequence[_Found]) -> _Found | None:
        """Read "300 maximum" in "150 words minimum and 300 maximum", whose unit follows the first number.

        The sign may stand before the number, too: "at least 100 words but no more than 200".
        """
        post, end = self._post(amount.end)
        start = amount.start
        if not post and self._kind(end) in {"", "stop", "comma", "close"}:
            post, _, start = self._sign_before(amount.start)
        if not post or not before:
            return None
        between = range(before[-1].end, start)
        if len(between) > _MOST_BETWEEN_ENDS or not all(map(self._is_joint, between)):
            return None
        return self._found(before[-1].limit.unit, amount, post, (start, end))

    def _is_joint(self, index: int) -> bool:
        return self._kind(index) == "comma" or self._word(index) in vocabulary.AND | vocabulary.BUT

    def _limit_of_named_unit(self, amount: _Amount) -> _Found | None:
        """Read "sentences (at least 4)" and "Words: 100-200", whose unit is named in front."""
        sign, about, start = self._sign_before(amount.start)
        opening, closing = self._kind(start - 1), self._kind(amount.end)
        is_closed = (opening == "open" and closing == "close") or (opening == "colon" and closing in {"", "stop"})
        unit = self._unit_before(self._before_brackets(start - 1))
        if not is_closed or not unit or (sign is None and amount.high is None):
            return None
        return self._found(unit, amount, sign, (start, amount.end), about=about)

    def _before_brackets(self, end: int) -> int:
        """Return the index before the brackets that end at `end`, as in "Characters (with spaces):"."""
        if self._kind(end - 1) != "close":
            return end
        return next((index for index in range(end - 1, -1, -1) if self._kind(index) == "open"), end)

    def _unit_before(self, end: int) -> str | None:
        for size in range(vocabulary.LONGEST_PHRASE, 0, -1):
            if unit := vocabulary.UNIT_PHRASES.get(self._words(end - size, end)):
                return unit
        return None

    def _limit_of_label(self, amount: _Amount) -> _Found | None:
        """Read "Word limit: 300", whose unit is in the label, and "the word count should be at least 300"."""
        sign, about, start = self._sign_before(amount.start)
        unit = vocabulary.LABEL_UNITS.get(self._label)
        is_subject = unit and not self._label_end and sign and self._kind(amount.end) in {"", "stop", "comma", "close"}
        if not unit or not (is_subject or self._label_end in {start, amount.start}):
            return None
        if sign is None or start < self._label_end:  # there is no sign, or it is a word of the label
            sign = None if amount.high is not None else vocabulary.sign_of_label(self._label)
        return self._found(unit, amount, amount.bound or sign, (start, amount.end), about=about)

    def _is_limit(self, found: _Candidate, before: Sequence[_Found]) -> bool:
        """Return whether an amount is a limit and not a number in prose."""
        start, end = found.start, found.end
        is_labelled = self._is_after_label(start)
        in_place = is_labelled or self._is_in_place(start, end)
        is_demanded = self._is_label or self._is_ordered(start) or self._continues(start, before)
        if self._word(end - 1) == "w":
            return is_labelled or self._is_shorthand(start, end)
        if found.unit in vocabulary.THINGS and self._is_data(found):
            return False
        if found.unit in vocabulary.THINGS:
            is_demanded = is_demanded or (not found.is_bare and (in_place or self._is_instruction(start)))
            return is_demanded and not self._is_offered() and not self._is_negated(start)
        if not found.is_bare:
            return in_place or is_demanded or not self._is_question
        if found.unit in {"words", "characters"} and found.low < _FEWEST_WORDS and not is_labelled:
            return False
        return (
            in_place
            or self._is_alone(start, end)
            or self._describes_answer(start, end)
            or self._follows_title(start, end)
        )

    def _is_data(self, found: _Candidate) -> bool:
        """Recognise "500 training images", "20 images for training" and more images than an answer has."""
        purpose = found.end + 1 + (self._word(found.end + 1) in vocabulary.ARTICLES)
        has_purpose = self._word(found.end) in vocabulary.FOR | {"to"} and self._word(purpose) in vocabulary.PURPOSES
        is_too_many = found.unit != "references" and found.low > _MOST_THINGS
        return is_too_many or has_purpose or not vocabulary.PURPOSES.isdisjoint(self._words(found.start, found.end))

    def _is_in_place(self, start: int, end: int) -> bool:
        """Recognise "(50 words)", "in 50 words" and "1 paragraph: what is it?"."""
        opens_line = start == 0 and self._kind(end) == "colon"
        return opens_line or self._is_bracketed(start, end) or self._word(start - 1) in vocabulary.IN

    def _is_shorthand(self, start: int, end: int) -> bool:
        """Tell "(100w)" and "max. 100w" from watts, which are written with W or stand inside a sentence."""
        end = self._post(end)[1]
        fills_sentence = start == 0 and self._kind(end) in {"", "stop"}
        has_watts = "W" in self._text[slice(*self._span(start, end))]
        return not has_watts and (fills_sentence or self._is_bracketed(start, end))

    def _is_of_something_else(self, start: int, end: int) -> bool:
        """Return whether no answer is meant: a statement, another thing, "100 lines of code", "40 words per minute"."""
        if self._is_size_of_something_else(start) or self._is_statement(start, end) or self._is_work_of_product(start):
            return True
        noun = end + (self._word(end) in vocabulary.OF)
        is_rate = self._word(end) in vocabulary.PER and self._word(end + 1) in vocabulary.RATES
        return is_rate or self._word(noun) in vocabulary.NOT_PROSE

    def _is_size_of_something_else(self, start: int) -> bool:
        """Recognise "passwords must have at least 8 characters" and "implement at least 3 pages"."""
        subject = self._subject_end(start)
        if subject <= self._label_end:
            return False
        is_work = self._word(start - 1) in vocabulary.WORK and self._word(start - 2) not in vocabulary.DETERMINERS
        is_order = subject == start == 1 and not self._word(0).endswith("s")  # "Name at most three"
        if self._kind(start - 1) == "colon" and self._word(start - 2) in vocabulary.TOPICS:
            return False
        return is_work or (self._word(subject - 1) in vocabulary.OTHER_THINGS and not is_order)

    def _subject_end(self, start: int) -> int:
        """Return the index after the subject of "names of at most", "titles should be under" and "Title: at most"."""
        before = start - (self._kind(start - 1) == "colon")
        if (
            self._word(before - 1) in vocabulary.OF
            and self._word(before - 3) not in vocabulary.OF | vocabulary.ARTICLES
        ):
            before -= 1  # "names of at most 20 characters", not "a summary of the code of at most 200 words"
        while self._word(before - 1) in vocabulary.LINKING or (
            self._word(before - 1) in vocabulary.LENGTHS and before - 1 > self._label_end
        ):
            before -= 1
        return before

    def _is_of_parts(self, start: int, end: int) -> bool:
        """Recognise "5 sentences per paragraph" and "each title should have 5", which limit parts of an answer."""
        subject = self._subject_end(start)
        if self._word(subject - 1) in vocabulary.PART_NOUNS:
            return True
        is_subject = subject < start or self._word(start) in vocabulary.OF
        if is_subject and self._unit_before(subject) in vocabulary.PARTS and self._kind(subject) != "colon":
            return True
        unit = self._phrase_at(vocabulary.UNIT_PHRASES, end + 1) if self._word(end) in vocabulary.PER else None
        return unit is not None and unit[0] in vocabulary.PARTS and not self._phrase_at(vocabulary.SCOPES, end)

    # Statements

    def _is_statement(self, start: int, end: int) -> bool:
        """Recognise "we wrote more than 200 words" and "it prints at most 10 lines": facts, not instructions."""
        if self._word(end) in vocabulary.STATING:
            return True
        if self._word(0) in vocabulary.POSSESSIVES and self._ends_title(start - 1):
            return False  # "Our mission (max 100 words)"
        said = set(self._words(start - _MOST_AROUND, start))
        if not vocabulary.FIRST_PERSON.isdisjoint(said):
            return vocabulary.MODALS.isdisjoint(said) and self._word(start - 1) not in vocabulary.IN | vocabulary.IS
        verb = start - 1
        while self._word(verb) in vocabulary.AFTER_VERBS:
            verb -= 1
        word = self._word(verb)
        if word in vocabulary.STATING:
            return verb > 0 and not self._order_at(verb)
        is_third_person = word.endswith("s") and word not in vocabulary.LINKING
        first = self._word(0)
        # "The results in at most 90 words" has no verb: an article cannot be a subject.
        has_subject = first in vocabulary.SUBJECTS and (verb > 1 or first in vocabulary.PRONOUNS | {"this", "that"})
        return is_third_person and verb > 0 and has_subject and not self._is_noun(word)

    def _is_work_of_product(self, start: int) -> bool:
        """Recognise "it sums a text up in a sentence", "the bot answers in 90 words" and "the site must load 3 images".

        The subject opens the sentence: "explain what the bot does in 3 sentences" limits the answer.
        """
        first = self._word(0)
        subjects = (index for index in range(_MOST_IN_SUBJECT) if self._word(index) in vocabulary.PRODUCTS)
        verb = 1 + (0 if first in vocabulary.PRONOUNS else next(subjects, start))
        opens = verb == 1 or first in vocabulary.SUBJECTS | vocabulary.OPENING
        if verb >= start or not opens or self._is_after_label(start) or self._kind(start - 1) in {"open", "colon"}:
            return False
        word = self._word(verb)
        if word in vocabulary.PRODUCT_MODALS:
            return first not in vocabulary.PRONOUNS and "be" not in self._words(verb, start)
        acts = word.endswith("s") and first in vocabulary.SUBJECTS
        is_verb = acts and word not in vocabulary.LINKING | vocabulary.SECTIONS
        return is_verb or not vocabulary.ACTING.isdisjoint(self._words(verb, verb + _MOST_AROUND))

    def _is_noun(self, plural: str) -> bool:
        is_answer = plural.removesuffix("s") in vocabulary.ANSWER_NOUNS or plural in vocabulary.SECTIONS
        return is_answer or (plural,) in vocabulary.UNIT_PHRASES

    def _is_instruction(self, start: int) -> bool:
        """Recognise what may demand things without one of the orders: "your answer must have at least 2 images"."""
        before = self._words(start - _MOST_AROUND, start)
        if self._is_question:
            return False
        opens = len(before) <= 1 or self._kind(start - 1) in {"comma", "colon", "open"}
        return opens or self._word(start - 1) in vocabulary.WITH or not vocabulary.MODALS.isdisjoint(before)

    def _is_bracketed(self, start: int, end: int) -> bool:
        before, after = self._kind(start - 1), self._kind(end)
        is_closed = after in {"close", "comma"} or self._word(end) in vocabulary.DETAILS
        return (before == "open" and is_closed) or (before == "comma" and after == "close")

    def _is_after_label(self, index: int) -> bool:
        return 0 < self._label_end <= index

    def _is_alone(self, start: int, end: int) -> bool:
        """Recognise a number and unit with nothing but markup, punctuation and a scope on their line."""
        if self._kind(end) == "slash" or self._word(end) in vocabulary.OR:
            other = self._number(end + 1)
            unit = self._unit(other[1]) if other else None
            end = unit[1] if unit else end
        if scope := self._phrase_at(vocabulary.SCOPES, end + (self._word(end) in vocabulary.IN)):
            end = scope[1]
        span = self._span(start - (self._word(start - 1) in vocabulary.ARTICLES), end)
        before = re.split(r"[\r\n]", self._text[max(0, span.start - _WIDEST_MARGIN) : span.start])[-1]
        after = re.split(r"[\r\n]", self._text[span.end : span.end + _WIDEST_MARGIN])[0]
        return len(before) < _WIDEST_MARGIN and _HOLLOW.fullmatch(before + after) is not None

    def _follows_title(self, start: int, end: int) -> bool:
        """Recognise "Abstract, 150 words": a few words that end in the answer's noun, and nothing else."""
        title = start - 1
        return (
            self._ends_title(title)
            and self._word(title - 1) in vocabulary.ANSWER_NOUNS | vocabulary.SECTIONS
            and self._kind(end) in {"", "stop"}
        )

    def _ends_title(self, index: int) -> bool:
        """Return whether only a few words precede the punctuation at the index, which parts them from a limit."""
        is_short = 0 < index <= _MOST_IN_TITLE and all(self._kind(before) == "word" for before in range(index))
        return is_short and self._kind(index) in {"comma", "dash", "colon", "open"}

    def _describes_answer(self, start: int, end: int) -> bool:
        """Recognise "a 150 word description" and "a short one-paragraph response"."""
        opens = start == 0 or self._kind(start - 1) in {"open", "colon"}
        has_article = opens or not vocabulary.DETERMINERS.isdisjoint(self._words(start - 2, start))
        if has_article and any(self._word(index) in vocabulary.ANSWER_NOUNS for index in (end, end + 1)):
            return True
        noun = start - 2  # "a summary of 200 words"
        is_of_noun = self._word(start - 1) in vocabulary.OF and self._word(noun) in vocabulary.ANSWER_NOUNS
        return is_of_noun and not vocabulary.INDEFINITE.isdisjoint(self._words(noun - 2, noun))

    # Orders

    def _order_at(self, index: int) -> bool:
        """Recognise the imperative of a verb that demands things: it opens a clause."""
        if self._word(index) not in vocabulary.ORDERS or self._is_permission(index):
            return False
        if self._word(index - 1) in vocabulary.LINKING and self._is_size_of_something_else(index):
            return False
        return (
            index == 0
            or self._kind(index - 1) in {"comma", "plus", "colon", "open", "close", "dash"}
            or self._word(index - 1) in vocabulary.POLITE | vocabulary.AND
        )

    def _is_permission(self, order: int) -> bool:
        """Recognise "feel free to insert": a permission, not an order."""
        # A quote mark may come between the two words.
        before = {self._word(order - 2), self._word(order - 3)}
        is_offer = self._word(order - 1) == "to" and not vocabulary.PERMISSIONS.isdisjoint(before)
        return is_offer or any(
            (self._word(index), self._word(index + 1)) in vocabulary.MAY for index in range(order - 1)
        )

    def _is_ordered(self, index: int) -> bool:
        return any(map(self._order_at, range(max(0, index - _MOST_TO_OBJECT), index)))

    def _continues(self, index: int, before: Sequence[_Found]) -> bool:
        """Recognise the second half of "200-300 words + 2 screenshots"."""
        joins = self._kind(index - 1) == "plus" or self._word(index - 1) in vocabulary.AND | vocabulary.BUT
        return joins and bool(before) and before[-1].end == index - 1

    def _is_alternative(self, unit: str, index: int, before: Sequence[_Found]) -> bool:
        """Recognise the second half of "200 words or 2 pages" and "max. 200 words / 1 page"."""
        joins = self._kind(index - 1) == "slash" or self._word(index - 1) in vocabulary.OR
        return joins and unit not in vocabulary.THINGS and bool(before) and before[-1].end == index - 1

    def _is_offered(self) -> bool:
        """Recognise "a link where there is one" and "a figure if it helps": an offer, not a demand."""
        return any(
            token.word in vocabulary.CONDITIONS or (token.word in vocabulary.WHERE and self._names_condition(index + 1))
            for index, token in enumerate(self._tokens)
        )

    def _names_condition(self, index: int) -> bool:
        while self._word(index) in vocabulary.CONDITION_SUBJECTS:
            index += 1
        return self._word(index) in vocabulary.WHERE_CONDITIONS

    def _is_negated(self, index: int) -> bool:
        start = max(0, index - _MOST_TO_NEGATION)
        return any(self._word(before) in vocabulary.NEGATIONS for before in range(start, index))

    def _demanded_without_number(self, limits: Collection[Limit]) -> list[Limit]:
        """Return what an order or a deliverable's label demands without a number: at least one."""
        if self._is_offered() or any(limit.unit in vocabulary.THINGS for limit in limits):
            return []
        starts = [0] if self._is_label else [index for index in range(len(self._tokens)) if self._order_at(index)]
        for start in starts:
            if thing := self._first_thing(start):
                unit, index, end = thing
                more = list(self._things_after(end, vocabulary.AND))
                is_choice = self._word(end) in vocabulary.OR or any(self._things_after(end, vocabulary.OR))
                if is_choice or not self._demands_one(start, index):
                    continue
                first = index - (self._word(index - 1) in vocabulary.ARTICLES)
                return [
                    Limit(name, 1, None, about=False, span=self._span(begin, stop))
                    for name, begin, stop in ((unit, first, end), *more)
                ]
        return []

    def _first_thing(self, order: int) -> tuple[str, int, int] | None:
        """Return the unit of the first thing after an order, its index and the index after it."""
        for index in range(order, min(order + _MOST_TO_OBJECT, len(self._tokens))):
            if unit := self._phrase_at(vocabulary.UNIT_PHRASES, index):
                return (unit[0], index, unit[1]) if unit[0] in vocabulary.THINGS else None
        return None

    def _things_after(self, start: int, joint: Collection[str]) -> Iterator[tuple[str, int, int]]:
        """Yield "a link" in "a screenshot of it and a link to it": unit, index and the index after it."""
        for index in range(start, len(self._tokens) - 2):
            if self._word(index) in joint and self._word(index + 1) in vocabulary.ARTICLES:
                unit = self._phrase_at(vocabulary.UNIT_PHRASES, index + 2)
                if unit and unit[0] in vocabulary.THINGS and self._word(index + 1) != "the":
                    yield unit[0], index + 1, unit[1]

    def _demands_one(self, order: int, thing: int) -> bool:
        if self._is_label:
            return not self._is_negated(thing)
        words = {self._word(index) for index in range(order + 1, thing)}
        return (
            self._word(order) not in vocabulary.WEAK_ORDERS
            and words.isdisjoint(vocabulary.NEGATIONS)
            and words.isdisjoint(vocabulary.AWAY | vocabulary.OR)
        )

    # What cannot be read

    def _unread(self, amount: _Amount) -> Span | None:
        """Return the span of a clear sign with a number whose unit is unknown."""
        sign, _, start = self._sign_before(amount.start)
        is_clear = sign is not None and self._words(start, amount.start) not in vocabulary.SOFT_SIGNS
        noun = amount.end
        if (
            self._kind(noun) != "word"
            or self._word(amount.start) in vocabulary.CJK_NUMBERS
            or self._is_size_of_something_else(start)
            or self._is_statement(start, noun + 1)
        ):
            return None
        if unit := self._unit(noun):
            end = min(unit[1] + 2 * (self._word(unit[1]) in vocabulary.PER), len(self._tokens))
            is_bounded = sign is not None or amount.high is not None or self._post(unit[1])[0] is not None
            return self._span(start, end) if is_bounded and self._is_of_parts(start, unit[1]) else None
        end = noun + 1
        while self._kind(end) == "dash" and self._kind(end + 1) == "word":
            end += 2
        end += self._word(noun) in vocabulary.BULLET
        post = self._phrase_at(vocabulary.SIGNS_AFTER, end)
        has_post = post is not None and self._word(end) in vocabulary.CLEAR_POSTS
        if not (is_clear or has_post) or self._word(noun) in vocabulary.NO_ADJECTIVES or self._is_silent(noun):
            return None
        return self._span(start if is_clear else amount.start, end)

    def _is_silent(self, noun: int) -> bool:
        """Return whether something else is counted here, perhaps after an adjective."""
        words = (self._word(noun), self._word(noun + 1))
        return words[0] not in vocabulary.BULLET and not vocabulary.SILENT.isdisjoint(words)

    def _find_limit_label(self) -> tuple[str, int]:
        """Return a label such as "answer length" and the index after its colon, which is 0 where there is none.

        A label that names the unit needs no colon: "word limit 300", "a word limit of 300", "the word count is to be".
        """
        subject = ""
        for index in range(len(self._tokens)):
            label = self._phrase_at(vocabulary.LIMIT_LABELS, index)
            if not label or self._kind(label[1]) not in {"colon", "dash", "number"}:
                label = self._composed_label(index) or label
            if not label:
                continue
            name, end = label
            has_of = self._word(end) in vocabulary.OF | vocabulary.IS and self._opens_amount(end + 1)
            is_closed = self._kind(end) == "colon" or (self._kind(end) == "dash" and self._kind(end + 1) == "number")
            if is_closed or (has_of and name in vocabulary.LABEL_UNITS):
                return name, end + 1
            if name in vocabulary.LABEL_UNITS and self._kind(end) == "number":
                return name, end
            if name in vocabulary.LABEL_UNITS:
                subject = subject or name
        return subject, 0

    def _composed_label(self, start: int) -> tuple[str, int] | None:
        """Return a label that is put together, such as "Max. length (words):", in plain words, and its colon's index.

        Without a colon, only what begins with a sign is a label: "Max. chars 100", not "the page count 3".
        """
        opens_clause = start == 0 or self._kind(start - 1) in {"open", "close", "comma", "colon", "slash"}
        if not opens_clause or self._word(start) not in vocabulary.LABEL_STARTS:
            return None
        unit, depth, index = "", 0, start
        while self._kind(index) not in {"", "colon"}:
            if named := self._phrase_at(vocabulary.UNIT_PHRASES, index):
                unit, index = named
            elif spaces := self._phrase_at(vocabulary.SPACES, index):
                index = spaces[1]
            elif self._word(index) in vocabulary.LABEL_WORDS or self._kind(index) in {"open", "close", "dash"}:
                depth += (self._kind(index) == "open") - (self._kind(index) == "close")
                index += 1
            else:
                break
            if depth < 0 or index > start + _MOST_IN_LABEL:
                return None
        words = self._words(start, index)
        is_closed = self._kind(index) == "colon" or (unit and words[0] in vocabulary.LABEL_SIGNS)
        is_label = is_closed and len(words) > 1 and not vocabulary.LABEL_NOUNS.isdisjoint(words)
        if depth or self._kind(index - 1) == "dash" or _NAME.search(self._text, *self._span(start, index)):
            return None
        return (vocabulary.plain_label(words, unit), index) if is_label else None

    def _opens_amount(self, index: int) -> bool:
        signs = self._phrase_at(vocabulary.SIGNS_BEFORE, index)
        return self._number(signs[1] if signs else index) is not None

    def _label_value(self) -> Span | None:
        """Return the span after the limit's label, up to the end of the sentence; None if nothing is written there."""
        value = [token for token in self._tokens[self._label_end :] if token.kind != "stop"]
        if self._label in vocabulary.SOFT_LABELS:  # "Length: 20 minutes" is a talk's; "Max. length: 300" lacks a unit
            has_sign = vocabulary.sign_of_label(self._label) is not None
            is_value = has_sign and [token.kind for token in value] == ["number"]
        else:
            is_value = any(token.kind in {"word", "number"} for token in value)
        is_unread = is_value and value[0].word not in vocabulary.UNLIMITED
        return Span(value[0].span.start, value[-1].span.end) if is_unread else None

    def _scope(self) -> Scope | None:
        for index in range(len(self._tokens)):
            scope = self._phrase_at(vocabulary.SCOPES, index)
            if scope and (
                self._words(index, scope[1]) not in vocabulary.DOCUMENTS or self._is_subject(index, scope[1])
            ):
                return Scope(scope[0])
        return None

    def _is_subject(self, start: int, end: int) -> bool:
        """Tell "the paper should be" and "for the report" from "a summary of the paper"."""
        before = self._word(start - 1)
        if before in vocabulary.FOR:
            return True
        if before in vocabulary.OF and self._word(start - 2) not in vocabulary.LENGTHS:
            return False
        return self._word(end) in vocabulary.LINKING or self._kind(end) in {"colon", "open", "comma", "dash"}

    def _span(self, start: int, end: int) -> Span:
        return Span(self._tokens[start].span.start, self._tokens[end - 1].span.end)


def _value(digits: str) -> float | None:
    """Return the value of digits: thousands in groups of three, a decimal of one or two digits, or a fraction."""
    if fraction := _FRACTION.fullmatch(digits):
        upper, _, lower = _VULGAR.get(fraction["part"], fraction["part"]).partition("/")
        return int(fraction["whole"] or 0) + int(upper) / int(lower)
    if digits.endswith(_THOUSANDS):
        return _plain(float(digits.removesuffix(_THOUSANDS).replace(",", ".")) * _THOUSAND)
    groups = re.split(r"\D", digits)
    if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]):  # noqa: PLR2004  # thousands
        groups = ["".join(groups)]
    if len(groups[0]) > _MOST_DIGITS:
        return None
    return _plain(float(".".join(groups)))


def _plain(value: float) -> float:
    """Return a whole number as an integer, so that outputs show "100" and not "100.0"."""
    value = round(float(value), 2)
    return int(value) if value.is_integer() else value


def _ends(amount: _Amount, bound: Sign | None) -> tuple[float | None, float | None]:
    """Return the lower and upper end; of a range with a bound only the end that the bound names stays."""
    high = amount.low if amount.high is None else amount.high
    if bound is Sign.EXACTLY:
        return amount.low, high
    if bound is Sign.AT_LEAST:
        return amount.low, None
    if bound is Sign.AT_MOST or amount.high is None:
        return None, high
    return amount.low, high


def _joined(text: str, limits: list[Limit]) -> list[Limit]:
    """Join a lower and an upper limit of one unit that follow each other in a paragraph."""
    joined: list[Limit] = []
    for limit in limits:
        last = joined[-1] if joined else None
        between = text[last.span.end : limit.span.start] if last else ""
        is_near = len(between) < _WIDEST_MARGIN and _PARAGRAPH_END.search(between) is None
        is_same = last is not None and (last.unit, last.scope) == (limit.unit, limit.scope)
        if last and is_near and is_same and _complete_each_other(last, limit):
            joined[-1] = last._replace(
                at_least=limit.at_least if last.at_least is None else last.at_least,
                at_most=limit.at_most if last.at_most is None else last.at_most,
                about=last.about or limit.about,
                span=Span(last.span.start, limit.span.end),
            )
        else:
            joined.append(limit)
    return joined


def _alternative(limit: Limit, unit: str, size: float, span: Span) -> Limit:
    """Return a limit of another unit that has the same ends: the same amount of text, said differently."""
    at_least, at_most = (None if end is None else size for end in (limit.at_least, limit.at_most))
    return limit._replace(unit=unit, at_least=at_least, at_most=at_most, span=span)


def _complete_each_other(one: Limit, other: Limit) -> bool:
    return (one.at_least is None) != (other.at_least is None) and (one.at_most is None) != (other.at_most is None)
