"""All groups of a course, judged: what every format is made from. Rows are read one at a time, as often as needed."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from reportls.features.course.records import from_line
from reportls.features.course.shared_answers import Shared
from reportls.features.course.statistics import Tallies
from reportls.host.matches import Matches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reportls.features.course.records import GroupRow
    from reportls.host.groups import Group
    from reportls.host.ledger import Ledger


class Course(NamedTuple):
    """The groups in their order, and where their rows are kept."""

    groups: Sequence[Group]
    ledger: Ledger
    shared_words: int | None = None
    """How many words an answer that groups share must have to be listed; None if none is."""

    def rows(self) -> Iterator[GroupRow]:
        """Every group's row."""
        for group in self.groups:
            entry = self.ledger.get(key_of(group.path))
            assert entry, "every group has been judged"
            yield from_line(entry.line)

    def tallies(self) -> Tallies:
        """What they all come to."""
        tallies = Tallies()
        for row in self.rows():
            tallies.add(row)
        return tallies

    def shared(self) -> Iterator[Shared]:
        """The answers that groups share, the longest first; nothing unless that was asked for."""
        if self.shared_words is None:
            return
        with closing(Matches()) as matches:
            for index, row in enumerate(self.rows()):
                for copy in row.judgement.copies if row.judgement else ():
                    if copy.words >= self.shared_words:
                        matches.add(copy.digest, copy.words, index, copy.question)
            for words, places in matches.shared():
                yield Shared(words, tuple((self.groups[who].name, question) for who, question in places))


def key_of(path: str | Path) -> bytes:
    """Under what the row of the group that lies there is kept."""
    return os.fsencode(os.path.abspath(path))  # noqa: PTH100  # links stay as they are
