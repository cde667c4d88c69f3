"""Marks and tasks of the checklist."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from reportls.findings.finding import Problem, Related, Severity, Tag
from reportls.findings.rule import report_rule
from reportls.report.prompt import beginnings
from reportls.text import Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.editions.edition import Prints
    from reportls.findings.context import ReportContext
    from reportls.report.introduction import Introduction, Task

_MOST_SHOWN = 3
_FIRST_LINE = pattern(r"[^\r\n]*[^\s]")
_MOST_NAMED = 3
"""Tasks named in the message; all are related places."""
_LONGEST_NAME = 50


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


class _Change(NamedTuple):
    """A task of the course that the checklist lacks."""

    task: Task | None
    """The task that is in its place; if there is none, the one above it, or None if it was the first."""
    is_reworded: bool = False
    is_extended: bool = False
    """Whether its words are the course's, with others after them."""
    number: int = 1
    """Tasks that are missing at this place, one below the other."""


@report_rule(Severity.HINT, tags={Tag.EDITION}, of="frame")
def checklist_changed(ctx: ReportContext) -> Iterator[Problem]:
    """A task of the course's checklist is missing or reworded.

    The checklist is the same for all groups, so that reports can be compared. Leave the box of an unfinished task empty
    instead of deleting the task. Notes belong in the answers.

    The finding marks the first task that differs from the template, or the one below which a task is missing, and names
    all such tasks. Copy the tasks from the course's template again. You may add tasks of your own, and a checklist that
    was deleted as a whole is not reported. Neither are common corrections of the course's spelling.
    """
    prints, introduction = ctx.edition.prints, ctx.report.introduction
    present = {prints.corrected_tasks.get(task, task) for task in introduction.task_prints}
    if present.isdisjoint(prints.tasks):
        return
    passing = present | prints.passing_tasks
    if all(task in passing for task in prints.tasks):
        return
    changes = [change._replace(number=len(list(alike))) for change, alike in groupby(_changes(introduction, prints))]
    places = [_place(introduction, change.task) for change in changes]
    said = [_said(introduction, change) for change in changes]
    listed = [*said[:_MOST_NAMED], *([f"{len(said) - _MOST_NAMED} more"] if said[_MOST_NAMED:] else [])]
    related = tuple(map(Related, places, said)) if said[1:] else ()
    yield Problem(places[0], f"{'; '.join(listed)}: copy the tasks from the template", related=related)


def _changes(introduction: Introduction, prints: Prints) -> Iterator[_Change]:
    """Yield the course's tasks that are missing, each with the last task above it that is there."""
    tasks = introduction.tasks
    present = [prints.corrected_tasks.get(task.print, task.print) for task in tasks]
    numbers = {task: number for number, task in enumerate(present)}
    above = -1
    for wanted in prints.tasks:
        if wanted in numbers:
            above = numbers[wanted]
        elif wanted not in prints.passing_tasks:
            following = tasks[above + 1] if above + 1 < len(tasks) else None
            if following and present[above + 1] not in prints.tasks:
                above += 1
                is_extended = wanted in beginnings(introduction[following.words].split())
                yield _Change(following, is_reworded=not is_extended, is_extended=is_extended)
            else:
                yield _Change(tasks[above] if above >= 0 else None)


def _said(introduction: Introduction, change: _Change) -> str:
    if not change.task:
        return (
            "the course's first task is missing"
            if change.number == 1
            else f"the first {change.number} tasks are missing"
        )
    name = " ".join(introduction[change.task.words].split())
    short = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "\u2026"
    if change.is_reworded or change.is_extended:
        return f'the task "{short}" {"is reworded" if change.is_reworded else "has a note"}'
    missing = "a task is" if change.number == 1 else f"{change.number} tasks are"
    return f'{missing} missing below "{short}"'


def _place(introduction: Introduction, task: Task | None) -> Span:
    span = task.words if task else introduction.checklist_heading or introduction.tasks[0].words
    line = _FIRST_LINE.match(introduction.text, span.start, span.end)
    return Span(span.start, line.end() if line else span.end)
