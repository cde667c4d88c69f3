"""Compares a report's numbers with the course's, from 1 without gaps, and tells which answers a difference costs."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reportls.report.form import FORM
from reportls.report.prompt import is_quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.findings.context import ReportContext
    from reportls.findings.finding import Problem
    from reportls.report.block import Block
    from reportls.report.kinds import Count
    from reportls.report.report import Report, Structure
    from reportls.text import Span


class Gap(NamedTuple):
    """Consecutive numbers that no question has."""

    first: int
    last: int
    after: int
    """Index of the block that they should follow; 0 is the introduction."""


class Repeated(NamedTuple):
    """A question whose number is used twice."""

    block: int
    other: int
    """Index of the block of the other one."""
    wanted: int | None
    """The number that is missing at this place, if one is."""


class Displaced(NamedTuple):
    """A question out of order."""

    block: int
    wanted: int | None
    """The number that is missing at this place, if the course has no question with its own."""


class LostHeading(NamedTuple):
    """A question without a heading, at the end of another one's block; offsets count from the start of that block."""

    number: int
    """The number that it should have."""
    block: int
    """The block that holds it now."""
    marker: int
    """Offset in the report of the question's marker."""
    prompt: int
    """Offset in the report of the question's prompt."""
    heading: Span | None
    """A heading with other words, directly above the prompt."""
    is_first: bool
    """Whether no marker comes before it in the report."""
    separates: bool
    """Whether there is a `###` before the marker anyway, so that the checker keeps the answer above."""


