"""Limits in a template that could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.finding import Problem, Severity
from reportls.findings.rule import slot_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import SlotContext


@slot_rule(Severity.INFORMATION)
def limit_not_understood(ctx: SlotContext) -> Iterator[Problem]:
    """The template states a limit here that could not be read.

    Its words announce a limit, with a number and a sign such as "at least" or behind a label such as "Answer length:",
    but what is limited is not known. So nothing is counted for it: read the template yourself.

    Whoever writes the template sees the same with `reportls template FILE`, and can reword it or add
    `<!-- reportls: no-limit -->` to the line.
    """
    for words in ctx.filled.blank.not_understood:
        yield Problem(ctx.filled.mark, f"the template states a limit that could not be read: {words}")
