"""Finds answers that several groups share, even if one was edited lightly.

Two answers are compared by their runs of five words: their likeness is the share of the shorter answer's runs that the
other also has. Case and punctuation do not matter, and runs that any group's prompts have do not count. A match is a
reason to look and proves nothing.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from reportls.features.course.records import Copy
from reportls.report.form import FORM
from reportls.text import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportls.features.course.records import GroupRow
    from reportls.report.question import Question
    from reportls.snapshot import Snapshot

FEWEST = 10
"""Shorter answers are never compared, as many groups write the same few words."""
LIKENESS = 0.3
"""The least likeness that is reported. Over the real reports at hand it finds the known pair and nothing else."""
_RUN = 5
_LONGEST = 20_000
"""Characters of an answer that are compared."""
_MOST_ANSWERS = 20
"""A run in more answers than that is a set phrase, and leads to no comparison."""
_WORD = pattern(r"[^\W_]+")


class Place(NamedTuple):
    """One of two answers that are alike."""

    group: str
    question: int
    pieces: tuple[tuple[str, bool], ...]
    """The text in pieces, each with True if it is shared."""


class Shared(NamedTuple):
    """Two answers of different groups that are alike."""

    likeness: float
    """The share of the shorter answer that the other has, too; 1 for all of it."""
    words: int
    """The words of the shorter answer."""
    places: tuple[Place, Place]


class _Answer(NamedTuple):
    row: int
    copy: Copy
    runs: Counter[tuple[str, ...]]


def shared_answers(rows: Sequence[GroupRow], fewest: int) -> tuple[Shared, ...]:
    """Find pairs of answers of at least `fewest` words that are alike; the most alike come first."""
    copies = [
        (index, copy) for index, row in enumerate(rows) for copy in (row.judgement.copies if row.judgement else ())
    ]
    # Some groups cut the example out of their prompt and write by it; others still have it there.
    prompts = {run for prompt in {copy.prompt for _, copy in copies} for run in _runs(_words(prompt))}
    answers = [
        _Answer(index, copy, Counter(run for run in _runs(_words(copy.text)) if run not in prompts))
        for index, copy in copies
        if copy.words >= fewest
    ]
    found = [
        _shared(rows, answers[one], answers[other], likeness)
        for one, other in _candidates(answers)
        if (likeness := _likeness(answers[one], answers[other])) >= LIKENESS
    ]
    return tuple(sorted(found, key=lambda each: (-each.likeness, -each.words, each.places)))


def _candidates(answers: Sequence[_Answer]) -> list[tuple[int, int]]:
    """Return the pairs of answers of different groups that have a run in common, by index."""
    having: dict[tuple[str, ...], list[int]] = {}
    for index, answer in enumerate(answers):
        for run in answer.runs:
            having.setdefault(run, []).append(index)
    pairs = {
        pair
        for indices in having.values()
        if 1 < len(indices) <= _MOST_ANSWERS
        for pair in combinations(indices, 2)
        if answers[pair[0]].row != answers[pair[1]].row
    }
    return sorted(pairs)


def _likeness(one: _Answer, other: _Answer) -> float:
    shorter = min(one.runs.total(), other.runs.total())
    return (one.runs & other.runs).total() / shorter if shorter else 0.0


def _shared(rows: Sequence[GroupRow], one: _Answer, other: _Answer, likeness: float) -> Shared:
    first = Place(rows[one.row].name, one.copy.question, _pieces(one.copy.text, other.runs))
    second = Place(rows[other.row].name, other.copy.question, _pieces(other.copy.text, one.runs))
    return Shared(likeness, min(one.copy.words, other.copy.words), (first, second))


def _pieces(text: str, others: Counter[tuple[str, ...]]) -> tuple[tuple[str, bool], ...]:
    """Cut the text where it begins or ceases to be in a run that the other answer has."""
    matches = [*_WORD.finditer(text)]
    words = [match[0].casefold() for match in matches]
    is_shared = [False] * len(words)
    for start, run in enumerate(_runs(words)):
        if run in others:
            is_shared[start : start + _RUN] = [True] * _RUN
    pieces: list[tuple[str, bool]] = []
    start = 0
    for index, match in enumerate(matches):
        is_last = index + 1 == len(matches)
        if is_last or is_shared[index] != is_shared[index + 1]:
            end = len(text) if is_last else match.end()
            pieces.append((text[start:end], is_shared[index]))
            start = end
    return tuple(pieces)


def copies_of(snapshot: Snapshot) -> Iterator[Copy]:
    """Yield each answer that is long enough and not the template's text."""
    for ctx in snapshot.questions:
        text = _own_text(ctx.question)
        words = len(_words(text))
        if words >= FEWEST:
            prompt = ctx.question.layout.prompt
            said = ctx.question[prompt][:_LONGEST] if prompt else ""
            yield Copy(ctx.position or ctx.question.number, words, text, said)


def _own_text(question: Question) -> str:
    """Return the answer without placeholders."""
    if not question.is_answered:
        return ""
    return FORM.fill_here.sub("", question[question.layout.answer]).strip()[:_LONGEST]


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _runs(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(_RUN)), strict=False)
