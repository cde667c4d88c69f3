"""Navigation to the next unanswered or failed question."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from reportls.form_snapshot import FormSnapshot
from reportls.forms.rows import SlotState
from reportls.text import Span

if TYPE_CHECKING:
    from reportls.form_snapshot import AnySnapshot
    from reportls.report.question import Question
    from reportls.snapshot import Snapshot


def next_unanswered(snapshot: AnySnapshot, offset: int) -> Span | None:
    """Return the next placeholder or empty answer after `offset`, continuing at the start of the report.

    If every question is answered, return the end of the next answer that fails; None if all pass.
    """
    places = _slots(snapshot) if isinstance(snapshot, FormSnapshot) else _places(snapshot)
    after = bisect_right(places, offset, key=lambda place: place.start)
    return places[after % len(places)] if places else None


def _slots(snapshot: FormSnapshot) -> list[Span]:
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
