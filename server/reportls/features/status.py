"""The report's state as a whole, for a status bar."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.hand_in import hand_in_in_words
from reportls.features.verdicts import rows_of, unmet
from reportls.rules.report_not_handed_in import report_not_handed_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.features.verdicts import Row
    from reportls.snapshot import Snapshot


class OpenQuestion(NamedTuple):
    """A question that still needs its author."""

    number: int | None
    """The number in its heading; None if the answer stands before the first heading."""
    position: int | None
    """As which question the checker judges it, or would if it did not crash; None if it drops the answer."""
    line: int
    """The line of the heading, from 0."""
    missing: tuple[str, ...]
    """Each constraint that it does not meet: number found, number wanted."""


class Status(NamedTuple):
    """What the checker says of the report, and what is left to do. Equal if nothing that is shown has changed."""

    passed: int | None
    """None if the check crashes."""
    total: int
    """How many questions the checker expects."""
    completed: bool
    error: str | None
    """Why the check crashes, in words."""
    edition: str | None
    """The id of the edition; None for a course that is known by its report alone."""
    unanswered: tuple[OpenQuestion, ...]
    """In the order of the report. The checker may pass some of them."""
    failing: tuple[OpenQuestion, ...]
    """Those that are answered and fail, in the order of the checker."""
    hand_in: str | None
    """What is handed in now, in words; None if nobody can tell."""


def status(snapshot: Snapshot) -> Status:
    """The status of the report."""
    verdict = snapshot.verdict
    rows = rows_of(snapshot.report, snapshot.edition, verdict)
    return Status(
        passed=verdict.passed,
        total=verdict.expected,
        completed=verdict.completed,
        error=verdict.error,
        edition=snapshot.edition.id,
        unanswered=tuple(_unanswered(snapshot, rows)),
        failing=tuple(_failing(snapshot, rows)),
        hand_in=hand_in(snapshot),
    )


def hand_in(snapshot: Snapshot) -> str | None:
    """Return what is handed in now, in words; None if nobody can tell, or nobody wants to know."""
    if not snapshot.environment.settings.lists(report_not_handed_in.name):
        return None
    return hand_in_in_words(snapshot.edition, snapshot.environment.repository)


def _unanswered(snapshot: Snapshot, rows: tuple[Row, ...]) -> Iterator[OpenQuestion]:
    missing = {row.number: unmet(row) for row in rows}
    for index, ctx in enumerate(snapshot.questions, start=1):
        if ctx.is_unanswered:
            line, position = snapshot.report.first_lines[index], ctx.position
            yield OpenQuestion(ctx.question.number, position, line, missing.get(position or 0, ()))


def _failing(snapshot: Snapshot, rows: tuple[Row, ...]) -> Iterator[OpenQuestion]:
    for row in rows:
        is_unanswered = row.block > 0 and snapshot.questions[row.block - 1].is_unanswered
        if row.passed is False and not is_unanswered:
            yield OpenQuestion(row.heading, row.number, snapshot.report.first_lines[row.block], unmet(row))
