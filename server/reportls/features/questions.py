"""One row for each question: its name, state, counts and what is missing; and where the next unanswered one is."""

from __future__ import annotations

from bisect import bisect_right
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from reportls.features.symbols import topic_of
from reportls.features.verdicts import decisive, difference
from reportls.form_snapshot import FormSnapshot
from reportls.forms.counting import number_in_words
from reportls.forms.rows import SlotState
from reportls.report.form import FORM
from reportls.report.kinds import KINDS
from reportls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.form_snapshot import AnySnapshot
    from reportls.forms.rows import Measured, SlotRow
    from reportls.report.checker import Judged
    from reportls.report.kinds import Kind, Limit
    from reportls.report.question import Question
    from reportls.snapshot import Snapshot


class State(Enum):
    """The state of a question; the last four where the report has a template."""

    PASSED = "passed"
    FAILED = "failed"
    UNANSWERED = "unanswered"
    """Also where the checker passes the placeholder."""
    NOT_JUDGED = "not judged"
    """The check crashes, or the checker drops the answer."""
    ANSWERED = "answered"
    WITHIN_LIMITS = "within limits"
    OUTSIDE_LIMITS = "outside limits"
    MISSING = "missing"


class Amount(NamedTuple):
    """The number of one thing in an answer, and its limit."""

    key: str
    """Its name in JSON: the key of a kind of limit, or what a template counts."""
    found: float
    limit: tuple[float | None, float | None] | None
    """The lower and the upper end."""
    is_missed: bool
    """Whether the number is outside the limit."""
    in_words: str
    """The number against its limit: `179 / 200-300 words`; without a limit `179 words`."""
    missing: str
    """The difference from the limit: `21 words to go`; empty if the limit is met."""


class QuestionRow(NamedTuple):
    """One question as a list of questions shows it."""

    name: str
    """`Question 11`."""
    number: int | None
    topic: str
    """The start of the question's text on one line; may be empty."""
    line: int
    """The line of the heading, from 0."""
    end: int
    """The line after the last one that belongs to the question."""
    state: State
    is_optional: bool
    """Whether the template does not require an answer."""
    judged_as: int | None
    """The question whose limits count for the answer, if it is another one."""
    amounts: tuple[Amount, ...]
    """One for each kind of limit, also those that are not limited; empty if nothing is counted."""
    figures: tuple[str, ...]
    """The paths of the images in the answer, as written there."""

    @property
    def in_words(self) -> str:
        """The limited amounts in words: `179 / 200-300 words · 1 / 1-3 images`; empty without limits."""
        return " · ".join(amount.in_words for amount in self.amounts if amount.limit)

    @property
    def missing(self) -> tuple[str, ...]:
        """One entry for each missed limit, with the difference: `21 words to go`."""
        return tuple(amount.missing for amount in self.amounts if amount.is_missed)


def question_rows(snapshot: AnySnapshot) -> tuple[QuestionRow, ...]:
    """Return one row for each question in the order of the report, or for each slot in the order of the template."""
    if isinstance(snapshot, FormSnapshot):
        return tuple(map(partial(_slot, snapshot), snapshot.rows))
    return tuple(_rows(snapshot))


def _slot(snapshot: FormSnapshot, row: SlotRow) -> QuestionRow:
    form = snapshot.form
    index = next((at for at, slot in enumerate(form.slots) if slot.blank.number + 1 == row.number), None)
    # A missing slot is shown where it would be: after the report's end there is no line.
    start = form.starts[index] if index is not None else 0
    end = start + len(form.slots[index].text.rstrip()) if index is not None else 0
    return QuestionRow(
        name=row.name,
        number=row.number,
        topic="",
        line=row.line or 0,
        end=snapshot.report.line_col(end).line + 1 if index is not None else 0,
        state=State(row.state.value),
        is_optional=row.is_optional,
        judged_as=None,
        amounts=tuple(map(_measured, row.measured)),
        figures=() if index is None else _figures(snapshot.questions[index].question),
    )


def _measured(measured: Measured) -> Amount:
    bounds, found = measured.bounds, number_in_words(measured.found)
    return Amount(
        bounds.unit,
        measured.found,
        (bounds.at_least, bounds.at_most),
        not measured.is_met,
        f"{found} / {bounds.in_words()}",
        difference(bounds.shortfall(measured.found), measured.measure.amount),
    )


