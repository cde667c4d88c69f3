"""What is known of an answer, carried over to its next version where words change and nothing else.

Reading Markdown takes longer than all else that an edit asks for, and nearly every edit is of plain words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.report.triggers import OF_PLACEHOLDERS, have_same_words_among
from reportls.text import Span, pattern

if TYPE_CHECKING:
    from reportls.report.images import AnswerImage
    from reportls.report.question import Question
    from reportls.text import Edit

_WORDS = pattern(r"[\w .,;]*")
"""What comes or goes: nothing that Markdown reads, if a letter stands before it in the line."""
_JOINING = frozenset("\\`![]<>|~&-=")
"""Beside one of these, even a letter may make or break what it belongs to."""

_TARGET = pattern(r"""\]\((?:[^()"'\\]|\([^()"'\\]*\))*\)""")
"""Brackets behind which a target has certainly ended."""


def carry_over(before: Question, after: Question, line: Span, edit: Edit) -> None:
    """Give the next version of a question what stays after an edit in one line; nothing if that may be more than words.

    Offsets count from the start of the block as it was before.
    """
    known = vars(before)
    if "triggers" not in known or "html" in before.triggers or not _is_of_plain_words(before.text, line, edit):
        return
    written = before[line]
    if not have_same_words_among(written, after.text[line.start : line.end + len(after.text) - len(before.text)]):
        return
    after.triggers = before.triggers
    if OF_PLACEHOLDERS.isdisjoint(before.triggers):
        after.placeholders, after.is_answered = (), True
    if _decides_more(before, written) or _may_be_in_target(before, edit.span.start):
        return
    if "markup" in known:
        after.markup = before.markup.edited(edit)
    if "page" in known and "<" not in before.text:
        after.page, after.first_page_line = before.page, before.first_page_line
    if "image_paths" in known and (images := _moved(before.images, edit)) is not None:
        after.images, after.image_paths = images, before.image_paths


def _is_of_plain_words(text: str, line: Span, edit: Edit) -> bool:
    """Whether nothing but words comes or goes, behind a letter, so that the line begins as it did."""
    (start, end), new_text = edit
    return (
        bool(_WORDS.fullmatch(text[start:end] + new_text))
        and any(map(str.isalpha, text[line.start : start]))
        and _JOINING.isdisjoint(text[start - 1] + text[end : end + 1])
    )


def _decides_more(question: Question, line: str) -> bool:
    """Whether words there may matter for more than themselves: in a definition, behind a fence, in a table's cell."""
    return "]:" in question.text or any(sign in line for sign in ("```", "~~~", "|"))


def _may_be_in_target(question: Question, offset: int) -> bool:
    """Whether it lies in the brackets of a link or an image, or in such as would be one if a word less were in them."""
    opening = question.text.find("](", question.layout.answer.start, offset)
    while opening >= 0:
        target = _TARGET.match(question.text, opening, offset)
        if not target:
            return True
        opening = question.text.find("](", target.end(), offset)
    return False


def _moved(images: tuple[AnswerImage, ...], edit: Edit) -> tuple[AnswerImage, ...] | None:
    """The images after the edit; None if it touches one."""
    if any(image.span.touches(edit.span) for image in images):
        return None
    return tuple(image if image.span.end < edit.span.start else image.shifted(edit.growth) for image in images)
