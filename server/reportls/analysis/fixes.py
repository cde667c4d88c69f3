"""Fixes that several rules share: text moved below the marker, and safe fixes that would cost a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.report.checker import segments_of
from reportls.text import Edit, Span, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportls.findings.context import QuestionContext
    from reportls.findings.finding import Fix, Problem
    from reportls.report.checker import Judged, Segment
    from reportls.report.kinds import Count
    from reportls.report.question import Question

_AROUND = "> \t*_"
_MOST_TRIED = 50
"""Most problems of one rule in one question whose fixes are tried, since each trial counts the question again.

The verdict is still checked before further fixes are applied in bulk.
"""


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
        return Edit(Span(line.start + len(text[line.start : stretch.start].rstrip()), stretch.end), "")
    return Edit(Span(line.start, spans[number + 1].start), "")  # the marker is further down, so there is a next line


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


def without_harm(ctx: QuestionContext, problems: list[Problem]) -> list[Problem]:
    """Return a rule's problems; a safe fix that would make a passing answer fail is offered only."""
    if not any(judged.passed for judged in ctx.judged):
        return problems
    tried = [
        problem._replace(fixes=tuple(_judged(ctx, fix) if fix.safe else fix for fix in problem.fixes))
        for problem in problems[:_MOST_TRIED]
    ]
    return tried + problems[_MOST_TRIED:]


def _judged(ctx: QuestionContext, fix: Fix) -> Fix:
    consequence = consequence_of(ctx, fix.edits)
    if not consequence:
        return fix
    return fix._replace(title=f"{fix.title}: {consequence}", safe=False, fails_question=True)


def consequence_of(ctx: QuestionContext, edits: Iterable[Edit]) -> str:
    """Return the limit that an answer which passes will miss after the edits, in words; empty if all still pass.

    Offsets of the edits count from the start of the question's block.
    """
    passing = [judged for judged in ctx.judged if judged.passed]
    before = ctx.question.segments
    after = segments_of(apply_edits(ctx.question.text, edits)) if passing else before
    if len(before) != len(after):
        return ""  # adding or removing a marker changes which answers there are, and only the whole report tells which
    for judged in passing:
        for old, new in zip(before, after, strict=True):
            if old.start == judged.answer.start and (missed := _missed(judged, _recounted(judged, old, new))):
                return missed
    return ""


def _recounted(judged: Judged, old: Segment, new: Segment) -> Count:
    """Return the answer's count once its segment in this block has changed."""
    counted = judged.answer.counted
    if old.cut is not None and old.until_cut == counted:
        return new.until_cut
    # An answer that is not cut may go on in other blocks, whose share of the count stays.
    return counted.less(old.whole) + new.whole


def _missed(judged: Judged, counted: Count) -> str:
    for kind, limit in judged.constraints.limits:
        number = counted[kind]
        if number < limit.low:
            return f"{kind.amount(number)} left, {limit.low} wanted"
        if limit.high is not None and number > limit.high:
            return f"{kind.amount(number)} then, at most {limit.high} wanted"
    return ""
