"""Finds how a question's prompt differs from the course's, of which only fingerprints are known."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reportls.editions.edition import IDS, builtin
from reportls.report.kinds import WORDS, Constraints
from reportls.report.prompt import EXAMPLE, beginnings, fingerprint, sentences
from reportls.text import Span, blanked, pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from reportls.editions.edition import Edition
    from reportls.report.question import Question

_WORD = pattern(r"[^\W_]+")
_LETTER = pattern(r"[^\W_]")
_CLOSING = pattern(r"(?:[^\w\s]|_)*(?:\s+(?:[^\w\s]|_)+(?!\S))*")
_ENDS_SENTENCE = pattern(r"[.?!:*_\r\n]")
_LINE = pattern(r"[^\r\n]+")
_QUOTE_MARKS = pattern(r"[ \t]{0,3}>[> \t]*")
_LENGTH = pattern(rf"(?:\w+[\s*_]+)?answer[\s*_]+length[\s*_]*:(?:(?!{EXAMPLE})[^.])*\.?", re.IGNORECASE)
"""The sentence with the length, over as many lines as it takes."""


class Part(Enum):
    """A part of the course's text of a question, as a singular noun phrase."""

    ALL = "the whole prompt"
    QUESTION = "the question"
    LENGTH = "the line with the length"
    EXAMPLE = "the example"


class Change(NamedTuple):
    """A difference from the course's text."""

    part: Part
    is_missing: bool = False
    """Whether the part is missing; otherwise it was reworded or extended."""
    added: tuple[Span, ...] = ()
    """Words added to a part that is complete: a span on each line, counted from the start of the block."""
    missing: int = 0
    """Number of the part's sentences that are missing while others are there; 0 if all are missing."""
    other: Span | None = None
    """The first sentence that is not the course's."""

    @property
    def is_shortened(self) -> bool:
        """Whether sentences are missing, and all others are the course's."""
        return bool(self.missing) and not self.other

    @property
    def is_reworded(self) -> bool:
        """Whether words are changed."""
        return not (self.is_missing or self.added or self.is_shortened)


class _Asked(NamedTuple):
    """A question of an edition."""

    edition: Edition
    number: int

    @property
    def examples(self) -> frozenset[str]:
        return self.edition.prints.examples.get(self.number, frozenset())


class _Reading(NamedTuple):
    """The parts of a prompt, each padded with blanks so that its offsets are the block's."""

    words: str
    example: str | None
    length: str
    """The sentence with the length; empty if there is none."""
    is_quoted: bool
    """Whether any of the prompt, apart from the length, is quoted."""


def changes_of(question: Question, edition: Edition) -> tuple[Change, ...]:
    """Return how the prompt differs from the course's; nothing for a question that the edition does not have.

    The text of each edition of the course will do, and so will the same words on other lines.
    """
    if question.number not in edition.prints.prompts:
        return ()
    if "text above the marker" not in question.triggers and _is_the_courses(question, edition):
        return ()
    return tuple(_changes(question, edition))


def _is_the_courses(question: Question, edition: Edition) -> bool:
    words, example = question.prompt_print
    asked = _asked(words, question.number, edition)
    return bool(asked) and _is_example(example, asked) and not _lacks_limit(question, asked[0], is_as_asked=True)


def _asked(words: str | None, number: int, edition: Edition) -> tuple[_Asked, ...]:
    """Return the questions of the course with that fingerprint: the edition's own first, the one of that number."""
    if words is None:
        return ()
    prompts = edition.prints.prompts
    family = _asked_in((edition.id or "").rpartition("-")[0]).get(words, ())
    if words in prompts[number]:
        return _Asked(edition, number), *family
    return *(_Asked(edition, other) for other, known in prompts.items() if words in known), *family


@cache
def _asked_in(course: str) -> Mapping[str, tuple[_Asked, ...]]:
    """Return the questions of all editions of a course by fingerprint."""
    asked: dict[str, tuple[_Asked, ...]] = {}
    for edition in (builtin(name) for name in IDS if name.rpartition("-")[0] == course):
        for number, prints in edition.prints.prompts.items():
            for words in prints:
                asked[words] = (*asked.get(words, ()), _Asked(edition, number))
    return asked


def _is_example(example: str | None, asked: Sequence[_Asked]) -> bool:
    return any(not question.examples or example in question.examples for question in asked)


def _lacks_limit(question: Question, asked: _Asked, *, is_as_asked: bool) -> bool:
    """Return whether the prompt states no limit although the course's does. `limit-mismatch` reports others."""
    edition, number = asked
    limits = builtin(edition.id).limits_at(number) if edition.id in IDS else Constraints()
    # The length has a line of its own; all other limits are part of the question's text, and missing with it.
    return any(not question.stated[kind] and (kind is WORDS or is_as_asked) for kind, _ in limits.limits)


