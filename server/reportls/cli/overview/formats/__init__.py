"""The formats of an overview. Each module has a function that yields the text in pieces, as courses may be large."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reportls.features.course.records import GroupRow
    from reportls.features.course.shared_answers import Shared
    from reportls.features.course.statistics import Tallies


class Course(NamedTuple):
    """All groups of a course, judged: the input of every format."""

    rows: tuple[GroupRow, ...]
    """The groups in their order."""
    tallies: Tallies
    headings: tuple[str, ...] = ()
    """The columns of the class list."""
    shared: tuple[Shared, ...] | None = None
    """The answers that several groups share, the longest first; None if answers were not compared."""
