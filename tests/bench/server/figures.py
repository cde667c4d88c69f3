"""What was measured, and the tables of it. Ratios are formed within a round, for the machine changes between them."""

from __future__ import annotations

import statistics
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Rounds = dict[int, float]
"""A figure by the number of its round."""


class Key(NamedTuple):
    """Whose figure it is."""

    size: str
    measure: str
    server: str


class Figures:
    """All figures of a run."""

    def __init__(self) -> None:
        """Begin with none."""
        self._rounds: defaultdict[Key, Rounds] = defaultdict(dict)

    def add(self, size: str, server: str, number: int, found: dict[str, float]) -> None:
        """Keep what a round found."""
        for measure, figure in found.items():
            self._rounds[Key(size, measure, server)][number] = figure

    def side_by_side(self, size: str, servers: Sequence[str]) -> str:
        """A table of all that was measured with a report of that size; the first server's ratio to each other's."""
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
        """A table of each server's ratio of the other sizes to the first."""
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
