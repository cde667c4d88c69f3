"""The format `csv`, for spreadsheets: a group's text cannot become a formula."""

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
"""Beginnings of a cell that spreadsheets read as a formula, and `::`, which starts a workflow command of GitHub.

The last four are the fullwidth forms of the first four.
"""


def as_csv(course: Course) -> Iterator[str]:
    """Yield headings and a line for each group; a list in a cell is separated by spaces, lines count from 1."""
    yield _line(COLUMNS)
    for row in course.rows:
        yield _line([_harmless(cell) for cell in _cells(row)])


def _cells(row: GroupRow) -> tuple[str, ...]:
    judgement = row.judgement
    if not judgement:
        cells = ("", row.outcome.value, "", "", row.problem or "", "", "", "", "", "", "")
    else:
        crash = judgement.crash
        cells = (
            judgement.edition or "",
            row.outcome.value,
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
    """Return the cell on one line, after an apostrophe if it could be taken for a formula or a command."""
    plain = printable(cell)
    return without_commands(f"'{plain}" if plain.lstrip().startswith(_FORMULAS) else plain, PLAIN)


def _line(cells: Sequence[str]) -> str:
    text = StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()
