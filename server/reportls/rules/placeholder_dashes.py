"""Answers between the dashes of the placeholder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.limits import amount
from reportls.findings.finding import Fix, Problem, Related, Severity, Tag
from reportls.findings.rule import question_rule
from reportls.text import Edit, Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.report.question import Question

_BLANKS = " \t"
_RUNS = pattern(r"-{3,}(?:[\s>]+-{3,})*")


@question_rule(Severity.WARNING, fix="safe", tags={Tag.UNNECESSARY}, of={"dashes"})
def placeholder_dashes(ctx: QuestionContext) -> Iterator[Problem]:
    """The answer was typed between the dashes of the placeholder.

    The dashes belong to the placeholder, like this:

        --- 54 ---

    The hand-in page shows them as text or as a line across the page, or turns the text above them into a heading, and
    the checker counts each group of dashes as a word.

    Remove the dashes and keep the text between them:

        54

    Dashes that belong to a table, to code or to the text itself are not reported, and neither is a line of dashes
    between two paragraphs.
    """
    question = ctx.question
    dashes = question.placeholder_dashes
    if not dashes:
        return
    opening = _opening(question, dashes[0], dashes[-1].start if dashes[1:] else question.content.end)
    closing = tuple(_closing(question, span, opening.span.end) for span in dashes[1:])
    fix = Fix("remove the dashes", (opening, *closing), safe=True)
    related = tuple(Related(span, "and after it") for span in dashes[1:])
    where = "around" if related else "before"
    yield Problem(
        dashes[0], f"the placeholder's dashes are left {where} the answer: {_harm(question)}", (fix,), related
    )


def _harm(question: Question) -> str:
    around = (
        question.text[span.start - 1] + question.text[span.end : span.end + 1] for span in question.placeholder_dashes
    )
    words = sum(not pair.strip() for pair in around)
    return f"they are shown, and counted as {amount(words, 'word')}" if words else "they are shown"


def _opening(question: Question, span: Span, limit: int) -> Edit:
    """Return the edit that removes the dashes and the space after them, or their line if they are alone on it."""
    text, source = question.text, question.source
    runs = _RUNS.match(text, span.start, limit)
    end = runs.end() if runs else span.end
    number, last = source.line_at(span.start), source.line_at(end)
    line_start, line_end = source.line_span(number).start, source.line_span(last).end
    is_alone = not text[line_start : span.start].strip(_BLANKS) and not text[end:line_end].strip(_BLANKS)
    if is_alone and number and not source[source.line_span(number - 1)].strip():
        return Edit(Span(line_start, _next_text(question, last + 1)), "")
    while end < line_end and text[end] in _BLANKS:
        end += 1
    return Edit(Span(span.start, end), "")


def _next_text(question: Question, number: int) -> int:
    """Return the start of the first line from `number` on that is not blank."""
    lines = question.source.line_spans
    while number + 1 < len(lines) and not question[lines[number]].strip():
        number += 1
    return lines[number].start


def _closing(question: Question, span: Span, start: int) -> Edit:
    """Return the edit that removes the dashes and the white space before them, back to `start`."""
    before = question[Span(start, span.start)]
    return Edit(Span(start + len(before.rstrip()), span.end), "")
