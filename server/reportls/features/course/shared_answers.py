"""Find answers that several groups share: the same words in the same order.

The measure is simple on purpose. Only case and white space are ignored: one changed word makes another answer. A match
is a reason to look and proves nothing.
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
"""Shorter answers are never compared, as many groups write the same few words."""
_MARKS = ">*_-"
"""Markup that the course puts around its own words."""


class Shared(NamedTuple):
    """An answer that several groups share."""

    words: int
    """Number of words."""
    places: tuple[tuple[str, int], ...]
    """Group name and question number, in the order of the groups."""


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
    """Yield the digest of each answer that is long enough and not the template's text."""
    for ctx in snapshot.questions:
        words = _own_words(ctx.question)
        if len(words) >= FEWEST:
            digest = sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()[:32]
            yield Copy(ctx.position or ctx.question.number, len(words), digest)


def _own_words(question: Question) -> list[str]:
    """Return the words of the answer; none if they only repeat the prompt."""
    if not question.is_answered:
        return []
    words = FORM.fill_here.sub("", question[question.layout.answer]).casefold().split()
    prompt = question.layout.prompt
    is_template = prompt and _bare(words) in _bare(question[prompt].casefold().split())
    return [] if is_template else words


def _bare(words: list[str]) -> str:
    return " ".join(filter(None, (word.strip(_MARKS) for word in words)))
