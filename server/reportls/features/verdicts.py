"""The state of each question and of a report, in few words: by a checker, or by how far a template is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.limits import judged_as
from reportls.forms.counting import number_in_words
from reportls.forms.rows import SlotState
from reportls.report.form import FORM
from reportls.rules.files import hand_in_in_words, report_not_handed_in
from reportls.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportls.editions.edition import Edition
    from reportls.findings.context import QuestionContext
    from reportls.form_snapshot import AnySnapshot, FormSnapshot
    from reportls.forms.rows import Measured, SlotRow
    from reportls.report.checker import Judged, Verdict
    from reportls.report.kinds import Constraints, Count
    from reportls.report.report import Report

UNANSWERED = "unanswered"
NOT_JUDGED = "not judged"
"""The check completes, but the checker drops the answer."""
_ANSWERED = frozenset({SlotState.ANSWERED, SlotState.WITHIN_LIMITS, SlotState.OUTSIDE_LIMITS})
_LEFT = frozenset({SlotState.MISSING, SlotState.UNANSWERED})


class VerdictRow(NamedTuple):
    """One question: as the checker counts it, or by its heading if the check crashes."""

    block: int
    """The index of the block that holds the answer's marker; 0 is the introduction."""
    number: int
    """Its position among the questions; if the check crashes, the position that its heading claims."""
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


def rows_of(report: Report, edition: Edition, verdict: Verdict) -> tuple[VerdictRow, ...]:
    """Return one row for each question."""
    if verdict.completed:
        return tuple(_judged(report, judged) for judged in verdict.judged)
    return tuple(_unjudged(report, edition, block) for block in range(1, len(report.blocks)))


def _judged(report: Report, judged: Judged) -> VerdictRow:
    block, start, counted = judged.answer
    return VerdictRow(
        block=block,
        number=judged.position,
        heading=report.questions[block - 1].number if block else None,
        line=_line(report, block, max(start - 1, 0)),
        constraints=judged.constraints,
        is_answered=_is_answered(report, block, start),
        counted=counted,
        passed=judged.passed,
    )


def _unjudged(report: Report, edition: Edition, block: int) -> VerdictRow:
    question = report.questions[block - 1]
    place = question.layout.marker or question.layout.heading
    # Findings use this number, too, so that tables and messages agree.
    number = edition.position_of(question.number)
    limits = edition.limits_at(number)
    return VerdictRow(block, number, question.number, _line(report, block, place.start), limits, question.is_answered)


def _line(report: Report, block: int, offset: int) -> int:
    return report.first_lines[block] + report.blocks[block].source.line_at(offset)


def _is_answered(report: Report, block: int, start: int) -> bool:
    """Return whether the author wrote anything after the marker that ends at `start`."""
    question = report.questions[block - 1] if block else None
    if question and question.layout.marker and question.layout.marker.end == start:
        return question.is_answered
    text, _, _ = report.blocks[block].text[start:].partition(FORM.marker)
    return bool(FORM.fill_here.sub("", text).strip())


def unmet(row: VerdictRow) -> tuple[str, ...]:
    """Return each limit that the answer misses: `number found, number wanted`."""
    counted = row.counted
    if counted is None:
        return ()
    return tuple(
        f"{kind.amount(counted[kind])}, {limit} wanted"
        for kind, limit in row.constraints.limits
        if not limit.allows(counted[kind])
    )


def in_words(verdict: Verdict) -> str:
    """Return the verdict in words: `26 of 31 passed`, or the crash."""
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
    """Return the verdict in words, and for a crash what is left after it: "fix this first, then 10 questions fail"."""
    verdict = in_words(snapshot.verdict)
    failing = failing_after_repair(snapshot)
    if failing is None:
        return verdict
    if not failing:
        return f"{verdict}; fix this first"
    return f"{verdict}; fix this first, then {'1 question fails' if failing == 1 else f'{failing} questions fail'}"


def numbers(found: tuple[int, ...]) -> str:
    """Return the numbers with runs shortened: `4-6, 9`; empty if there are none."""
    runs: list[list[int]] = []
    for number in found:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    # A run of two is no shorter as a range.
    return ", ".join(f"{run[0]}-{run[-1]}" if run[2:] else ", ".join(map(str, run)) for run in runs)


def passes(verdict: Verdict) -> bool:
    """Return whether the check completes and every question passes."""
    return verdict.completed and verdict.passed == verdict.expected


