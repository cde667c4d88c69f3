"""Prompts and scripts that the course has changed since the report was begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.form_limits import first_line
from reportls.findings.finding import Fix, Problem, Related, Severity
from reportls.findings.rule import report_rule
from reportls.report.form import FORM
from reportls.report.prompt import is_quoted
from reportls.text import LINE_BREAK, Edit, Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import FormContext, QuestionContext, ReportContext
    from reportls.findings.newest import Newest
    from reportls.report.question import Question

_LINE_BREAK = pattern(LINE_BREAK)


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
        places = [question.layout.number.shifted(ctx.report.starts[block]) for block, question in changed]
        others = f" and {len(changed) - 1} other{'s' if len(changed) > 2 else ''}" if changed[1:] else ""  # noqa: PLR2004
        more = f"; {lacking} {'is' if missing == 1 else 'are'} missing" if missing else ""
        message = f"the course has newer text for this question{others} in `{newest.name}`{more}"
        related = tuple(Related(place, "the newest text is another") for place in places) if changed[1:] else ()
        yield Problem(places[0], message, tuple(_fixes(ctx, newest, changed)), related)
    top = first_line(ctx.report.text)
    if top.start == top.end:
        return
    if missing and not changed:
        yield Problem(top, f"{lacking} in `{newest.name}` {'is' if missing == 1 else 'are'} missing here: add it")
    yield from _other_files(newest, top)


@course_text_outdated.in_forms(of="frame")
def _in_form(ctx: FormContext) -> Iterator[Problem]:
    top = first_line(ctx.text)
    if ctx.newest and top.start != top.end:
        yield from _other_files(ctx.newest, top)


def _other_files(newest: Newest, place: Span) -> Iterator[Problem]:
    for file in newest.files:
        fix = Fix(f"replace `{file.name}` with the newest one, then save it", (), file=file)
        message = f"`{file.path}` is not the newest of the course: copy the one in `{newest.name}`"
        yield Problem(place, message, (fix,))


def _fixes(ctx: ReportContext, newest: Newest, changed: list[tuple[int, Question]]) -> Iterator[Fix]:
    edits = [
        edit.shifted(ctx.report.starts[block])
        for block, question in changed
        if _is_the_courses(ctx.questions[block - 1]) and (edit := _edit(question, newest.questions[question.number]))
    ]
    if edits:
        which = "the newest text" if not edits[1:] else f"the newest texts of {len(edits)} questions"
        yield Fix(f"bring in {which}, answers stay", tuple(edits))


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
