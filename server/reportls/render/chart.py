"""Draws the words of an answer against its limits as a small bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.render.html import Safe, tag
from reportls.report.kinds import KINDS, NOTHING, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportls.features.verdicts import VerdictRow
    from reportls.report.kinds import Limit

WIDTH = 160
"""Width of a bar, in CSS pixels."""
_HEIGHT = 12
_ROOM = 1.25
"""End of the scale, as a multiple of the highest limit: an answer that is far too long must not dwarf the others."""
_FALLBACK = 100


def scale_of(rows: Iterable[VerdictRow]) -> float:
    """Return the number of words that the whole width of a bar stands for, shared by all answers of a report."""
    limits = [row.constraints[WORDS] for row in rows]
    return max((limit.high or 2 * limit.low for limit in limits if limit), default=_FALLBACK) * _ROOM or _FALLBACK


def bar(row: VerdictRow, scale: float) -> Safe:
    """Draw the bar of one answer: a band for the limits, a line for the words, and a title with the numbers."""
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


def in_numbers(row: VerdictRow) -> str:
    """Return counts and limits as `47 words, 20-60 wanted`; empty if the check crashes."""
    return "; ".join(f"{found}, {limit} wanted" if limit else found for found, limit in _counts(row))


def in_brief(row: VerdictRow) -> str:
    """Return counts and limits as `47 words (20-60)`, with no line break within a count."""
    counts = (f"{found} ({limit})" if limit else found for found, limit in _counts(row))
    return ", ".join(count.replace(" ", "\u00a0").replace("-", "-\u2060") for count in counts)


def _counts(row: VerdictRow) -> Iterator[tuple[str, Limit | None]]:
    """Yield words always, other kinds where they are limited or found; nothing if the check crashes."""
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