def question_in_words(ctx: QuestionContext) -> str:
    """Return the verdict on a question: `143 / 100-200 words · passed`, `unanswered`, `the check crashes` and so on."""
    if ctx.is_unanswered:
        return UNANSWERED
    judged = decisive(ctx)
    if judged is None:
        return NOT_JUDGED if ctx.surroundings.completed else "the check crashes"
    counted = judged.answer.counted
    counts = [f"{counted[kind]} / {kind.limited(limit)}" for kind, limit in judged.constraints.limits]
    if counts:
        return judged_as(ctx, judged) + " · ".join([*counts, "passed" if judged.passed else "failed"])
    return judged_as(ctx, judged) + ("answered" if ctx.question.is_answered else "empty")


def decisive(ctx: QuestionContext) -> Judged | None:
    """Return the verdict on the answer; if the checker finds several here, on the first one that fails."""
    # One failed verdict fails the question, whatever the others are.
    return next((judged for judged in ctx.judged if not judged.passed), ctx.judged[0] if ctx.judged else None)


def wanted(constraints: Constraints) -> str:
    """Return all limits: `100-200 words and 1-2 images`; empty if there are none."""
    return " and ".join(kind.limited(limit) for kind, limit in constraints.limits)


class UnfinishedQuestion(NamedTuple):
    """A question that is unanswered or fails."""

    number: int | None
    """The number in its heading; None if the answer comes before the first heading."""
    position: int | None
    """The question as which the checker judges it, or would without the crash; None if it drops the answer."""
    line: int
    """The line of the heading, from 0."""
    missing: tuple[str, ...]
    """Each limit that it misses, as in `unmet`."""
    name: str | None = None
    """The name of the place to answer in a template; None without a template."""


class Status(NamedTuple):
    """The verdict on the report and what is left to do. Equal values look the same in a status bar."""

    passed: int | None
    """None if the check crashes."""
    total: int
    """Number of questions that the checker expects."""
    completed: bool
    error: str | None
    """Why the check crashes, in words."""
    edition: str | None
    """The id of the edition; None for a course that is known by its report alone."""
    unanswered: tuple[UnfinishedQuestion, ...]
    """In the order of the report; the checker may pass some of them, as placeholders count as words."""
    failing: tuple[UnfinishedQuestion, ...]
    """Answered questions that fail, in the order of the checker."""
    hand_in: str | None
    """A sentence on the version that is handed in now; None if that is unknown."""
    form: str | None = None
    """The template, if the report is judged by one; then nothing passes."""
    answered: int | None = None
    """Number of the template's places that have an answer; None without a template."""
    cause: int | None = None
    """The line, from 0, of the first finding that makes the check crash; None if there is none."""


def status(snapshot: Snapshot) -> Status:
    """Return the status of the report."""
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
        cause=_cause(snapshot),
    )


def _cause(snapshot: Snapshot) -> int | None:
    if snapshot.verdict.completed:
        return None
    places = [finding.span.start for finding in snapshot.findings if finding.is_crash]
    return snapshot.report.line_col(min(places)).line if places else None


def hand_in(snapshot: Snapshot) -> str | None:
    """Return what is handed in now, in words; None if that is unknown or its rule is turned off."""
    if not snapshot.environment.settings.lists(report_not_handed_in.name):
        return None
    return hand_in_in_words(snapshot.edition, snapshot.environment.repository)


def _unanswered(snapshot: Snapshot, rows: tuple[VerdictRow, ...]) -> Iterator[UnfinishedQuestion]:
    missing = {row.number: unmet(row) for row in rows}
    for index, ctx in enumerate(snapshot.questions, start=1):
        if ctx.is_unanswered:
            line, position = snapshot.report.first_lines[index], ctx.position
            yield UnfinishedQuestion(ctx.question.number, position, line, missing.get(position or 0, ()))


def _failing(snapshot: Snapshot, rows: tuple[VerdictRow, ...]) -> Iterator[UnfinishedQuestion]:
    for row in rows:
        is_unanswered = row.block > 0 and snapshot.questions[row.block - 1].is_unanswered
        if row.passed is False and not is_unanswered:
            yield UnfinishedQuestion(row.heading, row.number, snapshot.report.first_lines[row.block], unmet(row))


TOTAL_OUTSIDE = "total outside its limits"


class FormTally(NamedTuple):
    """The number of slots in each state; optional slots that have no answer are left out."""

    total: int
    answered: int
    outside_limits: int
    outside_together: int
    """How many limits of several slots together are missed; too little counts only in a complete report."""

    @property
    def is_complete(self) -> bool:
        """Whether every slot that is not optional is answered."""
        return self.answered == self.total

    @property
    def is_fine(self) -> bool:
        """Whether the report is complete and within its limits."""
        return self.is_complete and not self.outside_limits and not self.outside_together


