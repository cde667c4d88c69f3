"""A whole report: its blocks, its structure, and how an edit makes a new report from an old one.

The structure is what rules for the whole report look at first: numbers, headings, markers and cuts. Only a few blocks
are irregular, mostly none. A rule that goes through these costs the same in a report of any length, and while only
words change, the structure is the one of the version before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple, cast

from reportls.lazy import cached_property
from reportls.report.form import FEWEST_HEADINGS, FORM, MOST_OF_A_COURSE
from reportls.report.introduction import Introduction
from reportls.report.question import Question, reworded
from reportls.text import Edit, Position, Span, end_of_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportls.report.block import Block
    from reportls.text import Encoding

MOST_READ = 2_000_000
"""Most code points of a report whose answers are examined; a real one has a thirtieth at most."""


class Change(NamedTuple):
    """The effect of an edit on a report's blocks: a run of neighbours is replaced."""

    edit: Edit
    """The requested edit, clamped to the text."""
    first: int
    """Index of the first block that goes."""
    last: int
    """Index after the last block that goes."""
    blocks: tuple[Block, ...]
    """The blocks that replace them."""
    is_of_words: bool = False
    """Whether only words of one answer change, as `question.reworded` defines it."""


class Report:
    """One version of a report. It never changes; `edited` gives the next and shares all blocks left as they were."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        """Join the blocks of a report, the introduction first; use `parse` or `edited` to make a report."""
        self.blocks = blocks
        """The introduction, then the questions."""

    def __eq__(self, other: object) -> bool:
        """Reports of equal blocks are equal."""
        return isinstance(other, Report) and self.blocks == other.blocks

    def __hash__(self) -> int:
        """The hash of the blocks."""
        return hash(self.blocks)

    @property
    def introduction(self) -> Introduction:
        """The block before the first question."""
        return cast("Introduction", self.blocks[0])

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions, in the order of the text."""
        return cast("tuple[Question, ...]", self.blocks[1:])

    @cached_property
    def structure(self) -> Structure:
        """Its numbers, headings, markers and cuts."""
        return Structure(self.blocks)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The number in the heading of each question."""
        return self.structure.numbers

    @cached_property
    def text(self) -> str:
        """The whole text."""
        return "".join(block.text for block in self.blocks)

    @cached_property
    def is_recognisable(self) -> bool:
        """Whether the text is a report: two `Question N` headings and an `Answer:`, or most headings of a course.

        Without any marker the check crashes, and the author has to be told.
        """
        headings = [question.number for question in self.questions if question.layout.level]
        if len(headings) >= FEWEST_HEADINGS and any(block.has_marker for block in self.blocks):
            return True
        return len(set(headings)) >= MOST_OF_A_COURSE

    @property
    def is_too_long(self) -> bool:
        """Whether checking more than its limits could freeze an editor."""
        return self.starts[-1] > MOST_READ

    @cached_property
    def starts(self) -> list[int]:
        """The start of each block, and the end of the text."""
        return list(accumulate((len(block.text) for block in self.blocks), initial=0))

    @cached_property
    def first_lines(self) -> list[int]:
        """The line, from 0, on which each block starts."""
        return list(accumulate((block.line_breaks for block in self.blocks), initial=0))

    def block_at(self, offset: int) -> int:
        """The index of the block in which `offset` lies; the end of the text belongs to the last."""
        return min(bisect_right(self.starts, offset) - 1, len(self.blocks) - 1)

    def line_col(self, offset: int) -> Position:
        """Line and column of `offset`, in code points from 0."""
        index = self.block_at(offset)
        line, column = self.blocks[index].source.line_col(offset - self.starts[index])
        return Position(self.first_lines[index] + line, column)

    def position(self, encoding: Encoding, offset: int) -> Position:
        """Line and column of `offset`, from 0; the column in the units of `encoding`."""
        index = self.block_at(offset)
        source, at = self.blocks[index].source, offset - self.starts[index]
        return Position(self.first_lines[index] + source.line_at(at), source.column(encoding, at))

    def line_text(self, line: int) -> str:
        """The line of that number, without its line break; the last line if there are not so many."""
        index = min(bisect_right(self.first_lines, line) - 1, len(self.blocks) - 1)
        source = self.blocks[index].source
        return source[source.line_span(min(line - self.first_lines[index], len(source.line_starts) - 1))]

    def edited(self, edit: Edit) -> Report:
        """The report after the edit; an end past the text's is the text's end."""
        return self.after(self.change(edit))

    def change(self, edit: Edit) -> Change:
        """Return the effect of the edit on the blocks; the first and last replaced block really differ."""
        span = Span(min(edit.span.start, self.starts[-1]), min(edit.span.end, self.starts[-1]))
        first, last = self._touched(span)
        edit = Edit(span, edit.new_text)
        if first == last and (own := self._reworded(first, edit)):
            return Change(edit, first, first + 1, (own,), is_of_words=True)
        old = self.blocks[first : last + 1]
        text = "".join(block.text for block in old)
        start = self.starts[first]
        text = text[: span.start - start] + edit.new_text + text[span.end - start :]
        new = self._split(text, is_first=first == 0)
        return _trimmed(Change(edit, first, last + 1, tuple(new)), old)

    def _split(self, text: str, *, is_first: bool) -> list[Block]:
        """Split some neighbouring blocks' text, edited, into blocks; the first is an introduction if `is_first`."""
        return split(text) if is_first else [*_questions(text, _heading_starts(text))]

    def _reworded(self, index: int, edit: Edit) -> Question | None:
        block = self.blocks[index]
        return reworded(block, edit.shifted(-self.starts[index])) if isinstance(block, Question) else None

    def after(self, change: Change) -> Report:
        """The report with the change made."""
        first, last, blocks = change.first, change.last, change.blocks
        report = type(self)(self.blocks[:first] + blocks + self.blocks[last:])
        # With thousands of blocks, adding up all sizes again would take longer than everything else.
        report.starts = _spliced(self.starts, first, last, (len(block.text) for block in blocks))
        report.first_lines = _spliced(self.first_lines, first, last, (block.line_breaks for block in blocks))
        if change.is_of_words:
            report.structure = self.structure
        return report

    def _touched(self, span: Span) -> tuple[int, int]:
        """First and last of the blocks whose borders or text the edit may change.

        The block before counts if the edit begins in the heading's line, because the heading may go; the block after if
        the edit reaches the end, because its heading may no longer start a line.
        """
        first, last = self.block_at(span.start), self.block_at(span.end)
        if first > 0 and span.start <= self.starts[first] + end_of_line(self.blocks[first].text, 0):
            first -= 1
        if last + 1 < len(self.blocks) and span.end == self.starts[last + 1]:
            last += 1
        return first, last


