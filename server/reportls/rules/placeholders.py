"""Placeholders that are still there: instead of an answer, beside one, and around one."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.fixes import consequence_of
from reportls.analysis.limits import amount
from reportls.editions.edition import Role
from reportls.findings.finding import Fix, Problem, Related, Severity, Tag
from reportls.findings.rule import question_rule, report_rule
from reportls.forms.form_words import is_link
from reportls.forms.wording import line_key
from reportls.report.kinds import WORDS, count
from reportls.report.prompt import fingerprint
from reportls.text import Edit, Span, end_of_line, next_line, pattern, start_of_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.findings.context import FormContext, QuestionContext, ReportContext, SlotContext
    from reportls.forms.answers import Cell
    from reportls.report.question import Question

_MOST_CELLS = 3
_TICKED = pattern(r"[ \t]*[-*+][ \t]+\[[xX]\]")
_ASKED_FOR = {
    Role.GROUP_NUMBER: "the group number",
    Role.STUDY_NUMBERS: "the group's study numbers",
    Role.CONTRIBUTIONS: "who did what",
}
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
_RUNS = pattern(r"-{3,}(?:[\s>]+-{3,})*")
_MOST_KEPT = 64
"""More than a report has questions; others are counted, and found once these are fixed."""


@question_rule(Severity.INFORMATION, of={"gap"})
def unanswered(ctx: QuestionContext) -> Iterator[Problem]:
    """The question is not answered yet.

    Below its `Answer:` there is only the placeholder, or nothing although words or images are required. If the question
    asks for an image, an image without words is an answer.

    Replace the placeholder, dashes included, with the answer. Until then, missing words and images are not reported.
    The checker does not recognise placeholders: it counts six words, and passes the question if so few are enough.

    With a template, a slot is unanswered while there is nothing beyond the template's own text. An image, code, a
    filled-in cell and "N/A" count as answers. A table that is filled in only in part is a hint.
    """
    if not ctx.is_unanswered:
        return
    question = ctx.question
    place = question.placeholders[0] if question.placeholders else question.layout.number
    yield Problem(place, f"{_state(ctx)}{_wanted(ctx)}{_verdict(ctx)}")


@unanswered.in_slots
def _unanswered_slot(ctx: SlotContext) -> Iterator[Problem]:
    slot, answer = ctx.filled.blank.slot, ctx.filled.answer
    if answer.is_answered:
        if cells := answer.blank_cells:
            yield Problem(ctx.filled.mark, f"still empty: {_cells(cells)}", severity=Severity.HINT)
    elif _TICKED.match(ctx.filled.text):
        yield Problem(ctx.filled.mark, "ticked, but not answered", severity=Severity.WARNING)
    elif slot.anchor.kind == "table":
        yield Problem(ctx.filled.mark, f"to be filled in: {_cells(answer.blank_cells)}", severity=Severity.HINT)
    elif not slot.is_optional:
        wanted = " and ".join(measured.bounds.in_words() for measured in ctx.measured)
        place = answer.left[0] if answer.left else ctx.filled.mark
        yield Problem(place, f"not answered yet{f': {wanted} wanted' if wanted else ''}")


def _cells(cells: tuple[Cell, ...]) -> str:
    """Return the cells by row and column; of many, the first few."""
    named = ", ".join(f"row {cell.row} column {cell.column}" for cell in cells[:_MOST_CELLS])
    more = f" and {len(cells) - _MOST_CELLS} more" if len(cells) > _MOST_CELLS else ""
    return f"{named}{more}"


def _state(ctx: QuestionContext) -> str:
    return "still the placeholder" if _is_let_pass(ctx) else "not answered yet"


def _is_let_pass(ctx: QuestionContext) -> bool:
    """Whether the checker passes the placeholder, because its six words are enough."""
    return bool(ctx.question.placeholders) and any(judged.passed for judged in ctx.judged[:1])


def _wanted(ctx: QuestionContext) -> str:
    asked_for = [_ASKED_FOR[ctx.role]] if ctx.role else []
    amounts = " and ".join(kind.limited(limit) for kind, limit in ctx.constraints.limits)
    wanted = ", ".join([*asked_for, *([amounts] if amounts else [])])
    return f": {wanted} wanted" if wanted else ""


def _verdict(ctx: QuestionContext) -> str:
    """Return the checker's verdict where it may mislead."""
    judged = ctx.judged[0] if ctx.judged else None
    if judged and ctx.is_shifted:
        return f" (judged as question {judged.position})"
    return "; the checker lets it pass, but graders see it" if _is_let_pass(ctx) else ""


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
def _left_in_slot(ctx: SlotContext) -> Iterator[Problem]:
    slot = ctx.filled
    if not slot.answer.is_answered:
        return
    for span in slot.answer.left:
        if is_link(slot.text[span.start : span.end], ctx.answer.surroundings.defined):
            continue
        is_templates = line_key(slot.text[span.start : span.end]) in slot.blank.placeholders
        yield _left_text(slot.text, span, is_templates=is_templates)


