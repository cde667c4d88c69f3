"""The course's own text: changed, deleted, or older than the newest."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.fixes import moved_below_marker
from reportls.analysis.limits import first_line
from reportls.editions.wording import Change, Part
from reportls.findings.finding import Fix, Problem, Related, Severity, Tag
from reportls.findings.rule import form_rule, report_rule
from reportls.report.form import FORM
from reportls.report.introduction import lost, most_dropped
from reportls.report.prompt import EXAMPLE, fingerprint, is_quoted
from reportls.text import LINE_BREAK, Edit, Span, end_of_line, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.findings.context import FormContext, Newest, QuestionContext, ReportContext
    from reportls.report.question import Question
    from reportls.report.report import Report

_TITLE = pattern(r"#[ \t]+(?P<words>[^\r\n]+)")
_WORDS = pattern(r"\w[^\r\n]*\w|\w")
_MOST_NAMED = 4
"""Questions listed in the message; all are related places."""
_MOST_KEPT = 64
"""More than a report has questions; others are not looked at."""
_SHORT = {Part.ALL: "prompt", Part.QUESTION: "question", Part.LENGTH: "length line", Part.EXAMPLE: "example"}
_PUT_BACK = "restore it, and change only the answer"
_LINE_BREAK = pattern(LINE_BREAK)


@form_rule(Severity.WARNING)
def template_not_followed(ctx: FormContext) -> Iterator[Problem]:
    """The report does not follow its template.

    It has fewer than half of the template's headings and questions; optional ones that it lacks do not count. Either
    the template belongs to something else, or the report was started from another file. Other findings on its structure
    would make no sense and are left out.

    Start from the template, or correct the setting `template`.
    """
    alignment = ctx.form.alignment
    place = first_line(ctx.text)
    if not alignment.follows and place.end > place.start:
        found = len(alignment.found)
        yield Problem(place, f"this report does not follow its template: it has {found} of {alignment.wanted} headings")


@report_rule(Severity.WARNING, tags={Tag.EDITION}, of="frame")
def title_changed(ctx: ReportContext) -> Iterator[Problem]:
    """The hand-in page drops the beginning of the report, and with it more than the course's title.

    The script that makes the page drops the first 43 characters of the file, whatever they are. They are meant to be
    the template's title, of which only the last word reaches the page. If the title is missing or was replaced, the
    group's own text is dropped instead.

    Put the course's title back as the first line, and write your own below it. If your own title is longer than 43
    characters, only its beginning is lost, and the finding is a hint.
    """
    if ctx.edition.id is None:
        return
    text = _beginning(ctx.report)
    span = lost(text)
    if span.start == span.end:
        return
    title = _TITLE.match(text, span.start)
    line_end = end_of_line(text, span.start)
    mark = Span(span.start, min(line_end, span.end))
    drops = f"the hand-in page drops the first {FORM.dropped} characters of the file"
    if not title or line_end <= span.end:
        words = " ".join(text[span.start : span.end].split())
        yield Problem(mark, f'{drops}, here "{words}": restore the template\'s first lines')
    elif fingerprint(title["words"]) not in ctx.edition.prints.titles:
        rest = text[span.end : line_end].strip()
        yield Problem(mark, f'{drops}: only "{rest}" is left of this title', severity=Severity.HINT)


def _beginning(report: Report) -> str:
    """Return the text of all blocks with dropped characters, which ends where a line ends."""
    last = report.block_at(most_dropped(FORM.dropped))
    return "".join(block.text for block in report.blocks[: last + 1])


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
    found = ((start, context) for start, context in ctx.placed if context.prompt_changes)
    changed = [(start, _changed(context)) for start, context in islice(found, _MOST_KEPT)]
    if changed:
        start, main = next((found for found in changed if found[1].has_added), changed[0])
        related = tuple(Related(one.place.shifted(begin), one.what) for begin, one in changed) if changed[1:] else ()
        message = _message(main, [one for _, one in changed])
        yield Problem(main.place.shifted(start), message, tuple(_moving_own_words(changed)), related)


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


def _moving_own_words(changed: Sequence[tuple[int, _Changed]]) -> Iterator[Fix]:
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


@report_rule(Severity.INFORMATION, fix="offered", of="frame")
def course_text_outdated(ctx: ReportContext) -> Iterator[Problem]:
    """The course has newer text for this report than the report has.

    Courses correct their template and their `report.py` after groups have begun. Where the setting `newest` or the
    option `--newest` says where the newest ones are, in a folder or in a commit in git, the report is compared with
    them. Nothing is fetched: what is on this machine counts.

    The fix replaces the prompts alone and touches no answer. It leaves out a question whose prompt may hold words of
    yours; move these below `Answer:` first (`prompt-changed`). Line ends, white space and punctuation do not matter.

    An outdated `report.py`, or an outdated template that the configuration names, is one more finding, at the top. Its
    fix replaces that file in the editor, and runs nothing. Read the new text before you save it.
    """
    newest = ctx.newest
    if newest is None:
        return
    changed = newest.outdated_in(ctx.report)
    missing = len(newest.missing_in(ctx.report))
    lacking = f"{missing} question{'s' if missing > 1 else ''} of the newest template"
    if changed:
        places = [ctx.number_of(block) for block, _ in changed]
        others = f" and {len(changed) - 1} other{'s' if len(changed) > 2 else ''}" if changed[1:] else ""  # noqa: PLR2004
        more = f"; {lacking} {'is' if missing == 1 else 'are'} missing" if missing else ""
        message = f"the course has newer text for this question{others} in `{newest.name}`{more}"
        related = tuple(Related(place, "the newest text is different") for place in places) if changed[1:] else ()
        yield Problem(places[0], message, tuple(_updates(ctx, newest, changed)), related)
    top = first_line(ctx.report.text)
    if top.start == top.end:
        return
    if missing and not changed:
        yield Problem(top, f"{lacking} in `{newest.name}` {'is' if missing == 1 else 'are'} missing here: add it")
    yield from _other_files(newest, top)


@course_text_outdated.in_forms(of="frame")
def _outdated_files(ctx: FormContext) -> Iterator[Problem]:
    top = first_line(ctx.text)
    if ctx.newest and top.start != top.end:
        yield from _other_files(ctx.newest, top)


def _other_files(newest: Newest, place: Span) -> Iterator[Problem]:
    for file in newest.files:
        fix = Fix(f"replace `{file.name}` with the newest one, then save it", (), file=file)
        message = f"`{file.path}` is not the newest of the course: copy the one in `{newest.name}`"
        yield Problem(place, message, (fix,))


def _updates(ctx: ReportContext, newest: Newest, changed: list[tuple[int, Question]]) -> Iterator[Fix]:
    edits = [
        edit.shifted(ctx.report.starts[block])
        for block, question in changed
        # The edit replaces the whole prompt, so it must not have words of the author.
        if _is_the_courses(ctx.questions[block - 1]) and (edit := _edit(question, newest.questions[question.number]))
    ]
    if edits:
        prompts = "the prompt" if not edits[1:] else f"the prompts of {len(edits)} questions"
        yield Fix(f"update {prompts} and keep the answers", tuple(edits))


def _is_the_courses(ctx: QuestionContext) -> bool:
    """Return whether the prompt cannot contain the author's words: some authors answer in the quote."""
    question = ctx.question
    prompt = question[question.layout.prompt] if question.layout.prompt else ""
    if not all(map(is_quoted, filter(str.strip, prompt.splitlines()))):
        return False
    if any(change.added for change in ctx.prompt_changes):
        return False
    is_known = question.number in ctx.edition.prints.prompts and not ctx.prompt_changes
    return is_known or question.is_answered or bool(question.placeholders)


def _edit(question: Question, newest: Question) -> Edit | None:
    """Return the edit that replaces the prompt; None where the question has no marker, or the text could break it."""
    assert newest.layout.prompt
    text = newest[newest.layout.prompt]
    if question.layout.marker is None or FORM.marker in text or FORM.cut in text:
        return None
    text = _LINE_BREAK.sub(question.newline, text)
    prompt = question.layout.prompt
    if prompt is None:
        end = question.layout.heading.end
        return Edit(Span(end, end), question.newline * 2 + text)
    return Edit(prompt, text)
