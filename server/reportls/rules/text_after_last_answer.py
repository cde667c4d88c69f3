"""Text after the last answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.consequences import with_consequence
from reportls.analysis.demote_headings import hashes_at, without_hashes
from reportls.analysis.numbering import last_number, numbering
from reportls.findings.finding import Problem, Severity, Tag
from reportls.findings.rule import report_rule
from reportls.report.form import FORM
from reportls.report.kinds import WORDS, count
from reportls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import ReportContext
    from reportls.report.kinds import Count
    from reportls.report.question import Question

_SECTION_MARKS = ("#", FORM.cut)


@report_rule(Severity.ERROR, fix="offered", tags={Tag.CRASH}, of="irregularities")
def text_after_last_answer(ctx: ReportContext) -> Iterator[Problem]:
    """There is more after the last answer than the checker expects.

    No question follows the last answer, so the checker takes the rest of the file for that answer. If the rest contains
    a `###`, in a heading, in code or anywhere else, the checker takes the answer twice, and the check crashes because
    there is one too many. A section after the answer, such as an appendix, counts as words of the last answer.

    Write headings there as bold lines, and move text that is not an answer to another file.
    """
    beyond = numbering(ctx).beyond
    for block in beyond:
        yield _beyond(ctx, block)
    last = len(ctx.report.questions)
    if last and not beyond and ctx.report.questions[-1].has_marker:
        yield from _within_last(ctx, last, ctx.report.questions[-1])


def _beyond(ctx: ReportContext, block: int) -> Problem:
    question = ctx.report.questions[block - 1]
    message = f"the course has {last_number(ctx)} questions and no question {question.number}"
    span = question.layout.number.shifted(ctx.report.starts[block])
    if question.has_marker:
        effect = "the checker counts one answer too many"
    elif question.layout.level >= len(FORM.kept) and _is_after_last_marker(ctx, block):
        effect = f"because of the `{FORM.kept}` the checker takes the answer above twice"
    else:
        return Problem(span, message, severity=Severity.WARNING)
    return with_consequence(ctx, block, Problem(span, f"{message}: {effect}"))


def _is_after_last_marker(ctx: ReportContext, block: int) -> bool:
    return ctx.report.structure.last_marked < block


def _within_last(ctx: ReportContext, block: int, question: Question) -> Iterator[Problem]:
    segment = question.segments[-1]
    start = ctx.report.starts[block]
    if segment.has_kept:
        at = question.text.index(FORM.kept, segment.start)
        message = f"`{FORM.kept}` after the last `{FORM.marker}`: the checker takes the last answer twice"
        fix = without_hashes(question, Span(at, len(question.text))).shifted(start)
        yield with_consequence(ctx, block, Problem(hashes_at(question, at).shifted(start), message, (fix,)))
    elif "#" in question.text[segment.start :]:
        yield from _section(ctx, block, question)


def _section(ctx: ReportContext, block: int, question: Question) -> Iterator[Problem]:
    heading = _heading_of_section(question)
    if heading is None:
        return
    found = count(question.text[heading.start :])
    message = f"the checker counts the {found[WORDS]} words from this heading on as part of the last answer"
    severity = Severity.ERROR if _costs(ctx, block, found) else Severity.WARNING
    start = question.text.index("#", heading.start)
    marks = Span(start, start + (2 if question.text.startswith(FORM.cut, start) else 1))
    yield Problem(marks.shifted(ctx.report.starts[block]), message, severity=severity)


def _heading_of_section(question: Question) -> Span | None:
    """Return the heading of the first section of the whole report within the answer."""
    start = question.layout.answer.start
    for element in question.markup.elements:
        if element.kind == "heading" and element.markup in _SECTION_MARKS and not element.depth:
            span = element.span
            return span if question.text[start : span.start].strip() else None
    tail = question.tail
    return tail if tail.start < tail.end and question.text[start : tail.start].strip() else None


def _costs(ctx: ReportContext, block: int, found: Count) -> bool:
    """Return whether the answer fails because of the text after it."""
    return any(
        not judged.passed and judged.constraints.allow(judged.answer.counted.less(found))
        for judged in ctx.verdict.judged
        if judged.answer.block == block
    )
