"""Missing and invalid study numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.editions.edition import Role
from reportls.findings.finding import Fix, Problem, Severity, Tag
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
"""An `s` and the characters that may come between it and its digits."""


@question_rule(Severity.WARNING, fix="offered", tags={Tag.EDITION}, of={"role"})
def study_number(ctx: QuestionContext) -> Iterator[Problem]:
    """The group's study numbers are missing, or one is not an `s` and six digits.

    Study numbers decide who takes part in the exam, so a wrong one may cost a member the exam. Write all of them in
    full:

        s123456, s234567

    A number that looks wrong is a hint. Numbers of other universities, which have other lengths and no `s`, are not
    reported.
    """
    question = ctx.question
    if ctx.role is not Role.STUDY_NUMBERS:
        return
    if not question[question.content]:
        yield Problem(question.layout.number, "no answer: write the study numbers of all members")
    for number in study_numbers(question):
        if number.has_letter and len(number.digits) != DIGITS:
            message = f"{len(number.digits)} digits after the `s`, {DIGITS} wanted"
            yield Problem(number.span, message, severity=Severity.HINT)
        elif not number.has_letter and len(number.digits) == DIGITS:
            yield _bare(question, number)._replace(severity=Severity.HINT)


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
