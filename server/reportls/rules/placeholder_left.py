"""Placeholders and other leftovers of the template next to an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.finding import Fix, Problem, Severity, Tag
from reportls.findings.rule import question_rule
from reportls.forms.wording import line_key
from reportls.report.fingerprint import fingerprint
from reportls.report.kinds import WORDS, count
from reportls.text import Edit, Span, end_of_line, next_line, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import FormContext, QuestionContext, SlotContext
    from reportls.report.question import Question

_LEFTOVER = pattern(
    r"<weblink>|(?<![\w/#.-])(?:TODO|FIXME)(?![\w/.-]|[ ](?:lists?|apps?|items?|comments?)\b)"
    r"|\[your[-_ ][^\]\r\n]{1,40}\](?![\[(])"
)
_NOISE = "b2140005a187c902"
"""The fingerprint of the random letters, their number of words, and the length of the first word."""
_WORDS_OF_NOISE = 33
_SHORTEST_NOISE = 20
_LONGEST_SHOWN = 40
_BLANKS = " \t"
_QUOTE_MARKS = " \t>"
_OPENING = ("#", ">")
"""The start of a heading or a quote, if it comes to the beginning of a line."""


@question_rule(Severity.WARNING, fix="safe", tags={Tag.UNNECESSARY}, of={"placeholder", "dashes", "leftovers"})
def placeholder_left(ctx: QuestionContext) -> Iterator[Problem]:
    """The placeholder is still there, next to the answer that should have replaced it.

    The checker counts its six words, so an answer may seem long enough when it is not, and graders find the course's
    placeholder among the group's words.

    Remove it together with its dashes. The fix removes the whole line if nothing else is on it.

    Also reported are `<weblink>` and `[your-repo]`, which stand for something of yours, a `TODO`, and the random
    letters that one version of the template has in place of the last answer. Replace them. In code they are not
    reported.

    With a template, its brackets, braces, `TODO` lines and "your answer here" are placeholders, including those in
    titles. Instructions are not placeholders and may stay.
    """
    question = ctx.question
    if not question.is_answered:
        return
    yield from _leftovers(question)
    for span in question.placeholders:
        words = WORDS.amount(count(question[span])[WORDS])
        gone = _with_its_space(question, span)
        is_safe = not question.text.startswith(_OPENING, gone.end) or question.text[gone.start - 1] not in "\r\n"
        fix = Fix("remove the placeholder", (Edit(gone, _instead(question, gone)),), safe=is_safe)
        yield Problem(span, f"placeholder left beside the answer: the checker counts its {words}", (fix,))


@placeholder_left.in_slots
def _in_slot(ctx: SlotContext) -> Iterator[Problem]:
    slot = ctx.filled
    if not slot.answer.is_answered:
        return
    for span in slot.answer.left:
        is_templates = line_key(slot.text[span.start : span.end]) in slot.blank.placeholders
        yield _left(slot.text, span, is_templates=is_templates)


@placeholder_left.in_forms(of="frame")
def _in_form(ctx: FormContext) -> Iterator[Problem]:
    for span in ctx.form.loose:
        yield Problem(span, f"`{ctx.text[span.start : span.end]}` is still the template's text: replace it")


def _left(text: str, span: Span, *, is_templates: bool) -> Problem:
    words = text[span.start : span.end]
    said = f"`{words[:_LONGEST_SHOWN]}`" if "`" not in words and len(words) <= _LONGEST_SHOWN else "this"
    message = f"{said} must be replaced, or removed if it is beside the answer"
    if not is_templates:
        return Problem(span, message)
    line = Span(max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1, end_of_line(text, span.end))
    is_alone = not (text[line.start : span.start] + text[span.end : line.end]).strip(_QUOTE_MARKS)
    gone = Span(line.start, next_line(text, line.end)) if is_alone else span
    return Problem(span, message, (Fix("remove the template's text", (Edit(gone, ""),), safe=is_alone),))


def _leftovers(question: Question) -> Iterator[Problem]:
    """Yield what the template or the authors left to be replaced later, with no fix: only they know by what."""
    if "leftovers" not in question.triggers:
        return
    markup = question.markup
    code = [*markup.code, *(element.span for element in markup.elements if element.kind in ("fence", "code"))]
    for match in _LEFTOVER.finditer(question.text, *question.layout.answer):
        span = Span(*match.span())
        if not any(other.overlaps(span) for other in code):
            yield Problem(span, f"`{match[0]}` must be replaced")
    if noise := _noise(question):
        yield Problem(noise, "the template's random letters are counted as an answer: replace them")


def _noise(question: Question) -> Span | None:
    """Return the first line of the template's noise, if the answer begins with it."""
    first = Span(question.content.start, end_of_line(question.text, question.content.start))
    words = question.text[question.content.start : question.content.end].split(maxsplit=_WORDS_OF_NOISE)
    if len(words) < _WORDS_OF_NOISE or len(words[0]) < _SHORTEST_NOISE:
        return None
    return first if fingerprint("".join(words[:_WORDS_OF_NOISE])) == _NOISE else None


def _with_its_space(question: Question, span: Span) -> Span:
    """Return the placeholder with its line and the blank line after it, or with the space around it in the line."""
    source, text = question.source, question.text
    number = source.line_at(span.start)
    line = source.line_span(number)
    before, after = text[line.start : span.start], text[span.end : line.end]
    if before.strip(_QUOTE_MARKS) or after.strip():
        spaces = len(after) - len(after.lstrip(_BLANKS))
        if spaces < len(after) or before.rstrip(_BLANKS).endswith("-"):
            return Span(span.start, span.end + spaces)
        return Span(line.start + len(before.rstrip(_BLANKS)), line.end)
    return Span(line.start, _after_blank_line(question, number))


def _after_blank_line(question: Question, number: int) -> int:
    """Return where the text continues after line `number`, skipping a blank line if another one is above."""
    source = question.source
    lines = source.line_spans
    below = number + 1
    if below >= len(lines):
        return lines[number].end
    if below + 1 < len(lines) and not source[lines[number - 1]].strip() and not source[lines[below]].strip():
        below += 1
    return lines[below].start


def _instead(question: Question, gone: Span) -> str:
    """Return a space if the words on both sides would become one without it."""
    before, after = question.text[gone.start - 1], question.text[gone.end : gone.end + 1]
    return " " if after.strip() and not before.isspace() else ""
