"""Which answers are the same in several groups: the same words in the same order.

The measure is plain on purpose. Case and white space do not matter, everything else does: one word changed, and the
answers are no longer the same. What it finds is a reason to look, not a proof of anything.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from reportls.features.course.records import Copy
from reportls.report.form import FORM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportls.features.course.records import GroupRow
    from reportls.report.question import Question
    from reportls.snapshot import Snapshot

FEWEST = 10
"""Shorter answers are never compared: many groups write the same few words."""
_MARKS = ">*_-"
"""What the course puts around its own words."""


class Shared(NamedTuple):
    """An answer that several groups have."""

    words: int
    """How many it has."""
    places: tuple[tuple[str, int], ...]
    """Name of the group and number of the question, in the order of the groups."""


def shared_answers(rows: Iterable[GroupRow], fewest: int) -> tuple[Shared, ...]:
    """Find the answers of at least `fewest` words that several of the groups have; the longest come first."""
    words: dict[str, int] = {}
    found: dict[str, list[tuple[int, str, int]]] = {}
    for index, row in enumerate(rows):
        for copy in row.judgement.copies if row.judgement else ():
            if copy.words >= fewest:
                words[copy.digest] = copy.words
                found.setdefault(copy.digest, []).append((index, row.name, copy.question))
    shared = {digest: sorted(places) for digest, places in found.items() if len({place[0] for place in places}) > 1}
    return tuple(
        Shared(words[digest], tuple((name, question) for _, name, question in shared[digest]))
        for digest in sorted(shared, key=lambda digest: (-words[digest], shared[digest]))
    )


def copies_of(snapshot: Snapshot) -> Iterator[Copy]:
    """Each answer that is long enough and the author's own, by its question's position or else its number."""
    for ctx in snapshot.questions:
        words = _own_words(ctx.question)
        if len(words) >= FEWEST:
            digest = sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()[:32]
            yield Copy(ctx.position or ctx.question.number, len(words), digest)


def _own_words(question: Question) -> list[str]:
    """The answer's words; none if they are but the question's own text."""
    if not question.is_answered:
        return []
    words = FORM.fill_here.sub("", question[question.layout.answer]).casefold().split()
    prompt = question.layout.prompt
    is_template = prompt and _bare(words) in _bare(question[prompt].casefold().split())
    return [] if is_template else words


def _bare(words: list[str]) -> str:
    return " ".join(filter(None, (word.strip(_MARKS) for word in words)))
