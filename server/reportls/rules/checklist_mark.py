"""Invalid marks in the checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.finding import Problem, Severity
from reportls.findings.rule import report_rule
from reportls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import ReportContext

_MOST_SHOWN = 3


@report_rule(Severity.HINT, of="frame")
def checklist_mark(ctx: ReportContext) -> Iterator[Problem]:
    """A task of the checklist has a mark other than `[ ]` or `[x]`.

    GitHub shows only these two and `[X]` as boxes. Anything else between the brackets, or nothing at all, is shown as
    text, and tools that count finished tasks skip the task.

    Use one of the two marks, and write the rest after the task:

        * [x] Write tests (only for the data)
    """
    introduction = ctx.report.introduction
    odd = introduction.oddly_marked
    if not odd or (ctx.edition.id is None and len(odd) == len(introduction.tasks)):
        return
    marks = list(dict.fromkeys(f"`[{introduction[task.mark]}]`" for task in odd))
    shown = ", ".join(marks[:_MOST_SHOWN]) + (" ..." if len(marks) > _MOST_SHOWN else "")
    first = odd[0].mark
    tasks = "1 task is" if len(odd) == 1 else f"{len(odd)} tasks are"
    yield Problem(Span(first.start - 1, first.end + 1), f"{tasks} marked {shown}: only `[x]` and `[ ]` are boxes")
