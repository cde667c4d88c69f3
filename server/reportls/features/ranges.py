"""Ranges of the text: what can be folded, and selections that grow from a word to the whole report."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.limits import amount
from reportls.features.checklist import checklist_of, progress
from reportls.features.symbols import question_span, sections_of, trimmed
from reportls.features.verdicts import question_in_words, row_in_words
from reportls.form_snapshot import FormSnapshot
from reportls.text import Span, end_of_line, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportls.form_snapshot import AnySnapshot
    from reportls.report.introduction import Introduction
    from reportls.report.question import Question
    from reportls.report.report import Report
    from reportls.snapshot import Snapshot

_FENCE_OF_FRONT_MATTER = "---"
_WORD = pattern(r"\w*")


class FoldKind(Enum):
    """The kind of text that folds."""

    FRONT_MATTER = "front matter"
    CHECKLIST = "checklist"
    """The whole checklist, or one week."""
    SECTION = "section"
    QUESTION = "question"
    PROMPT = "prompt"
    ANSWER = "answer"


class Fold(NamedTuple):
    """Lines that can be folded into the line above them."""

    span: Span
    """From the end of the line that stays visible to the end of the last folded line."""
    kind: FoldKind
    collapsed_text: str
    """Text to show instead."""


def folds(snapshot: AnySnapshot) -> tuple[Fold, ...]:
    """Return all folds in order. Two folds share no line, or one is inside the other and starts on a later line."""
    if isinstance(snapshot, FormSnapshot):
        return tuple(_nested([*_front_matter(snapshot.report.introduction), *_slots(snapshot)]))
    report = snapshot.report
    found = [*_front_matter(report.introduction), *_checklist(report.introduction), *_section_folds(report)]
    for index in range(1, len(report.blocks)):
        found += _question_folds(snapshot, index)
    return tuple(_nested(found))


def _slots(snapshot: FormSnapshot) -> Iterator[Fold]:
    rows = {row.number: row for row in snapshot.rows}
    for start, slot in zip(snapshot.form.starts, snapshot.form.slots, strict=True):
        first_line = end_of_line(slot.text, max(slot.anchor.end - 1, 0))
        span = Span(first_line, len(slot.text.rstrip())).shifted(start)
        yield Fold(span, FoldKind.QUESTION, row_in_words(rows[slot.blank.number + 1]))


def _front_matter(introduction: Introduction) -> Iterator[Fold]:
    spans = introduction.source.line_spans
    if introduction[spans[0]].strip("\ufeff \t") != _FENCE_OF_FRONT_MATTER:
        return
    for span in spans[1:]:
        line = introduction[span].rstrip()
        if line.startswith(_FENCE_OF_FRONT_MATTER) and not line.strip("-"):
            yield Fold(Span(spans[0].end, span.end), FoldKind.FRONT_MATTER, "front matter")
            return


def _checklist(introduction: Introduction) -> Iterator[Fold]:
    checklist = checklist_of(introduction)
    if not checklist:
        return
    for span, tasks in ((checklist.span, checklist.tasks), *((week.span, week.tasks) for week in checklist.weeks)):
        first_line = end_of_line(introduction.text, span.start)
        yield Fold(Span(first_line, span.end), FoldKind.CHECKLIST, progress(introduction, tasks))


def _section_folds(report: Report) -> Iterator[Fold]:
    for section in sections_of(report):
        span = Span(section.heading.end, trimmed(report, section.span).end)
        yield Fold(span, FoldKind.SECTION, amount(len(section.questions), "question"))


def _question_folds(snapshot: Snapshot, index: int) -> Iterator[Fold]:
    report, ctx = snapshot.report, snapshot.questions[index - 1]
    layout, start = ctx.question.layout, report.starts[index]
    end = trimmed(report, question_span(report, index)).end
    yield Fold(Span(layout.heading.end + start, end), FoldKind.QUESTION, question_in_words(ctx))
    if layout.prompt:
        first_line = end_of_line(ctx.question.text, layout.prompt.start)
        # The marker's line stays visible: the answer folds there, and editors fold whole lines.
        yield Fold(Span(first_line, layout.prompt.end).shifted(start), FoldKind.PROMPT, "the rest of the prompt")
    if layout.marker:
        first_line = end_of_line(ctx.question.text, layout.marker.end)
        yield Fold(Span(first_line + start, end), FoldKind.ANSWER, question_in_words(ctx))


def _nested(folds: Iterable[Fold]) -> Iterator[Fold]:
    """Sort the folds and drop empty ones and, in damaged reports, those that cross an earlier fold."""
    around: list[Span] = []
    for fold in sorted(folds, key=lambda fold: (fold.span.start, -fold.span.end)):
        while around and around[-1].end < fold.span.start:
            around.pop()
        # No editor can show two folds that cross.
        crosses = around and (fold.span.start == around[-1].start or fold.span.end > around[-1].end)
        if fold.span.start < fold.span.end and not crosses:
            around.append(fold.span)
            yield fold


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
