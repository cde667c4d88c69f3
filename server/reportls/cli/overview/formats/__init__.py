"""The formats of an overview. Each module has a function that yields the text in pieces, as there may be many rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reportls.features.course.records import GroupRow
    from reportls.features.course.shared_answers import Shared
    from reportls.features.course.statistics import Tallies


class Course(NamedTuple):
    """All groups of a course, judged: the data for every format."""

    rows: tuple[GroupRow, ...]
    """The groups in their order."""
    tallies: Tallies
    shared: tuple[Shared, ...] | None = None
    """The answers that groups share, the longest first; None if they were not looked for."""
