"""What rules are given: views of a question, a slot and a whole report, with all that their findings depend on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.editions.wording import changes_of
from reportls.findings.files import NoRepository
from reportls.lazy import cached_property
from reportls.report.checker import CheckedAnswer, Judged
from reportls.report.kinds import count
from reportls.text import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportls.editions.edition import Edition, Role
    from reportls.editions.wording import Change
    from reportls.findings.files import Files, Repository
    from reportls.findings.finding import FileEdit
    from reportls.findings.settings import Settings
    from reportls.forms.filled import FilledForm, FilledSlot
    from reportls.forms.rows import Demands, Measured
    from reportls.forms.template import Template
    from reportls.report.checker import Verdict
    from reportls.report.kinds import Constraints
    from reportls.report.question import Question
    from reportls.report.report import Report
    from reportls.text import Span

_WORD = pattern(r"[^\W\d_]+")
_NO_BLOCK = 0
"""Block of an answer that the checker has not found."""


class Newest(NamedTuple):
    """The course's newest template and script, to compare with those that a report was begun with."""

    name: str
    """The place of the texts, as the user named it."""
    questions: Mapping[int, Question]
    """The template's, by number; empty without a template."""
    files: tuple[FileEdit, ...] = ()
    """The script beside the report, and the template that it fills in, where they differ from the newest."""

    def outdated_in(self, report: Report) -> list[tuple[int, Question]]:
        """Return the report's questions whose prompt is not the newest, each with its block; white space may differ."""
        return [
            (block, question)
            for block, question in enumerate(report.questions, start=1)
            if (newest := self.questions.get(question.number))
            and newest.layout.prompt
            and newest.prompt_print != question.prompt_print
        ]

    def missing_in(self, report: Report) -> list[int]:
        """Return the numbers of the template's questions that the report does not have."""
        return sorted(self.questions.keys() - report.numbers)


class FigureUse(NamedTuple):
    """Which figures the answers of a report show, or have counted."""

    unused: tuple[str, ...] = ()
    """The figures that no answer shows, as paths."""
    again: frozenset[tuple[int, str]] = frozenset()
    """The number of each question with a figure that an earlier one shows, and that figure."""


class Surroundings(NamedTuple):
    """Facts shared by all questions of a report. While they are equal, findings in an unchanged question stay valid."""

    edition: Edition
    files: Files
    settings: Settings
    completed: bool
    """Whether the check completes."""
    defined: frozenset[str]
    """The labels of the link definitions anywhere in the report, in lower case."""
    has_conflict: bool = False
    """Whether the report has git's conflict markers anywhere."""
    figure_use: FigureUse = FigureUse()
    repository: Repository = NoRepository()
    is_too_long: bool = False
    """Whether the report is so long that only limits are checked."""
    has_form: bool = False
    """Whether the report is judged by its template, and no course counts or collects it."""
    template: Template | None = None
    """The blank file of a report whose limits a checker decides."""


class QuestionContext:
    """A question with everything that its findings depend on."""

    def __init__(self, question: Question, judged: tuple[Judged, ...], surroundings: Surroundings) -> None:
        """Combine a question with its verdicts and the facts shared by all questions."""
        self.question = question
        self.judged = judged
        """The checker's verdicts on the answers that open at its markers: none if it drops them or crashes."""
        self.surroundings = surroundings
        # Rules ask for these all the time, so they are attributes.
        self.edition = surroundings.edition
        self.files = surroundings.files
        self.repository = surroundings.repository
        self.settings = surroundings.settings

    def is_like(self, other: QuestionContext) -> bool:
        """Return whether rules must find the same problems in both."""
        return (
            # Unchanged questions are shared between versions: comparing objects is enough, and
            # comparing texts takes longer.
            self.question is other.question and self.judged == other.judged and self.surroundings == other.surroundings
        )

    @property
    def formats(self) -> tuple[str, ...]:
        """The extensions that a figure may have."""
        return self.settings.figure_formats(has_form=self.surroundings.has_form)

    @property
    def position(self) -> int | None:
        """The position that the answer is judged by; the heading's if the check crashes, None if it is dropped."""
        if self.judged:
            return self.judged[0].position
        return None if self.surroundings.completed else self.own_position

    @cached_property
    def own_position(self) -> int:
        """The position that the number in the heading stands for."""
        return self.edition.position_of(self.question.number)

    @cached_property
    def constraints(self) -> Constraints:
        """The constraints that the checker applies to the answer; without any, those of `own_position`."""
        return self.edition.limits_at(self.position or self.own_position)

    @cached_property
    def role(self) -> Role | None:
        """The special content that the question asks for in this course, such as study numbers."""
        roles = self.edition.roles
        return roles.get(self.position or self.own_position) if roles else None

    @cached_property
    def prompt_changes(self) -> tuple[Change, ...]:
        """The ways in which the prompt differs from the course's."""
        return changes_of(self.question, self.edition)

    @cached_property
    def after_repair(self) -> Judged | None:
        """The judgement of the answer once markers and headings are repaired; None if the check completes.

        A crash hides every other verdict, so this is what the author still has to do.
        """
        if self.surroundings.completed:
            return None
        start, end = self.question.layout.answer
        text, quoted = self.question.text[start:end], self._quoted_answer
        if quoted is not None:
            # The marker is restored above the answer, with a quoted blank line between them.
            start, text = quoted, f">\n{self.question.text[quoted:end]}"
        counted = count(text)
        constraints = self.edition.limits_at(self.own_position)
        passed = constraints.allow(counted)
        return Judged(self.own_position, CheckedAnswer(_NO_BLOCK, start, counted), constraints, passed)

    @cached_property
    def _quoted_answer(self) -> int | None:
        """The start of an answer in the quote of a lost marker; a single word there may be a damaged marker instead."""
        start = self.question.answer_in_quote
        if start is None or self.question.placeholders:
            return None
        return start if len(_WORD.findall(self.question.text, start)) > 1 else None

    @property
    def is_shifted(self) -> bool:
        """Whether the answer is judged by another question's limits."""
        return bool(self.judged) and self.judged[0].position != self.own_position

    @cached_property
    def is_unanswered(self) -> bool:
        """Whether the answer is only the placeholder, or empty although words or images are required."""
        if self.question.is_answered or self._quoted_answer is not None:
            return False
        return bool(self.question.placeholders) or any(limit.low for _, limit in self.constraints.limits)


class SlotContext(NamedTuple):
    """A slot of a template with everything that its findings depend on; offsets count from the start of the slot."""

    filled: FilledSlot
    answer: QuestionContext
    """The answer in the slot, in the form that the rules on images and links read."""
    measured: tuple[Measured, ...]
    """One for each limit."""
    demands: Demands
    settings: Settings


class FormContext(NamedTuple):
    """A report with a template: the view of a rule for the whole report. Offsets count from its start."""

    form: FilledForm
    demands: Demands
    settings: Settings
    text: str
    newest: Newest | None = None


class ReportContext(NamedTuple):
    """A report with its verdict: the view of a rule for the whole report."""

    report: Report
    verdict: Verdict
    edition: Edition
    files: Files
    settings: Settings
    questions: tuple[QuestionContext, ...]
    """In the order of the report."""
    repository: Repository = NoRepository()
    newest: Newest | None = None

    @property
    def placed(self) -> Iterator[tuple[int, QuestionContext]]:
        """Each question with the offset at which its block starts."""
        return zip(self.report.starts[1:-1], self.questions, strict=True)

    def number_of(self, block: int) -> Span:
        """Return the span of the number in the heading of the question in a block."""
        return self.report.questions[block - 1].layout.number.shifted(self.report.starts[block])
