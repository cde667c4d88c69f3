"""The format `csv`, for spreadsheets and grade books: a group's text cannot become a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.cli.output import UsageError, csv_line, utc

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportls.cli.overview.formats import Course
    from reportls.features.course.records import GroupRow

COLUMNS = (
    *("group", "edition", "verdict", "passed", "total", "problem", "line", "failing", "unanswered", "missing images"),
    *("study numbers", "words", "report", "notes", "path", "tasks done", "tasks"),
    *("last commit", "best"),
)


def as_csv(course: Course, chosen: str | None = None) -> Iterator[str]:
    """Yield headings and a line for each group; a list in a cell is separated by spaces, lines count from 1.

    `chosen` names the columns to write: our own or the class list's, separated by commas, `NAME=HEADING` for another
    heading. With a column of the class list, there is a line for each of its lines.

    Raises:
        UsageError: there is no such column.
    """
    columns = _chosen(chosen, course) if chosen else [(name, name) for name in COLUMNS]
    is_keyed = any(name in course.headings for name, _ in columns)
    yield csv_line(heading for _, heading in columns)
    for row in course.rows:
        own = dict(zip(COLUMNS, _cells(row), strict=True))
        for line in (row.lines or ({},)) if is_keyed else ({},):
            yield csv_line(_cell(name, own, line) for name, _ in columns)


def _cell(name: str, own: Mapping[str, str], line: Mapping[str, str]) -> str:
    """Return a cell; a name that both have means the class list's column, by which other programs know the group."""
    return line[name] if name in line else own.get(name, "")


def _chosen(chosen: str, course: Course) -> list[tuple[str, str]]:
    columns = []
    for part in chosen.split(","):
        name, _, heading = (piece.strip() for piece in part.partition("="))
        if name not in COLUMNS and name not in course.headings:
            known = ", ".join(dict.fromkeys((*COLUMNS, *course.headings)))
            raise UsageError(f"--columns: no column `{name}`: there are {known}")
        columns.append((name, heading or name))
    return columns


def _cells(row: GroupRow) -> Sequence[str]:
    judgement = row.judgement
    cells = ("", row.outcome.value, "", "", row.problem or "", *[""] * 6)
    tasks: tuple[str, ...] = ("", "")
    if judgement:
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
        tasks = tuple(map(str, judgement.tasks))
    return (row.name, *cells, row.report or "", "; ".join(row.notes), row.path, *tasks, *_past(row))


def _past(row: GroupRow) -> tuple[str, str]:
    """Return when the report was last committed, in UTC, and the most questions that ever passed."""
    past = row.past
    if past is None:
        return "", ""
    best = max((passed for passed in past.passed if passed is not None), default=None)
    return "" if past.last is None else utc(past.last), "" if best is None else str(best)
