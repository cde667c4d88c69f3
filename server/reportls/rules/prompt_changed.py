"""Prompts that differ from the course's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.move_below_marker import moved_below_marker
from reportls.editions.wording import Change, Part
from reportls.findings.finding import Fix, Problem, Related, Severity
from reportls.findings.rule import report_rule
from reportls.report.form import FORM
from reportls.report.prompt import EXAMPLE
from reportls.text import Edit, Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.findings.context import ReportContext
    from reportls.report.question import Question

_WORDS = pattern(r"\w[^\r\n]*\w|\w")
_MOST_NAMED = 4
"""Questions listed in the message; all are related places."""
_PUT_BACK = "put it back, only the answer is yours"


class _Changed(NamedTuple):
    """A question with a prompt that is not the course's."""

    start: int
    """The offset of its block."""
    question: Question
    changes: tuple[Change, ...]

    @property
    def added(self) -> tuple[Span, ...]:
        """The author's words in the quote."""
        return tuple(stretch for change in self.changes for stretch in change.added)

    @property
    def place(self) -> Span:
        """The place of the author's words, or of the first change; from the start of the report."""
        change = next((change for change in self.changes if change.added), self.changes[0])
        return _place(self.question, change).shifted(self.start)

    @property
    def what(self) -> str:
        """The changes in words."""
        return "; ".join(_what(self.question, change) for change in self.changes)


@report_rule(Severity.HINT, fix="offered")
def prompt_changed(ctx: ReportContext) -> Iterator[Problem]:
    """The course's text of a question was edited or deleted.

    Everything from the heading to `Answer:` belongs to the course: the question, the line with the length, the example.
    Graders read it together with the answer. If the line with the length is missing, neither they nor this program can
    show the limit next to what was written. Words of yours behind the course's are not counted. The verdict does not
    change.

    There is one finding for the whole report, which lists every question with what is missing. Copy the text from the
    course's template again, or take the fix that moves your own words below `Answer:`. The text of any year of the
    course will do, and so will other line breaks. The comparison ignores white space, emphasis, punctuation and
    capitals.

    Many groups delete the examples to see their own text better; folding them in the editor has the same effect. To
    turn this off, ignore the rule in the configuration.
    """
    if not ctx.edition.prints.prompts:
        return
    changed = [
        _Changed(start, context.question, context.prompt_changes)
        for start, context in zip(ctx.report.starts[1:-1], ctx.questions, strict=True)
        if context.prompt_changes
    ]
    if changed:
        main = next((one for one in changed if one.added), changed[0])
        yield Problem(main.place, _message(main, changed), tuple(_fixes(changed)), tuple(_related(changed)))


def _message(main: _Changed, changed: Sequence[_Changed]) -> str:
    others = [one.question.number for one in changed if one is not main]
    if not others:
        return main.what if len(main.changes) == 1 and main.added else f"{main.what}; {_PUT_BACK}"
    return (
        f"the course's text is changed here and in {_listed(others)}: {_summary(changed)}; "
        f"{_PUT_BACK.replace('answer is', 'answers are')}"
    )


def _listed(numbers: Sequence[int]) -> str:
    if len(numbers) > _MOST_NAMED:
        return f"{len(numbers)} other questions"
    *before, last = map(str, numbers)
    return f"questions {', '.join(before)} and {last}" if before else f"question {last}"


def _summary(changed: Sequence[_Changed]) -> str:
    """Return how many parts are missing, have other words, and have words added to them."""
    changes = [change for _, _, found in changed for change in found]
    missing = [_counted(part, sum(change.is_missing for change in changes if change.part is part)) for part in Part]
    reworded = [
        _counted(part, sum(not change.is_missing and not change.added for change in changes if change.part is part))
        for part in Part
    ]
    added = sum(bool(change.added) for change in changes)
    parts = [
        *(f"{what} missing" for what in filter(None, missing)),
        *(f"{what} reworded" for what in filter(None, reworded)),
        *([f"words of yours in {added} quote{'s' if added > 1 else ''}"] if added else []),
    ]
    return ", ".join(parts)


def _counted(part: Part, number: int) -> str:
    singular, plural = {
        Part.ALL: ("prompt", "prompts"),
        Part.QUESTION: ("question", "questions"),
        Part.LENGTH: ("length line", "length lines"),
        Part.EXAMPLE: ("example", "examples"),
    }[part]
    return f"{number} {singular if number == 1 else plural}" if number else ""


def _related(changed: Sequence[_Changed]) -> Iterator[Related]:
    """Yield what is wrong with each question, at its place."""
    if len(changed) > 1:
        for one in changed:
            yield Related(one.place, one.what)


def _fixes(changed: Sequence[_Changed]) -> Iterator[Fix]:
    edits: list[Edit] = []
    for one in changed:
        if one.added and one.question.layout.marker:
            edits += [edit.shifted(one.start) for edit in moved_below_marker(one.question, one.added)]
    if edits:
        yield Fix(f"move your words in the quote below `{FORM.marker}`", tuple(edits))


def _what(question: Question, change: Change) -> str:
    """Return the change in words."""
    if not change.added:
        return f"{change.part.value} is {'missing' if change.is_missing else 'reworded'}"
    words = sum(len(question[stretch].split()) for stretch in change.added)
    if words == 1:
        return f"this word stands in the quote and is not counted: move it below `{FORM.marker}`"
    return f"these {words} words stand in the quote and are not counted: move them below `{FORM.marker}`"


def _place(question: Question, change: Change) -> Span:
    """Return the smallest thing to look at: the words of the part, or the number in the heading if it is gone."""
    prompt, number = question.layout.prompt, question.layout.number
    if change.added:
        return change.added[0]
    if change.is_missing or change.part is Part.LENGTH or not prompt:
        return number
    if change.part is Part.EXAMPLE:
        start = question.text.find(EXAMPLE, prompt.start, prompt.end)
        return Span(start, start + len(EXAMPLE)) if start >= 0 else number
    match = _WORDS.search(question.text, prompt.start, prompt.end)
    return Span(*match.span()) if match else number
