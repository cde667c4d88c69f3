"""The result for one group: plain values that can be passed between processes without the report."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportls.report.kinds import Constraints, Count


class GroupOutcome(Enum):
    """The result of a group."""

    PASSES = "passes"
    """Every question passes."""
    FAILS = "fails"
    """The check completes and some question fails."""
    COMPLETE = "complete"
    """By its template, the report is complete and within its limits: without a checker, nothing passes."""
    NOT_COMPLETE = "not complete"
    CRASHES = "crashes"
    """The checker stops without a verdict."""
    NOT_JUDGED = "not judged"
    """There is no report, or it could not be read."""


class Answer(NamedTuple):
    """One question of one group, as the checker counts it."""

    number: int
    """The position among the questions."""
    counted: Count
    passed: bool
    is_answered: bool
    """Whether there is text other than the placeholder."""
    wanted: Constraints


class Crash(NamedTuple):
    """The reason why the checker stops without a verdict."""

    error: str
    """The number of answers found and expected."""
    line: int | None = None
    """Line of the cause, from 0; None if unknown."""
    cause: str = ""


class MissingImage(NamedTuple):
    """An image of the report that is not handed in, or that graders will not see."""

    question: int | None
    line: int
    """From 0."""
    message: str


class Copy(NamedTuple):
    """An answer, to be compared with those of other groups."""

    question: int
    words: int
    text: str
    prompt: str
    """The question's own text, which answers may repeat."""


class Judgement(NamedTuple):
    """The result for a report that could be read."""

    edition: str | None
    """The id of the edition, or the name of the template; None for a course that is known by its reports alone."""
    passed: int | None
    """The number of questions that pass, or of slots that are complete; None if the check crashes."""
    total: int
    crash: Crash | None
    answers: tuple[Answer, ...]
    """In the order of the checker; empty if it crashes."""
    unanswered: tuple[int, ...]
    """The numbers of the unanswered questions."""
    words: int
    """Sum over all answers that the checker finds."""
    missing: tuple[MissingImage, ...]
    study_numbers: tuple[str, ...]
    notes: tuple[str, ...]
    """Notes for the grader on how the result came about."""
    copies: tuple[Copy, ...] = ()
    tasks: tuple[int, int] = (0, 0)
    """The ticked tasks of the checklist, and all of them."""
    group: str | None = None
    """The answer to the question that asks for the group's number; None if none asks."""
    is_outside_together: bool = False
    """Whether several slots together miss a limit of the template."""
    has_checker: bool = True
    """Whether a checker decides; where a template does, nothing passes or fails, but is complete or not."""

    @property
    def failing(self) -> tuple[int, ...]:
        """The positions of the questions that fail."""
        return tuple(answer.number for answer in self.answers if not answer.passed)


class Past(NamedTuple):
    """A group's course over time, from the versions of its report in git."""

    passed: tuple[int | None, ...]
    """The questions that passed in each version, the oldest first; None where there was no verdict."""
    total: int
    last: int | None
    """When the report was last committed, in seconds from the epoch; None if never."""
    better: str | None
    """The best verdict and its commit, in words, if the report is worse now."""


class GroupRow(NamedTuple):
    """One group with its result."""

    name: str
    path: str
    """The folder, or the report if all reports share a folder."""
    report: str | None = None
    """The report that was judged, relative to `path`; None if there is none."""
    others: tuple[str, ...] = ()
    """Further reports of the group, which were not judged."""
    judgement: Judgement | None = None
    problem: str | None = None
    """The reason why there is no judgement."""
    page: str | None = None
    """File name of the group's page, if there is one."""
    remarks: tuple[str, ...] = ()
    """What its repository or the class list says about the group."""
    past: Past | None = None
    """None if it was not asked for, or the report is not in git."""
    lines: tuple[Mapping[str, str], ...] = ()
    """The lines of the class list about the group, by heading."""

    @property
    def outcome(self) -> GroupOutcome:
        """The result of the group."""
        judgement = self.judgement
        if judgement is None:
            return GroupOutcome.NOT_JUDGED
        if judgement.crash:
            return GroupOutcome.CRASHES
        is_fine = judgement.passed == judgement.total and not judgement.is_outside_together
        if judgement.has_checker:
            return GroupOutcome.PASSES if is_fine else GroupOutcome.FAILS
        return GroupOutcome.COMPLETE if is_fine else GroupOutcome.NOT_COMPLETE

    @property
    def notes(self) -> tuple[str, ...]:
        """All notes for the grader."""
        others = (f"not judged: {', '.join(self.others)}",) if self.others else ()
        better = (f"was better before: {self.past.better}",) if self.past and self.past.better else ()
        return (*others, *better, *self.remarks, *(self.judgement.notes if self.judgement else ()))
