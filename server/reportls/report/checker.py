"""The checker's view: the answers, words, images and verdict exactly as the course's script finds them.

The script splits the raw text at every `Answer:`, keeps the parts that contain `###`, each cut at its first `##`, and
appends the last part whole. Words, images, `##` and `###` never reach over a line break, and blocks meet there, so a
part's count is the sum of its segments' counts. That is what makes the view cheap to keep up to date: a block's
segments are counted once.
"""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from reportls.report.form import FORM
from reportls.report.kinds import NOTHING, count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reportls.report.kinds import Constraints, Count

T = TypeVar("T")
_BLOCK_OF_ANSWER: Callable[[CheckedAnswer], int] = attrgetter("block")
_BLOCK_OF_JUDGED: Callable[[Judged], int] = attrgetter("answer.block")


class Segment(NamedTuple):
    """A stretch of one block that no marker interrupts."""

    start: int
    """Code points from the start of the block; the end of the marker before it, or 0."""
    whole: Count
    until_cut: Count
    cut: int | None
    """Code points from the start of the block to the first `##`."""
    has_kept: bool


def segments_of(text: str) -> tuple[Segment, ...]:
    """The segments of a block; one more than it has markers."""
    found: list[Segment] = []
    start = 0
    for segment in text.split(FORM.marker):
        found.append(segment_of(segment, start))
        start += len(segment) + len(FORM.marker)
    return tuple(found)


def segment_of(text: str, start: int) -> Segment:
    """Count a text without a marker that starts at offset `start` of its block."""
    whole = count(text)
    cut = text.find(FORM.cut)
    if cut < 0:
        return Segment(start, whole, whole, None, has_kept=False)
    return Segment(start, whole, count(text[:cut]), start + cut, FORM.kept in text)


class Variant(NamedTuple):
    """The way in which one version of the course's script reads a report."""

    answers_expected: int
    drops: int = 0
    """Characters dropped from the start of the file before it is split."""
    first_part_counts: bool = False
    """Whether the part before the first marker is looped over too, and the first answer then dropped (2022, 2023)."""
    names_encoding: bool = False
    """Whether the script opens the report with an encoding; without one, Windows decodes it as cp1252."""


class CheckedAnswer(NamedTuple):
    """One answer as the checker reads it."""

    block: int
    """Index of the block whose marker opens the answer; 0 is the introduction."""
    start: int
    """Code points from the start of that block to the end of the marker."""
    counted: Count


class Judged(NamedTuple):
    """The verdict on one question."""

    position: int
    """From 1. The script goes by position and never reads the number in the heading."""
    answer: CheckedAnswer
    constraints: Constraints
    passed: bool


class Verdict(NamedTuple):
    """The verdict on a report."""

    expected: int
    answers: tuple[CheckedAnswer, ...]
    judged: tuple[Judged, ...]
    """One for each question; empty when the check crashes."""
    error: str | None
    """Why the check crashes, in words."""
    passed: int | None
    """The number of questions that pass; None if the check crashes."""

    @property
    def completed(self) -> bool:
        """Whether the checker reaches a verdict at all."""
        return self.error is None

    def judged_in(self, block: int) -> tuple[Judged, ...]:
        """Return the verdicts on the answers that open in the block; none if the check crashes."""
        return _opening_in(block, self.judged, _BLOCK_OF_JUDGED)

    def answers_in(self, block: int) -> tuple[CheckedAnswer, ...]:
        """The answers that open in the block."""
        return _opening_in(block, self.answers, _BLOCK_OF_ANSWER)


class _Part:
    """The text between two markers, as segments of one block or several."""

    __slots__ = ("block", "segments")

    def __init__(self, block: int, segment: Segment) -> None:
        self.block = block
        self.segments = [segment]

    @property
    def is_kept(self) -> bool:
        return any(segment.has_kept for segment in self.segments)

    def whole(self) -> CheckedAnswer:
        total = NOTHING
        for segment in self.segments:
            total += segment.whole
        return CheckedAnswer(self.block, self.segments[0].start, total)

    def until_cut(self) -> CheckedAnswer:
        total = NOTHING
        for segment in self.segments:
            total += segment.until_cut
            # The script cuts at the first `##`, and the segments behind it are never looked at.
            if segment.cut is not None:
                break
        return CheckedAnswer(self.block, self.segments[0].start, total)


