"""Text above the marker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.finding import Fix, Problem, Severity
from reportls.findings.rule import question_rule
from reportls.report.form import FORM
from reportls.text import Edit, Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.report.question import Question

_WORD = pattern(r"\w")
_AROUND = "> \t*_"


@question_rule(Severity.WARNING, fix="offered", of={"text above the marker"})
def answer_outside(ctx: QuestionContext) -> Iterator[Problem]:
    """There is text between the question and its `Answer:`, where the checker does not count it.

    An answer begins at `Answer:`. To the checker, everything above that word belongs to the question: its words and
    images are never counted, and readers may think that the course wrote it.

    Move the text below `Answer:`.
    """
    question = ctx.question
    layout = question.layout
    if not layout.marker or not layout.prompt:
        return
    lines = list(_outside(question))
    if lines:
        words = len(" ".join(question[line] for line in lines).split())
        what = f"the {words} words" if words > 1 else "the word"
        message = f"{what} above `{FORM.marker}` {'are' if words > 1 else 'is'} not counted"
        first = question[lines[0]]
        span = Span(lines[0].start + len(first) - len(first.lstrip()), lines[0].start + len(first.rstrip()))
        yield Problem(span, message, (_fix(question, lines),))


def _outside(question: Question) -> Iterator[Span]:
    """Yield the lines above the marker that are neither quoted nor continue a quoted paragraph."""
    marker = question.layout.marker
    assert marker
    follows_quote = False
    for span in question.source.line_spans[1:]:
        if span.end >= marker.start:
            return
        line = question[span].strip()
        if line.startswith(">"):
            follows_quote = bool(line.strip(_AROUND))
        elif not line:
            follows_quote = False
        elif not follows_quote and _WORD.search(line) and not line.startswith("<!--"):
            yield span


def _fix(question: Question, lines: list[Span]) -> Fix:
    removals = [Edit(Span(line.start, _next_line(question, line)), "") for line in lines]
    return Fix(f"move it below `{FORM.marker}`", (*removals, _insertion(question, lines)))


def _insertion(question: Question, lines: list[Span]) -> Edit:
    """Return the edit that inserts the lines after the marker, with their paragraphs."""
    newline = question.newline
    text = ""
    for before, line in zip((None, *lines), lines, strict=False):
        is_next = before is not None and _next_line(question, before) == line.start
        text += (newline if is_next else newline * 2) + question[line].strip()
    start = end = question.layout.answer.start
    rest = question.source.line_span(question.source.line_at(start))
    own = question.text[start : rest.end]
    if own.strip():
        end += len(own) - len(own.lstrip())
        text += newline * 2
    elif not _is_blank_below(question, rest.end):
        text += newline
    return Edit(Span(start, end), text)


def _next_line(question: Question, line: Span) -> int:
    starts = question.source.line_starts
    number = question.source.line_at(line.start) + 1
    return starts[number] if number < len(starts) else line.end


def _is_blank_below(question: Question, offset: int) -> bool:
    spans = question.source.line_spans
    number = question.source.line_at(offset) + 1
    return number >= len(spans) or not question[spans[number]].strip()
