"""Findings: results of rules, and their fixes."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import TYPE_CHECKING, NamedTuple

from reportls.text import pattern

if TYPE_CHECKING:
    from reportls.text import Edit, Span

_NAMES_QUESTION = pattern(r"question \d+ ")
_LONGEST_NAME = 48
"""Code points of a slot's name in a message."""
_LOWER_CASE_WORD = pattern(r"[a-z]+(?![\w./-])")


class Severity(IntEnum):
    """The severity of a finding, most severe first."""

    ERROR = 1
    """This fails a question or crashes the checker."""
    WARNING = 2
    """The hand-in will be wrong, but no question fails."""
    INFORMATION = 3
    """Still to be done."""
    HINT = 4
    """Could be better."""

    @property
    def word(self) -> str:
        """The name in lower case, as in configuration and output."""
        return self.name.lower()


class Tag(Enum):
    """A fact about a rule that others act on, so that nobody needs to know rules by name."""

    LIMIT = "limit"
    """A count misses its limit. The table of questions shows that as well."""
    MISSING_IMAGE = "missing image"
    """Readers of the hand-in page do not get to see the image."""
    CRASH = "crash"
    """A finding can be what makes the check crash."""
    CUT_OFF = "cut off"
    """The checker does not see the rest of an answer."""
    UNNECESSARY = "unnecessary"
    """The marked text is to be deleted. Editors show it faded."""
    EDITION = "edition"
    """The rule needs what only a built-in edition knows of its course."""
    IN_SLOTS = "in slots"
    """A rule for one question that means the same in a slot of a report without checker."""


class FileEdit(NamedTuple):
    """A new text for another file in the report's repository."""

    path: str
    """Relative to the report's folder, with `/`."""
    text: str
    """The current text of the file."""
    new_text: str

    @property
    def name(self) -> str:
        """The file's name without folders."""
        return self.path.rpartition("/")[2]


class Fix(NamedTuple):
    """Edits that remove a finding, made all at once."""

    title: str
    """An imperative: `remove the placeholder`."""
    edits: tuple[Edit, ...]
    safe: bool = False
    """Whether it may be applied in bulk, because it cannot lose any of the author's words and fails no question."""
    fails_question: bool = False
    """Whether it is not safe only because it makes a passing question fail; the title says so."""
    file: FileEdit | None = None
    """The file to replace; the report itself has no edits then."""

    def shifted(self, by: int) -> Fix:
        """Return the fix moved by `by` code points."""
        return self._replace(edits=tuple(edit.shifted(by) for edit in self.edits))


class Related(NamedTuple):
    """Another place in the report that explains a finding."""

    span: Span
    message: str

    def shifted(self, by: int) -> Related:
        """Return the place moved by `by` code points."""
        return self._replace(span=self.span.shifted(by))


class Problem(NamedTuple):
    """A result of a rule. Offsets count from the start of the question's block, or of the report for a `ReportRule`."""

    span: Span
    """The smallest thing to look at: not empty, within one line."""
    message: str
    """Lower case, without a full stop: what is wrong and what to do."""
    fixes: tuple[Fix, ...] = ()
    """The best first."""
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    """A lower severity than the rule's, for this one problem."""
    consequence: str = ""
    """End of the message: the consequence for other answers or for the whole check."""
    is_crash: bool = False
    """Whether the check crashes because of this problem."""


class Finding(NamedTuple):
    """A problem together with its rule, severity and question. Offsets count from the start of the report."""

    rule: str
    """The rule's name; `reportls.rules.BY_NAME` has the rule."""
    severity: Severity
    question: int | None
    """The position of its question, from 1; None where none fits."""
    span: Span
    text: str
    """The message without its consequence."""
    fixes: tuple[Fix, ...] = ()
    related: tuple[Related, ...] = ()
    tags: frozenset[Tag] = frozenset()
    """The rule's."""
    consequence: str = ""
    is_crash: bool = False
    heading: int | None = None
    """The number in the heading of its question; None outside questions."""
    slot: str = ""
    """The name of its slot where a template says what is asked; empty outside slots."""

    @property
    def said(self) -> str:
        """The text followed by the consequence, without the name of the question."""
        return self.text + self.consequence

    @property
    def message(self) -> str:
        """The whole message in sentence case: `Question 11: 129 of 200-300 words: add 71`.

        It names the question as its author knows it, by the number in the heading, since lists of problems show the
        message without the report's text.
        """
        if self.slot:
            return f"{short_name(self.slot)}: {self.said}"
        if self.heading is None or _NAMES_QUESTION.match(self.said):
            return in_sentence_case(self.said)
        return f"Question {self.heading}: {self.said}"

    def shifted(self, by: int) -> Finding:
        """Return the finding moved by `by` code points."""
        if not by:
            return self
        return self._replace(
            span=self.span.shifted(by),
            fixes=tuple(fix.shifted(by) for fix in self.fixes),
            related=tuple(place.shifted(by) for place in self.related),
        )


def short_name(slot: str) -> str:
    """Return the name of a slot as messages begin with it: a whole question is cut, and loses its question mark."""
    name = slot if len(slot) <= _LONGEST_NAME else slot[:_LONGEST_NAME].rpartition(" ")[0] + "\N{HORIZONTAL ELLIPSIS}"
    return name.rstrip(" ?:.") or slot


def in_sentence_case(said: str) -> str:
    """Return a message with a capital first letter, unless it begins with a name, a number or code."""
    return said[:1].upper() + said[1:] if _LOWER_CASE_WORD.match(said) else said


class FileProblem(NamedTuple):
    """A problem in a file beside the report: a configuration file or a `report.py`."""

    line: int
    """From 0."""
    column: int
    """Code points from 0."""
    end_column: int
    message: str
    """Lower case: what is wrong and what to do."""
