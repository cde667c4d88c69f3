"""Words for groups and questions that all formats of the overview share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.limits import amount
from reportls.features.course.records import GroupOutcome
from reportls.report.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.features.course.records import Crash, GroupRow
    from reportls.features.course.shared_answers import Shared
    from reportls.features.course.statistics import Misses, QuestionTally, Tallies
    from reportls.report.kinds import Kind


def in_short(row: GroupRow) -> str:
    """Return why there is no verdict, or which questions fail; empty if none fails."""
    judgement = row.judgement
    if not judgement:
        return row.problem or ""
    if judgement.crash:
        return f"crashes: {crash_in_words(judgement.crash)}"
    said = "fails" if judgement.has_checker else "not complete:"
    return f"{said} {numbers(judgement.failing)}" if judgement.failing else ""


def crash_in_words(crash: Crash) -> str:
    """Return the crash with its line, counted from 1."""
    return crash.error if crash.line is None else f"{crash.error}; line {crash.line + 1}: {crash.cause}"


def numbers(found: tuple[int, ...]) -> str:
    """Return the numbers with runs shortened: `4-6, 9`; empty if there are none."""
    runs: list[list[int]] = []
    for number in found:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    # A run of two is no shorter as a range.
    return ", ".join(
        f"{run[0]}-{run[-1]}" if len(run) > len(("one", "another")) else ", ".join(map(str, run)) for run in runs
    )


def tally_in_words(tally: QuestionTally) -> str:
    """Return how many groups fail the question and by how much: `12 of 40 fail: 3 unanswered, 9 too short ...`."""
    said = f"{tally.failing} of {amount(tally.groups, 'group')} fail"
    return f"{said}: {reasons(tally)}" if tally.failing else said


def reasons(tally: QuestionTally) -> str:
    """Return why groups fail the question and by how much; empty if none fails."""
    return ", ".join(_parts(tally))


def _parts(tally: QuestionTally) -> Iterator[str]:
    if tally.unanswered:
        yield f"{tally.unanswered} unanswered"
    for kind in KINDS:
        yield from _side(tally.too_few[kind], kind.too_few, kind)
        yield from _side(tally.too_many[kind], kind.too_many, kind)


def _side(misses: Misses, what: str, kind: Kind) -> Iterator[str]:
    if misses.groups == 1:
        yield f"1 {what} (by {kind.amount(misses.median)})"
    elif misses.groups:
        yield f"{misses.groups} {what} (half of them by at most {kind.amount(misses.median)})"


def alike_in_words(shared: Shared) -> str:
    """Return how much two answers share, and whose they are: `86% of 120 words: a (question 7), b (question 7)`."""
    places = ", ".join(f"{place.group} (question {place.question})" for place in shared.places)
    return f"{shared.likeness:.0%} of {amount(shared.words, 'word')}: {places}"


def summary(tallies: Tallies) -> str:
    """Return the outcomes of all groups in one line."""
    said = {
        GroupOutcome.PASSES: "pass every question" if tallies.has_checker else "complete",
        GroupOutcome.FAILS: "fail some" if tallies.has_checker else "not complete",
        GroupOutcome.CRASHES: "crash the check",
        GroupOutcome.NOT_JUDGED: "could not be judged",
    }
    parts = [f"{tallies.outcomes[outcome]} {words}" for outcome, words in said.items() if tallies.outcomes[outcome]]
    return f"{amount(tallies.groups, 'group')}: {', '.join(parts)}"
