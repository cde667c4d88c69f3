"""Finds what several have in common, among more than should be kept in memory."""

from __future__ import annotations

import sqlite3
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Matches:
    """What is added lies in a temporary file, and is gone afterwards."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("CREATE TABLE had (digest TEXT, size INT, who INT, place INT)")
        self._database.execute("BEGIN")

    def add(self, digest: str, size: int, who: int, place: int) -> None:
        """Somebody has a thing of that digest and size at that place."""
        self._database.execute("INSERT INTO had VALUES (?, ?, ?, ?)", (digest, size, who, place))

    def shared(self) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        """Each thing that several have: its size, and who has it where. The largest come first."""
        found = self._database.execute(
            "SELECT digest, size, who, place FROM had WHERE digest IN"
            " (SELECT digest FROM had GROUP BY digest HAVING COUNT(DISTINCT who) > 1)"
            " ORDER BY size DESC, (SELECT MIN(who * 100000 + place) FROM had AS one WHERE one.digest = had.digest),"
            " digest, who, place"
        )
        for _, rows in groupby(found, key=itemgetter(0)):
            places = [*rows]
            yield places[0][1], [(who, place) for _, _, who, place in places]

    def close(self) -> None:
        """Be done with it."""
        self._database.close()
