"""Tells from the words around an amount whether it limits the answer, another text or nothing at all."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reportls.lazy import cached_property
from reportls.report import limit_words as vocabulary
from reportls.report.limit_amounts import Amounts

if TYPE_CHECKING:
    from reportls.report.limit_words import Sign

_MOST_IN_TITLE = 4
"""Words of a title before its limit: "Abstract of the paper, 150 words"."""
_MOST_IN_SUBJECT = 4
"""Words of a sentence among which its subject stands: "the small chat bot"."""
_MOST_THINGS = 100
"""Things in an answer; a larger number of images is a set of data."""
_MOST_AROUND = 100
"""Tokens before or after a limit that tell what it is about: no sentence is longer, but a text without stops may be."""
_WIDEST_MARGIN = 80
"""Code points of markup that may surround a limit on its line; a bound keeps the search short."""
_MOST_IN_LABEL = 12
"""Tokens of a label: "Maximum allowed number of characters (with spaces)"."""
_NAME = re.compile(r"[A-Za-z0-9]_[A-Za-z0-9]")
"""An underscore in a name of code: "page_size: 20" is no label."""
_HOLLOW = re.compile(r"[\W_]*")


class Label(NamedTuple):
    """A label such as "Max. length (words):", or a subject such as "the word count" if `end` is 0."""

    unit: str = ""
    sign: Sign | None = None
    """What it makes of a number without a sign of its own."""
    is_clear: bool = False
    """Its value must be a limit: one that cannot be read is reported."""
    end: int = 0
    """Index of the token after it."""


class Prose(Amounts):
    """A sentence with what it says about its amounts."""

    # Labels

    @cached_property
    def label(self) -> Label:
        """The first label, else the first subject that names a unit.

        A label that names its unit needs no colon: "word limit 300", "a word limit of 300", "the word count is 300".
        """
        subject = Label()
        for index in range(self.size):
            label = self._label_at(index) if self.words[index] in vocabulary.LABEL_STARTS else None
            if not label:
                continue
            end = label.end
            kind, is_unit_named = self.kinds[end], label.unit and self._names_limit(index, end)
            if (kind == "colon" and self.kinds[end + 1] != "colon") or (
                kind == "dash" and self.kinds[end + 1] == "number"
            ):
                return label._replace(end=end + 1)
            if is_unit_named and self._opens_amount(end + (self.words[end] in vocabulary.IS)):
                return label._replace(end=end + (self.words[end] in vocabulary.IS))
            if is_unit_named and not subject.unit:
                subject = label._replace(end=0)
        return subject

    def _label_at(self, start: int) -> Label | None:
        """Return the label that is put together from the words at the index on."""
        unit, depth, index = "", 0, start
        said: list[str] = []
        while self.kinds[index] not in {"", "colon"} and depth >= 0 and index < start + _MOST_IN_LABEL:
            if named := self.phrase_at(vocabulary.COMPOUND_LABELS, index):
                said += (self.words[index], "answer", "length")
                unit, index = named[0] or unit, named[1]
            elif named := self.phrase_at(vocabulary.UNIT_PHRASES, index):
                unit, index = named
                said.append("")
            elif spaces := self.phrase_at(vocabulary.SPACES, index):
                index = spaces[1]
            elif unit and self.words[index] in vocabulary.LENGTHS:
                return None  # "line length" limits no lines
            elif (
                self.words[index] in vocabulary.LABEL_WORDS
                or self.kinds[index] in {"open", "close"}
                or (self.kinds[index] == "dash" and self.kinds[index + 1] == "word")
            ):
                depth += (self.kinds[index] == "open") - (self.kinds[index] == "close")
                said += self.words_in(index, index + 1)
                index += 1
            else:
                break
        nouns = vocabulary.SINGLE_LABELS if len(said) == 1 else vocabulary.LABEL_NOUNS
        is_label = not nouns.isdisjoint(said)
        place = self.span(start, index)
        if not is_label or depth or _NAME.search(self.text, max(0, place.start - 2), place.end):
            return None
        signs = {sign for sign in map(vocabulary.sign_of_label, said) if sign}
        is_clear = len(said) > 1 and bool(unit or signs or not vocabulary.LABEL_ADJECTIVES.isdisjoint(said))
        return Label(unit, signs.pop() if len(signs) == 1 else None, is_clear, index)  # "word count (min-max)" has two

    def _names_limit(self, start: int, end: int) -> bool:
        """Tell "max words", "word limit" and "number of words" from "words number" and "words maximum"."""
        is_noun_first = self.words[start] in vocabulary.LABEL_NOUNS or self.words[start] in vocabulary.COMPOUND_LABELS
        return is_noun_first or not vocabulary.LIMIT_NOUNS.isdisjoint(self.words[start:end])

    def _opens_amount(self, index: int) -> bool:
        signs = self.phrase_at(vocabulary.SIGNS_BEFORE, index)
        return self.number(signs[1] if signs else index) is not None

    def is_after_label(self, index: int) -> bool:
        """Return whether the index is after the label of the sentence."""
        return 0 < self.label.end <= index

    # What has a size

    def is_of_something_else(self, start: int, end: int) -> bool:
        """Return whether no answer is meant: a statement, another thing, "100 lines of code", "40 words per minute"."""
        if self.is_size_of_something_else(start) or self.is_statement(start, end) or self._is_work_of_product(start):
            return True
        noun = end + (self.words[end] in vocabulary.OF)
        is_rate = self.words[end] in vocabulary.PER and self.words[end + 1] in vocabulary.RATES
        return is_rate or self.words[noun] in vocabulary.NOT_PROSE

    def is_size_of_something_else(self, start: int) -> bool:
        """Recognise "passwords must have at least 8 characters" and "implement at least 3 pages"."""
        subject = self._subject_end(start)
        if subject <= self.label.end or (
            self.kinds[start - 1] == "colon" and self.words[start - 2] in vocabulary.TOPICS
        ):
            return False
        is_work = self.words[start - 1] in vocabulary.WORK and self.words[start - 2] not in vocabulary.DETERMINERS
        is_order = subject == start == 1 and not self.words[0].endswith("s")  # "Name at most three"
        return is_work or (self.words[subject - 1] in vocabulary.OTHER_THINGS and not is_order)

    def _subject_end(self, start: int) -> int:
        """Return the index after the subject of "names of at most", "titles should be under" and "Title: at most"."""
        before = start - (self.kinds[start - 1] == "colon")
        is_of = self.words[before - 1] in vocabulary.OF
        if is_of and self.words[before - 3] not in vocabulary.OF | vocabulary.ARTICLES:
            before -= 1  # "names of at most 20 characters", not "a summary of the code of at most 200 words"
        while self.words[before - 1] in vocabulary.LINKING or (
            self.words[before - 1] in vocabulary.LENGTHS and before - 1 > self.label.end
        ):
            before -= 1
        return before

    def is_of_parts(self, start: int, end: int) -> bool:
        """Recognise "5 sentences per paragraph" and "each title should have 5", which limit parts of an answer."""
        subject = self._subject_end(start)
        if self.words[subject - 1] in vocabulary.PART_NOUNS:
            return True
        is_subject = subject < start or self.words[start] in vocabulary.OF
        if is_subject and self.unit_before(subject) in vocabulary.PARTS and self.kinds[subject] != "colon":
            return True
        unit = self.phrase_at(vocabulary.UNIT_PHRASES, end + 1) if self.words[end] in vocabulary.PER else None
        return unit is not None and unit[0] in vocabulary.PARTS and not self.phrase_at(vocabulary.SCOPES, end)

    def is_data(self, unit: str, low: float, start: int, end: int) -> bool:
        """Recognise "500 training images", "20 images for training" and more images than an answer has."""
        purpose = end + 1 + (self.words[end + 1] in vocabulary.ARTICLES)
        has_purpose = self.words[end] in vocabulary.FOR | {"to"} and self.words[purpose] in vocabulary.PURPOSES
        is_too_many = unit != "references" and low > _MOST_THINGS
        return is_too_many or has_purpose or not vocabulary.PURPOSES.isdisjoint(self.words_in(start, end))

    # Statements

    def is_statement(self, start: int, end: int) -> bool:
        """Recognise "we wrote more than 200 words" and "it prints at most 10 lines": facts, not instructions."""
        if self.words[end] in vocabulary.STATING:
            return True
        if self.words[0] in vocabulary.POSSESSIVES and self.ends_title(start - 1):
            return False  # "Our mission (max 100 words)"
        said = set(self.words_in(start - _MOST_AROUND, start))
        if not vocabulary.FIRST_PERSON.isdisjoint(said):
            return vocabulary.MODALS.isdisjoint(said) and self.words[start - 1] not in vocabulary.IN | vocabulary.IS
        verb = start - 1
        while self.words[verb] in vocabulary.AFTER_VERBS:
            verb -= 1
        word, first = self.words[verb], self.words[0]
        if word in vocabulary.STATING:
            return verb > 0 and not self.order_at(verb)
        is_third_person = word.endswith("s") and word not in vocabulary.LINKING
        # "The results in at most 90 words" has no verb: an article cannot be a subject.
        has_subject = first in vocabulary.SUBJECTS and (verb > 1 or first in vocabulary.PRONOUNS | {"this", "that"})
        return is_third_person and verb > 0 and has_subject and not self._is_noun(word)

    def _is_noun(self, plural: str) -> bool:
        is_answer = plural.removesuffix("s") in vocabulary.ANSWER_NOUNS or plural in vocabulary.SECTIONS
        return is_answer or plural in vocabulary.UNIT_PHRASES

    def _is_work_of_product(self, start: int) -> bool:
        """Recognise "it sums a text up in a sentence", "the bot answers in 90 words" and "the site must load 3 images".

        The subject opens the sentence: "explain what the bot does in 3 sentences" limits the answer.
        """
        first = self.words[0]
        subjects = (index for index in range(_MOST_IN_SUBJECT) if self.words[index] in vocabulary.PRODUCTS)
        verb = 1 + (0 if first in vocabulary.PRONOUNS else next(subjects, start))
        opens = verb == 1 or first in vocabulary.SUBJECTS | vocabulary.OPENING
        if verb >= start or not opens or self.is_after_label(start) or self.kinds[start - 1] in {"open", "colon"}:
            return False
        word = self.words[verb]
        if word in vocabulary.PRODUCT_MODALS:
            return first not in vocabulary.PRONOUNS and "be" not in self.words_in(verb, start)
        acts = word.endswith("s") and first in vocabulary.SUBJECTS
        is_verb = acts and word not in vocabulary.LINKING | vocabulary.SECTIONS
        return is_verb or not vocabulary.ACTING.isdisjoint(self.words_in(verb, verb + _MOST_AROUND))

    def is_instruction(self, start: int) -> bool:
        """Recognise what may demand things without one of the orders: "your answer must have at least 2 images"."""
        before = self.words_in(start - _MOST_AROUND, start)
        if self.is_question:
            return False
        opens = len(before) <= 1 or self.kinds[start - 1] in {"comma", "colon", "open"}
        return opens or self.words[start - 1] in vocabulary.WITH or not vocabulary.MODALS.isdisjoint(before)

    # Where bare numbers are limits

    def is_in_place(self, start: int, end: int) -> bool:
        """Recognise "(50 words)", "in 50 words" and "1 paragraph: what is it?"."""
        opens_line = start == 0 and self.kinds[end] == "colon"
        return opens_line or self._is_bracketed(start, end) or self.words[start - 1] in vocabulary.IN

    def is_shorthand(self, start: int, end: int) -> bool:
        """Tell "(100w)" and "max. 100w" from watts, which are written with W or stand inside a sentence."""
        end = self.post(end)[1]
        fills_sentence = start == 0 and self.kinds[end] in {"", "stop"}
        has_watts = "W" in self.text[slice(*self.span(start, end))]
        return not has_watts and (fills_sentence or self._is_bracketed(start, end))

    def _is_bracketed(self, start: int, end: int) -> bool:
        before, after = self.kinds[start - 1], self.kinds[end]
        is_closed = after in {"close", "comma"} or self.words[end] in vocabulary.DETAILS
        return (before == "open" and is_closed) or (before == "comma" and after == "close")

    def is_alone(self, start: int, end: int) -> bool:
        """Recognise a number and unit with nothing but markup, punctuation and a scope on their line."""
        if self.kinds[end] == "slash" or self.words[end] in vocabulary.OR:
            other = self.number(end + 1)
            unit = self.unit(other[1]) if other else None
            end = unit[1] if unit else end
        if scope := self.phrase_at(vocabulary.SCOPES, end + (self.words[end] in vocabulary.IN)):
            end = scope[1]
        span = self.span(start - (self.words[start - 1] in vocabulary.ARTICLES), end)
        before = re.split(r"[\r\n]", self.text[max(0, span.start - _WIDEST_MARGIN) : span.start])[-1]
        after = re.split(r"[\r\n]", self.text[span.end : span.end + _WIDEST_MARGIN])[0]
        return len(before) < _WIDEST_MARGIN and _HOLLOW.fullmatch(before + after) is not None

    def follows_title(self, start: int, end: int) -> bool:
        """Recognise "Abstract, 150 words": a few words that end in the answer's noun, and nothing else."""
        is_title = self.words[start - 2] in vocabulary.ANSWER_NOUNS | vocabulary.SECTIONS
        return is_title and self.ends_title(start - 1) and self.kinds[end] in {"", "stop"}

    def ends_title(self, index: int) -> bool:
        """Return whether only a few words precede the punctuation at the index, which parts them from a limit."""
        is_short = 0 < index <= _MOST_IN_TITLE and {*self.kinds[:index]} == {"word"}
        return is_short and self.kinds[index] in {"comma", "dash", "colon", "open"}

    def describes_answer(self, start: int, end: int) -> bool:
        """Recognise "a 150 word description" and "a short one-paragraph response"."""
        opens = start == 0 or self.kinds[start - 1] in {"open", "colon"}
        has_article = opens or not vocabulary.DETERMINERS.isdisjoint(self.words_in(start - 2, start))
        if has_article and not vocabulary.ANSWER_NOUNS.isdisjoint(self.words[end : end + 2]):
            return True
        noun = start - 2  # "a summary of 200 words"
        is_of_noun = self.words[start - 1] in vocabulary.OF and self.words[noun] in vocabulary.ANSWER_NOUNS
        return is_of_noun and not vocabulary.INDEFINITE.isdisjoint(self.words_in(noun - 2, noun))

    # Orders

    def order_at(self, index: int) -> bool:
        """Recognise the imperative of a verb that demands things: it opens a clause."""
        if self.words[index] not in vocabulary.ORDERS or self._is_permission(index):
            return False
        if self.words[index - 1] in vocabulary.LINKING and self.is_size_of_something_else(index):
            return False
        return (
            index == 0
            or self.kinds[index - 1] in {"comma", "plus", "colon", "open", "close", "dash"}
            or self.words[index - 1] in vocabulary.POLITE | vocabulary.AND
        )

    def _is_permission(self, order: int) -> bool:
        """Recognise "feel free to insert": a permission, not an order."""
        # A quote mark may come between the two words.
        before = {self.words[order - 2], self.words[order - 3]}
        is_offer = self.words[order - 1] == "to" and not vocabulary.PERMISSIONS.isdisjoint(before)
        return is_offer or any(pair in vocabulary.MAY for pair in pairwise(self.words[:order]))

    def is_offered(self) -> bool:
        """Recognise "a link where there is one" and "a figure if it helps": an offer, not a demand."""
        return any(
            word in vocabulary.CONDITIONS or (word in vocabulary.WHERE and self._names_condition(index + 1))
            for index, word in enumerate(self.words[: self.size])
        )

    def _names_condition(self, index: int) -> bool:
        while self.words[index] in vocabulary.CONDITION_SUBJECTS:
            index += 1
        return self.words[index] in vocabulary.WHERE_CONDITIONS
