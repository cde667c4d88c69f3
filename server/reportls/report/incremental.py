"""A question whose answer grows or shrinks by a few words, which is what nearly every edit is about.

Heading, prompt and marker stay, and so does all that is known of them: the frame of the block and what it asks. A block
read from its text alone would find the same, and takes longer for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.report.carrying import carry_over
from reportls.report.checker import MARKER, segment_of
from reportls.report.question import Question
from reportls.text import Span, end_of_line, pattern

if TYPE_CHECKING:
    from reportls.text import Edit

_OWN_SEGMENTS = 2
_IS_MORE = pattern(rf"#|uestion|{MARKER}|\]:")
"""What opens sections, questions and answers, and what other answers may refer to."""


def grown(question: Question, edit: Edit) -> Question | None:
    """The question after an edit below its marker's line; None if the edit may have to do with more than words.

    The edit's offsets count from the start of the block. Where there is a second marker or a `#` in prompt or answer,
    everything is read anew, as it is where the edit touches or makes what opens a part of a report.
    """
    layout, text = question.layout, question.text
    (start, end), new_text = edit
    line = max(text.rfind("\n", layout.answer.start, start), text.rfind("\r", layout.answer.start, start)) + 1
    if not line or not layout.marker or len(question.segments) != _OWN_SEGMENTS:
        return None
    if end > layout.answer.end or text.find("#", layout.heading.end, layout.answer.end) >= 0:
        return None
    line_end = end_of_line(text, end)
    before, after = text[line:line_end], text[line:start] + new_text + text[end:line_end]
    if before == after or _IS_MORE.search(before) or _IS_MORE.search(after):
        return None
    own = _with_text(question, text[:line] + after + text[line_end:])
    carry_over(question, own, Span(line, line_end), edit)
    return own


def _with_text(before: Question, text: str) -> Question:
    """A question of that text, of which only the answer, but for its first line, is another one."""
    after = Question(text)
    by = len(text) - len(before.text)
    prompt, own = before.segments
    after.tail = before.tail.shifted(by)
    after.layout = before.layout._replace(answer=Span(before.layout.answer.start, before.layout.answer.end + by))
    after.segments = (prompt, segment_of(text[own.start :], own.start))
    after.number, after.stated, after.prompt_print = before.number, before.stated, before.prompt_print
    after.definitions = before.definitions
    return after
