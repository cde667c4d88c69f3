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

    The wording looks like a limit: a number with words such as "at least", or after a label such as "Answer length:".
    But it is not clear what is limited, so nothing is counted. Read the template yourself.

    The author of the template sees the same with `reportls template FILE`, and can reword the line or add
    `<!-- reportls: no-limit -->` to it.
    """
    for words in ctx.filled.blank.not_understood:
        yield Problem(ctx.filled.mark, f"the template states a limit that could not be read: {words}")
