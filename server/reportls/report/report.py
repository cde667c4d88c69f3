"""A whole report: its blocks, where they start, and how an edit makes a new report from an old one."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, cast

from reportls.report.introduction import Introduction
from reportls.report.question import HEADING, Question
from reportls.text import Edit, Position, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.report.block import Block

_FEWEST_HEADINGS = 2
_WORD = "uestion"
_LONGEST_OPENING = 40
"""More code points than can stand between the start of a heading's line and the word in it."""


class Report:
    """One version of a report. It never changes; `edited` gives the next and shares all blocks left as they were."""

    def __init__(self, introduction: Introduction, questions: tuple[Question, ...]) -> None:
        """Join the blocks of a report; `parse` and `edited` are the ways to come by them."""
        self.introduction = introduction
        self.questions = questions

    def __eq__(self, other: object) -> bool:
        """Reports of equal blocks are equal."""
        return isinstance(other, Report) and self.blocks == other.blocks

    def __hash__(self) -> int:
        """The hash of the blocks."""
        return hash(self.blocks)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The introduction, then the questions."""
        return (self.introduction, *self.questions)

    @cached_property
    def text(self) -> str:
        """The whole text."""
        return "".join(block.text for block in self.blocks)

    @cached_property
    def is_recognisable(self) -> bool:
        """Whether the text has what makes a report of a Markdown file: two `Question N` headings and an `Answer:`."""
        headings = sum(question.layout.level > 0 for question in self.questions)
        return headings >= _FEWEST_HEADINGS and any(len(block.pieces) > 1 for block in self.blocks)

    @cached_property
    def starts(self) -> list[int]:
        """Where each block starts, and, last, where the text ends."""
        return list(accumulate((len(block.text) for block in self.blocks), initial=0))

    @cached_property
    def first_lines(self) -> list[int]:
        """The line, from 0, on which each block starts."""
        return list(accumulate((len(block.source.line_starts) - 1 for block in self.blocks), initial=0))

    def block_at(self, offset: int) -> int:
        """The index of the block in which `offset` lies; the end of the text belongs to the last."""
        return min(bisect_right(self.starts, offset) - 1, len(self.blocks) - 1)

    def line_col(self, offset: int) -> Position:
        """Line and column of `offset`, in code points from 0."""
        index = self.block_at(offset)
        line, column = self.blocks[index].source.line_col(offset - self.starts[index])
        return Position(self.first_lines[index] + line, column)

    def line_text(self, line: int) -> str:
        """The line of that number, without its line break; the last line if there are not so many."""
        index = min(bisect_right(self.first_lines, line) - 1, len(self.blocks) - 1)
        source = self.blocks[index].source
        return source[source.line_span(min(line - self.first_lines[index], len(source.line_starts) - 1))]

    def edited(self, edit: Edit) -> Report:
        """The report after the edit; an end past the text's is the text's end."""
        span = Span(min(edit.span.start, self.starts[-1]), min(edit.span.end, self.starts[-1]))
        first, last = self._touched(span)
        text = "".join(block.text for block in self.blocks[first : last + 1])
        start = self.starts[first]
        text = text[: span.start - start] + edit.new_text + text[span.end - start :]
        return self._with(first, last, text)

    def _touched(self, span: Span) -> tuple[int, int]:
        """First and last of the blocks whose borders or text the edit may change.

        The block before counts if the edit begins in the heading's line, for the heading may go; the block after if the
        edit reaches the end, for its heading may no longer start a line.
        """
        first, last = self.block_at(span.start), self.block_at(span.end)
        if first > 0 and span.start <= self.starts[first] + self._heading_length(first):
            first -= 1
        if last + 1 < len(self.blocks) and span.end == self.starts[last + 1]:
            last += 1
        return first, last

    def _heading_length(self, index: int) -> int:
        block = self.blocks[index]
        return block.source.line_span(0).end

    def _with(self, first: int, last: int, text: str) -> Report:
        kept = {block.text: block for block in self.blocks[first : last + 1]}
        new = split(text) if first == 0 else _questions(text, [*_heading_starts(text)])
        shared = (_shared(kept, block) for block in new)
        return _joined((*self.blocks[:first], *shared, *self.blocks[last + 1 :]))


def parse(text: str) -> Report:
    """The report that `text` is. Any text is one, if need be with no question."""
    return _joined(split(text))


def _joined(blocks: Sequence[Block]) -> Report:
    introduction, *questions = blocks
    return Report(cast("Introduction", introduction), cast("tuple[Question, ...]", tuple(questions)))


def split(text: str) -> list[Block]:
    """The blocks of a text, the introduction first."""
    starts = [*_heading_starts(text)]
    introduction = text[: starts[0]] if starts else text
    return [Introduction(introduction), *_questions(text, starts)]


def _questions(text: str, starts: list[int]) -> list[Question]:
    return [Question(text[start:end]) for start, end in zip(starts, [*starts[1:], len(text)])]


def _heading_starts(text: str) -> Iterator[int]:
    # Looking for the word first, and only near it for the start of its line, keeps this linear on any text.
    last = -1
    at = text.find(_WORD)
    while at >= 0:
        near = max(at - _LONGEST_OPENING, 0)
        start = max(text.rfind("\n", near, at), text.rfind("\r", near, at)) + 1
        if start > last and (start or near == 0) and HEADING.match(text, start):
            last = start
            yield start
        at = text.find(_WORD, at + len(_WORD))


def _shared(kept: dict[str, Block], block: Block) -> Block:
    old = kept.get(block.text)
    return old if old is not None and old == block else block
