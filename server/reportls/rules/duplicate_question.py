"""Two questions with one number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.consequences import costs_question, last_marked_block, with_consequence
from reportls.analysis.numbering import Repeated, numbering
from reportls.findings.finding import Fix, Problem, Related, Severity, Tag, short_name
from reportls.findings.rule import report_rule
from reportls.forms.filled import mark_in
from reportls.report.form import FORM
from reportls.report.kinds import WORDS, count
from reportls.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import FormContext, ReportContext
    from reportls.report.question import Question


@report_rule(Severity.ERROR, fix="offered", tags={Tag.CRASH}, of="irregularities")
def duplicate_question(ctx: ReportContext) -> Iterator[Problem]:
    """Two headings have the same question number.

    The checker ignores the numbers and counts answers. A question that is there twice is one answer too many, and the
    check crashes. A second heading without an `Answer:` of its own also does harm: it ends the answer above, and the
    checker never sees what comes after it.

    Correct the number if it is a typo. Delete one copy if the question was pasted twice. If it is only a heading within
    the answer, delete it or write it as a bold line.

    With a template, one of its headings that occurs twice on the same level is a warning. Only the answer below the
    first one is judged.
    """
    for repeated in numbering(ctx).repeated:
        question = ctx.report.questions[repeated.block - 1]
        if repeated.wanted:
            yield _misnumbered(ctx, repeated, question)
        elif question.has_marker:
            yield _twice(ctx, repeated, question)
        else:
            yield _heading_within(ctx, repeated, question)


@duplicate_question.in_forms(of="frame")
def _in_form(ctx: FormContext) -> Iterator[Problem]:
    for span in ctx.form.doubles if ctx.form.follows else ():
        first = mark_in(ctx.text, span)
        name = short_name(ctx.text[first.start : first.end])
        message = f"{name}: this heading appears twice, and only the first counts"
        yield Problem(first, message, severity=Severity.WARNING)


def _misnumbered(ctx: ReportContext, repeated: Repeated, question: Question) -> Problem:
    span = _number(ctx, repeated.block)
    fix = Fix(f"renumber it to question {repeated.wanted}", (Edit(span, str(repeated.wanted)),), safe=False)
    message = f"question {question.number} is repeated where question {repeated.wanted} is missing"
    return Problem(span, message, (fix,), _related(ctx, repeated), Severity.WARNING)


def _twice(ctx: ReportContext, repeated: Repeated, question: Question) -> Problem:
    message = f"question {question.number} is repeated, and the checker counts one more answer"
    fixes = (_removal(ctx, repeated),) if _is_copy(ctx, repeated, question) else ()
    problem = Problem(_number(ctx, repeated.block), message, fixes, _related(ctx, repeated))
    return with_consequence(ctx, repeated.block, problem)


def _is_copy(ctx: ReportContext, repeated: Repeated, question: Question) -> bool:
    """Return whether removing the question loses nothing: it is unanswered, or its answer is in the other one."""
    other = ctx.report.questions[repeated.other - 1]
    return not question.is_answered or question[question.content] == other[other.content]


def _removal(ctx: ReportContext, repeated: Repeated) -> Fix:
    question = ctx.report.questions[repeated.block - 1]
    other = ctx.report.questions[repeated.other - 1]
    # The heading of the next section goes too if the other copy has it.
    end = question.tail.end if question[question.tail] == other[other.tail] else question.tail.start
    span = Span(0, end).shifted(ctx.report.starts[repeated.block])
    return Fix(f"remove the second question {question.number}", (Edit(span, ""),))


def _heading_within(ctx: ReportContext, repeated: Repeated, question: Question) -> Problem:
    title = f"remove the second heading of question {question.number}"
    removed = Span(0, _end_of_copy(ctx, repeated, question)).shifted(ctx.report.starts[repeated.block])
    message = f"question {question.number} is repeated without an `{FORM.marker}`"
    problem = Problem(
        _number(ctx, repeated.block),
        message,
        (Fix(title, (Edit(removed, ""),)),),
        _related(ctx, repeated),
        Severity.WARNING,
    )
    return _with_effect(ctx, repeated.block, question, problem)


def _with_effect(ctx: ReportContext, block: int, question: Question, problem: Problem) -> Problem:
    """Add the heading's effect on the answer above, and the matching severity."""
    layout = question.layout
    if ctx.report.structure.last_marked < block:
        if layout.level < len(FORM.kept):
            return problem
        effect = f": because of the `{FORM.kept}` the checker takes the last answer twice"
        costly = problem._replace(message=problem.message + effect, severity=None)
        return with_consequence(ctx, block, costly)
    if layout.level < len(FORM.cut):
        return problem
    lost = count(question.text[layout.heading.end : question.tail.start])
    effect = f": the checker cuts off the answer above and never sees the {lost[WORDS]} words from here on"
    severity = None if costs_question(ctx, last_marked_block(ctx, block), lost) else Severity.WARNING
    return problem._replace(message=problem.message + effect, severity=severity)


def _end_of_copy(ctx: ReportContext, repeated: Repeated, question: Question) -> int:
    """Return the end of the duplicated part: the heading, and the prompt if that was copied too."""
    layout = question.layout
    if layout.prompt is None:
        return layout.answer.start
    other = ctx.report.questions[repeated.other - 1]
    return layout.prompt.end if question.prompt_print == other.prompt_print else layout.heading.end


def _number(ctx: ReportContext, block: int) -> Span:
    return ctx.report.questions[block - 1].layout.number.shifted(ctx.report.starts[block])


def _related(ctx: ReportContext, repeated: Repeated) -> tuple[Related, ...]:
    return (Related(_number(ctx, repeated.other), "the other one"),)