def _changes(question: Question, edition: Edition) -> Iterator[Change]:
    number, by_lines, reading = question.number, question.prompt_print, _read(question)
    end = _known_end(reading.words, lambda words: bool(_asked(words, number, edition)))
    if not end and not reading.is_quoted:
        yield Change(Part.ALL, is_missing=True)
        return
    # Without the lines that have no quote mark, it may be the course's as well.
    asked = _asked(fingerprint(reading.words[:end]) if end else by_lines.question, number, edition)
    if end or not asked:
        yield from _change(question, reading.words, end, Part.QUESTION, _wordings(edition, number))
    own = asked or (_Asked(edition, number),)
    if _lacks_limit(question, own[0], is_as_asked=bool(asked)) and not any(map(str.isdigit, reading.length)):
        yield Change(Part.LENGTH, is_missing=not reading.length)
    if any(not question.examples for question in own):
        return
    example = reading.example or ""
    end = _known_end(example, lambda words: _is_example(words, own))
    if end or not _is_example(by_lines.example, own):
        wordings = [wording for each in own for wording in _wordings(each.edition, each.number, Part.EXAMPLE)]
        yield from _change(question, example, end, Part.EXAMPLE, wordings)


def _known_end(text: str, is_known: Callable[[str], bool]) -> int:
    """Return the end of the longest beginning that is the course's text; 0 if there is none.

    Words that follow within a sentence change it, so they are not apart from the course's.
    """
    words = list(_WORD.finditer(text))
    found = zip(words, beginnings(word[0] for word in words), strict=True)
    end = max((word.end() for word, known in found if is_known(known)), default=0)
    following = _WORD.search(text, end)
    return end if not following or _ENDS_SENTENCE.search(text, end, following.start()) else 0


def _wordings(edition: Edition, number: int, part: Part = Part.QUESTION) -> Iterator[tuple[str, ...]]:
    """Yield the sentences of each wording that a part of a question has had, starting with the edition's own."""
    others = (builtin(name) for name in reversed(IDS) if edition.id in IDS and name != edition.id)
    for prints in (edition.prints, *(other.prints for other in others)):
        wholes = prints.prompts if part is Part.QUESTION else prints.examples
        yield from (prints.sentences.get(whole, (whole,)) for whole in sorted(wholes.get(number, ())))


def _change(
    question: Question, text: str, end: int, part: Part, wordings: Iterable[tuple[str, ...]]
) -> Iterator[Change]:
    """Yield how a part differs whose text is the course's up to `end`; nothing if no words follow."""
    has_more = bool(_LETTER.search(text, end))
    if not end:
        yield _compared(question, text, part, wordings) if has_more else Change(part, is_missing=True)
    elif has_more and question.layout.marker:  # without one, what follows may be the answer, or a misspelled marker
        closing = _CLOSING.match(text, end)
        yield Change(part, added=tuple(_by_lines(text, Span(closing.end() if closing else end, len(text)))))


def _compared(question: Question, text: str, part: Part, wordings: Iterable[tuple[str, ...]]) -> Change:
    """Return how a part differs, sentence by sentence, from the wording of the course that is most like it."""
    found = [(span, fingerprint(text[span.start : span.end])) for span in sentences(text)]
    own = {sentence for _, sentence in found}
    asked = max(wordings, key=lambda wording: sum(map(own.__contains__, wording)), default=())
    missing = sum(sentence not in own for sentence in asked)
    if missing == len(asked):
        return Change(part)
    others = [span for span, sentence in found if sentence not in asked]
    if not missing and others and question.layout.marker:
        return Change(part, added=tuple(line for span in others for line in _by_lines(text, span)))
    return Change(part, missing=missing, other=others[0] if others else None)


def _by_lines(text: str, stretch: Span) -> Iterator[Span]:
    """Yield the words in the stretch, line by line."""
    for line in _LINE.finditer(text, *stretch):
        if _LETTER.search(line[0]):
            words = line[0].lstrip()
            begin = line.end() - len(words)
            yield Span(begin, begin + len(words.rstrip()))


def _read(question: Question) -> _Reading:
    """Read the lines above the marker and the words before it on its line."""
    prompt = question.layout.prompt
    is_quoted = bool(prompt and _LETTER.search(question.text, *prompt))
    text = _quoted(question) if is_quoted else _unquoted(question)
    if length := _LENGTH.search(text):
        text = text[: length.start()] + blanked(length[0]) + text[length.end() :]
    words, opening, example = text.partition(EXAMPLE)
    before = blanked(words + opening)
    return _Reading(
        words,
        before + example if opening else None,
        length[0] if length else "",
        is_quoted and bool(opening or _LETTER.search(words)),
    )


def _quoted(question: Question) -> str:
    """Return the quoted text above the marker, with the lines that continue a quote; blanks for the rest."""
    text, end = question.text, _end_of_prompt(question)
    parts, is_in_quote = [blanked(text[: question.layout.heading.end])], False
    for above, line in pairwise(question.source.line_spans):
        if line.start >= end:
            break
        words = text[line.start : min(line.end, end)]
        marks = _QUOTE_MARKS.match(words)
        is_in_quote = bool(marks or is_in_quote) and bool(words.strip("> \t"))
        shown = words[marks.end() :] if marks else words if is_in_quote else ""
        parts += [text[above.end : line.start], " " * (len(words) - len(shown)), shown]
    return "".join(parts)


def _unquoted(question: Question) -> str:
    """Return all that is above the marker, where nothing is quoted; a blank for the heading."""
    above = question.layout.heading.end
    return blanked(question.text[:above]) + question.text[above : _end_of_prompt(question)]


def _end_of_prompt(question: Question) -> int:
    layout = question.layout
    if layout.marker:
        return layout.marker.start
    return layout.prompt.end if layout.prompt else layout.heading.end
