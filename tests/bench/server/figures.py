"""Measurements and their tables. Ratios are formed within a round, because the machine's speed varies."""

from __future__ import annotations

import statistics
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Rounds = dict[int, float]
"""Values by the number of their round."""


class Key(NamedTuple):
    """Identifies a series of measurements."""

    size: str
    measure: str
    server: str


class Figures:
    """All measurements of a run."""

    def __init__(self) -> None:
        """Start without measurements."""
        self._rounds: defaultdict[Key, Rounds] = defaultdict(dict)

    def add(self, size: str, server: str, number: int, found: dict[str, float]) -> None:
        """Record the results of a round."""
        for measure, figure in found.items():
            self._rounds[Key(size, measure, server)][number] = figure

    def side_by_side(self, size: str, servers: Sequence[str]) -> str:
        """Return a table for a report of that size, with the ratio of the first server to each other one."""
        ours, *others = servers
        rows = [
            [
                measure,
                *(_middle(self._rounds[Key(size, measure, server)]) for server in servers),
                *(self._ratio(Key(size, measure, ours), Key(size, measure, other)) for other in others),
            ]
            for measure in self._measures(size)
        ]
        return _table([size, *servers, *(f"{ours} to {other}" for other in others)], rows)

    def growth(self, measure: str, sizes: Sequence[str], servers: Sequence[str]) -> str:
        """Return a table with each server's ratio of the other sizes to the first."""
        usual, *others = sizes
        rows = [
            [size, *(self._ratio(Key(size, measure, server), Key(usual, measure, server)) for server in servers)]
            for size in others
        ]
        return _table([f"{measure.rpartition(',')[0]}, to {usual}", *servers], rows)

    def _measures(self, size: str) -> Iterable[str]:
        return dict.fromkeys(key.measure for key in [*self._rounds] if key.size == size)

    def _ratio(self, ours: Key, theirs: Key) -> str:
        mine, other = self._rounds[ours], self._rounds[theirs]
        ratios = [mine[number] / other[number] for number in mine.keys() & other.keys()]
        if not ratios:
            return "-"
        return f"{statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"


def _middle(rounds: Rounds) -> str:
    return f"{statistics.median(rounds.values()):.3g}" if rounds else "-"


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