def _rows(snapshot: Snapshot) -> Iterator[QuestionRow]:
    lines = snapshot.report.first_lines
    last = len(snapshot.questions)
    for index, ctx in enumerate(snapshot.questions, start=1):
        judged = decisive(ctx) or ctx.after_repair
        question = ctx.question
        yield QuestionRow(
            name=FORM.name_of(question.number),
            number=question.number,
            topic=topic_of(question),
            line=lines[index],
            end=lines[index + 1] + (index == last),  # no block begins on the line on which the report ends
            state=_state(ctx),
            is_optional=False,
            judged_as=ctx.position if ctx.is_shifted else None,
            amounts=_amounts(judged) if judged else (),
            figures=_figures(question),
        )


def _figures(question: Question) -> tuple[str, ...]:
    return tuple(dict.fromkeys(image.path for image in question.images))


def _state(ctx: QuestionContext) -> State:
    if ctx.is_unanswered:
        return State.UNANSWERED
    judged = decisive(ctx)
    if judged is None:
        return State.NOT_JUDGED
    return State.PASSED if judged.passed else State.FAILED


def _amounts(judged: Judged) -> tuple[Amount, ...]:
    return tuple(_counted(kind, judged.answer.counted[kind], judged.constraints[kind]) for kind in KINDS)


def _counted(kind: Kind, found: int, limit: Limit | None) -> Amount:
    words = f"{found} / {kind.limited(limit)}" if limit else kind.amount(found)
    missing = difference(limit.shortfall(found), kind.amount) if limit else ""
    return Amount(kind.key, found, limit and (limit.low, limit.high), bool(missing), words, missing)


def next_unanswered(snapshot: AnySnapshot, offset: int) -> Span | None:
    """Return the next placeholder or empty answer after `offset`, continuing at the start of the report.

    If every question is answered, return the end of the next answer that fails; None if all pass.
    """
    places = _places_in_slots(snapshot) if isinstance(snapshot, FormSnapshot) else _places(snapshot)
    after = bisect_right(places, offset, key=lambda place: place.start)
    return places[after % len(places)] if places else None


def _places_in_slots(snapshot: FormSnapshot) -> list[Span]:
    """Return where to write in each unanswered slot; if there is none, the ends of those outside their limits."""
    form = snapshot.form
    wanted = {row.number for row in snapshot.rows if row.state is SlotState.UNANSWERED and not row.is_optional}
    wanted = wanted or {row.number for row in snapshot.rows if row.state is SlotState.OUTSIDE_LIMITS}
    places = []
    for start, slot in zip(form.starts, form.slots, strict=True):
        if slot.blank.number + 1 in wanted:
            answer = slot.answer
            end = slot.anchor.end + len(slot.text[slot.anchor.end : max(answer.content.end, slot.anchor.end)].rstrip())
            is_empty = answer.left and not answer.is_answered
            places.append((answer.left[0] if is_empty else Span(end, end)).shifted(start))
    return places


def _places(snapshot: Snapshot) -> list[Span]:
    unanswered = [index for index, ctx in enumerate(snapshot.questions, start=1) if ctx.is_unanswered]
    failing = (
        index
        for index, ctx in enumerate(snapshot.questions, start=1)
        if not all(judged.passed for judged in ctx.judged)
    )
    return [_place(snapshot, index) for index in unanswered or failing]


def _place(snapshot: Snapshot, index: int) -> Span:
    report = snapshot.report
    is_last = index == len(report.questions)
    return _place_in(report.questions[index - 1], is_last=is_last).shifted(report.starts[index])


def _place_in(question: Question, *, is_last: bool) -> Span:
    if question.placeholders:
        return question.placeholders[0]
    end = question.content.end
    return Span(end, end) if question[question.content] else _empty_line(question, is_last=is_last)


def _empty_line(question: Question, *, is_last: bool) -> Span:
    """Return where to start an answer: after a blank line below the marker, if there is room."""
    source, answer = question.source, question.layout.answer
    line = source.line_at(answer.start)
    # The line after the last line break belongs to the next question, except in the last question.
    end = answer.end + is_last
    room = [span.start for span in source.line_spans[line + 1 : line + 3] if span.start < end]
    place = room[-1] if room else answer.start
    return Span(place, place)
