"""Code fences that are not closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.finding import Fix, Problem, Related, Severity, Tag
from reportls.findings.rule import question_rule
from reportls.report.handin_page.hidden import is_closed
from reportls.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.report.commonmark.nodes import Element
    from reportls.report.question import Question


@question_rule(Severity.WARNING, fix="offered", tags={Tag.IN_SLOTS}, of={"fences"})
def unclosed_fence(ctx: QuestionContext) -> Iterator[Problem]:
    """A code fence is opened but not closed before the answer ends.

    GitHub then shows everything after it as code, including the next questions, up to the next fence or the end of the
    report. The hand-in page shows the backticks.

    Close it with as many backticks on a line of their own:

        ```
        make data
        ```

    In a list, indent the closing backticks like the text of their item. Backticks at the beginning of the line end
    the list and open a new fence.
    """
    question = ctx.question
    if question.conflicts:
        return
    fences = [element for element in question.markup.elements if element.kind == "fence"]
    for before, fence in zip((None, *fences), fences, strict=False):
        if not fence.depth and not is_closed(question.source, fence):
            yield _problem(question, fence, before)


def _problem(question: Question, fence: Element, before: Element | None) -> Problem:
    ticks = _ticks(question, fence)
    at = question.source.line_span(question.source.line_at(question.content.end)).end
    indent = question.text[fence.span.start : ticks.start]
    edit = Edit(Span(at, at), question.newline + indent + fence.markup)
    fix = Fix("close the fence at the end of the answer", (edit,))
    if before and _was_to_close(question, fence, before):
        indented = Edit(Span(fence.span.start, ticks.start), " " * _column(question, before))
        return Problem(
            ticks,
            "not indented like the fence in the list above: this opens a new fence instead of closing that one",
            (Fix("indent it like the fence above", (indented,)), fix),
            (Related(_ticks(question, before), "the fence in the list"),),
        )
    return Problem(ticks, "this fence is not closed: GitHub shows everything after it as code", (fix,))


def _ticks(question: Question, fence: Element) -> Span:
    start = question.text.index(fence.markup, fence.span.start)
    return Span(start, start + len(fence.markup))


def _was_to_close(question: Question, fence: Element, before: Element) -> bool:
    """Return whether the fence was meant to close the one above, which ended with its list item instead."""
    line = question[question.source.line_span(before.first_line)]
    return (
        before.depth > 0
        and ">" not in line[: line.index(before.markup)]
        and before.end_line == fence.first_line
        and before.markup == fence.markup
        and not fence.info.strip()
        and not is_closed(question.source, before)
    )


def _column(question: Question, fence: Element) -> int:
    start = question.source.line_span(fence.first_line).start
    return len(question.text[start : _ticks(question, fence).start].expandtabs(4))
