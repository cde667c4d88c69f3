"""A table for spreadsheets: no cell is a formula, whatever a group has written."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from reportls.cli.text_width import printable
from reportls.render.ci_safe import PLAIN, without_commands

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.cli.overview.formats import Course
    from reportls.features.course.records import GroupRow

COLUMNS = (
    "group",
    "edition",
    "verdict",
    "passed",
    "total",
    "problem",
    "line",
    "failing",
    "unanswered",
    "missing images",
    "study numbers",
    "words",
    "report",
    "notes",
    "path",
)
_FORMULAS = ("=", "+", "-", "@", "::", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a cell a formula, or, in the first column, a line a workflow command of GitHub's.

The last four are the wide signs of the first four.
"""


def as_csv(course: Course) -> Iterator[str]:
    """A line of headings, and one for each group; lists within a cell have spaces between, lines count from 1."""
    yield _line(COLUMNS)
    for row in course.rows:
        yield _line([_harmless(cell) for cell in _cells(row)])


def _cells(row: GroupRow) -> tuple[str, ...]:
    judgement = row.judgement
    if not judgement:
        cells = ("", row.standing.value, "", "", row.problem or "", "", "", "", "", "", "")
    else:
        crash = judgement.crash
        cells = (
            judgement.edition or "",
            row.standing.value,
            "" if judgement.passed is None else str(judgement.passed),
            str(judgement.total),
            "; ".join(filter(None, (crash.error, crash.cause))) if crash else "",
            "" if crash is None or crash.line is None else str(crash.line + 1),
            " ".join(map(str, judgement.failing)),
            " ".join(map(str, judgement.unanswered)),
            str(len(judgement.missing)),
            " ".join(judgement.study_numbers),
            str(judgement.words),
        )
    return (row.name, *cells, row.report or "", "; ".join(row.notes), row.path)


def _harmless(cell: str) -> str:
    """The cell on one line, behind an apostrophe if it would be taken for more than text."""
    plain = printable(cell)
    return without_commands(f"'{plain}" if plain.lstrip().startswith(_FORMULAS) else plain, PLAIN)


def _line(cells: Sequence[str]) -> str:
    text = StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()
