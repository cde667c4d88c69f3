"""Text above the marker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.move_below_marker import moved_below_marker
from reportls.findings.finding import Fix, Problem, Severity
from reportls.findings.rule import question_rule
from reportls.report.form import FORM
from reportls.text import Edit, Span, next_line, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext, SlotContext
    from reportls.report.question import Question

_WORD = pattern(r"\w")
_AROUND = "> \t*_"


@question_rule(Severity.WARNING, fix="offered", of={"text above the marker"})
def answer_outside(ctx: QuestionContext) -> Iterator[Problem]:
    """There is text between the question and its `Answer:`, where the checker does not count it.

    An answer begins at `Answer:`. To the checker, everything above that word belongs to the question: its words and
    images are never counted, and readers may think that the course wrote it.

    Move the text below `Answer:`.

    With a template, an answer can have a marked place: between two comments, or above the line that closes it. This
    rule finds text outside that place.
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
        fix = Fix(f"move it below `{FORM.marker}`", moved_below_marker(question, lines))
        yield Problem(span, message, (fix,))


@answer_outside.in_slots
def _in_slot(ctx: SlotContext) -> Iterator[Problem]:
    answer, text = ctx.filled.answer, ctx.filled.text
    if not answer.outside:
        return
    first = answer.outside[0]
    edits = [Edit(Span(span.start, next_line(text, span.end)), "") for span in answer.outside]
    at = answer.content.end
    inserted = "".join(f"{text[span.start : span.end]}\n" for span in answer.outside)
    fix = Fix("move it into the marked place", (Edit(Span(at, at), inserted), *edits))
    yield Problem(first, "this is outside the place that the template marks for the answer", (fix,))


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
