"""What a rule is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.lazy import cached_property

if TYPE_CHECKING:
    from reportls.editions.edition import Edition, Role
    from reportls.findings.files import Files
    from reportls.findings.settings import Settings
    from reportls.report.checker import Judged, Verdict
    from reportls.report.constraints import Constraints
    from reportls.report.question import Question
    from reportls.report.report import Report


class Surroundings(NamedTuple):
    """What all questions of a report have in common; while it is equal, a question's findings stay as they are."""

    edition: Edition
    files: Files
    settings: Settings
    completed: bool
    """Whether the check completes."""
    defined: frozenset[str]
    """The labels of the link definitions anywhere in the report, in lower case."""
    unused: tuple[str, ...] = ()
    """The pictures in the folder for figures that no answer shows."""


class QuestionContext:
    """One question and all that its findings depend on."""

    def __init__(self, question: Question, judged: tuple[Judged, ...], surroundings: Surroundings) -> None:
        """Put them together."""
        self.question = question
        self.judged = judged
        """What the checker says of the answers that open at its markers: nothing if it drops them or crashes."""
        self.surroundings = surroundings

    def is_like(self, other: QuestionContext) -> bool:
        """Whether the same rules must find the same problems in both."""
        return (
            self.question is other.question and self.judged == other.judged and self.surroundings == other.surroundings
        )

    @property
    def edition(self) -> Edition:
        """The edition that the report is judged by."""
        return self.surroundings.edition

    @property
    def files(self) -> Files:
        """The files beside the report."""
        return self.surroundings.files

    @property
    def settings(self) -> Settings:
        """The user's settings."""
        return self.surroundings.settings

    @property
    def position(self) -> int | None:
        """The checker's number for the answer, or the heading's if the check crashes; None if the checker drops it."""
        if self.judged:
            return self.judged[0].position
        return None if self.surroundings.completed else self.own_position

    @cached_property
    def own_position(self) -> int:
        """The position whose limits are meant for the question, by the number in its heading."""
        return self.edition.position_of(self.question.number)

    @cached_property
    def constraints(self) -> Constraints:
        """The constraints that the checker applies to the answer; those of the heading's number if it applies none."""
        return self.edition.limits_at(self.position or self.own_position)

    @cached_property
    def role(self) -> Role | None:
        """What only some courses ask for and this question does."""
        roles = self.edition.roles
        return roles.get(self.position or self.own_position) if roles else None

    @property
    def is_shifted(self) -> bool:
        """Whether the answer is judged by another question's limits."""
        return bool(self.judged) and self.judged[0].position != self.own_position

    @cached_property
    def is_unanswered(self) -> bool:
        """Whether there is nothing but the placeholder, or nothing at all where words or images are wanted."""
        if self.question.is_answered:
            return False
        words, images = self.constraints
        return bool(self.question.placeholders or (words and words.low) or (images and images.low))


class ReportContext(NamedTuple):
    """The whole report."""

    report: Report
    verdict: Verdict
    edition: Edition
    files: Files
    settings: Settings
    questions: tuple[QuestionContext, ...]
    """In the order of the report."""
