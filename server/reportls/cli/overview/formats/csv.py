"""The format `csv`, for spreadsheets: a group's text cannot become a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.cli.spreadsheet import csv_line

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def as_csv(course: Course) -> Iterator[str]:
    """Yield headings and a line for each group; a list in a cell is separated by spaces, lines count from 1."""
    yield csv_line(COLUMNS)
    for row in course.rows:
        yield csv_line(_cells(row))


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
