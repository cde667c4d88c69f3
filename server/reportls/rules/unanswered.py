"""STUB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.finding import Problem, Severity
from reportls.findings.rule import question_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext


@question_rule(Severity.INFORMATION)
def unanswered(ctx: QuestionContext) -> Iterator[Problem]:
    """STUB."""
    yield from ()
