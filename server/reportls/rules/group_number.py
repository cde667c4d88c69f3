"""Missing group numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.editions.edition import Role
from reportls.findings.finding import Problem, Severity
from reportls.findings.rule import question_rule
from reportls.report.form import FORM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext


@question_rule(Severity.WARNING, of={"role"})
def group_number(ctx: QuestionContext) -> Iterator[Problem]:
    """The answer to the question that asks for the group number contains no digit.

    Reports are told apart by this number, and a name alone does not say whose report it is. Write the number, with or
    without words around it:

        Group 54
    """
    if ctx.role is not Role.GROUP_NUMBER or not ctx.question.is_answered:
        return
    answer = ctx.question[ctx.question.content]
    if not any(map(str.isdigit, FORM.fill_here.sub("", answer))):
        yield Problem(ctx.question.layout.number, "no digit in the answer: write the group's number")
