"""The checklist in the introduction: its weeks, its tasks, and how many are done."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reportls.text import LINE_START, Edit, Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportls.report.introduction import Introduction, Task
    from reportls.snapshot import Snapshot

_WEEK = pattern(LINE_START + r" {0,3}###[ \t]+\S[^\r\n]*", re.MULTILINE)
_DONE = frozenset("xX")


class Week(NamedTuple):
    """A part of the checklist under a `###` heading of its own."""

    heading: Span
    """The line, without its line break."""
    span: Span
    """From the heading to the end of the last task."""
    tasks: tuple[Task, ...]


class Checklist(NamedTuple):
    """The tasks before the first question."""

    heading: Span | None
    """The line of the level-2 heading, without its line break."""
    span: Span
    """From the heading, or else from the first week or task, to the end of the last task."""
    tasks: tuple[Task, ...]
    weeks: tuple[Week, ...]
    """Only weeks with tasks."""


def checklist_of(introduction: Introduction) -> Checklist | None:
    """Return the checklist; None if the introduction has no tasks."""
    tasks = introduction.tasks
    if not tasks:
        return None
    words = introduction.checklist_heading
    heading = _line_around(introduction, words.start) if words else None
    end = min(tasks[-1].words.end, introduction.tail.start)
    weeks = tuple(_weeks(introduction, Span(heading.end if heading else 0, end)))
    first = heading or _line_around(introduction, tasks[0].mark.start)
    start = min(first.start, weeks[0].span.start) if weeks else first.start
    return Checklist(heading, Span(start, end), tasks, weeks)


def _line_around(introduction: Introduction, offset: int) -> Span:
    source = introduction.source
    return source.line_span(source.line_at(offset))


def _weeks(introduction: Introduction, within: Span) -> Iterator[Week]:
    headings = [Span(*match.span()) for match in _WEEK.finditer(introduction.text, within.start, within.end)]
    starts = [task.mark.start for task in introduction.tasks]
    for heading, following in pairwise([*headings, Span(within.end, within.end)]):
        tasks = introduction.tasks[bisect_left(starts, heading.end) : bisect_left(starts, following.start)]
        if tasks:
            end = min(tasks[-1].words.end, following.start)
            yield Week(heading, Span(heading.start, end), tasks)


def task_at(snapshot: Snapshot, offset: int) -> Task | None:
    """Return the task whose lines include `offset`."""
    introduction = snapshot.report.introduction
    if not 0 <= offset <= len(introduction.text):
        return None
    return next((task for task in introduction.tasks if _covers(introduction, task, offset)), None)


def _covers(introduction: Introduction, task: Task, offset: int) -> bool:
    starts = introduction.source.line_starts
    first = starts[introduction.source.line_at(task.mark.start)]
    return first <= offset <= task.words.end


def toggled(snapshot: Snapshot, offset: int) -> Edit | None:
    """Return the edit that ticks or unticks the task at `offset`; None if there is no task.

    Any mark other than a tick becomes a tick.
    """
    task = task_at(snapshot, offset)
    if task is None:
        return None
    return Edit(task.mark, " " if is_done(snapshot.report.introduction, task) else "x")


def is_done(introduction: Introduction, task: Task) -> bool:
    """Return whether the task is ticked."""
    return introduction[task.mark] in _DONE


def progress(introduction: Introduction, tasks: Iterable[Task]) -> str:
    """Return how many of the tasks are done: `12 of 40 tasks done`."""
    done = [is_done(introduction, task) for task in tasks]
    return f"{sum(done)} of {len(done)} task{'' if len(done) == 1 else 's'} done"
