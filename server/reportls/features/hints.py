"""Inlay hints after the headings of questions: the live counts of the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.limits import judged_as
from reportls.features.verdicts import (
    NOT_JUDGED,
    UNANSWERED,
    amounts_in_words,
    decisive,
    first_this,
    row_in_words,
    wanted,
    with_difference,
)
from reportls.form_snapshot import FormSnapshot
from reportls.forms.rows import SlotState
from reportls.report.kinds import KINDS
from reportls.text import end_of_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.form_snapshot import AnySnapshot
    from reportls.report.checker import Judged
    from reportls.report.kinds import Constraints
    from reportls.snapshot import Snapshot
    from reportls.text import Span


class Hint(NamedTuple):
    """A few words shown at the end of a line that are not part of the text."""

    offset: int
    text: str
    tooltip: str
    """Plain text."""
    passed: bool | None
    """The verdict on the question; None if there is none."""


def hints(snapshot: AnySnapshot, span: Span) -> tuple[Hint, ...]:
    """Return the hints at offsets within `span`, ends included. Costs only as much as the questions there."""
    if isinstance(snapshot, FormSnapshot):
        return tuple(hint for hint in _of_slots(snapshot) if span.start <= hint.offset <= span.end)
    found = _of_questions(snapshot, span) if snapshot.verdict.completed else _of_crash(snapshot)
    return tuple(hint for hint in found if span.start <= hint.offset <= span.end)


def _of_slots(snapshot: FormSnapshot) -> Iterator[Hint]:
    text, way = snapshot.report.text, snapshot.demands.way
    for row in snapshot.rows:
        if row.span and not (row.is_optional and row.state is SlotState.UNANSWERED):
            words = UNANSWERED if row.state is SlotState.UNANSWERED else amounts_in_words(row)
            offset = end_of_line(text, max(row.span.end - 1, row.span.start))
            if words:
                yield Hint(offset, words, f"{row.name}: {row_in_words(row)}, counted {way}", None)


def _of_crash(snapshot: Snapshot) -> Iterator[Hint]:
    """Yield one hint for the whole report, as counts mean nothing without a verdict."""
    report = snapshot.report
    words = first_this(snapshot)
    offset = end_of_line(report.text, report.starts[1] if report.questions else 0)
    yield Hint(offset, words, f"{words}; no answer is judged until this is fixed", None)


def _of_questions(snapshot: Snapshot, span: Span) -> Iterator[Hint]:
    report = snapshot.report
    for index in range(max(report.block_at(span.start), 1), report.block_at(span.end) + 1):
        ctx = snapshot.questions[index - 1]
        offset = report.starts[index] + ctx.question.layout.heading.end
        if hint := _of_question(ctx, offset):
            yield hint


def _of_question(ctx: QuestionContext, offset: int) -> Hint | None:
    judged = decisive(ctx)
    if judged is None:
        text = UNANSWERED if ctx.is_unanswered else NOT_JUDGED
        return Hint(offset, text, "the checker does not see this answer", None)
    as_other = judged_as(ctx, judged)
    counts = UNANSWERED if ctx.is_unanswered else " · ".join(_counts(judged))
    if not counts and not as_other:
        return None
    return Hint(offset, as_other + (counts or "no limits"), _tooltip(ctx, judged), judged.passed)


def _counts(judged: Judged) -> Iterator[str]:
    for kind, limit in judged.constraints.limits:
        found = judged.answer.counted[kind]
        yield with_difference(f"{found} / {kind.limited(limit)}", limit.shortfall(found), str)


def _tooltip(ctx: QuestionContext, judged: Judged) -> str:
    counted = " and ".join(kind.amount(judged.answer.counted[kind]) for kind in KINDS)
    verdict = "passed" if judged.passed else "failed"
    source = ctx.edition.source_at(judged.position).value
    return (
        f"the checker counts {counted}, {_wanted(judged.constraints)}:"
        f" question {judged.position} {verdict} (the limits come from {source})"
    )


def _wanted(constraints: Constraints) -> str:
    limits = wanted(constraints)
    return f"{limits} wanted" if limits else "any number will do"
