"""Selections that grow from a word to the whole report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.features.checklist import checklist_of
from reportls.features.symbols import question_span, sections_of
from reportls.form_snapshot import FormSnapshot
from reportls.text import Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.form_snapshot import AnySnapshot
    from reportls.report.question import Question
    from reportls.report.report import Report

_WORD = pattern(r"\w*")


def selections(snapshot: AnySnapshot, offset: int) -> tuple[Span, ...]:
    """Return the spans to select around `offset`, each strictly inside the next; the last is the whole report.

    An offset outside the text counts as the nearest end of the text.
    """
    report = snapshot.report
    offset = min(max(offset, 0), report.starts[-1])
    found = sorted(_around(snapshot, offset), key=lambda span: (span.end - span.start, span.start))
    chain: list[Span] = []
    for span in found:
        is_larger = not chain or (span.covers(chain[-1]) and span != chain[-1])
        if is_larger and span.start <= offset <= span.end and span.start < span.end:
            chain.append(span)
    return tuple(chain) or (Span(0, report.starts[-1]),)


def _around(snapshot: AnySnapshot, offset: int) -> Iterator[Span]:
    report = snapshot.report
    index = report.block_at(offset)
    start, source = report.starts[index], report.blocks[index].source
    line = source.line_span(source.line_at(offset - start))
    yield _word(source[line], min(offset - start, line.end) - line.start).shifted(line.start + start)
    yield line.shifted(start)
    if isinstance(snapshot, FormSnapshot):
        form, slot = snapshot.form, snapshot.form.slot_at(offset)
        yield Span(start, report.starts[index + 1])
        if slot is not None:
            yield Span(form.starts[slot], form.starts[slot] + len(form.slots[slot].text))
    else:
        parts = _in_question(report.questions[index - 1]) if index else _in_introduction(report)
        yield from (span.shifted(start) for span in parts)
        if index:
            yield question_span(report, index)
        yield from (section.span for section in sections_of(report))
    yield Span(0, report.starts[-1])


def _word(line: str, column: int) -> Span:
    after = _WORD.match(line, column)
    before = _WORD.match(line[:column][::-1])
    return Span(column - (before.end() if before else 0), after.end() if after else column)


def _in_introduction(report: Report) -> Iterator[Span]:
    introduction = report.introduction
    yield from (task.words for task in introduction.tasks)
    if checklist := checklist_of(introduction):
        yield checklist.span
        yield from (week.span for week in checklist.weeks)


def _in_question(question: Question) -> Iterator[Span]:
    layout, markup = question.layout, question.markup
    yield from filter(None, (layout.number, layout.heading, layout.prompt, question.content))
    for image in question.images:
        yield from filter(None, (image.target, image.text, image.span))
    for link in markup.links:
        yield from filter(None, (link.target, link.text, link.span))
    yield from markup.code
    yield from (element.span for element in markup.elements)