class Numbering(NamedTuple):
    """Everything that is wrong with the numbers."""

    gaps: tuple[Gap, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    displaced: tuple[Displaced, ...] = ()
    beyond: tuple[int, ...] = ()
    """Indexes of the blocks after the last question whose numbers are too high."""


def last_number(ctx: ReportContext) -> int:
    """Return the number of the course's last question."""
    if not ctx.edition.is_known_by_report_alone:
        return ctx.edition.variant.answers_expected
    return _last_of(ctx.report.structure)


@lru_cache(maxsize=4)  # several rules ask after every edit
def _last_of(structure: Structure) -> int:
    numbers = structure.numbers
    # A number that is far too high is a typo, and does not make hundreds of questions missing.
    return max((number for number in numbers if number <= 2 * len(numbers)), default=len(numbers))


def numbering(ctx: ReportContext) -> Numbering:
    """Return everything that is wrong with the numbers of the report's questions."""
    return _numbering(ctx.report.structure, last_number(ctx))


@lru_cache(maxsize=4)
def _numbering(structure: Structure, last: int) -> Numbering:
    numbers = structure.numbers
    if numbers == tuple(range(1, last + 1)):
        return Numbering()
    return _Row(numbers, last).numbering()


class _Row:
    """Decides which numbers are right, and what is wrong with the others. Blocks count from 1."""

    def __init__(self, numbers: Sequence[int], last: int) -> None:
        self.numbers = numbers
        self.last = last
        inside = [block for block, number in enumerate(numbers, start=1) if 1 <= number <= last]
        self.end = inside[-1] if inside else 0
        self.blocks = self._owners(inside)
        """The block that each number belongs to."""
        own = [(block, numbers[block - 1]) for block in sorted(self.blocks.values())]
        self.chain = [block for block, _ in longest_rising(own)]
        self.in_order = set(self.chain)

    def _owners(self, inside: Sequence[int]) -> dict[int, int]:
        owners: dict[int, int] = {}
        present = {self.numbers[block - 1] for block in inside}
        for block in inside:
            number = self.numbers[block - 1]
            if number not in owners or self._first_is_misnumbered(owners[number], block, present):
                owners[number] = block
        return owners

    def _first_is_misnumbered(self, first: int, second: int, present: set[int]) -> bool:
        """Return whether the first of two equal numbers is where its predecessor is missing, as in 1, 3, 3, 4."""
        number = self.numbers[first - 1]
        before = self.numbers[first - 2] if first > 1 else 0
        return second == first + 1 and number - 1 not in present and before == number - 2

    def numbering(self) -> Numbering:
        gaps: list[Gap] = []
        wanted: dict[int, int] = {}
        borders = [0, *self.chain, self.end + 1]
        for before, after in pairwise(borders):
            missing = self._missing_between(before, after)
            loose = [block for block in range(before + 1, after) if self._has_no_place(block)]
            # As many numbers as questions without a place: these are misnumbered, and no question is missing.
            if missing and len(missing) == len(loose):
                wanted.update(zip(loose, missing, strict=True))
            else:
                gaps += [Gap(*run, before) for run in _runs(missing)]
        return Numbering(
            tuple(gaps),
            tuple(self._repeated(wanted)),
            tuple(self._displaced(wanted)),
            tuple(range(self.end + 1, len(self.numbers) + 1)),
        )

    def _number(self, block: int) -> int:
        if block == 0:
            return 0
        return self.numbers[block - 1] if block <= self.end else self.last + 1

    def _missing_between(self, before: int, after: int) -> list[int]:
        low, high = self._number(before) + 1, self._number(after)
        return [number for number in range(low, high) if number not in self.blocks]

    def _has_no_place(self, block: int) -> bool:
        return self.blocks.get(self.numbers[block - 1]) != block

    def _repeated(self, wanted: dict[int, int]) -> list[Repeated]:
        return [
            Repeated(block, self.blocks[self.numbers[block - 1]], wanted.get(block))
            for block in range(1, self.end + 1)
            if self.numbers[block - 1] in self.blocks and self._has_no_place(block)
        ]

    def _displaced(self, wanted: dict[int, int]) -> list[Displaced]:
        return [
            Displaced(block, wanted.get(block))
            for block in range(1, self.end + 1)
            if self.blocks.get(self.numbers[block - 1], block) == block and block not in self.in_order
        ]


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return first and last of each run of consecutive numbers."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of the pairs in which the second numbers rise, in O(n log n)."""
    lowest: list[int] = []  # the lowest number that a row of each length ends with,
    ends: list[int] = []  # and which pair that is
    before: list[int] = []
    for index, (_, number) in enumerate(pairs):
        length = bisect_left(lowest, number)
        lowest[length : length + 1] = [number]
        ends[length : length + 1] = [index]
        before.append(ends[length - 1] if length else -1)
    row, at = [], ends[-1] if ends else -1
    while at >= 0:
        row.append(pairs[at])
        at = before[at]
    return row[::-1]


def lost_headings(report: Report, gap: Gap) -> tuple[LostHeading, ...]:
    """Return the questions of the gap if all of them are there without their headings."""
    found = list(_candidates(report.blocks[gap.after], gap.after))
    if len(found) != gap.last - gap.first + 1:
        return ()
    return tuple(lost._replace(number=number) for number, lost in enumerate(found, start=gap.first))


def markers_without_heading(report: Report, numbering: Numbering) -> set[tuple[int, int]]:
    """Return block and offset of the marker of each question that lacks its heading."""
    return {(lost.block, lost.marker) for gap in numbering.gaps for lost in lost_headings(report, gap)}


def _candidates(block: Block, index: int) -> Iterator[LostHeading]:
    # The introduction has no marker of its own.
    own_markers = 1 if index else 0
    for before, after in pairwise(block.segments[own_markers:]):
        marker = after.start - len(FORM.marker)
        prompt = _prompt_line(block, before.start, marker)
        if prompt is not None:
            heading = _heading_above(block, before.start, prompt)
            start = block.source.line_starts[prompt]
            yield LostHeading(0, index, marker, start, heading, not index and not before.start, before.has_kept)


def _prompt_line(block: Block, start: int, marker: int) -> int | None:
    """Return the first line of the quote that ends at the marker; None unless it has words and a blank line above."""
    source = block.source
    first = source.line_at(start) + (1 if start else 0)
    line = source.line_at(marker) - 1
    if not is_quoted(source[source.line_span(line + 1)]):
        while line >= first and _is_blank(block, line):
            line -= 1
    end = line
    while line >= first and is_quoted(source[source.line_span(line)]):
        line -= 1
    has_words = any(source[source.line_span(quoted)].strip("> \t") for quoted in range(line + 1, end + 1))
    return line + 1 if has_words and (line < 0 or _ends_answer(block, line)) else None


def _ends_answer(block: Block, line: int) -> bool:
    return _is_blank(block, line) or _heading(block, line) is not None


def _heading_above(block: Block, start: int, prompt: int) -> Span | None:
    line = prompt - 1
    while line > 0 and _is_blank(block, line):
        line -= 1
    heading = _heading(block, line) if line >= 0 else None
    return heading if heading and heading.start >= start else None


def _heading(block: Block, line: int) -> Span | None:
    span = block.source.line_span(line)
    return span if block[span].lstrip(" ").startswith("##") else None


def _is_blank(block: Block, line: int) -> bool:
    return not block[block.source.line_span(line)].strip()


def with_consequence(ctx: ReportContext, first: int, problem: Problem) -> Problem:
    """Add to a problem what becomes of the answers from the block `first` on.

    Either the check crashes, or answers are shifted to other questions until an extra one makes up for a missing one.
    """
    return problem._replace(consequence=_consequence(ctx, first), is_crash=ctx.verdict.error is not None)


def _consequence(ctx: ReportContext, first: int) -> str:
    if ctx.verdict.error:
        return f"; the check crashes: {ctx.verdict.error}"
    shifted = list(_shifted(ctx, first))
    if not shifted:
        return ""
    if len(shifted) == 1:
        own, position = shifted[0]
        return f"; the answer to question {own} is judged as question {position}"
    (own, position), (last_own, last_position) = shifted[0], shifted[-1]
    return (
        f"; the answers to questions {own} to {last_own} are judged as questions {position} to {last_position}"
        if last_own - own == last_position - position == len(shifted) - 1
        else f"; {len(shifted)} answers from question {own} on are judged as other questions"
    )


def _shifted(ctx: ReportContext, first: int) -> Iterator[tuple[int, int]]:
    """Yield own and judged number of the answers from the block on, as long as the two differ."""
    for judged in ctx.verdict.judged:
        if judged.answer.block >= first:
            own = own_position(ctx, judged.answer.block)
            if own == judged.position:
                return
            yield own, judged.position


def own_position(ctx: ReportContext, block: int) -> int:
    """Return the position that the heading of the question in that block stands for; 0 for the introduction."""
    return ctx.questions[block - 1].own_position if block else 0


def costs_question(ctx: ReportContext, block: int, lost: Count) -> bool:
    """Return whether the answer that opens in the block fails but would pass with the words and images in `lost`.

    If the check crashes, the question's own limits decide, because they apply once it no longer crashes.
    """
    judged = [judged for judged in ctx.verdict.judged if judged.answer.block == block]
    if judged:
        answer, constraints = judged[-1].answer, judged[-1].constraints
    else:
        found = [answer for answer in ctx.verdict.answers if answer.block == block]
        if not found:
            return False
        answer, constraints = found[-1], ctx.edition.limits_at(own_position(ctx, block))
    return not constraints.allow(answer.counted) and constraints.allow(answer.counted + lost)
