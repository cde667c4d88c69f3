"""The start of a report: its title, its checklist, and the characters that the course's script drops."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from reportls.lazy import cached_property
from reportls.report.block import Block
from reportls.report.form import FORM
from reportls.report.prompt import fingerprint
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
_FRONT_MATTER = pattern(r"\ufeff?---[ \t]*(?:[\r\n][^\r\n]*)*?[\r\n]---[ \t]*(?=[\r\n]|\Z)")
_BLANK = pattern(r"[\s\ufeff]*")


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


def after_dropped(text: str, characters: int) -> int:
    r"""Return the offset after the first characters; with universal newlines, `\r\n` counts as one of them."""
    match = re.match(rf"(?:\r\n|[\s\S]){{0,{characters}}}", text)
    return match.end() if match else 0


def most_dropped(characters: int) -> int:
    r"""Return the most code points that so many dropped characters may take up: `\r\n` is dropped as one."""
    return 2 * characters


@lru_cache(4)  # asked after every edit, nearly always of the same introduction
def lost(text: str) -> Span:
    """Return the dropped text without front matter and white space around; empty if nothing else is dropped."""
    end = after_dropped(text, FORM.dropped)
    if text.startswith(("---", "\ufeff---")):
        front = _FRONT_MATTER.match(text, 0, end)
        start = front.end() if front else end
    else:
        start = 0
    blank = _BLANK.match(text, start, end)
    start = blank.end() if blank else start
    return Span(start, start + len(text[start:end].rstrip()))
