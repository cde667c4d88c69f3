"""Headings of questions that differ from the course's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.consequences import with_consequence
from reportls.analysis.numbering import numbering
from reportls.findings.finding import Fix, Problem, Severity, Tag
from reportls.findings.rule import report_rule
from reportls.report.form import FORM
from reportls.report.handin_page.dropped import most_dropped
from reportls.text import Edit, Span, pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from reportls.findings.context import ReportContext
    from reportls.report.question import Question

_LEVEL = len(FORM.marks)
_PARTS = pattern(
    r"\ufeff?(?P<heading>(?P<indent> *)(?P<marks>#*)(?P<gap>[ \t]*)(?P<open>[*_]*)"
    rf"(?P<word>{FORM.word_pattern})(?P<space>[ \t\u00a0]*)[0-9]+(?P<close>[*_]*))(?P<rest>[^\r\n]*)"
)
_HARMLESS = " \t\u00a0#:.*_"


@report_rule(Severity.ERROR, fix="safe", tags={Tag.CRASH}, of="frame")
def heading_changed(ctx: ReportContext) -> Iterator[Problem]:
    """The heading of a question is not `### Question` and its number.

    The checker keeps an answer only if a `###` follows it, and normally that is the one in the heading of the next
    question. With `## Question 7`, or without `#`, the answer to question 6 is dropped silently, and the check crashes
    because one answer is missing.

    Other changes, such as more `#`, a missing space or additional words, do not affect the checker, but graders look
    for the heading that the course wrote.

    Restore the course's heading.
    """
    yield from _dropped(ctx)
    odd = ctx.report.structure.odd_headings
    if not odd:
        return
    repeated = {again.block for again in numbering(ctx).repeated if not again.wanted}
    for block in odd:
        question = ctx.report.questions[block - 1]
        # `duplicate-question` reports a second heading of one number that has no marker.
        is_within_answer = block in repeated and not question.has_marker
        if not is_within_answer:
            yield from _problems(ctx, block, question)


def _dropped(ctx: ReportContext) -> Iterator[Problem]:
    """Report the first heading if the only `###` before the first marker is among the dropped characters."""
    variant, report = ctx.edition.variant, ctx.report
    if not variant.first_part_counts or not report.questions or report.starts[1] > most_dropped(variant.drops):
        return
    # The checker reads with universal newlines, so `\r\n` counts as one character.
    first_part = report.text.partition(FORM.marker)[0].replace("\r\n", "\n")
    if FORM.kept in first_part and FORM.kept not in first_part[variant.drops :]:
        dropped = f"the first {variant.drops} characters of the file"
        message = f"the checker drops {dropped}, including this `{FORM.kept}`, and loses an answer"
        span = report.questions[0].layout.number.shifted(report.starts[1])
        yield with_consequence(ctx, 1, Problem(span, message))


def _problems(ctx: ReportContext, block: int, question: Question) -> Iterator[Problem]:
    parts = _PARTS.match(question.text)
    if not parts:
        return
    start = ctx.report.starts[block]
    if question.layout.level < _LEVEL and _drops_answer(ctx, block):
        yield _shifted(_costly(ctx, block, question, parts), start)
    elif question.layout.level != _LEVEL or _is_odd(parts):
        yield _shifted(_harmless(question, parts), start)
    elif parts["rest"].strip().strip(_HARMLESS):
        yield _shifted(_further_words(question, parts), start)


def _drops_answer(ctx: ReportContext, block: int) -> bool:
    """Return whether an answer is dropped because no `###` separates this question's marker from the one before."""
    blocks = ctx.report.blocks
    if not blocks[block].has_marker or blocks[block].segments[0].has_kept:
        return False
    for before in range(block - 1, -1, -1):
        if blocks[before].segments[-1].has_kept:
            return False
        if blocks[before].has_marker:
            return True
    return ctx.edition.variant.first_part_counts


def _costly(ctx: ReportContext, block: int, question: Question, parts: re.Match[str]) -> Problem:
    what = f"`{parts['heading'].strip()}` should be `{FORM.heading_of(question.number)}`"
    lost = f"the answer to question {ctx.report.questions[block - 2].number}" if block > 1 else "an answer"
    message = f"{what}: without `{FORM.kept}` the checker drops {lost}"
    # If the check completes, another mistake makes up for this one, and fixing only one would crash it.
    fix = _restored(question, parts, safe=not ctx.verdict.completed)
    return with_consequence(ctx, block, Problem(_level_mark(question, parts), message, (fix,)))


def _level_mark(question: Question, parts: re.Match[str]) -> Span:
    return Span(*parts.span("marks")) if parts["marks"] else question.layout.number


def _is_odd(parts: re.Match[str]) -> bool:
    is_small = parts["word"].islower()
    return bool(is_small or parts["indent"] or not parts["gap"] or parts["open"] or not parts["space"])


def _harmless(question: Question, parts: re.Match[str]) -> Problem:
    message = f"`{parts['heading'].strip()}` should be `{FORM.heading_of(question.number)}`"
    span = Span(parts.start("marks"), parts.end("heading"))
    if question.layout.level != _LEVEL:
        span = _level_mark(question, parts)
    if parts["indent"]:
        message = f"{message}, without spaces before it: the hand-in page does not show it as a heading"
    is_shown = question.layout.level > 0 and not parts["indent"]
    severity = Severity.HINT if is_shown else Severity.WARNING
    # Without a marker, an additional `###` may be one too many.
    safe = question.layout.level >= _LEVEL or question.has_marker
    return Problem(span, message, (_restored(question, parts, safe=safe),), severity=severity)


def _further_words(question: Question, parts: re.Match[str]) -> Problem:
    start, rest = parts.start("rest"), parts["rest"]
    span = Span(start + len(rest) - len(rest.lstrip()), start + len(rest.rstrip()))
    message = f"the course's heading is `{FORM.heading_of(question.number)}` and nothing else"
    fix = Fix("remove the extra words", (Edit(Span(start, start + len(rest)), ""),))
    return Problem(span, message, (fix,), severity=Severity.HINT)


def _restored(question: Question, parts: re.Match[str], *, safe: bool) -> Fix:
    heading = FORM.heading_of(question[question.layout.number])
    end = parts.end() if not parts["rest"].strip(_HARMLESS) else parts.end("heading")
    return Fix(f"restore `{heading}`", (Edit(Span(parts.start("heading"), end), heading),), safe=safe)


def _shifted(problem: Problem, by: int) -> Problem:
    return problem._replace(span=problem.span.shifted(by), fixes=tuple(fix.shifted(by) for fix in problem.fixes))
