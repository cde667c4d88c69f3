"""Collect the record of a group from the snapshot of its report."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from reportls.editions.edition import Role, builtin
from reportls.editions.resolve import Wishes, resolve
from reportls.features.course.records import Answer, Crash, Judgement, MissingImage
from reportls.features.course.shared_answers import copies_of
from reportls.features.verdicts import TOTAL_OUTSIDE, is_done, rows_of, status, tally
from reportls.findings.finding import Tag
from reportls.findings.settings import Settings
from reportls.forms.rows import SlotState
from reportls.report.kinds import IMAGES, KINDS, NOTHING, WORDS, Constraints, Limit
from reportls.report.study_numbers import study_numbers
from reportls.rules import ALL
from reportls.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.finding import Finding
    from reportls.form_snapshot import AnySnapshot, FormSnapshot
    from reportls.forms.rows import SlotRow
    from reportls.report.kinds import Kind
    from reportls.snapshot import Environment

MOST = 100
"""Most images and study numbers in one record. Real reports have fewer; this bounds damaged ones."""
_TICKS = frozenset({"x", "X"})
_LONGEST = 300
"""Longest message in a record, in code points."""
_RULES = frozenset(rule.name for rule in ALL if rule.tags & {Tag.MISSING_IMAGE, Tag.CRASH})


def for_judging(environment: Environment) -> Environment:
    """Return the environment for the snapshot, in which no setting of the group hides a finding that is collected.

    All other rules are off, as they take most of the time.
    """
    own = environment.settings
    plain = Settings(own.edition, own.questions, _RULES, figures=own.figures, formats=own.formats)
    return environment._replace(settings=plain)


def judgement_of(snapshot: AnySnapshot, *, is_sharing: bool = False) -> Judgement:
    """Return the record of the report; with `is_sharing`, also digests that let answers be compared."""
    if not isinstance(snapshot, Snapshot):
        return _judgement_by_template(snapshot)
    verdict = snapshot.verdict
    return Judgement(
        edition=snapshot.edition.id,
        passed=verdict.passed,
        total=verdict.expected,
        crash=_crash(snapshot) if verdict.error else None,
        answers=tuple(_answers(snapshot)),
        unanswered=tuple(
            open_question.position or open_question.number or 0 for open_question in status(snapshot).unanswered
        ),
        words=sum(answer.counted[WORDS] for answer in verdict.answers),
        missing=tuple(islice(_missing(snapshot), MOST)),
        study_numbers=tuple(islice(_study_numbers(snapshot), MOST)),
        notes=tuple(_notes(snapshot)),
        copies=tuple(copies_of(snapshot)) if is_sharing else (),
        tasks=_tasks(snapshot),
        group=_group(snapshot),
    )


def _tasks(snapshot: Snapshot) -> tuple[int, int]:
    introduction = snapshot.report.introduction
    ticked = sum(introduction[task.mark].strip() in _TICKS for task in introduction.tasks)
    return ticked, len(introduction.tasks)


def _group(snapshot: Snapshot) -> str | None:
    asking = next((ctx.question for ctx in snapshot.questions if ctx.role is Role.GROUP_NUMBER), None)
    return asking.words[:_LONGEST] if asking and asking.is_answered else None


def _judgement_by_template(snapshot: FormSnapshot) -> Judgement:
    """Return the record of a report that is judged by its template, whose slots are the questions."""
    answers = []
    for number, row in enumerate(snapshot.rows, start=1):
        counted = NOTHING.replaced(WORDS, row.words).replaced(IMAGES, row.images)
        wanted = Constraints(_limit(row, kind) for kind in KINDS)
        is_answered = row.state not in {SlotState.MISSING, SlotState.UNANSWERED}
        answers.append(Answer(number, counted, is_done(row), is_answered, wanted))
    is_outside_together = tally(snapshot).outside_together > 0
    return Judgement(
        edition=snapshot.environment.template_name.replace("\\", "/").rpartition("/")[2],
        passed=sum(answer.passed for answer in answers),
        total=len(answers),
        crash=None,
        answers=tuple(answers),
        unanswered=tuple(answer.number for answer in answers if not (answer.is_answered or answer.passed)),
        words=sum(row.words for row in snapshot.rows),
        missing=tuple(islice(_missing(snapshot), MOST)),
        study_numbers=(),
        notes=(TOTAL_OUTSIDE,) if is_outside_together else (),
        is_outside_together=is_outside_together,
        has_checker=False,
    )


def _limit(row: SlotRow, kind: Kind) -> Limit | None:
    """Return the limit of a slot that a table of words and images can show."""
    bounds = next((each.bounds for each in row.measured if each.bounds.unit == kind.key), None)
    if bounds is None:
        return None
    return Limit(int(bounds.at_least or 0), None if bounds.at_most is None else int(bounds.at_most))


def _answers(snapshot: Snapshot) -> Iterator[Answer]:
    for row in rows_of(snapshot.report, snapshot.edition, snapshot.verdict):
        if row.counted is not None:
            yield Answer(row.number, row.counted, bool(row.passed), row.is_answered, row.constraints)


def _crash(snapshot: Snapshot) -> Crash:
    """Return the crash with its first cause."""
    error = snapshot.verdict.error or ""
    causes = [finding for finding in snapshot.findings if Tag.CRASH in finding.tags]
    first = next((finding for finding in causes if finding.is_crash), causes[0] if causes else None)
    if not first:
        return Crash(error)
    return Crash(error, _line(snapshot, first), first.text[:_LONGEST])


def _missing(snapshot: AnySnapshot) -> Iterator[MissingImage]:
    for finding in snapshot.findings:
        if Tag.MISSING_IMAGE in finding.tags:
            yield MissingImage(finding.question, _line(snapshot, finding), finding.message[:_LONGEST])


def _line(snapshot: AnySnapshot, finding: Finding) -> int:
    return snapshot.report.line_col(finding.span.start).line


def _study_numbers(snapshot: Snapshot) -> Iterator[str]:
    """Yield each study number in the answer about the members once, with its `s`."""
    asking = (ctx.question for ctx in snapshot.questions if ctx.role is Role.STUDY_NUMBERS)
    question = next(asking, None)
    if question:
        yield from dict.fromkeys(f"s{number.digits}" for number in study_numbers(question))


def _notes(snapshot: Snapshot) -> Iterator[str]:
    """Yield notes on limits that come from the group's own files rather than from the edition."""
    environment, edition = snapshot.environment, snapshot.edition
    if environment.named is None and environment.settings.edition:
        yield "the group's own configuration names the edition"
    usual = builtin(edition.id) if edition.id else resolve(snapshot.report, Wishes())
    if usual.variant.answers_expected != edition.variant.answers_expected:
        yield "the group's own files say how many answers are expected"
    # Lengths may differ: the note above already reports another number of answers.
    other = [
        str(number)
        for number, (own, limits) in enumerate(zip(edition.limits, usual.limits, strict=False), start=1)
        if own != limits
    ]
    if other:
        questions = f"question{'s' * (len(other) > 1)} {', '.join(other)}"
        whose = "edition" if edition.id else "prompts"
        yield f"the group's own files, not the {whose}, set the limits of {questions}"
