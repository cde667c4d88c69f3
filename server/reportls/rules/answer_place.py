"""Answers above their marker or in the quote of the prompt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportls.analysis.fixes import moved_below_marker
from reportls.findings.finding import Fix, Problem, Severity
from reportls.findings.rule import question_rule
from reportls.report.form import FORM
from reportls.report.handin_page.blocks import RULE
from reportls.report.handin_page.raw_html import opens_raw_html
from reportls.text import Edit, Span, next_line, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext, SlotContext
    from reportls.report.question import Question

_WORD = pattern(r"\w")
_AROUND = "> \t*_"
_QUOTE_MARKS = pattern(r"[ \t]{0,3}>(?:[ \t]{0,3}>)* ?")
_HEADING = pattern(r"#{1,6}")
_TAG = pattern(r"</?(?!img\b)[a-z][^<>]*>", re.IGNORECASE)
_UNDERLINE = pattern(r"(?:-+|=+)[ \t]*\Z")
_BLANKS = pattern(r"[ \t]*")


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


@question_rule(Severity.WARNING, fix="safe", of={"answer in quote"})
def answer_in_quote(ctx: QuestionContext) -> Iterator[Problem]:
    """The answer is inside the quoted question and looks like part of it.

    Lines that begin with `>` are a quote, and a quote goes on until a blank line. An answer that begins on the same
    line as `> Answer:`, or directly below it, is still in the quote. So is an answer whose own lines begin with `>`.
    The checker counts its words, but graders see it in grey as part of the question.

    Leave a blank line after `Answer:`, and write the answer without `>`:

        > Answer:

        There are 12 tests ...
    """
    question = ctx.question
    layout = question.layout
    if not layout.marker or question.conflicts:
        return
    if question.is_answered and _is_marker_in_quote(question, layout.marker):
        lines = list(_quoted_lines(question))
        first = next((line for line in lines if _has_words(question[line])), None)
        if first:
            yield _problem(question, layout.marker, lines, first)


def _is_marker_in_quote(question: Question, marker: Span) -> bool:
    """Return whether the page shows the marker in the quote: by its own `>`, or because no blank line is above."""
    if question.layout.marker_quoted:
        return True
    spans = question.source.line_spans
    for number in range(question.source.line_at(marker.start), 0, -1):
        line = question[spans[number]]
        if _is_blank(line) or _ends_quote(line):
            return False
        if _QUOTE_MARKS.match(line):
            return True
    return False


def _quoted_lines(question: Question) -> Iterator[Span]:
    """Yield the text after the marker on its line, and the lines below, as far as the page shows them in the quote."""
    answer = question.layout.answer
    spans = question.source.line_spans
    number = question.source.line_at(answer.start)
    own = Span(answer.start, spans[number].end)
    if not _is_blank(question[own]):
        yield own
    after_blank = False
    for below in range(number + 1, len(spans)):
        line = question[spans[below]]
        if spans[below].start >= answer.end or _ends_quote(line) or _makes_heading(question, below):
            return
        if _is_blank(line):
            after_blank = True
        elif after_blank and (not _QUOTE_MARKS.match(line) or _makes_heading(question, below + 1)):
            return
        else:
            after_blank = False
            yield spans[below]


def _makes_heading(question: Question, number: int) -> bool:
    """Return whether the line underlines the one above, which has a blank line above it."""
    spans = question.source.line_spans
    return (
        number < len(spans)
        and bool(_UNDERLINE.match(question[spans[number]]))
        and _is_blank(question[spans[number - 2]])
    )


def _is_blank(line: str) -> bool:
    return not line.strip(" \t")


def _ends_quote(line: str) -> bool:
    """Return whether the line is a heading, a rule or raw HTML, which end a quote on the page."""
    # Python-Markdown expands tabs before it looks for rules.
    return bool(_HEADING.match(line) or RULE.match(line.expandtabs(4)) or ("<" in line and opens_raw_html(line)))


def _has_words(line: str) -> bool:
    """Return whether the line has more than quote marks, a marker, a placeholder or tags."""
    marks = _QUOTE_MARKS.match(line)
    words = line[marks.end() if marks else 0 :].strip(" \t*_")
    return words != FORM.marker and any(map(str.isalnum, _TAG.sub("", FORM.fill_here.sub("", words))))


def _problem(question: Question, marker: Span, lines: list[Span], first: Span) -> Problem:
    fixes = tuple(_fixes(question, lines))
    shown = "so it is shown as part of the question"
    if marks := _QUOTE_MARKS.match(question.text, first.start):
        at = question.text.index(">", marks.start())
        return Problem(Span(at, at + 1), f"the answer is written as a quote, {shown}", fixes)
    if question.source.line_at(first.start) == question.source.line_at(marker.start):
        return Problem(marker, f"the answer begins on the line of `{FORM.marker}`, {shown}", fixes)
    return Problem(marker, f"no blank line between `{FORM.marker}` and the answer, {shown}", fixes)


def _fixes(question: Question, lines: list[Span]) -> Iterator[Fix]:
    edits = tuple(_edits(question, lines))
    freed = [question.text[edit.span.end : _line_end(question, edit.span.end)] for edit in edits]
    # A line that opens a question once it is out of the quote would end the answer.
    if not any(FORM.opening.match(line) for line in freed):
        makes_heading = any(line.lstrip(" ").startswith("##") for line in freed)
        safe = not makes_heading and not _may_be_quotation(question, lines)
        yield Fix("take the answer out of the quote", edits, safe=safe)


def _line_end(question: Question, offset: int) -> int:
    return question.source.line_spans[question.source.line_at(offset)].end


def _may_be_quotation(question: Question, lines: list[Span]) -> bool:
    """Return whether unquoted text of the answer follows a quoted line."""
    quoted = next((line for line in lines if _QUOTE_MARKS.match(question[line]) and _has_words(question[line])), None)
    if not quoted:
        return False
    below = question.source.line_at(quoted.start) + 1
    return any(
        span.start < question.layout.answer.end
        and not _QUOTE_MARKS.match(question[span])
        and _has_words(question[span])
        for span in question.source.line_spans[below:]
    )


def _edits(question: Question, lines: list[Span]) -> Iterator[Edit]:
    marker_line = question.source.line_at(question.layout.answer.start)
    for line in lines:
        number = question.source.line_at(line.start)
        marks = _QUOTE_MARKS.match(question.text, line.start) or _BLANKS.match(question.text, line.start)
        end = min(marks.end(), line.end) if marks else line.start
        if number == marker_line:
            yield Edit(Span(line.start, end), question.newline * 2)
            continue
        is_first = number == marker_line + 1 and lines[0] == line and end < line.end
        if is_first:
            yield Edit(Span(line.start, end), question.newline_at(line.start))
        elif ">" in question.text[line.start : end]:
            yield Edit(Span(line.start, end), "")
    yield from _blank_line_before_dashes(question, lines[-1])


def _blank_line_before_dashes(question: Question, last: Span) -> Iterator[Edit]:
    """Outside the quote, dashes directly below the answer would turn it into a heading."""
    spans = question.source.line_spans
    below = question.source.line_at(last.start) + 1
    if below < len(spans) and _UNDERLINE.match(question[spans[below]]):
        at = spans[below].start
        yield Edit(Span(at, at), question.newline_at(at))
