"""From one question that still needs an answer to the next."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from reportls.text import Span

if TYPE_CHECKING:
    from reportls.report.question import Question
    from reportls.snapshot import Snapshot


def next_unanswered(snapshot: Snapshot, offset: int) -> Span | None:
    """What to select after `offset`, going on at the start of the report: a placeholder, or where an answer belongs.

    If every question is answered, the place to go on writing in the next one that fails; None if there is none.
    """
    places = _places(snapshot)
    after = bisect_right(places, offset, key=lambda place: place.start)
    return places[after % len(places)] if places else None


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
    """Where an answer begins: with one line between it and the marker, if there is room."""
    source, answer = question.source, question.layout.answer
    line = source.line_at(answer.start)
    # Behind the last line break of a question stands the heading of the next, but for the last question.
    end = answer.end + is_last
    room = [span.start for span in source.line_spans[line + 1 : line + 3] if span.start < end]
    place = room[-1] if room else answer.start
    return Span(place, place)
