"""Moves words from above the marker to below it, where the checker counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportls.report.question import Question

_AROUND = "> \t*_"


def moved_below_marker(question: Question, stretches: Sequence[Span]) -> tuple[Edit, ...]:
    """Return the edits that move words of a question that has a marker; each stretch is on a line of its own.

    A line with nothing else than quote marks goes as a whole. Lines that follow one another stay a paragraph.
    """
    return (*(_removal(question, stretch) for stretch in stretches), _insertion(question, stretches))


def _removal(question: Question, stretch: Span) -> Edit:
    spans, text = question.source.line_spans, question.text
    number = question.source.line_at(stretch.start)
    line = spans[number]
    if text[line.start : stretch.start].strip(_AROUND) or text[stretch.end : line.end].strip(_AROUND):
        before = text[line.start : stretch.start]
        return Edit(Span(line.start + len(before.rstrip(" \t")), stretch.end), "")
    return Edit(Span(line.start, spans[number + 1].start if number + 1 < len(spans) else line.end), "")


def _insertion(question: Question, stretches: Sequence[Span]) -> Edit:
    """Return the edit that inserts the words after the marker."""
    source, newline = question.source, question.newline
    text, before = "", -1
    for stretch in stretches:
        number = source.line_at(stretch.start)
        text += (newline if number == before + 1 and text else newline * 2) + question[stretch].strip()
        before = number
    start = end = question.layout.answer.start
    rest = source.line_span(source.line_at(start))
    own = question.text[start : rest.end]
    if own.strip():
        end += len(own) - len(own.lstrip())
        text += newline * 2
    elif not _is_blank_below(question, rest.end):
        text += newline
    return Edit(Span(start, end), text)


def _is_blank_below(question: Question, offset: int) -> bool:
    spans = question.source.line_spans
    number = question.source.line_at(offset) + 1
    return number >= len(spans) or not question[spans[number]].strip()
