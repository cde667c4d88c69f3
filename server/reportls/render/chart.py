"""The words of an answer against its limits, as a small bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.render.html import Safe, tag
from reportls.report.kinds import KINDS, NOTHING, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportls.features.verdicts import Row
    from reportls.report.kinds import Limit

WIDTH = 160
"""Of a bar, in points of the screen."""
_HEIGHT = 12
_ROOM = 1.25
"""How far the longest limit is from the end of the scale: an answer that is far too long must not dwarf all others."""
_FALLBACK = 100


def scale_of(rows: Iterable[Row]) -> float:
    """How many words the whole width of a bar stands for, the same for all answers of a report."""
    limits = [row.constraints[WORDS] for row in rows]
    return max((limit.high or 2 * limit.low for limit in limits if limit), default=_FALLBACK) * _ROOM or _FALLBACK


def bar(row: Row, scale: float) -> Safe:
    """The bar of one answer: the limits as a band, the words as a line that reaches into it; the title says it all."""
    limit = row.constraints[WORDS]
    words = (row.counted or NOTHING)[WORDS]
    parts = [tag("title", in_numbers(row) or "not counted"), _rect("track", 0, WIDTH, 5, 2)]
    if limit:
        end = scale if limit.high is None else limit.high
        parts.append(_rect("band", _at(limit.low, scale), _at(end, scale), 1, 10))
    if words:
        parts.append(_rect("line", 0, max(_at(words, scale), 2), 4, 4))
    if words > scale:
        parts.append(tag("path", class_="beyond", d=f"M{WIDTH - 7} 0L{WIDTH} 6L{WIDTH - 7} 12Z"))
    return tag("svg", *parts, role="img", class_="bar", viewBox=f"0 0 {WIDTH} {_HEIGHT}")


def in_numbers(row: Row) -> str:
    """What was counted and what is wanted: `47 words, 20-60 wanted`; empty if the check crashes."""
    return "; ".join(f"{found}, {limit} wanted" if limit else found for found, limit in _counts(row))


def in_brief(row: Row) -> str:
    """The same for eyes: `47 words (20-60)`, each count on one line."""
    counts = (f"{found} ({limit})" if limit else found for found, limit in _counts(row))
    return ", ".join(count.replace(" ", "\u00a0").replace("-", "-\u2060") for count in counts)


def _counts(row: Row) -> Iterator[tuple[str, Limit | None]]:
    """Words always, other kinds where they are limited or found; nothing if the check crashes."""
    if row.counted is None:
        return
    for kind, found, limit in zip(KINDS, row.counted, row.constraints, strict=True):
        if kind is WORDS or limit or found:
            yield kind.amount(found), limit


def _at(words: float, scale: float) -> float:
    return min(words / scale, 1) * WIDTH


def _rect(kind: str, start: float, end: float, top: int, height: int) -> Safe:
    # A band from a number to itself must still be seen.
    width = max(end - start, 1.5)
    return tag("rect", class_=kind, x=f"{start:.1f}", y=str(top), width=f"{width:.1f}", height=str(height))