@placeholder_left.in_forms(of="frame")
def _left_outside_slots(ctx: FormContext) -> Iterator[Problem]:
    for span in ctx.form.loose:
        yield Problem(span, f"`{ctx.text[span.start : span.end]}` is still the template's text: replace it")


def _left_text(text: str, span: Span, *, is_templates: bool) -> Problem:
    words = text[span.start : span.end]
    said = f"`{words[:_LONGEST_SHOWN]}`" if "`" not in words and len(words) <= _LONGEST_SHOWN else "this"
    message = f"{said} must be replaced, or removed if it is beside the answer"
    if not is_templates:
        return Problem(span, message)
    line = Span(start_of_line(text, span.start), end_of_line(text, span.end))
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
    # Compared by fingerprint, so that the course's text is not repeated here.
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


class _Dashed(NamedTuple):
    """A question with dashes around its answer; offsets count from the start of the report."""

    number: int
    dashes: tuple[Span, ...]
    edits: tuple[Edit, ...]
    """Remove the dashes."""
    consequence: str
    """The limit that the answer misses without them, in words; empty if it passes or fails as before."""

    def shifted(self, by: int) -> _Dashed:
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
    found = [(start, context) for start, context in ctx.placed if context.question.placeholder_dashes]
    if not found:
        return
    left = [_dashed(context).shifted(start) for start, context in islice(found, _MOST_KEPT)]
    # A fix has to remove what is marked, and the safe one does not touch every answer.
    main = next((one for one in left if not one.consequence), left[0])
    yield Problem(main.dashes[0], _message(main, [context.question for _, context in found]), *_rest(main, left))


@lru_cache(_MOST_KEPT)
def _dashed(ctx: QuestionContext) -> _Dashed:
    """Return the dashes of one question. Cached because the report is checked after every edit."""
    question = ctx.question
    dashes = question.placeholder_dashes
    opening = _opening(question, dashes[0], dashes[-1].start if dashes[1:] else question.content.end)
    edits = (opening, *(_closing(question, span, opening.span.end) for span in dashes[1:]))
    return _Dashed(question.number, dashes, edits, consequence_of(ctx, edits))


def _message(main: _Dashed, questions: Sequence[Question]) -> str:
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


def _rest(main: _Dashed, left: Sequence[_Dashed]) -> tuple[tuple[Fix, ...], tuple[Related, ...]]:
    """Return the fixes and the related places."""
    closing = (Related(span, "and after it") for span in main.dashes[1:])
    others = (
        Related(one.dashes[0], f"and {one.where} the answer to question {one.number}")
        for one in left
        if one is not main
    )
    return tuple(_fixes(left)), (*closing, *others)


def _fixes(left: Sequence[_Dashed]) -> Iterator[Fix]:
    needed = [one for one in left if one.consequence]
    harmless = tuple(edit for one in left if not one.consequence for edit in one.edits)
    if harmless:
        yield Fix("remove the dashes", harmless, safe=True)
    if needed:
        what = "remove all the dashes" if left[1:] else "remove the dashes"
        edits = tuple(edit for one in left for edit in one.edits)
        yield Fix(f"{what}: {_consequences(needed, len(left))}", edits, fails_question=True)


def _consequences(needed: Sequence[_Dashed], answers: int) -> str:
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
