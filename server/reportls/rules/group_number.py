"""Missing group numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.editions.edition import Role
from reportls.findings.finding import Problem, Severity, Tag
from reportls.findings.rule import question_rule
from reportls.report.form import FORM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext


@question_rule(Severity.WARNING, tags={Tag.EDITION}, of={"role"})
def group_number(ctx: QuestionContext) -> Iterator[Problem]:
    """The answer to the question that asks for the group number is empty or contains no digit.

    Reports are told apart by this number, and a name alone does not say whose report it is. Write the number, with or
    without words around it:

        Group 54
    """
    question = ctx.question
    if ctx.role is not Role.GROUP_NUMBER or (question.placeholders and not question.is_answered):
        return
    answer = question[question.content]
    if not any(map(str.isdigit, FORM.fill_here.sub("", answer))):
        what = "no digit in the answer" if answer else "no answer"
        yield Problem(question.layout.number, f"{what}: write the group's number")
