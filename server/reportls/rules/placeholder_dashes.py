"""Answers between the dashes of the placeholder."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.harm import consequence_of
from reportls.analysis.limits import amount
from reportls.findings.finding import Fix, Problem, Related, Severity, Tag
from reportls.findings.rule import report_rule
from reportls.text import Edit, Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.findings.context import QuestionContext, ReportContext
    from reportls.report.question import Question

_BLANKS = " \t"
_RUNS = pattern(r"-{3,}(?:[\s>]+-{3,})*")
_MOST_KEPT = 64
"""More than a report has questions; others are counted, and found once these are fixed."""


class _Left(NamedTuple):
    """A question with dashes around its answer; offsets count from the start of the report."""

    number: int
    dashes: tuple[Span, ...]
    edits: tuple[Edit, ...]
    """Remove the dashes."""
    consequence: str
    """The limit that the answer misses without them, in words; empty if it passes or fails as before."""

    def shifted(self, by: int) -> _Left:
        """Return it moved by `by` code points."""
        dashes = tuple(span.shifted(by) for span in self.dashes)
        return self._replace(dashes=dashes, edits=tuple(edit.shifted(by) for edit in self.edits))

    @property
    def where(self) -> str:
        """The side of the answer that the dashes are on."""
        return "around" if self.dashes[1:] else "before"


@report_rule(Severity.WARNING, fix="safe", tags={Tag.UNNECESSARY}, of="answers")
def placeholder_dashes(ctx: ReportContext) -> Iterator[Problem]:
    """The answer was typed between the dashes of the placeholder.

    The dashes belong to the placeholder, like this:

        --- 54 ---

    The hand-in page shows them as text or as a line across the page, or turns the text above them into a heading, and
    the checker counts each group of dashes as a word. There is one finding for the whole report, which lists all such
    answers.

    Remove the dashes and keep the text between them:

        54

    The fix does so in all answers except those that pass only because the dashes are counted. For these there is a
    second fix, which says what would be missing.

    Dashes that belong to a table, to code or to the text itself are not reported, and neither is a line of dashes
    between two paragraphs.
    """
    found = [
        (start, context)
        for start, context in zip(ctx.report.starts[1:-1], ctx.questions, strict=True)
        if context.question.placeholder_dashes
    ]
    if not found:
        return
    left = [_left(context).shifted(start) for start, context in islice(found, _MOST_KEPT)]
    # A fix has to remove what is marked, and the safe one does not touch every answer.
    main = next((one for one in left if not one.consequence), left[0])
    yield Problem(main.dashes[0], _message(main, [context.question for _, context in found]), *_rest(main, left))


@lru_cache(_MOST_KEPT)
def _left(ctx: QuestionContext) -> _Left:
    """Return the dashes of one question. Cached because the report is checked after every edit."""
    question = ctx.question
    dashes = question.placeholder_dashes
    opening = _opening(question, dashes[0], dashes[-1].start if dashes[1:] else question.content.end)
    edits = (opening, *(_closing(question, span, opening.span.end) for span in dashes[1:]))
    return _Left(question.number, dashes, edits, consequence_of(ctx, edits))


def _message(main: _Left, questions: Sequence[Question]) -> str:
    others = len(questions) - 1
    where = f"in this answer and {amount(others, 'other')}" if others else f"{main.where} the answer"
    words = sum(map(_counted, questions))
    harm = f"they are shown, and counted as {amount(words, 'word')}" if words else "they are shown"
    return f"the placeholder's dashes are left {where}: {harm}"


def _counted(question: Question) -> int:
    """Return how many of the dashes the checker counts as words: those that touch no other text."""
    text = question.text
    return sum(
        not (text[span.start - 1] + text[span.end : span.end + 1]).strip() for span in question.placeholder_dashes
    )


def _rest(main: _Left, left: Sequence[_Left]) -> tuple[tuple[Fix, ...], tuple[Related, ...]]:
    """Return the fixes and the related places."""
    closing = (Related(span, "and after it") for span in main.dashes[1:])
    others = (
        Related(one.dashes[0], f"and {one.where} the answer to question {one.number}")
        for one in left
        if one is not main
    )
    return tuple(_fixes(left)), (*closing, *others)


def _fixes(left: Sequence[_Left]) -> Iterator[Fix]:
    needed = [one for one in left if one.consequence]
    harmless = tuple(edit for one in left if not one.consequence for edit in one.edits)
    if harmless:
        yield Fix("remove the dashes", harmless, safe=True)
    if needed:
        what = "remove all the dashes" if left[1:] else "remove the dashes"
        edits = tuple(edit for one in left for edit in one.edits)
        yield Fix(f"{what}: {_consequences(needed, len(left))}", edits, fails_question=True)


def _consequences(needed: Sequence[_Left], answers: int) -> str:
    """Return what the answers lack without their dashes, in words; `answers` have dashes."""
    first = needed[0]
    if needed[1:]:
        return f"{len(needed)} questions fail then, the first is question {first.number}"
    return f"in question {first.number}, {first.consequence}" if answers > 1 else first.consequence


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
