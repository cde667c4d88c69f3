"""A question whose answer grows or shrinks by a few words, which is what nearly every edit is about.

Heading, prompt and marker stay, and so does all that is known of them: the frame of the block and what it asks. A block
read from its text alone would find the same, and takes longer for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.report.checker import MARKER, piece_of
from reportls.report.question import Question
from reportls.text import Span, end_of_line

if TYPE_CHECKING:
    from reportls.text import Edit

_OWN_PIECES = 2
_IS_MORE = ("#", "uestion", MARKER, "]:")
"""What opens sections, questions and answers, and what other answers may refer to."""


def grown(question: Question, edit: Edit) -> Question | None:
    """The question after an edit below its marker's line; None if the edit may have to do with more than words.

    The edit's offsets count from the start of the block. Where there is a second marker or a `#` below the heading,
    everything is read anew, as it is where the edit touches or makes what opens a part of a report.
    """
    layout, text = question.layout, question.text
    (start, end), new_text = edit
    line = max(text.rfind(sign, layout.answer.start, start) for sign in "\r\n") + 1
    if not line or not layout.marker or len(question.pieces) != _OWN_PIECES or "#" in text[layout.heading.end :]:
        return None
    line_end = end_of_line(text, end)
    before, after = text[line:line_end], text[line:start] + new_text + text[end:line_end]
    if before == after or any(sign in before or sign in after for sign in _IS_MORE):
        return None
    return _with_text(question, text[:line] + after + text[line_end:])


def _with_text(before: Question, text: str) -> Question:
    """A question of that text, of which only the answer, but for its first line, is another one."""
    after = Question(text)
    end, (prompt, own) = len(text), before.pieces
    after.tail = Span(end, end)
    after.layout = before.layout._replace(answer=Span(before.layout.answer.start, end))
    after.pieces = (prompt, piece_of(text[own.start :], own.start))
    after.number, after.stated, after.prompt_print = before.number, before.stated, before.prompt_print
    after.definitions = before.definitions
    return after
