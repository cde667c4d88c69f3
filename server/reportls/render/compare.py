"""Finds where two pages of one report differ for their readers, and says how."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.numbering import longest_rising
from reportls.render.blocks import Kind
from reportls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportls.render.blocks import Look

_MOST = 40_000
"""Blocks of one page times blocks of the other: beyond it, a stretch without a common block is one difference."""


_LONGEST = 40
"""Characters of an excerpt."""
_BEFORE = 12
"""Characters of an excerpt before the first that differs."""


class Difference(NamedTuple):
    """Spans of blocks that replace each other; one of them may be empty."""

    ours: Span
    theirs: Span


class Comparison(NamedTuple):
    """Differing and equal blocks, in order."""

    differences: list[Difference]
    pairs: list[tuple[int, int]]
    """Indices of blocks with equal looks, in the one page and in the other."""


def compare(ours: Sequence[Look], theirs: Sequence[Look]) -> Comparison:
    """Compare two pages, in a time that is about linear in their lengths.

    Blocks that occur once in each page and in the same order are taken to be the same; what lies between two such
    blocks is compared thoroughly if it is short, and is one difference if it is not.
    """
    found = Comparison([], [])
    start = (0, 0)
    for anchor in [*_anchors(ours, theirs), (len(ours), len(theirs))]:
        _compare_between(ours, theirs, Span(start[0], anchor[0]), Span(start[1], anchor[1]), found)
        start = anchor
    return found


def _anchors(ours: Sequence[Look], theirs: Sequence[Look]) -> list[tuple[int, int]]:
    """Return the longest sequence of unique blocks that both pages have in the same order."""
    counted = Counter(theirs)
    places = {look: index for index, look in enumerate(theirs) if counted[look] == 1}
    counted = Counter(ours)
    shared = [(index, places[look]) for index, look in enumerate(ours) if counted[look] == 1 and look in places]
    return longest_rising(shared)


def _compare_between(ours: Sequence[Look], theirs: Sequence[Look], mine: Span, other: Span, found: Comparison) -> None:
    for is_same, one, two in _stretches(ours[mine.start : mine.end], theirs[other.start : other.end]):
        stretch = Difference(one.shifted(mine.start), two.shifted(other.start))
        if is_same:
            found.pairs.extend(zip(range(*stretch.ours), range(*stretch.theirs), strict=True))
        else:
            found.differences.append(stretch)


def _stretches(ours: Sequence[Look], theirs: Sequence[Look]) -> Iterator[tuple[bool, Span, Span]]:
    """Yield equal and differing stretches in order, True for equal ones."""
    start = _common(zip(ours, theirs, strict=False))
    if start:
        yield True, Span(0, start), Span(0, start)
    one, two = Span(start, len(ours)), Span(start, len(theirs))
    if (one.end - start) * (two.end - start) > _MOST:
        yield False, one, two
        return
    matcher = SequenceMatcher(None, ours[start:], theirs[start:], autojunk=False)
    for operation, *ends in matcher.get_opcodes():
        yield operation == "equal", Span(*ends[:2]).shifted(start), Span(*ends[2:]).shifted(start)


def _common(pairs: Iterable[tuple[Look, Look]]) -> int:
    """Count the equal pairs at the start."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def in_words(ours: Sequence[Look], theirs: Sequence[Look]) -> str:
    """Describe how blocks are written and how the course's page shows them; at most one of the two is empty."""
    if not theirs:
        return f"not shown: {_excerpt(ours, '')}"
    if not ours:
        return f"also shown: {_excerpt(theirs, '')}"
    if _kinds(ours) != _kinds(theirs):
        return f"{_kinds(ours)}, shown as {_kinds(theirs)}: {_excerpt(ours, '')}"
    if _text(ours) != _text(theirs):
        return f"{_excerpt(ours, _text(theirs))}, shown as {_excerpt(theirs, _text(ours))}"
    return f"{_kinds(ours)}, {_how(ours, theirs)} otherwise: {_excerpt(ours, '')}"


def _how(ours: Sequence[Look], theirs: Sequence[Look]) -> str:
    if {look.quotes for look in ours} != {look.quotes for look in theirs}:
        return "quoted"
    if {look.depth for look in ours} != {look.depth for look in theirs}:
        return "indented"
    if [look.mark for look in ours] != [look.mark for look in theirs]:
        return "numbered"
    return "divided"


def _kinds(looks: Sequence[Look]) -> str:
    kinds = [*dict.fromkeys(look.kind for look in looks)]
    # A horizontal rule is not worth a mention beside anything else.
    *others, last = [kind.value for kind in kinds if kind is not Kind.RULE or len(kinds) == 1]
    return f"{', '.join(others)} and {last}" if others else last


def _text(looks: Sequence[Look]) -> str:
    return " ".join(look.text for look in looks)


def _excerpt(looks: Sequence[Look], other: str) -> str:
    """Return some text from shortly before the first character that differs from the other."""
    text = _text(looks)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, other, strict=False)))
    start = max(0, same - _BEFORE)
    end = start + _LONGEST
    return f"\u201c{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}\u201d"