def parse(text: str) -> Report:
    """The report that `text` is. Any text is one, if need be with no question."""
    return Report(tuple(split(text)))


def split(text: str) -> list[Block]:
    """The blocks of a text, the introduction first."""
    starts = _heading_starts(text)
    introduction = text[: starts[0]] if starts else text
    return [Introduction(introduction), *_questions(text, starts)]


def _questions(text: str, starts: list[int]) -> list[Question]:
    return [Question(text[start:end]) for start, end in pairwise([*starts, len(text)])]


def _heading_starts(text: str) -> list[int]:
    # With a line break put before it, the first line is like all others, and a match starts where its heading does.
    return [match.start() for match in FORM.later_openings.finditer("\n" + text)]


def _trimmed(change: Change, old: tuple[Block, ...]) -> Change:
    """Drop unchanged blocks from both ends of the change and reuse equal blocks inside it."""
    first, last, new = change.first, change.last, change.blocks
    most = min(len(old), len(new))
    head = next((index for index in range(most) if old[index] != new[index]), most)
    most -= head
    tail = next((index for index in range(most) if old[-1 - index] != new[-1 - index]), most)
    kept = {block: block for block in old[head : len(old) - tail]}
    blocks = tuple(kept.get(block, block) for block in new[head : len(new) - tail])
    return change._replace(first=first + head, last=last - tail, blocks=blocks)


def _spliced(totals: list[int], first: int, last: int, sizes: Iterable[int]) -> list[int]:
    """Return the running totals after the sizes from `first` up to, not including, `last` are replaced."""
    middle = list(accumulate(sizes, initial=totals[first]))
    if middle == totals[first : last + 1]:
        return totals
    by = middle[-1] - totals[last]
    tail = totals[last + 1 :]
    return totals[:first] + middle + ([total + by for total in tail] if by else tail)


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
