"""What is known of an answer's Markdown, carried over to its next version where words change and nothing else.

Reading Markdown takes longer than all else that an edit asks for, and nearly every edit is of plain words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.text import pattern

if TYPE_CHECKING:
    from reportls.report.images import AnswerImage
    from reportls.report.question import Question
    from reportls.text import Edit

_WORDS = pattern(r"[\w .,;]*")
"""What comes or goes: nothing that Markdown reads, if a letter stands before it in the line."""
_JOINING = "\\`![]<>|~&"
"""Beside one of these, even a letter may make or break what it belongs to."""
_OPENS_CODE = ("```", "~~~")


def carry_markup(before: Question, after: Question, line: int, edit: Edit) -> None:
    """Give the next version of a question what stays of its markup after an edit in the line that starts there.

    Both count from the start of the block. Nothing is given if the edit may be read as more than words.
    """
    known = vars(before)
    if "markup" not in known or not _is_of_plain_words(before, line, edit):
        return
    after.markup = before.markup.edited(edit)
    if "page" in known:
        after.page, after.first_page_line = before.page, before.first_page_line
    if "images" in known and (images := _moved(before.images, edit)) is not None:
        after.images, after.image_paths = images, before.image_paths


def _is_of_plain_words(question: Question, line: int, edit: Edit) -> bool:
    (start, end), new_text = edit
    text = question.text
    if not (_WORDS.fullmatch(text, start, end) and _WORDS.fullmatch(new_text)):
        return False
    head = text[line:start]
    around = head[-1:] + text[end : end + 1]
    return (
        any(map(str.isalpha, head))
        and not any(sign in around for sign in _JOINING)
        and not any(sign in text[line:end] for sign in _OPENS_CODE)
        and "html" not in question.signs
        and "]:" not in text
    )


def _moved(images: tuple[AnswerImage, ...], edit: Edit) -> tuple[AnswerImage, ...] | None:
    """The images after the edit; None if it touches one."""
    if any(image.span.start <= edit.span.end and edit.span.start <= image.span.end for image in images):
        return None
    by = len(edit.new_text) - (edit.span.end - edit.span.start)
    return tuple(image if image.span.end < edit.span.start else image.shifted(by) for image in images)
