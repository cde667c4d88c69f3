"""Tasks of the checklist that are missing or reworded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.finding import Problem, Severity
from reportls.findings.rule import report_rule
from reportls.text import Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import ReportContext
    from reportls.report.introduction import Introduction, Task

_FIRST_LINE = pattern(r"[^\r\n]*[^\s]")


@report_rule(Severity.HINT)
def checklist_changed(ctx: ReportContext) -> Iterator[Problem]:
    """A task of the course's checklist is missing or has other words.

    The checklist is the same for all groups, so that reports can be compared. Leave the mark of an undone task empty;
    there is no need to delete the task. Notes belong in the answers.

    The finding marks the first task that differs from the template, or the heading of the checklist if tasks are only
    missing. Copy the tasks from the course's template again. You may add tasks of your own, and a checklist that was
    deleted as a whole is not reported.
    """
    wanted, introduction = ctx.edition.prints.tasks, ctx.report.introduction
    if not wanted:
        return
    present = introduction.task_prints
    missing = wanted - present - ctx.edition.prints.passing_tasks
    if not missing or not present & wanted:
        return
    changed = next((task for task in introduction.tasks if task.print not in wanted), None)
    what = "missing or reworded" if changed else "missing"
    tasks = "1 of the course's tasks is" if len(missing) == 1 else f"{len(missing)} of the course's tasks are"
    yield Problem(_place(introduction, changed), f"{tasks} {what}")


def _place(introduction: Introduction, changed: Task | None) -> Span:
    span = changed.words if changed else introduction.checklist_heading or introduction.tasks[0].words
    line = _FIRST_LINE.match(introduction.text, span.start, span.end)
    return Span(span.start, line.end() if line else span.end)
