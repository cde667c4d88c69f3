"""Invalid study numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.editions.edition import Role
from reportls.findings.finding import Fix, Problem, Severity
from reportls.findings.rule import question_rule
from reportls.report.study_numbers import DIGITS, study_numbers
from reportls.text import Edit, Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.report.question import Question
    from reportls.report.study_numbers import StudyNumber

_APART = pattern(r"(?<![^\W_])(?<!['\u2019])[sS](?P<between>[ \t\u00a0:.#-]{1,3})\Z")
_LONGEST_APART = 4
"""An `s` and what may stand between it and its digits."""


@question_rule(Severity.HINT, fix="offered", of={"role"})
def study_number(ctx: QuestionContext) -> Iterator[Problem]:
    """A study number must be an `s` and six digits, and this one is not.

    Study numbers decide who takes part in the exam, so a wrong one may cost a member the exam. Write all of them in
    full:

        s123456, s234567

    Numbers of other universities, which have other lengths and no `s`, are not reported.
    """
    if ctx.role is Role.STUDY_NUMBERS:
        for number in study_numbers(ctx.question):
            if number.has_letter and len(number.digits) != DIGITS:
                yield Problem(number.span, f"{len(number.digits)} digits after the `s`, {DIGITS} wanted")
            elif not number.has_letter and len(number.digits) == DIGITS:
                yield _bare(ctx.question, number)


def _bare(question: Question, number: StudyNumber) -> Problem:
    at = number.span.start
    line = question.source.line_spans[question.source.line_at(at)].start
    apart = _APART.search(question.text, max(at - _LONGEST_APART, line, question.layout.answer.start), at)
    if apart:
        joined = Fix("join it to the `s`", (Edit(Span(*apart.span("between")), ""),))
        return Problem(
            Span(apart.start(), number.span.end), f"the `s` is separated from its {DIGITS} digits", (joined,)
        )
    fix = Fix("add the `s`", (Edit(Span(at, at), "s"),))
    return Problem(number.span, f"{DIGITS} digits without an `s` before them", (fix,))
