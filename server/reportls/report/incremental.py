"""Reuses the parsed heading, prompt and marker of a question when only words of its answer change.

Nearly every edit is of this kind. Reading the block again would give the same result and take several times as long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.report.checker import segment_of
from reportls.report.form import FORM
from reportls.report.question import Question
from reportls.text import end_of_line, pattern

if TYPE_CHECKING:
    from reportls.text import Edit

_OWN_SEGMENTS = 2
_IS_MORE = pattern(rf"{FORM.cut}|{FORM.marker}|\]:|<<<<<<<|>>>>>>>|\|\|\|\|\|\|\|")
"""Opens a section or an answer, defines a link for other answers, or is what git leaves of a merge."""


def reworded(question: Question, edit: Edit) -> Question | None:
    """Return the question after an edit below its marker's line; None if the edit may change more than words.

    The edit's offsets count from the start of the block. A second marker or a `##` needs a full parse: the checker
    counts such a block in more than one way.
    """
    layout, text = question.layout, question.text
    (start, end), new_text = edit
    line = max(text.rfind("\n", layout.answer.start, start), text.rfind("\r", layout.answer.start, start)) + 1
    # Without a line break before it, the edit is on the marker's own line, which decides where the answer begins.
    if not line or not layout.marker or len(question.segments) != _OWN_SEGMENTS:
        return None
    if question.conflicts or end > layout.answer.end or text.find(FORM.cut, layout.heading.end, layout.answer.end) >= 0:
        return None
    line_end = end_of_line(text, end)
    before, after = text[line:line_end], text[line:start] + new_text + text[end:line_end]
    # Whole lines are compared, since an edit of one letter can make or break a marker beside it.
    if before == after or _is_more(before) or _is_more(after):
        return None
    text = text[:line] + after + text[line_end:]
    return None if _moves_section(question, before, after, text) else _with_text(question, text)


def _moves_section(question: Question, before: str, after: str, text: str) -> bool:
    """Return whether another heading, or none any more, may open the section of the next question.

    The question becomes `text`, in which the lines `after` are in place of `before`.
    """
    # The section of the next question opens at a line with a `#`, so one that comes or goes may move its beginning.
    if ("#" in before) != ("#" in after):
        return True
    if question.tail.start < len(question.text):
        return "#" in before
    return text.find("#", question.layout.heading.end) >= 0 and Question(text).tail.start < len(text)


def _is_more(lines: str) -> bool:
    return bool(_IS_MORE.search(lines) or FORM.later_openings.search("\n" + lines))


def _with_text(before: Question, text: str) -> Question:
    """Return a question of that text, which differs from the one before below the first line of the answer only."""
    after = Question(text)
    by = len(text) - len(before.text)
    prompt, own = before.segments
    answer = before.layout.answer
    # Setting a cached property saves computing it.
    after.tail = before.tail.shifted(by)
    after.layout = before.layout._replace(answer=answer._replace(end=answer.end + by))
    after.segments = (prompt, segment_of(text[own.start :], own.start))
    after.number, after.stated, after.prompt_print = before.number, before.stated, before.prompt_print
    after.definitions, after.conflicts = before.definitions, before.conflicts
    return after
