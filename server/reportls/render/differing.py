"""What differs at a place, in words."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from reportls.render.blocks import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportls.render.blocks import Look

_LONGEST = 40
"""Characters of an excerpt."""
_BEFORE = 12
"""Characters of an excerpt before the first that differs."""


def in_words(ours: Sequence[Look], theirs: Sequence[Look]) -> str:
    """How something is written and how the course's page shows it; at most one of them is empty."""
    if not theirs:
        return f"not shown: {_excerpt(ours, '')}"
    if not ours:
        return f"shown besides: {_excerpt(theirs, '')}"
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
    # A line across is nothing to speak of beside anything else.
    *others, last = [kind.value for kind in kinds if kind is not Kind.RULE or len(kinds) == 1]
    return f"{', '.join(others)} and {last}" if others else last


def _text(looks: Sequence[Look]) -> str:
    return " ".join(look.text for look in looks)


def _excerpt(looks: Sequence[Look], other: str) -> str:
    """The text from shortly before where it differs from the other."""
    text = _text(looks)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, other)))
    start = max(0, same - _BEFORE)
    end = start + _LONGEST
    return f"\u201c{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}\u201d"
