"""Where each answer stands: a report's questions as the checker has them, one row each, and its verdict in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.report.form import FORM

if TYPE_CHECKING:
    from reportls.editions.edition import Edition
    from reportls.report.checker import Judged, Verdict
    from reportls.report.kinds import Constraints, Count
    from reportls.report.report import Report
    from reportls.snapshot import Snapshot


class Row(NamedTuple):
    """One question as the checker has it, or, if the check crashes, as its author has it."""

    block: int
    """The index of the block that holds the answer's marker; 0 is the introduction."""
    number: int
    """Its position; if the check crashes, the position that the number in its heading stands for."""
    heading: int | None
    """The number in the heading above the answer; None if there is none."""
    line: int
    """The line of the answer's marker, from 0."""
    constraints: Constraints
    is_answered: bool
    """Whether there is text other than the placeholder."""
    counted: Count | None = None
    """None if the check crashes, as is `passed`."""
    passed: bool | None = None


def rows_of(report: Report, edition: Edition, verdict: Verdict) -> tuple[Row, ...]:
    """Every question."""
    if verdict.completed:
        return tuple(_judged(report, judged) for judged in verdict.judged)
    return tuple(_unjudged(report, edition, block) for block in range(1, len(report.blocks)))


def _judged(report: Report, judged: Judged) -> Row:
    block, start, counted = judged.answer
    return Row(
        block=block,
        number=judged.position,
        heading=report.questions[block - 1].number if block else None,
        line=_line(report, block, max(start - 1, 0)),
        constraints=judged.constraints,
        is_answered=_is_answered(report, block, start),
        counted=counted,
        passed=judged.passed,
    )


def _unjudged(report: Report, edition: Edition, block: int) -> Row:
    question = report.questions[block - 1]
    place = question.layout.marker or question.layout.heading
    number = edition.position_of(question.number)  # as findings have it
    limits = edition.limits_at(number)
    return Row(block, number, question.number, _line(report, block, place.start), limits, question.is_answered)


def _line(report: Report, block: int, offset: int) -> int:
    return report.first_lines[block] + report.blocks[block].source.line_at(offset)


def _is_answered(report: Report, block: int, start: int) -> bool:
    """Whether there is text of the author's behind the marker that ends at `start`."""
    question = report.questions[block - 1] if block else None
    if question and question.layout.marker and question.layout.marker.end == start:
        return question.is_answered
    text, _, _ = report.blocks[block].text[start:].partition(FORM.marker)
    return bool(FORM.fill_here.sub("", text).strip())


def unmet(row: Row) -> tuple[str, ...]:
    """Each constraint that the answer does not meet: number found, number wanted."""
    counted = row.counted
    if counted is None:
        return ()
    return tuple(
        f"{kind.amount(counted[kind])}, {limit} wanted"
        for kind, limit in row.constraints.limits
        if not limit.allows(counted[kind])
    )


def in_words(verdict: Verdict) -> str:
    """The verdict: `26 of 31 passed`, or the crash."""
    return (
        f"{verdict.passed} of {verdict.expected} passed" if verdict.completed else f"the check crashes: {verdict.error}"
    )


def failing_after_repair(snapshot: Snapshot) -> int | None:
    """Return how many questions fail once the crash is repaired, unanswered ones included; None without a crash."""
    if snapshot.verdict.completed:
        return None
    judged = [ctx.after_repair for ctx in snapshot.questions]
    return sum(1 for one in judged if one and not one.passed)


def first_this(snapshot: Snapshot) -> str:
    """Return the verdict in words, and for a crash what comes after it: "fix this first, then 10 questions fail"."""
    verdict = in_words(snapshot.verdict)
    failing = failing_after_repair(snapshot)
    if failing is None:
        return verdict
    if not failing:
        return f"{verdict}; fix this first"
    return f"{verdict}; fix this first, then {'1 question fails' if failing == 1 else f'{failing} questions fail'}"


def passes(verdict: Verdict) -> bool:
    """Whether the check completes and every question passes."""
    return verdict.completed and verdict.passed == verdict.expected
