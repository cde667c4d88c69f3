"""The introduction of a report: title and checklist."""

from __future__ import annotations

import re
from typing import NamedTuple

from reportls.lazy import cached_property
from reportls.report.block import Block
from reportls.report.fingerprint import fingerprint
from reportls.text import LINE_BREAK, LINE_START, Span, pattern

_SECTION = pattern(LINE_START + r"##[ \t]+(?P<words>\S(?:[^\r\n]*\S)?)", re.MULTILINE)
_TITLE = pattern(LINE_START + r"\ufeff?#[ \t]+(?P<title>[^\r\n]+)", re.MULTILINE)
_TASK = pattern(
    LINE_START
    + r"[ \t]*[*+-][ \t]+\[(?P<mark>[^\[\]\r\n]{0,5})\][ \t]+"
    + r"(?P<words>[^\r\n]+(?:"
    + LINE_BREAK
    + r" {2,}[^\s*+-][^\r\n]*)*)",
    re.MULTILINE,
)
_MARKS = frozenset(" xX")


class Task(NamedTuple):
    """One item of the checklist."""

    mark: Span
    """The text between the brackets, at most five characters; empty for `[]`."""
    words: Span
    """The task itself, over as many lines as it takes."""
    print: str
    """The fingerprint of the words."""


class Introduction(Block):
    """The block before the first question; it may be empty."""

    @cached_property
    def title(self) -> Span | None:
        """The words of the first level-1 heading."""
        match = _TITLE.search(self.text)
        return Span(*match.span("title")) if match else None

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """The checklist, in order."""
        return tuple(
            Task(Span(*match.span("mark")), Span(*match.span("words")), fingerprint(match["words"]))
            for match in _TASK.finditer(self.text)
        )

    @cached_property
    def task_prints(self) -> frozenset[str]:
        """The fingerprints of the tasks."""
        return frozenset([task.print for task in self.tasks])

    @cached_property
    def oddly_marked(self) -> tuple[Task, ...]:
        """The tasks with something else than a blank or an `x` between the brackets."""
        return tuple([task for task in self.tasks if self[task.mark] not in _MARKS])

    @cached_property
    def checklist_heading(self) -> Span | None:
        """The words of the level-2 heading above the checklist."""
        if not self.tasks:
            return None
        headings = [*_SECTION.finditer(self.text, 0, self.tasks[0].mark.start)]
        return Span(*headings[-1].span("words")) if headings else None
