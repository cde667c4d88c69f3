"""A rule: one function and one value made from it. Its docstring is its page."""

from __future__ import annotations

from inspect import cleandoc
from typing import TYPE_CHECKING, Literal

from reportls.report.triggers import Trigger

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from reportls.findings.context import QuestionContext, ReportContext
    from reportls.findings.finding import Problem, Severity, Tag

Mending = Literal["safe", "offered"]
"""What fixes a rule's findings can have: some safe ones, or only such as are applied by hand."""

Subject = Literal["words", "prompt", "failures", "gap", "role"] | Trigger
"""What a rule looks at in a question; it is not asked where there is none of that.

Words, whatever they are; the prompt, which is not looked at again while it stays as it is; answers that the checker
fails or knows nothing of; that there is no answer; what only some courses ask for; or what there are signs of.
"""


class Rule:
    """What is known of a rule apart from what it looks at."""

    def __init__(
        self,
        function: Callable[..., object],
        severity: Severity,
        fix: Mending | None = None,
        tags: Collection[Tag] = (),
    ) -> None:
        """Take name and page from the function, which must have a docstring."""
        self.name = function.__name__.replace("_", "-")
        self.severity = severity
        self.fix = fix
        self.tags = frozenset(tags)
        self._docstring = function.__doc__ or ""

    def __repr__(self) -> str:
        """The name, for test failures."""
        return f"<rule {self.name}>"

    @property
    def title(self) -> str:
        """The first line of its page: what is wrong, as a sentence."""
        return self.page.partition("\n")[0]

    @property
    def page(self) -> str:
        """The whole page, Markdown."""
        return cleandoc(self._docstring)


class QuestionRule(Rule):
    """A rule that looks at one question; its problems count offsets from the start of the question's block."""

    def __init__(
        self,
        function: Callable[[QuestionContext], Iterator[Problem]],
        severity: Severity,
        fix: Mending | None = None,
        tags: Collection[Tag] = (),
        *,
        of: Collection[Subject],
    ) -> None:
        """See `Rule`."""
        super().__init__(function, severity, fix, tags)
        self.check = function
        self.of = frozenset(of)
        """What there must be for the rule to find something: some of these."""


class ReportRule(Rule):
    """A rule that looks at the whole report; its problems count offsets from the start of the report."""

    def __init__(
        self,
        function: Callable[[ReportContext], Iterator[Problem]],
        severity: Severity,
        fix: Mending | None = None,
        tags: Collection[Tag] = (),
    ) -> None:
        """See `Rule`."""
        super().__init__(function, severity, fix, tags)
        self.check = function


def question_rule(
    severity: Severity, fix: Mending | None = None, tags: Collection[Tag] = (), *, of: Collection[Subject]
) -> Callable[[Callable[[QuestionContext], Iterator[Problem]]], QuestionRule]:
    """Make a rule of a function that looks at one question and finds nothing unless that has some of what is given."""
    return lambda function: QuestionRule(function, severity, fix, tags, of=of)


def report_rule(
    severity: Severity, fix: Mending | None = None, tags: Collection[Tag] = ()
) -> Callable[[Callable[[ReportContext], Iterator[Problem]]], ReportRule]:
    """Make a rule of a function that looks at the whole report."""
    return lambda function: ReportRule(function, severity, fix, tags)


def file_rule(severity: Severity) -> Callable[[Callable[[], None]], Rule]:
    """Make a rule of what is found in a file beside the report: nothing runs, but it has a name and a page."""
    return lambda function: Rule(function, severity)
