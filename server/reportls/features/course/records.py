"""The result for one group: plain values that can be passed between processes without the report."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reportls.report.kinds import Constraints, Count


class GroupOutcome(Enum):
    """What became of a group's report, in few words."""

    PASSES = "passes"
    """Every question passes."""
    FAILS = "fails"
    """The check completes, and some question does not pass."""
    CRASHES = "crashes"
    """The checker reaches no verdict."""
    NOT_JUDGED = "not judged"
    """There is no report, or it could not be read."""


class Answer(NamedTuple):
    """One question of one group, as the checker has it."""

    number: int
    """Its position."""
    counted: Count
    passed: bool
    is_answered: bool
    """Whether there is text other than the placeholder."""
    wanted: Constraints


class Crash(NamedTuple):
    """Why the checker reaches no verdict."""

    error: str
    """What it finds and what it expects."""
    line: int | None = None
    """Where the cause stands, from 0; None if it is not known."""
    cause: str = ""


class MissingImage(NamedTuple):
    """An image of the report that is not handed in, or that graders will not see."""

    question: int | None
    line: int
    """From 0."""
    message: str


class Copy(NamedTuple):
    """An answer by which groups can be compared; the answer itself is not kept."""

    question: int
    words: int
    digest: str
    """The same for the same words in the same order."""


class Judgement(NamedTuple):
    """What there is to say of a report that could be read."""

    edition: str | None
    """The id of the edition; None for a course that is known by its reports alone."""
    passed: int | None
    """None if the check crashes."""
    total: int
    crash: Crash | None
    answers: tuple[Answer, ...]
    """As the checker has them; empty if it crashes."""
    unanswered: tuple[int, ...]
    """The numbers of the questions that are still to be answered."""
    words: int
    """Of all answers that the checker finds."""
    missing: tuple[MissingImage, ...]
    study_numbers: tuple[str, ...]
    notes: tuple[str, ...]
    """What a grader should know about how this came about."""
    copies: tuple[Copy, ...] = ()

    @property
    def failing(self) -> tuple[int, ...]:
        """The positions of the questions that do not pass."""
        return tuple(answer.number for answer in self.answers if not answer.passed)


class GroupRow(NamedTuple):
    """One group."""

    name: str
    path: str
    """Its folder, or its report where reports lie side by side."""
    report: str | None = None
    """The report that was judged, seen from `path`; None if there is none."""
    others: tuple[str, ...] = ()
    """More reports of the group, which were not judged."""
    judgement: Judgement | None = None
    problem: str | None = None
    """Why there is no judgement."""
    page: str | None = None
    """The file name of the group's own page, if there is one."""

    @property
    def outcome(self) -> GroupOutcome:
        """What became of the report."""
        judgement = self.judgement
        if judgement is None:
            return GroupOutcome.NOT_JUDGED
        if judgement.crash:
            return GroupOutcome.CRASHES
        return GroupOutcome.PASSES if judgement.passed == judgement.total else GroupOutcome.FAILS

    @property
    def notes(self) -> tuple[str, ...]:
        """All that a grader should know besides."""
        others = (f"not judged: {', '.join(self.others)}",) if self.others else ()
        return (*others, *(self.judgement.notes if self.judgement else ()))
