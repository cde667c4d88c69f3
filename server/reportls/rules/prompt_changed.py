"""Prompts that differ from the course's."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.move_below_marker import moved_below_marker
from reportls.editions.wording import Change, Part
from reportls.findings.finding import Fix, Problem, Related, Severity, Tag
from reportls.findings.rule import report_rule
from reportls.report.form import FORM
from reportls.report.prompt import EXAMPLE
from reportls.text import Edit, Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.findings.context import QuestionContext, ReportContext
    from reportls.report.question import Question

_WORDS = pattern(r"\w[^\r\n]*\w|\w")
_MOST_NAMED = 4
"""Questions listed in the message; all are related places."""
_MOST_KEPT = 64
"""More than a report has questions; others are not looked at."""
_SHORT = {Part.ALL: "prompt", Part.QUESTION: "question", Part.LENGTH: "length line", Part.EXAMPLE: "example"}
_PUT_BACK = "restore it, and change only the answer"


class _Changed(NamedTuple):
    """A question with a prompt that is not the course's; offsets count from the start of its block."""

    number: int
    place: Span
    """The place of the author's words, or else of the first change."""
    what: str
    """The changes in words."""
    parts: tuple[Change, ...]
    edits: tuple[Edit, ...]
    """Move the author's words below the marker."""

    @property
    def has_added(self) -> bool:
        """Whether the quote has words of the author."""
        return any(change.added for change in self.parts)


@report_rule(Severity.HINT, fix="offered", tags={Tag.EDITION}, of="frame")
def prompt_changed(ctx: ReportContext) -> Iterator[Problem]:
    """The course's text of a question was edited or deleted.

    Everything from the heading to `Answer:` belongs to the course: the question, the line with the length, the example.
    Graders read it together with the answer. Without the line with the length, they do not see the limit next to the
    answer, and this program cannot show it there. Words of yours after the course's text are not counted. The verdict
    does not change.

    There is one finding for the whole report. It lists every question with what is missing, such as the example or one
    sentence. Copy the text from the course's template again, or apply the fix that moves your own words below
    `Answer:`. The text of any year of the course is accepted, with any line breaks and with common corrections of its
    spelling. The comparison ignores white space, emphasis, punctuation and case.

    Many groups delete the examples to see their own text better; folding them in the editor has the same effect. To
    turn this off, ignore the rule in the configuration.
    """
    if not ctx.edition.prints.prompts:
        return
    found = (
        (start, context)
        for start, context in zip(ctx.report.starts[1:-1], ctx.questions, strict=True)
        if context.prompt_changes
    )
    changed = [(start, _changed(context)) for start, context in islice(found, _MOST_KEPT)]
    if changed:
        start, main = next((found for found in changed if found[1].has_added), changed[0])
        related = tuple(Related(one.place.shifted(begin), one.what) for begin, one in changed) if changed[1:] else ()
        message = _message(main, [one for _, one in changed])
        yield Problem(main.place.shifted(start), message, tuple(_fixes(changed)), related)


@lru_cache(_MOST_KEPT)
def _changed(ctx: QuestionContext) -> _Changed:
    """Describe the changes in one question. Cached because the report is checked after every edit."""
    question, changes = ctx.question, ctx.prompt_changes
    main = next((change for change in changes if change.added), changes[0])
    added = [stretch for change in changes for stretch in change.added]
    return _Changed(
        question.number,
        _place(question, main),
        "; ".join(_what(question, change) for change in changes),
        changes,
        moved_below_marker(question, added) if added else (),
    )


def _message(main: _Changed, changed: Sequence[_Changed]) -> str:
    others = [one.number for one in changed if one is not main]
    if not others:
        return main.what if len(main.parts) == 1 and main.has_added else f"{main.what}; {_PUT_BACK}"
    return (
        f"the course's text is changed here and in {_listed(others)}: "
        f"{_summary([change for one in changed for change in one.parts])}; "
        f"{_PUT_BACK.replace('answer', 'answers')}"
    )


def _listed(numbers: Sequence[int]) -> str:
    if len(numbers) > _MOST_NAMED:
        return f"{len(numbers)} other questions"
    *before, last = map(str, numbers)
    return f"questions {', '.join(before)} and {last}" if before else f"question {last}"


def _summary(changes: Sequence[Change]) -> str:
    """Return how many parts are missing, lack sentences, have other words, and have words added to them."""
    missing = Counter(change.part for change in changes if change.is_missing)
    shortened = Counter(change.part for change in changes if change.is_shortened)
    reworded = Counter(change.part for change in changes if change.is_reworded)
    added = sum(bool(change.added) for change in changes)
    parts = [
        *(f"{_amount(part, missing[part])} missing" for part in Part if missing[part]),
        *(f"{_amount(part, shortened[part])} shortened" for part in Part if shortened[part]),
        *(f"{_amount(part, reworded[part])} reworded" for part in Part if reworded[part]),
    ]
    if added:
        parts.append(f"words of your own in {added} quote{'s' if added > 1 else ''}")
    return ", ".join(parts)


def _amount(part: Part, number: int) -> str:
    return f"{number} {_SHORT[part]}{'s' if number > 1 else ''}"


def _fixes(changed: Sequence[tuple[int, _Changed]]) -> Iterator[Fix]:
    edits = tuple(edit.shifted(start) for start, one in changed for edit in one.edits)
    if edits:
        yield Fix(f"move your words from the quote below `{FORM.marker}`", edits)


def _what(question: Question, change: Change) -> str:
    """Return the change in words."""
    if change.missing:
        return _of_sentences(change)
    if not change.added:
        return f"{change.part.value} is {'missing' if change.is_missing else 'reworded'}"
    words = sum(len(question[stretch].split()) for stretch in change.added)
    if words == 1:
        return f"this word is in the quote and is not counted: move it below `{FORM.marker}`"
    return f"these {words} words are in the quote and are not counted: move them below `{FORM.marker}`"


def _of_sentences(change: Change) -> str:
    amount = "a sentence" if change.missing == 1 else f"{change.missing} sentences"
    verb = "is" if change.missing == 1 else "are"
    return f"{amount} of {change.part.value} {verb} {'missing' if change.is_shortened else 'reworded'}"


def _place(question: Question, change: Change) -> Span:
    """Return the smallest thing to look at: the words of the part, or the number in the heading if it is gone."""
    prompt, number = question.layout.prompt, question.layout.number
    if change.added:
        return change.added[0]
    if change.is_missing or change.part is Part.LENGTH or not prompt:
        return number
    if change.part is Part.EXAMPLE and not change.other:
        start = question.text.find(EXAMPLE, prompt.start, prompt.end)
        return Span(start, start + len(EXAMPLE)) if start >= 0 else number
    match = _WORDS.search(question.text, *(change.other or prompt))
    return Span(*match.span()) if match else number
