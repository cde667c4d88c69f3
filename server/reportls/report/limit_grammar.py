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
from reportls.report.limit_prose import Prose
from reportls.report.limit_tokens import sentences_of
from reportls.report.limit_words import Scope, Sign
from reportls.text import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from reportls.report.limit_amounts import Amount

_FEWEST_WORDS = 5
""" "In two words" is an idiom, so a bare number of words or characters below this is no limit."""
_MOST_BETWEEN_ENDS = 2
"""Tokens between two limits that share a unit: a comma and a word."""
_MOST_TO_OBJECT = 6
"""Most tokens between an order and the thing that it demands."""
_WIDEST_RANGE = 10
"""Times by which a range may grow where its lower number could be that of a heading: "3 - max. 200 words"."""
_WIDEST_MARGIN = 80
"""Code points between two limits that are one."""
_PARAGRAPH_END = re.compile(r"\n[ \t>]*\n")


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
    for tokens in sentences_of(text):
        found, missed = _SentenceReader(text, tokens).read(is_label=is_label)
        limits += found
        unread += missed
    return Reading(tuple(_joined(text, limits)), tuple(unread))


class _SentenceReader(Prose):
    """Reads the limits of one sentence from left to right."""

    def read(self, *, is_label: bool) -> tuple[list[Limit], list[Span]]:
        """Return the limits and the spans that were not understood."""
        self._is_label = is_label
        self._found: list[_Found] = []
        unread: list[Span] = []
        index = 0
        while index < self.size:
            amount = self.amount(index)
            if not amount:
                index += 1
            elif one := self._limit(amount):
                self._found.append(one)
                index = one.end
            else:
                unread += self._unread(amount)
                index = amount.end
        limits = [one.limit for one in self._found]
        limits += self._demanded_without_number(limits)
        if not limits and self.label.end:
            unread = self._label_value() or unread
        scope = self._scope() if limits else None
        return [limit._replace(scope=scope) for limit in limits], unread

    # Limits

    def _limit(self, amount: Amount) -> _Found | None:
        unit = self.unit(amount.end)
        if not unit:
            return (
                self._limit_with_later_unit(amount)
                or self._limit_with_earlier_unit(amount)
                or self._limit_of_named_unit(amount)
                or self._limit_of_label(amount)
            )
        name, unit_end = unit
        if amount.high is None:
            low, unit_end = self.and_half(amount.low, unit_end)
            high, unit_end = self.goes_on(low, unit_end) or (None, unit_end)
            bound = amount.bound
            if tolerated := self.tolerance(low, unit_end):
                (low, high), unit_end = tolerated
                bound = Sign.ABOUT
            amount = amount._replace(low=low, high=high, bound=bound)
        sign, about, start = self.sign_before(amount.start)
        post, end = self.post(unit_end)
        about = about or Sign.ABOUT in {post, amount.bound}
        bound = self._bound(amount, start, sign, post)
        opposite = self.opposite(start, amount.start)
        if (
            (opposite and self._is_condition(start))
            or self.is_of_something_else(start, unit_end)
            or self.is_of_parts(start, unit_end)
        ):
            return None
        if opposite and bound is sign and self._has_consequence(unit_end):
            bound = opposite
        is_bare = bound is None and not about and amount.high is None
        if is_bare and self._is_alternative(name, start):
            limit = self._found[-1].limit
            bound = Sign.AT_MOST if limit.at_least is None else Sign.AT_LEAST if limit.at_most is None else Sign.EXACTLY
            return self._found_at(name, amount, bound, (start, end), about=limit.about)
        if not self._is_limit(name, amount.low, start, unit_end, is_bare=is_bare):
            return None
        if is_bare and name not in vocabulary.THINGS:
            about = True
        elif is_bare:  # "einen Screenshot" is "a screenshot"
            is_article = self.words[amount.start] in vocabulary.ARTICLES
            bound = Sign.AT_LEAST if is_article else Sign.EXACTLY
        return self._found_at(name, amount, bound, (start, end), about=about)

    def _found_at(
        self, unit: str, amount: Amount, bound: Sign | None, place: tuple[int, int], *, about: bool = False
    ) -> _Found:
        """Return a limit; of a range with a bound only the end that the bound names stays."""
        low, high = amount.low, amount.low if amount.high is None else amount.high
        has_low = bound in {Sign.EXACTLY, Sign.AT_LEAST} or (amount.high is not None and bound is not Sign.AT_MOST)
        ends = low if has_low else None, None if bound is Sign.AT_LEAST else high
        return _Found(Limit(unit, *ends, about, self.span(*place)), place[1])

    def _bound(self, amount: Amount, start: int, sign: Sign | None, post: Sign | None) -> Sign | None:
        """Return the bound of the signs in, after and before an amount, of which the first one counts."""
        if amount.high is not None and self.words[start] in vocabulary.LIMITED_TO:
            sign = None  # "keep it to 2-3 sentences" has both ends
        said = [each for each in (amount.bound, post, sign) if each]
        if not said and amount.high is None and 0 < self.label.end == start:
            return self.label.sign
        return next((each for each in said if each is not Sign.ABOUT), None)

    def _limit_with_later_unit(self, amount: Amount) -> _Found | None:
        """Read "min. 50" in "min. 50 and max. 100 words", whose unit follows the second number.

        Between two such numbers, a range needs no first sign: "100 - max. 200 words", "100 up to 200 words".
        """
        sign, about, start = self.sign_before(amount.start)
        index = amount.end
        while self._is_joint(index) or self.kinds[index] in {"slash", "dash"}:
            index += 1
        signs = self.phrase_at(vocabulary.SIGNS_BEFORE, index)
        after = signs[1] + (self.kinds[signs[1]] == "colon") if signs else index
        second = self.amount(after) if signs and (index > amount.end or not sign) else None
        unit = self.unit(second.end) if second else None
        if not signs or not second or not unit:
            return None
        if sign is None:
            is_range = self.kinds[amount.end] == "dash" or index == amount.end
            is_range = is_range and self.words[amount.start] not in vocabulary.ARTICLES  # "en un máximo de 3 frases"
            if not (is_range and signs[0] is Sign.AT_MOST and second.low <= amount.low * _WIDEST_RANGE):
                return None
            sign = Sign.AT_LEAST
        return self._found_at(unit[0], amount, sign, (start, amount.end), about=about)

    def _limit_with_earlier_unit(self, amount: Amount) -> _Found | None:
        """Read "300 maximum" in "150 words minimum and 300 maximum", whose unit follows the first number.

        The sign may stand before the number, too: "at least 100 words but no more than 200".
        """
        post, end = self.post(amount.end)
        start = amount.start
        if not post and self.kinds[end] in {"", "stop", "comma", "close"}:
            post, _, start = self.sign_before(amount.start)
        if not post or not self._found:
            return None
        between = range(self._found[-1].end, start)
        if len(between) > _MOST_BETWEEN_ENDS or not all(map(self._is_joint, between)):
            return None
        return self._found_at(self._found[-1].limit.unit, amount, post, (start, end))

    def _is_joint(self, index: int) -> bool:
        return self.kinds[index] == "comma" or self.words[index] in vocabulary.AND | vocabulary.BUT

    def _limit_of_named_unit(self, amount: Amount) -> _Found | None:
        """Read "sentences (at least 4)" and "Words: 100-200", whose unit is named in front."""
        sign, about, start = self.sign_before(amount.start)
        opening, closing = self.kinds[start - 1], self.kinds[amount.end]
        is_closed = (opening == "open" and closing == "close") or (opening == "colon" and closing in {"", "stop"})
        named = start - 1
        if self.kinds[named - 1] == "close" and "open" in self.kinds[:named]:  # "Characters (with spaces):"
            named = max(index for index in range(named) if self.kinds[index] == "open")
        unit = self.unit_before(named)
        if not is_closed or not unit or (sign is None and amount.high is None):
            return None
        return self._found_at(unit, amount, sign, (start, amount.end), about=about)

    def _limit_of_label(self, amount: Amount) -> _Found | None:
        """Read "Word limit: 300", whose unit is in the label, and "the word count should be at least 300"."""
        sign, about, start = self.sign_before(amount.start)
        label = self.label
        is_subject = not label.end and sign and self.kinds[amount.end] in {"", "stop", "comma", "close"}
        if not label.unit or not (is_subject or label.end in {start, amount.start}):
            return None
        if sign is None or start < label.end:  # there is no sign, or it is a word of the label
            sign = None if amount.high is not None else label.sign
        return self._found_at(label.unit, amount, amount.bound or sign, (start, amount.end), about=about)

    # Which amounts are limits

    def _is_limit(self, unit: str, low: float, start: int, end: int, *, is_bare: bool) -> bool:
        """Return whether an amount is a limit and not a number in prose."""
        is_labelled = self.is_after_label(start)
        in_place = is_labelled or self.is_in_place(start, end)
        if self.words[end - 1] == "w":
            return is_labelled or self.is_shorthand(start, end)
        is_demanded = self._is_label or self._is_ordered(start) or self._continues(start)
        if unit in vocabulary.THINGS:
            is_demanded = is_demanded or (not is_bare and (in_place or self.is_instruction(start)))
            is_real = is_demanded and not self.is_data(unit, low, start, end)
            return is_real and not self.is_offered() and not self.is_negated(start)
        if not is_bare:
            return in_place or is_demanded or not self.is_question
        is_idiom = unit in {"words", "characters"} and low < _FEWEST_WORDS and not is_labelled
        return not is_idiom and (
            in_place or self.is_alone(start, end) or self.describes_answer(start, end) or self.follows_title(start, end)
        )

    def _is_condition(self, index: int) -> bool:
        """Recognise "if your answer is more than 200 words" and "it has more than 200": conditions, not limits."""
        return self.words[index - 1] in vocabulary.HAS or not vocabulary.IF.isdisjoint(self.words[:index])

    def _has_consequence(self, index: int) -> bool:
        """Recognise "answers of more than 300 words will not be read": a limit by its consequence."""
        return self.words[index] in vocabulary.WILL and vocabulary.NEEDED.isdisjoint(self.words[index : index + 4])

    def _is_ordered(self, index: int) -> bool:
        return any(map(self.order_at, range(max(0, index - _MOST_TO_OBJECT), index)))

    def _continues(self, index: int) -> bool:
        """Recognise the second half of "200-300 words + 2 screenshots"."""
        joins = self.kinds[index - 1] == "plus" or self.words[index - 1] in vocabulary.AND | vocabulary.BUT
        return joins and bool(self._found) and self._found[-1].end == index - 1

    def _is_alternative(self, unit: str, index: int) -> bool:
        """Recognise the second half of "200 words or 2 pages" and "max. 200 words / 1 page"."""
        joins = self.kinds[index - 1] == "slash" or self.words[index - 1] in vocabulary.OR
        return joins and unit not in vocabulary.THINGS and bool(self._found) and self._found[-1].end == index - 1

    # What is demanded without a number

    def _demanded_without_number(self, limits: Collection[Limit]) -> list[Limit]:
        """Return what an order or a deliverable's label demands without a number: at least one."""
        starts = [0] if self._is_label else [index for index in range(self.size) if self.order_at(index)]
        if not starts or any(limit.unit in vocabulary.THINGS for limit in limits) or self.is_offered():
            return []
        for start in starts:
            if thing := self._first_thing(start):
                unit, index, end = thing
                more = list(self._things_after(end, vocabulary.AND))
                is_choice = self.words[end] in vocabulary.OR or any(self._things_after(end, vocabulary.OR))
                if is_choice or not self._demands_one(start, index):
                    continue
                first = index - (self.words[index - 1] in vocabulary.ARTICLES)
                return [
                    Limit(name, 1, None, about=False, span=self.span(begin, stop))
                    for name, begin, stop in ((unit, first, end), *more)
                ]
        return []

    def _first_thing(self, order: int) -> tuple[str, int, int] | None:
        """Return the unit of the first thing after an order, its index and the index after it."""
        for index in range(order, min(order + _MOST_TO_OBJECT, self.size)):
            if unit := self.phrase_at(vocabulary.UNIT_PHRASES, index):
                return (unit[0], index, unit[1]) if unit[0] in vocabulary.THINGS else None
        return None

    def _things_after(self, start: int, joint: Collection[str]) -> Iterator[tuple[str, int, int]]:
        """Yield "a link" in "a screenshot of it and a link to it": unit, index and the index after it."""
        for index in range(start, self.size - 2):
            if self.words[index] in joint and self.words[index + 1] in vocabulary.INDEFINITE:
                unit = self.phrase_at(vocabulary.UNIT_PHRASES, index + 2)
                if unit and unit[0] in vocabulary.THINGS:
                    yield unit[0], index + 1, unit[1]

    def _demands_one(self, order: int, thing: int) -> bool:
        if self._is_label:
            return not self.is_negated(thing)
        between = self.words[order + 1 : thing]
        is_other = vocabulary.NEGATIONS | vocabulary.AWAY | vocabulary.OR
        return self.words[order] not in vocabulary.WEAK_ORDERS and is_other.isdisjoint(between)

    # What cannot be read

    def _unread(self, amount: Amount) -> list[Span]:
        """Return the span of a clear sign with a number whose unit is unknown."""
        sign, _, start = self.sign_before(amount.start)
        noun = amount.end
        if (
            self.kinds[noun] != "word"
            or self.words[amount.start] in vocabulary.CJK_NUMBERS
            or self.is_size_of_something_else(start)
            or self.is_statement(start, noun + 1)
        ):
            return []
        if unit := self.unit(noun):
            end = unit[1] + 2 * (self.words[unit[1]] in vocabulary.PER)
            is_bounded = sign is not None or amount.high is not None or self.post(unit[1])[0] is not None
            return [self.span(start, end)] if is_bounded and self.is_of_parts(start, unit[1]) else []
        end = noun + 1
        while self.kinds[end] == "dash" and self.kinds[end + 1] == "word":
            end += 2
        end += self.words[noun] in vocabulary.BULLET
        has_post = self.words[end] in vocabulary.CLEAR_POSTS and self.phrase_at(vocabulary.SIGNS_AFTER, end)
        is_clear = sign and " ".join(self.words_in(start, amount.start)) not in vocabulary.SOFT_SIGNS
        if not (is_clear or has_post) or self.words[noun] in vocabulary.NO_ADJECTIVES or self._is_silent(noun):
            return []
        return [self.span(start if is_clear else amount.start, end)]

    def _is_silent(self, noun: int) -> bool:
        """Return whether something else is counted here, perhaps after an adjective."""
        return self.words[noun] not in vocabulary.BULLET and not vocabulary.SILENT.isdisjoint(
            self.words[noun : noun + 2]
        )

    def _label_value(self) -> list[Span]:
        """Return the span after the limit's label, up to the end of the sentence; none if nothing is written there."""
        start, end = self.label.end, self.size - (self.kinds[self.size - 1] == "stop")
        kinds = self.kinds[start:end]
        is_value = kinds == ["number"] or (self.label.is_clear and not {"word", "number"}.isdisjoint(kinds))
        is_other = self.words[start] in vocabulary.UNLIMITED or not vocabulary.SILENT.isdisjoint(self.words[start:end])
        return [self.span(start, end)] if is_value and not is_other else []

    # Scopes

    def _scope(self) -> Scope | None:
        for index in range(self.size):
            if found := self.phrase_at(vocabulary.SCOPES, index):
                scope, end = found
                if " ".join(self.words[index:end]) not in vocabulary.DOCUMENTS or self._is_subject(index, end):
                    return scope
        return None

    def _is_subject(self, start: int, end: int) -> bool:
        """Tell "the paper should be" and "for the report" from "a summary of the paper"."""
        before = self.words[start - 1]
        if before in vocabulary.OF and self.words[start - 2] not in vocabulary.LENGTHS:
            return False
        closes = self.words[end] in vocabulary.LINKING or self.kinds[end] in {"colon", "open", "comma", "dash"}
        return closes or before in vocabulary.FOR


def _joined(text: str, limits: Sequence[Limit]) -> list[Limit]:
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


def _complete_each_other(one: Limit, other: Limit) -> bool:
    return (one.at_least is None) != (other.at_least is None) and (one.at_most is None) != (other.at_most is None)