def _parts(blocks: Iterable[tuple[Segment, ...]]) -> list[_Part]:
    parts: list[_Part] = []
    for index, segments in enumerate(blocks):
        # The text of a block above its first marker belongs to the answer of the block before.
        if parts:
            parts[-1].segments.append(segments[0])
        else:
            parts.append(_Part(index, segments[0]))
        parts.extend(_Part(index, segment) for segment in segments[1:])
    return parts


def answers_in(blocks: Sequence[tuple[Segment, ...]], variant: Variant) -> tuple[CheckedAnswer, ...]:
    """The answers that the checker finds in a report's blocks."""
    parts = _parts(blocks)
    return _kept(parts)[1:] if variant.first_part_counts else _kept(parts[1:])


def _kept(parts: Sequence[_Part]) -> tuple[CheckedAnswer, ...]:
    # The last part is appended whole even if it was kept already: the script has the last answer twice then.
    return (*(part.until_cut() for part in parts if part.is_kept), *(part.whole() for part in parts[-1:]))


def judge(answers: tuple[CheckedAnswer, ...], variant: Variant, limits: Sequence[Constraints]) -> Verdict:
    """The verdict on the answers found, `limits` being the constraints of each question in order."""
    expected = variant.answers_expected
    if not answers or len(answers) != expected:
        return Verdict(expected, answers, (), _crash(len(answers), expected), None)
    judged = tuple(
        Judged(position, answer, constraints, constraints.allow(answer.counted))
        for position, (answer, constraints) in enumerate(zip(answers, limits, strict=True), start=1)
    )
    return Verdict(expected, answers, judged, None, sum(one.passed for one in judged))


def recount_words(verdict: Verdict, block: int, before: Segment, after: Segment) -> Verdict:
    """Return the verdict after words after the only marker of the block have changed, and nothing else.

    The segment from that marker to the end of the block was `before` and is `after`; if it has a `##`, the words are
    above it. Usually one answer opens there. The checker may drop it, and takes the last one twice if a `###` follows.
    """
    low = bisect_left(verdict.answers, block, key=_BLOCK_OF_ANSWER)
    answers = [
        answer._replace(counted=answer.counted.less(before.whole) + after.whole) for answer in verdict.answers_in(block)
    ]
    return _recounted(verdict, low, answers)


def _recounted(verdict: Verdict, low: int, answers: list[CheckedAnswer]) -> Verdict:
    """The verdict with these in place of the answers from `low` on."""
    high = low + len(answers)
    if answers == [*verdict.answers[low:high]]:
        return verdict
    before = verdict.judged[low:high]
    after = tuple(
        old if old.answer == new else old._replace(answer=new, passed=old.constraints.allow(new.counted))
        for old, new in zip(before, answers, strict=False)  # a check that crashes judges nothing
    )
    passed = verdict.passed
    if passed is not None:
        passed += sum(new.passed - old.passed for old, new in zip(before, after, strict=True))
    return verdict._replace(
        answers=verdict.answers[:low] + tuple(answers) + verdict.answers[high:],
        judged=verdict.judged[:low] + after + verdict.judged[high:],
        passed=passed,
    )


def _opening_in(block: int, found: tuple[T, ...], block_of: Callable[[T], int]) -> tuple[T, ...]:
    low = high = bisect_left(found, block, key=block_of)
    # Several answers open in one block if it has several markers, or if the script has the last answer twice.
    while high < len(found) and block_of(found[high]) == block:
        high += 1
    return found[low:high]


def _crash(found: int, expected: int) -> str:
    if not found:
        return f"no `{FORM.marker}` in the report" + (f", {expected} expected" if expected else "")
    return f"{found} answer{'s' if found > 1 else ''} found, {expected} expected"
