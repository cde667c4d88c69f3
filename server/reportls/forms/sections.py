"""A report that fills in a template, as a list of sections.

Sections begin at lines that start with one to six `#`. They only make edits cheap: which of these lines are headings
that matter is up to `alignment.py`, so a line of code that starts with `#` does no harm.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from reportls.forms.anchors import SECTION
from reportls.lazy import cached_property
from reportls.report.block import Block
from reportls.report.introduction import Introduction
from reportls.report.report import Report, parse

if TYPE_CHECKING:
    from reportls.text import Edit


class SectionedReport(Report):
    """One version of a report with a template."""

    @cached_property
    def is_recognisable(self) -> bool:
        """Whether the text would be a report without its template."""
        return parse(self.text).is_recognisable

    def _split(self, text: str, *, is_first: bool) -> list[Block]:
        return _split(text, is_first=is_first)

    def _reworded(self, index: int, edit: Edit) -> None:
        """Leave it to the snapshot to recognise edits of words: it knows the template."""


def parse_sections(text: str) -> SectionedReport:
    """Split any text into its sections; the first begins at the start of the text."""
    return SectionedReport(tuple(_split(text, is_first=True)))


def _split(text: str, *, is_first: bool) -> list[Block]:
    starts = [match.start() for match in SECTION.finditer(text)]
    if is_first:
        introduction = text[: starts[0]] if starts else text
        return [Introduction(introduction), *_sections(text, starts)]
    # The text before the first heading belonged to a section whose heading is gone.
    return _sections(text, starts)


def _sections(text: str, starts: list[int]) -> list[Block]:
    return [Block(text[start:end]) for start, end in pairwise([*starts, len(text)])]
