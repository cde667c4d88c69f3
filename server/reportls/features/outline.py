"""How a report is divided: the checklist with its weeks, the sections, the questions. Spans count from its start."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reportls.text import LINE_START, Span, end_of_line, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.report.introduction import Introduction, Task
    from reportls.report.report import Report

_WEEK = pattern(LINE_START + r" {0,3}###[ \t]+\S[^\r\n]*", re.MULTILINE)


class Section(NamedTuple):
    """A `#` or `##` heading with what follows it."""

    heading: Span
    """Its line, without the line break."""
    span: Span
    """Up to the next section or the end of the report."""
    questions: range
    """The indexes of the blocks of its questions."""


class Week(NamedTuple):
    """A part of the checklist under a `###` heading of its own."""

    heading: Span
    """Its line, without the line break."""
    span: Span
    """Up to the end of its last task."""
    tasks: tuple[Task, ...]


class Checklist(NamedTuple):
    """The tasks before the first question."""

    heading: Span | None
    """The line of the level-2 heading, without the line break."""
    span: Span
    """From the heading, or else from the first week or task, to the end of the last task."""
    tasks: tuple[Task, ...]
    weeks: tuple[Week, ...]
    """Those that have tasks."""


def sections_of(report: Report) -> tuple[Section, ...]:
    """The sections, in order. Questions before the first are in none."""
    opened = [index for index, block in enumerate(report.blocks) if block.tail.start < block.tail.end]
    return tuple(_section(report, index, following) for index, following in pairwise([*opened, len(report.blocks) - 1]))


def _section(report: Report, index: int, following: int) -> Section:
    """The section that opens in the one block and ends in the other."""
    start = question_span(report, index).end
    end = question_span(report, following).end if following > index else report.starts[-1]
    return Section(Span(start, end_of_line(report.text, start)), Span(start, end), range(index + 1, following + 1))


def question_span(report: Report, index: int) -> Span:
    """The question of the block of that index, up to the next question or section."""
    start = report.starts[index]
    return Span(start, start + report.blocks[index].tail.start)


def trimmed(report: Report, span: Span) -> Span:
    """The span without the white space at its end."""
    return Span(span.start, span.start + len(report.text[span.start : span.end].rstrip()))


def checklist_of(introduction: Introduction) -> Checklist | None:
    """The checklist; None without a task."""
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
