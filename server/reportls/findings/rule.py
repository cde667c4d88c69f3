"""Rules: a rule is a value made from one function, whose docstring is the rule's page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from reportls.findings.context import FormContext, QuestionContext, ReportContext, SlotContext
from reportls.findings.finding import Problem, Tag
from reportls.report.triggers import Trigger

if TYPE_CHECKING:
    from collections.abc import Collection

    from reportls.findings.finding import Severity

_Context = TypeVar("_Context")
_Of = TypeVar("_Of")

FixKind = Literal["safe", "offered"]
"""The fixes that a rule's findings can have: some safe ones, or only ones that are applied by hand."""

Subject = Literal["words", "failures", "gap", "role"] | Trigger
"""A part or property of a question that a rule looks at. The rule does not run on questions without it.

`words`: every question. `failures`: answers that fail or have no verdict. `gap`: unanswered questions.
`role`: questions with special content. Others: see `triggers`.
"""

ReportSubject = Literal["frame", "irregularities", "answers"]
"""The part of a report that a rule for the whole report looks at.

`frame`: everything but the words of answers: introduction, headings, prompts, markers, and what lies beside the report.
While only words change, the diagnostics of such a rule are kept, and its findings are computed when somebody asks for
them: the edits of its fixes may depend on words, but nothing that a diagnostic shows.
`irregularities`: any part, in a report in which something is amiss with questions, headings or markers; in others there
is nothing to find.
`answers`: any part of any report.
"""


Need = Literal["edition", "checker", "form"]
"""`edition`: a built-in edition, which knows its course's texts; `checker`: a script of a course, or an edition;
`form`: a template.
"""


_SlotCheck = Callable[[SlotContext], Iterator[Problem]]
_FormCheck = Callable[[FormContext], Iterator[Problem]]


class Rule:
    """A rule's name, severity, tags and page."""

    def __init__(
        self,
        function: Callable[..., object],
        severity: Severity,
        fix: FixKind | None = None,
        tags: Collection[Tag] = (),
    ) -> None:
        """Take name and page from the function."""
        self.name = function.__name__.replace("_", "-")
        self.severity = severity
        self.fix = fix
        self.tags = frozenset(tags)
        self._docstring = function.__doc__ or ""
        self.check_slot: _SlotCheck | None = None
        """Finds the rule's problems in a slot of a template; None if it does not apply to reports with a template."""
        self.check_form: _FormCheck | None = None
        """Finds the rule's problems in a report with a template as a whole."""
        self.form_subject: ReportSubject = "frame"
        """The part of the report that `check_form` depends on."""

    def __repr__(self) -> str:
        """The name, for test failures."""
        return f"<rule {self.name}>"

    def in_slots(self, check: _SlotCheck) -> _SlotCheck:
        """Decorate the function that finds the rule's problems in one slot; offsets count from its start."""
        self.check_slot = check
        return check

    def in_forms(self, of: ReportSubject) -> Callable[[_FormCheck], _FormCheck]:
        """Decorate the function that finds problems in a whole report with a template, as offsets from its start."""

        def noted(check: _FormCheck) -> _FormCheck:
            self.check_form, self.form_subject = check, of
            return check

        return noted

    @property
    def needs(self) -> tuple[Need, ...]:
        """The kinds of judge of which a report must have one for the rule to run; empty if it always runs."""
        is_in_forms = bool(self.check_slot or self.check_form or Tag.IN_SLOTS in self.tags)
        return ("form",) if is_in_forms else ()

    @property
    def title(self) -> str:
        """The first line of its page: what is wrong, as a sentence."""
        return self.page.partition("\n")[0]

    @property
    def page(self) -> str:
        """The whole page, Markdown."""
        from inspect import cleandoc  # noqa: PLC0415  # takes a session long to import, and few need it

        return cleandoc(self._docstring)


class _CheckedRule(Rule, Generic[_Context, _Of]):
    """A rule for reports that a checker judges."""

    def __init__(
        self,
        function: Callable[[_Context], Iterator[Problem]],
        severity: Severity,
        fix: FixKind | None,
        tags: Collection[Tag],
        of: _Of,
    ) -> None:
        """See `Rule`."""
        super().__init__(function, severity, fix, tags)
        self.check = function
        self.of = of

    @property
    def needs(self) -> tuple[Need, ...]:
        """A checker or an edition, and a form if the rule also runs on reports with a template."""
        return ("edition" if Tag.EDITION in self.tags else "checker", *super().needs)


class QuestionRule(_CheckedRule[QuestionContext, frozenset[Subject]]):
    """A rule that looks at one question, and runs on those with at least one of its subjects `of`.

    Its problems count offsets from the start of the question's block.
    """


class ReportRule(_CheckedRule[ReportContext, ReportSubject]):
    """A rule that looks at the whole report or at the part `of` it; its problems count offsets from its start."""


def question_rule(
    severity: Severity, fix: FixKind | None = None, tags: Collection[Tag] = (), *, of: Collection[Subject]
) -> Callable[[Callable[[QuestionContext], Iterator[Problem]]], QuestionRule]:
    """Make a rule of a function that looks at one question; it runs only on questions with one of the subjects `of`."""
    return lambda function: QuestionRule(function, severity, fix, tags, frozenset(of))


def report_rule(
    severity: Severity, fix: FixKind | None = None, tags: Collection[Tag] = (), *, of: ReportSubject
) -> Callable[[Callable[[ReportContext], Iterator[Problem]]], ReportRule]:
    """Make a rule of a function that looks at the whole report, or at the part `of` it."""
    return lambda function: ReportRule(function, severity, fix, tags, of)


def slot_rule(severity: Severity) -> Callable[[_SlotCheck], Rule]:
    """Make a rule of a function that looks at one slot of a template."""

    def made(function: _SlotCheck) -> Rule:
        rule = Rule(function, severity)
        rule.check_slot = function
        return rule

    return made


def form_rule(severity: Severity) -> Callable[[_FormCheck], Rule]:
    """Make a rule of a function that looks at the frame of a report with a template."""

    def made(function: _FormCheck) -> Rule:
        rule = Rule(function, severity)
        rule.check_form = function
        return rule

    return made


def file_rule(severity: Severity) -> Callable[[Callable[[], None]], Rule]:
    """Make a rule for findings made elsewhere, as in files beside the report; it only has a name and a page."""
    return lambda function: Rule(function, severity)
