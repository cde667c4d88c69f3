"""Whether what is offered would be read as it is meant: not so in code, in comments, in brackets gone wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.report.question import Question
from reportls.text import Edit, Span, apply_edits

if TYPE_CHECKING:
    from reportls.features.completion.cursor import Cursor


def becomes_target(cursor: Cursor, edit: Edit, length: int, *, is_image: bool) -> bool:
    """Whether the first `length` code points that the edit puts into the question become an image's or link's path."""
    markup = _after(cursor, edit).markup
    target = Span(edit.span.start, edit.span.start + length)
    return any(element.target == target for element in (markup.images if is_image else markup.links))


def becomes_image(cursor: Cursor, edit: Edit) -> bool:
    """Whether what the edit puts into the question becomes an image that is counted and shown."""
    question, start = _after(cursor, edit), edit.span.start
    is_shown = any(image.span.start == start for image in question.markup.images)
    images = (image for image in question.images if image.span.start == start)
    return is_shown and any(image.is_counted and not image.hiding for image in images)


def _after(cursor: Cursor, edit: Edit) -> Question:
    return Question(apply_edits(cursor.question.text, (edit,)))
