"""The tasks of the checklist, as boxes to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.text import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportls.report.introduction import Introduction, Task
    from reportls.snapshot import Snapshot

_DONE = frozenset("xX")


def task_at(snapshot: Snapshot, offset: int) -> Task | None:
    """The task on one of whose lines `offset` lies."""
    introduction = snapshot.report.introduction
    if not 0 <= offset <= len(introduction.text):
        return None
    return next((task for task in introduction.tasks if _covers(introduction, task, offset)), None)


def _covers(introduction: Introduction, task: Task, offset: int) -> bool:
    starts = introduction.source.line_starts
    first = starts[introduction.source.line_at(task.mark.start)]
    return first <= offset <= task.words.end


def toggled(snapshot: Snapshot, offset: int) -> Edit | None:
    """The edit that ticks the task at `offset`, or takes the tick away; None if there is no task.

    Anything that is neither a tick nor an empty box becomes a tick.
    """
    task = task_at(snapshot, offset)
    if task is None:
        return None
    return Edit(task.mark, " " if is_done(snapshot.report.introduction, task) else "x")


def is_done(introduction: Introduction, task: Task) -> bool:
    """Whether the task is ticked, so that everyone counts it as done."""
    return introduction[task.mark] in _DONE


def progress(introduction: Introduction, tasks: Iterable[Task]) -> str:
    """How many of the tasks are done: `12 of 40 tasks done`."""
    done = [is_done(introduction, task) for task in tasks]
    return f"{sum(done)} of {len(done)} task{'' if len(done) == 1 else 's'} done"
