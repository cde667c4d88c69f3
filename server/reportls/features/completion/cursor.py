"""The cursor in an answer, a completion there, and what it would become."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from reportls.lazy import cached_property
from reportls.text import Edit, Span, pattern

if TYPE_CHECKING:
    from reportls.findings.context import QuestionContext
    from reportls.snapshot import JudgedReport

_SNIPPET_SIGNS = pattern(r"[$}\\]")


class CompletionKind(Enum):
    """The kind of a completion."""

    FIGURE = "figure"
    """The path of a file, nearly always a figure."""
    SNIPPET = "snippet"
    """A whole image."""
    STUDY_NUMBER = "study number"
    FOLDER = "folder"
    """The path of a folder, to continue typing from."""


class Completion(NamedTuple):
    """One completion."""

    label: str
    kind: CompletionKind
    replaced: Span
    """The span to replace, in code points from the start of the report; on one line, around the cursor."""
    new_text: str
    """The replacement. Editors filter by it, not by the label."""
    snippet: str | None = None
    """`new_text` as a snippet of the Language Server Protocol; None if there is nothing to fill in."""
    detail: str = ""
    """A few words in plain text."""
    documentation: str = ""
    """Markdown."""
    figure: str | None = None
    """The figure to show with it: its decoded path from the report's folder."""
    order: int = 0
    """Index in the list, from 0."""


def literal(text: str) -> str:
    """Escape text for a snippet."""
    return _SNIPPET_SIGNS.sub(r"\\\g<0>", text)


class Cursor:
    """A position in an answer; offsets count from the start of the question."""

    def __init__(self, snapshot: JudgedReport, index: int, offset: int) -> None:
        """Take the index of the question, and an offset of the report in it."""
        self.snapshot = snapshot
        self.ctx: QuestionContext = snapshot.questions[index]
        self.question = self.ctx.question
        self.start = snapshot.question_starts[index]
        self.at = offset - self.start

    @cached_property
    def line(self) -> Span:
        """The part of the cursor's line that belongs to the answer, without the line break."""
        source, answer = self.question.source, self.question.layout.answer
        line = source.line_span(source.line_at(self.at))
        return Span(max(line.start, answer.start), max(min(line.end, answer.end), self.at))

    @property
    def is_at_line_start(self) -> bool:
        """Whether only blanks are before the cursor on its line, and no marker."""
        answer = self.question.layout.answer.start
        return not self.before.strip() and (self.line.start > answer or self.question.text[answer - 1] in "\r\n")

    @property
    def before(self) -> str:
        """The line up to the cursor."""
        return self.question[Span(self.line.start, self.at)]

    @property
    def after(self) -> str:
        """The line from the cursor on."""
        return self.question[Span(self.at, self.line.end)]


def cursor_at(snapshot: JudgedReport, offset: int) -> Cursor | None:
    """Return the cursor at an offset of the report; None outside answers, on a placeholder or inside a line break."""
    index = snapshot.question_at(offset)
    if index is None:
        return None
    cursor = Cursor(snapshot, index, offset)
    return cursor if _is_in_answer(cursor) else None


def _is_in_answer(cursor: Cursor) -> bool:
    question, at = cursor.question, cursor.at
    answer = question.layout.answer
    if not answer.start <= at <= answer.end or question.text[at - 1 : at + 1] == "\r\n":
        return False
    return not any(placeholder.start <= at <= placeholder.end for placeholder in question.placeholders)


def becomes_target(cursor: Cursor, edit: Edit, length: int, *, is_image: bool) -> bool:
    """Return whether the first `length` code points of the edit become the path of an image or a link."""
    markup = cursor.question.edited(edit).markup
    target = Span(edit.span.start, edit.span.start + length)
    return any(element.target == target for element in (markup.images if is_image else markup.links))


def becomes_image(cursor: Cursor, edit: Edit) -> bool:
    """Return whether the text of the edit becomes an image that is counted and shown."""
    question, start = cursor.question.edited(edit), edit.span.start
    is_shown = any(image.span.start == start for image in question.markup.images)
    images = (image for image in question.images if image.span.start == start)
    return is_shown and any(image.is_counted and not image.hiding for image in images)
