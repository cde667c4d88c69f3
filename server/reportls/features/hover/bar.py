"""How much there is of something and how much is wanted, in columns with a bar."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportls.report.kinds import Limit

_CELLS = 10
_FULL, _EMPTY, _LIMIT = "▓", "░", "│"


class Amount(NamedTuple):
    """So much of a thing against its limit."""

    thing: str
    """In the plural."""
    found: int | None
    """None if the checker counts none of it."""
    limit: Limit | None


def in_columns(amounts: Iterable[Amount]) -> tuple[str, ...]:
    """One line for each, aligned: `words  143 of 200-300  ▓▓▓▓▓░░│░░░│  57 more`."""
    rows = [_cells(amount) for amount in amounts]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return tuple(_row(row, widths) for row in rows)


def _row(row: tuple[str, ...], widths: list[int]) -> str:
    thing, found, wanted, drawn = row
    width_of_thing, width_of_found, width_of_wanted, _ = widths
    number = found.rjust(width_of_found)
    return f"{thing.ljust(width_of_thing)}  {number}{wanted.ljust(width_of_wanted)}  {drawn}".rstrip()


def _cells(amount: Amount) -> tuple[str, str, str, str]:
    """What it is, what was found, what is wanted, and the bar with what is lacking."""
    thing, found, limit = amount
    if found is None:
        return thing, "", f"{limit} wanted" if limit else "no limit", ""
    if limit is None:
        return thing, str(found), ", no limit", ""
    return thing, str(found), f" of {limit}", f"{bar(found, limit)}  {_difference(found, limit)}"


def _difference(found: int, limit: Limit) -> str:
    if found < limit.low:
        return f"{limit.low - found} more"
    if limit.high is not None and found > limit.high:
        return f"{found - limit.high} too many"
    return "fits"


def bar(found: int, limit: Limit) -> str:
    """Ten cells, filled up to what was found, with a stroke at each limit; rounding never crosses a stroke."""
    low, high = limit
    scale = max(found, high or low, 1)
    low_at = _cell(low, scale)
    high_at = _CELLS + 1 if high is None else max(_cell(high, scale), low_at)
    if high is not None and found > high:
        high_at, low_at = min(high_at, _CELLS - 1), min(low_at, _CELLS - 1)
    filled = _cell(found, scale)
    filled = min(filled, low_at - 1) if found < low else max(filled, low_at)
    cells = [_FULL] * filled + [_EMPTY] * (_CELLS - filled)
    for place in sorted({low_at, high_at} - {0, _CELLS + 1}, reverse=True):
        cells.insert(place, _LIMIT)
    return "".join(cells)


def _cell(amount: int, scale: int) -> int:
    """The number of cells that the amount takes, at least one if there is any."""
    return min(max(round(amount * _CELLS / scale), 1), _CELLS) if amount else 0
