"""The structure of a report: numbers, headings, markers and cuts, which rules for the whole report look at first.

Only a few blocks of a report are irregular, mostly none. A rule that goes through these costs the same in a report of
any length, and while only words change, the structure is the one of the version before.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from reportls.lazy import cached_property
from reportls.report.form import FORM
from reportls.report.question import Question

if TYPE_CHECKING:
    from reportls.report.block import Block


class Structure:
    """The structure of a row of blocks. Blocks are given by index; 0 is the introduction.

    Two structures are equal only if they are the same object, so results can be kept by structure at no cost.
    """

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        """Take the blocks of a report, the introduction first."""
        self._questions = [(index, block) for index, block in enumerate(blocks) if isinstance(block, Question)]
        self._blocks = blocks

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The number in the heading of each question."""
        return tuple([question.number for _, question in self._questions])

    @cached_property
    def odd_headings(self) -> tuple[int, ...]:
        """The questions whose heading is not as the course writes it."""
        return tuple([index for index, it in self._questions if not FORM.as_written.match(it[it.layout.heading])])

    @cached_property
    def without_marker(self) -> tuple[int, ...]:
        """The questions that have no marker."""
        return tuple([index for index, question in self._questions if not question.has_marker])

    @cached_property
    def marked(self) -> tuple[int, ...]:
        """The questions that have a marker."""
        return tuple([index for index, question in self._questions if question.has_marker])

    @property
    def last_marked(self) -> int:
        """The last block that has a marker; 0 if no question has."""
        return self.marked[-1] if self.marked else 0

    def marked_before(self, block: int) -> int:
        """Return the last question above the block that has a marker; 0, the introduction, if none has."""
        at = bisect_left(self.marked, block)
        return self.marked[at - 1] if at else 0

    @cached_property
    def with_extra_marker(self) -> tuple[int, ...]:
        """The blocks that have more markers than one for a question and none for the introduction."""
        return tuple([index for index, it in enumerate(self._blocks) if len(it.segments) > (2 if index else 1)])

    @cached_property
    def cut(self) -> tuple[int, ...]:
        """The questions with a `##` between their last marker and the end of the answer."""
        return tuple([index for index, question in self._questions if _is_cut(question)])

    @cached_property
    def goes_on(self) -> bool:
        """Whether the last answer has a `#`, so that a section after the answer may begin there."""
        last = self._questions[-1][1] if self._questions else None
        return last is not None and "#" in last.text[last.segments[-1].start :]

    @cached_property
    def conflicts(self) -> tuple[int, ...]:
        """The blocks with lines that a merge left behind."""
        return tuple([index for index, block in enumerate(self._blocks) if block.conflicts])


def _is_cut(question: Question) -> bool:
    cut = question.segments[-1].cut
    return cut is not None and cut < question.layout.answer.end
