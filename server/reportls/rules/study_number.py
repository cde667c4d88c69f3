"""Study numbers that cannot be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.editions.edition import Role
from reportls.findings.finding import Fix, Problem, Severity
from reportls.findings.rule import question_rule
from reportls.report.study_numbers import DIGITS, study_numbers
from reportls.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.report.study_numbers import StudyNumber


@question_rule(Severity.HINT, fix="offered")
def study_number(ctx: QuestionContext) -> Iterator[Problem]:
    """A study number is an `s` and six digits, and this one is not.

    Who takes part in the exam is told by the study numbers, so a wrong one may cost a member the exam. Write all of
    them in full:

        s123456, s234567

    Numbers of other universities, which have other lengths and no `s`, are left alone.
    """
    if ctx.role is Role.STUDY_NUMBERS:
        for number in study_numbers(ctx.question):
            if number.has_letter and len(number.digits) != DIGITS:
                yield Problem(number.span, f"{len(number.digits)} digits after the `s`, {DIGITS} wanted")
            elif not number.has_letter and len(number.digits) == DIGITS:
                yield _bare(number)


def _bare(number: StudyNumber) -> Problem:
    at = number.span.start
    fix = Fix("add the `s`", (Edit(Span(at, at), "s"),))
    return Problem(number.span, f"{DIGITS} digits without an `s` before them", (fix,))