def tally(snapshot: FormSnapshot) -> FormTally:
    """Count the slots of a report."""
    rows = [row for row in snapshot.rows if not (row.is_optional and row.state in _LEFT)]
    answered = [row for row in rows if row.state in _ANSWERED]
    missed = [each.bounds.shortfall(each.found) for each in snapshot.together if _is_missed(each)]
    return FormTally(
        total=len(rows),
        answered=len(answered),
        outside_limits=sum(any(map(_is_missed, row.measured)) for row in answered),
        outside_together=sum(short < 0 or len(answered) == len(rows) for short in missed),
    )


def _is_missed(measured: Measured) -> bool:
    """Return whether a limit is missed; an approximate one is never more than a hint."""
    return not (measured.is_met or measured.bounds.is_approximate)


def is_done(row: SlotRow) -> bool:
    """Return whether nothing is left to do in a slot; an approximate limit that is missed is never more than a hint."""
    if row.state in _LEFT:
        return row.is_optional
    return not any(map(_is_missed, row.measured))


def form_in_words(snapshot: FormSnapshot) -> str:
    """Return the state of the report: `complete, within limits`, or `4 of 6 answered, 1 outside its limits`."""
    counted = tally(snapshot)
    said = "complete" if counted.is_complete else f"{counted.answered} of {counted.total} answered"
    if counted.outside_limits:
        return f"{said}, {counted.outside_limits} outside {'its' if counted.outside_limits == 1 else 'their'} limits"
    if counted.outside_together:
        return f"{said}, {TOTAL_OUTSIDE}"
    has_limits = any(row.measured for row in snapshot.rows) or bool(snapshot.template.parts)
    return f"{said}, within limits" if has_limits and counted.is_fine else said


def standing(snapshot: AnySnapshot) -> tuple[str, bool]:
    """Return the state of any report in words, and whether nothing is left to do for its verdict."""
    if isinstance(snapshot, Snapshot):
        return in_words(snapshot.verdict), passes(snapshot.verdict)
    return form_in_words(snapshot), tally(snapshot).is_fine


def form_status(snapshot: FormSnapshot) -> Status:
    """Return the status of the report."""
    counted = tally(snapshot)
    numbered = [(number, row) for number, row in enumerate(snapshot.rows, start=1) if not row.is_optional]
    return Status(
        passed=None,
        total=counted.total,
        completed=True,
        error=None,
        edition=None,
        unanswered=tuple(_unfinished(number, row) for number, row in numbered if row.state in _LEFT),
        failing=tuple(
            _unfinished(number, row)
            for number, row in enumerate(snapshot.rows, start=1)
            if row.state is SlotState.OUTSIDE_LIMITS
        ),
        hand_in=None,
        form=snapshot.environment.template_name,
        answered=counted.answered,
    )


def _unfinished(number: int, row: SlotRow) -> UnfinishedQuestion:
    return UnfinishedQuestion(number, number, row.line or 0, slot_unmet(row), row.name)


def slot_unmet(row: SlotRow) -> tuple[str, ...]:
    """Return each limit that the answer misses: `12 of 50-100 words`."""
    return tuple(measured.in_words() for measured in row.measured if not measured.is_met)


def row_in_words(row: SlotRow) -> str:
    """Return the state of a slot: `2,259 of at most 2,000 characters · outside limits`, `unanswered`."""
    if row.state in _LEFT:
        return row.state.value
    return " · ".join([*(measured.in_words() for measured in row.measured), row.state.value])


def amounts_in_words(row: SlotRow) -> str:
    """Return the counts with their limits as a hint shows them: `143 / 100-200 words ✓`; empty without limits."""
    return " · ".join(_amount_in_words(measured) for measured in row.measured)


def _amount_in_words(measured: Measured) -> str:
    counted = f"{number_in_words(measured.found)} / {measured.bounds.in_words()}"
    return with_difference(counted, measured.bounds.shortfall(measured.found), number_in_words)


def with_difference(counted: str, off: float, amount: Callable[[float], str]) -> str:
    """Return a count, followed by how far it is off its limit: `143 / 100-200 words ✓`, `43 / ... words, 57 to go`."""
    return f"{counted}, {difference(off, amount)}" if off else f"{counted} ✓"


def difference(off: float, amount: Callable[[float], str]) -> str:
    """Return how many are too few, or if `off` is negative, too many: `57 to go`; empty if it is 0."""
    return f"{amount(abs(off))} {'to go' if off > 0 else 'too many'}" if off else ""
