"""Reads the numbers, ranges, units and signs of a sentence: "no more than 1,000-1,500 short words or so"."""

from __future__ import annotations

from typing import NamedTuple

from reportls.report import limit_words as vocabulary
from reportls.report.limit_tokens import THOUSAND, THOUSANDS, Sentence, plain, value_of
from reportls.report.limit_words import Sign

_MOST_ADJECTIVES = 4
_MOST_TO_NEGATION = 3
"""Most tokens between a negation and the comparison that it reverses."""
_MOST_TO_LIMITED = 6
"""Most tokens between "limit" and the "to" before a number: "limit the text of your answer to"."""


class Amount(NamedTuple):
    """A number or range with its place among the tokens of a sentence."""

    low: float
    high: float | None
    start: int
    end: int
    bound: Sign | None = None
    """The bound set by "+", "or more" or "(max)" between the number and its unit."""


class Amounts(Sentence):
    """A sentence with its numbers, units and signs."""

    def number(self, index: int) -> tuple[float, int] | None:
        """Return the number at `index` and the index after it."""
        word = self.words[index]
        if self.kinds[index] == "number" and (value := value_of(word)) is not None:
            return value, index + 1
        return (self._part_of_page(index) or self._worded(index)) if word in vocabulary.NUMBER_STARTS else None

    def _worded(self, index: int) -> tuple[float, int] | None:
        word, following = self.words[index], self.words[index + 1]
        if word in vocabulary.HALVES:
            after = index + 1 + (following in vocabulary.OF)
            after += (self.words[after] in vocabulary.ARTICLES) + (self.kinds[after] == "dash")
            return vocabulary.HALVES[word], after
        if word in vocabulary.ARTICLES and (following in vocabulary.HALVES or following in vocabulary.COLLECTIVES):
            return self.number(index + 1)
        if word in {"a", "an"}:
            is_other = following in vocabulary.LABEL_NOUNS | vocabulary.ARTICLES or self.number(index + 1)
            return (1, index + 1) if not is_other and self._has_sign_around(index) else None
        if word in vocabulary.AMBIGUOUS_NUMBERS and following not in vocabulary.AFTER_DANISH_NUMBERS:
            return (2, index + 1) if word == "to" and self.words[index - 1] in vocabulary.CLEAR_POSTS else None
        if word not in vocabulary.NUMBERS:
            return None
        end = index + 1 + (following in vocabulary.MULTIPLES)  # "two hundred", "dizaine de"
        value = vocabulary.NUMBERS[word] * vocabulary.MULTIPLES.get(following, 1)
        return value, end + (word in vocabulary.COLLECTIVES and self.words[end] in vocabulary.OF)

    def _part_of_page(self, index: int) -> tuple[float, int] | None:
        """Return the number in "a third of a page" and "two thirds of a page", and the index of the page."""
        word, part = self.words[index : index + 2]
        times = 1 if word in vocabulary.ARTICLES else vocabulary.NUMBERS.get(word)
        has_of = self.words[index + 2] in vocabulary.OF and self.words[index + 3] in vocabulary.INDEFINITE
        page = index + 3 + has_of
        if part not in vocabulary.THIRDS or not times or not (has_of or self.words[page - 1] in vocabulary.BEFORE_PAGE):
            return None
        unit = self.phrase_at(vocabulary.UNIT_PHRASES, page)
        return (times * vocabulary.THIRDS[part], page) if unit and unit[0] == "pages" else None

    def _has_sign_around(self, article: int) -> bool:
        """Recognise "at most a page", "in a sentence", "a page or two" and others whose article counts."""
        if self.nearest_sign(article)[0]:
            return True
        unit = self.phrase_at(vocabulary.UNIT_PHRASES, article + 1)
        if not unit:
            return False
        name, end = unit
        closes = self.kinds[end] != "word" or self.words[end] in vocabulary.OF
        if closes and name in vocabulary.PARTS and self.words[article - 1] in vocabulary.IN:
            return True
        is_more = self.words[end] in vocabulary.OR and self.post(end)[0] is not None
        return is_more or self.goes_on(1, end) is not None or self.and_half(1, end)[0] > 1

    def and_half(self, value: float, index: int) -> tuple[float, int]:
        """Add the half in "one and a half pages" and "une page et demie", and return the index after it."""
        half = index + 1 + (self.words[index + 1] in vocabulary.ARTICLES)
        is_half = self.words[index] in vocabulary.AND and self.words[half] in vocabulary.HALVES
        return (value + vocabulary.HALVES[self.words[half]], half + 1) if is_half else (value, index)

    def goes_on(self, value: float, index: int) -> tuple[float, int] | None:
        """Return the other end in "a sentence or two", whose unit is before the index, and the index after it."""
        is_joined = self.words[index] in vocabulary.OR and self.words[index + 1] not in {"a", "an"}
        second = self.number(index + 1) if is_joined else None
        return second if second and second[0] > value and not self.unit(second[1]) else None

    # Ranges

    def amount(self, index: int) -> Amount | None:
        """Return the number or range that begins at `index`."""
        number = self.number(index)
        if not number:
            return None
        low, end = number
        low, end = self.and_half(low, self._after_repeated(low, end))
        if tolerated := self.tolerance(low, end):
            ends, end = tolerated
            return Amount(*ends, index, end, Sign.ABOUT)
        bound, end = self._bracketed_sign(end)
        sign, about = self.nearest_sign(index)
        about = about if sign is Sign.ABOUT else index
        is_between = self.words[about - 1] in vocabulary.BETWEEN
        if is_between and about < index:
            bound, index = bound or Sign.ABOUT, about
        start = index - (is_between or self.words[index - 1] in vocabulary.FROM)
        high = None
        if self._joins_range(end, is_between=is_between) and (second := self._upper_end(end + 1)):
            high, end = self.and_half(*second)
            low *= THOUSAND if self.words[end - 1].endswith(THOUSANDS) and low < high / THOUSAND else 1  # "2-3k words"
            last, end = self._bracketed_sign(self._after_repeated(high, end))
            if bound is not Sign.ABOUT:
                bound = last if last is bound else None  # "50 (min) - 150 (max)" says no more than "50 - 150"
        elif repeated := self._range_with_unit(end, is_between=is_between):
            high, end = repeated
        if high is None:
            start = index - is_between
        else:
            low, high = sorted((low, high))
        if self.kinds[end] == "plus" and self.kinds[end + 1] != "number":
            return Amount(low, high, start, end + 1, Sign.AT_LEAST)
        post = self.phrase_at(vocabulary.SIGNS_AFTER, end)
        if post and self.words[end] in vocabulary.TO and self.unit(post[1]):  # "3 or more sentences"
            bound, end = post
        return Amount(low, high, start, end, bound)

    def tolerance(self, value: float, index: int) -> tuple[tuple[float, float], int] | None:
        """Return the ends of "90\u00b110" or "90 (+/- 9 %)", whose tolerance is at `index`, and the index after it."""
        is_open = self.kinds[index] == "open"
        sign = self.phrase_at(vocabulary.PLUS_MINUS, index + is_open)
        number = self.number(sign[1]) if sign else None
        if not number:
            return None
        margin, end = number
        if self.words[end] in vocabulary.PERCENT:
            margin, end = value * margin / 100, end + 1
        if margin >= value or (is_open and self.kinds[end] != "close"):
            return None
        return (plain(value - margin), plain(value + margin)), end + is_open

    def _bracketed_sign(self, index: int) -> tuple[Sign | None, int]:
        """Return the sign in "300 (max) words" or "200 (+/- 20) words", and the index after its bracket."""
        sign, end = self.post(index) if self.kinds[index] == "open" else (None, index)
        return (sign, end + 1) if sign and self.kinds[end] == "close" else (None, index)

    def _range_with_unit(self, index: int, *, is_between: bool) -> tuple[float, int] | None:
        """Return the second number of "half a page to one page", whose unit is repeated, and the index after it."""
        unit = self.unit(index)
        second = self._upper_end(unit[1] + 1) if unit and self._joins_range(unit[1], is_between=is_between) else None
        repeated = self.unit(second[1]) if second else None
        return second if unit and repeated and unit[0] == repeated[0] else None

    def _upper_end(self, index: int) -> tuple[float, int] | None:
        """Return the second number of a range, which may be "~200", "a page" or "a whole page"."""
        index += self.phrase_at(vocabulary.SIGNS_BEFORE, index) == (Sign.ABOUT, index + 1)
        noun = index + (self.words[index] in vocabulary.ARTICLES)
        if self.words[noun] in vocabulary.WHOLES:
            return 1, noun + 1
        is_article = self.words[index] in {"a", "an"} and self.phrase_at(vocabulary.UNIT_PHRASES, noun)
        return (1, noun) if is_article else self.number(index)

    def _joins_range(self, index: int, *, is_between: bool) -> bool:
        word = self.words[index]
        is_sign = self.kinds[index] in {"dash", "slash"} or word == "~"
        return is_sign or word in vocabulary.TO or (is_between and word in vocabulary.AND)

    def _after_repeated(self, value: float, index: int) -> int:
        """Return the index after "(3)" in "three (3) sentences", else `index`."""
        repeated = self.number(index + 1) if self.kinds[index] == "open" else None
        return index + 3 if repeated and repeated[0] == value and self.kinds[index + 2] == "close" else index

    # Units

    def unit(self, index: int) -> tuple[str, int] | None:
        """Return the unit at `index`, after a hyphen and adjectives, and the index after it.

        There may be one adjective, or several joined by hyphens or commas: "two DIN-A4 pages".
        """
        index += self.kinds[index] == "dash"
        unit_here = self.phrase_at(vocabulary.UNIT_PHRASES, index)
        for _ in range(_MOST_ADJECTIVES):
            if unit_here or self.kinds[index] != "word" or self.words[index] in vocabulary.NO_ADJECTIVES:
                break
            joint = self.kinds[index + 1]
            index += 2 if joint in {"dash", "comma"} else 1
            unit_here = self.phrase_at(vocabulary.UNIT_PHRASES, index)
            if joint == "comma" and unit_here:
                return None  # "3 examples, figures" counts examples
            if joint not in {"dash", "comma"}:
                break
        return (unit_here[0], self._after_spaces(*unit_here)) if unit_here else None

    def unit_before(self, end: int) -> str | None:
        """Return the unit whose name ends before `end`."""
        unit = self.phrase_before(vocabulary.UNITS_BY_END, end)
        return unit and unit[0]

    def _after_spaces(self, unit: str, index: int) -> int:
        """Return the index after "including spaces" if that follows, else `index`."""
        is_open = self.kinds[index] == "open"
        spaces = self.phrase_at(vocabulary.SPACES, index + (is_open or self.kinds[index] == "comma"))
        if unit != "characters" or not spaces or (is_open and self.kinds[spaces[1]] != "close"):
            return index
        return spaces[1] + is_open

    # Signs

    def sign_before(self, index: int) -> tuple[Sign | None, bool, int]:
        """Return the bound that ends before `index`, whether it is approximate, and where it starts."""
        sign, start = self.nearest_sign(index)
        if sign is not Sign.ABOUT:
            return sign, False, start
        outer, outer_start = self.nearest_sign(start)
        return (outer, True, outer_start) if outer and outer is not Sign.ABOUT else (None, True, start)

    def nearest_sign(self, index: int) -> tuple[Sign | None, int]:
        """Return the sign that ends before `index`, and where it starts."""
        end = index - (self.kinds[index - 1] == "colon" or self.words[index - 1] in vocabulary.BEFORE_NUMBERS)
        if self.words[end - 2] in vocabulary.LENGTHS and self.words[end - 1] in vocabulary.OF_LENGTH:
            end -= 2
        if sign := self.phrase_before(vocabulary.SIGNS_BY_END, end):
            opposite = self.opposite(sign[1], end)
            is_negated = opposite and self.is_negated(sign[1])
            return (opposite, sign[1]) if is_negated else sign
        if self.words[index - 1] in vocabulary.LIMITED_TO:  # "limit your answer to", "keep it to"
            before = self.words_in(index - 1 - _MOST_TO_LIMITED, index - 1)
            if not vocabulary.LIMITING.isdisjoint(before):
                return Sign.AT_MOST, index - 1
        return None, index

    def opposite(self, start: int, end: int) -> Sign | None:
        """Return the opposite of the comparison in these tokens; None if it is no comparison."""
        return vocabulary.COMPARATIVES.get(" ".join(self.words_in(start, end)))

    def is_negated(self, index: int) -> bool:
        """Return whether a negation stands right before the index."""
        return not vocabulary.NEGATIONS.isdisjoint(self.words_in(index - _MOST_TO_NEGATION, index))

    def post(self, index: int) -> tuple[Sign | None, int]:
        """Return the sign after a unit, as in "60 words or more" or "200 words (max)", and the index after it."""
        skipped = index + (self.words[index] in vocabulary.LENGTH_WORDS or self.kinds[index] in {"open", "comma"})
        for start in dict.fromkeys((index, skipped)):
            post = self.phrase_at(vocabulary.SIGNS_AFTER, start)
            if not post:
                continue
            sign, end = post
            # "50 words, max. 100", "50 words; maximum: 100" and "no more than" have a sign of the next number there.
            signs = [self.phrase_at(vocabulary.SIGNS_BEFORE, first) for first in (start, start + 1)]
            is_longer = any(each and each[1] > end for each in signs)
            if not is_longer and not self.number(end) and self.kinds[end] != "colon":
                return sign, end
        return None, index
