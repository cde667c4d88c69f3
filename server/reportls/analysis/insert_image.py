"""Fixes that insert an image into an answer."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.image_paths import figures_folder, is_sample
from reportls.findings.finding import Fix
from reportls.report.form import FORM
from reportls.report.handin_page.hidden import is_closed
from reportls.report.handin_page.raw_html import raw_html
from reportls.report.kinds import IMAGES
from reportls.report.prompt import EXAMPLE
from reportls.report.question import Place
from reportls.report.target import encoded, words_of
from reportls.text import Edit, Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.report.commonmark.nodes import Element
    from reportls.report.question import Question

NEW_TEXT = "describe the image"
NEW_NAME = "name"
"""Text and file name (without extension) of a new image, for the author to replace."""

_MOST_OFFERED = 5
"""A longer menu is no help; completion lists every figure."""
_MOST_RANKED = 200
_WORD = pattern(r"[^\W\d_]{3,}")
_ANY_FIGURE = frozenset(
    (
        *("answer", "diagram", "figure", "image", "insert", "picture", "plot", "question", "screenshot", "shot"),
        *("and", "for", "from", "that", "the", "with", "you", "your"),
    )
)
"""Words, without a plural `s`, that say nothing about what a figure shows."""
_WITH_LINES = frozenset({"fence", "code", "html", "list", "table", "quote"})
_HIDING = ("```", "~~~", "<")


def insert_image_fixes(ctx: QuestionContext) -> tuple[Fix, ...]:
    """Return fixes for the figures that no answer shows and that fit best, then one for a figure yet to be made.

    There are none where an inserted image would not be shown.
    """
    new = _new_image(ctx)
    place = _place(ctx.question, new)
    return _fixes(ctx, place, new) if place else ()


def insert_image_fixes_at(ctx: QuestionContext, offset: int, placeholder: Span | None = None) -> tuple[Fix, ...]:
    """Return fixes that insert an image near the offset, which counts from the start of the question's block.

    There is one for each of the figures that fit best, then one for a figure yet to be made. The image replaces the
    template's placeholder, if that is given. Else it becomes a paragraph of its own: on the offset's line if that is
    blank, or below the paragraph, list, table or quote there.
    There are none outside the answer, in code, in raw HTML, and where the image would not be counted or shown.
    """
    new = _new_image(ctx)
    place = _Place(placeholder) if placeholder else _place_at(ctx, offset)
    return _fixes(ctx, place, new) if place and _is_seen(ctx.question, place.edit(new)) else ()


def _new_image(ctx: QuestionContext) -> str:
    extension = ctx.formats[0]
    return f"![{NEW_TEXT}]({encoded(figures_folder(ctx.settings))}{NEW_NAME}.{extension})"


def _fixes(ctx: QuestionContext, place: _Place, new: str) -> tuple[Fix, ...]:
    pictures = [
        Fix(f"insert {path}", (place.edit(f"![{words_of(path)}]({encoded(path)})"),))
        for path in islice(_fitting(ctx), _MOST_OFFERED)
    ]
    return (*pictures, Fix("insert a new image", (place.edit(new),)))


def _fitting(ctx: QuestionContext) -> Iterator[str]:
    """Yield the figures that no answer shows: those first that share most words with the question, then the newest."""
    question = ctx.question
    wanted = _words_in(question.text[: question.layout.answer.start].partition(EXAMPLE)[0])

    def rank(path: str) -> tuple[int, float, str]:
        info = ctx.files.info(path)
        return -len(wanted & _words_in(words_of(path))), -(info.modified if info else 0), path

    for path in sorted(ctx.surroundings.figure_use.unused[:_MOST_RANKED], key=rank):
        if FORM.marker not in path and not is_sample(ctx, path):
            yield path


def _words_in(text: str) -> frozenset[str]:
    """Return the telling words of a text, those in the plural without their `s`."""
    words = (word.removesuffix("s") for word in _WORD.findall(text.casefold()))
    return frozenset(words) - _ANY_FIGURE


class _Place(NamedTuple):
    span: Span
    before: str = ""
    after: str = ""

    def edit(self, image: str) -> Edit:
        return Edit(self.span, f"{self.before}{image}{self.after}")


def _place(question: Question, image: str) -> _Place | None:
    """Return the place of a placeholder that is alone, or else a new line at the end of the answer."""
    if question.placeholders and not question.is_answered:
        return _Place(question.content)
    end = _end(question)
    element = next((element for element in question.markup.elements if _goes_on(question, element, end)), None)
    place = _above(question, element) if element else _Place(Span(end, end), question.newline * 2)
    needs_proof = element or any(sign in question[question.layout.answer] for sign in _HIDING)
    return (
        place if place and (not needs_proof or _shown(question.edited(place.edit(image))) > _shown(question)) else None
    )


def _goes_on(question: Question, element: Element, end: int) -> bool:
    """Return whether text inserted at `end` would become part of the element."""
    if element.depth or element.kind not in _WITH_LINES or not element.span.start < end <= element.span.end:
        return False
    return end < element.span.end or (element.kind == "fence" and not is_closed(question.source, element))


def _above(question: Question, element: Element) -> _Place | None:
    start = question.layout.answer.start
    if not _is_slot(question):
        start = max(start, question.segments[-1].start)
    if element.span.start < start:
        return None
    end = start + len(question.text[start : element.span.start].rstrip())
    return _Place(Span(end, end), question.newline * 2, question.newline)


def _shown(question: Question) -> int:
    return sum(not image.hiding for image in question.images)


def _end(question: Question) -> int:
    """Return where the answer's text ends for the checker, if there is one: before the line with its first `##`."""
    start = question.layout.answer.start
    end = max(question.content.end, start)
    cut = None if _is_slot(question) else question.segments[-1].cut
    if cut is None or not start <= cut < end:
        return end
    line = question.source.line_span(question.source.line_at(cut)).start
    return start + len(question.text[start:line].rstrip())


def _place_at(ctx: QuestionContext, offset: int) -> _Place | None:
    question = ctx.question
    answer = question.layout.answer
    end = len(question.text) if _is_slot(question) else answer.end
    # At the end of the text, there is no next question to which the offset could belong.
    is_inside = answer.start <= offset < end or offset == end == len(question.text)
    if not is_inside or not _is_judged(ctx) or question.hidden_areas.raw_around(Span(offset, offset)):
        return None
    if question.placeholders and not question.is_answered:
        return _Place(question.content)
    number = question.source.line_at(offset)
    around = [element for element in question.markup.elements if element.first_line <= number < element.end_line]
    if any(element.kind in ("fence", "code") for element in around):
        return None
    if around:
        return _below(question, around[0].end_line - 1)
    return (
        _on_blank(question, number) if _is_blank(question, number) else _below(question, _last_line(question, number))
    )


def _is_judged(ctx: QuestionContext) -> bool:
    """Return whether the checker judges the text after the question's last marker, as far as can be known."""
    if _is_slot(ctx.question):
        return True
    if not ctx.question.layout.marker:
        return False
    start = ctx.question.segments[-1].start
    return not ctx.surroundings.completed or any(judged.answer.start == start for judged in ctx.judged)


def _is_blank(question: Question, number: int) -> bool:
    """Return whether the line is blank, or beyond the last."""
    spans = question.source.line_spans
    return number >= len(spans) or not question[spans[number]].strip(" \t")


def _last_line(question: Question, number: int) -> int:
    """Return the last line of the paragraph; the marker's line is a paragraph by itself."""
    if number == question.source.line_at(question.layout.answer.start):
        return number
    while not _is_blank(question, number + 1):
        number += 1
    return number


def _below(question: Question, number: int) -> _Place:
    end = question.source.line_span(number).end
    newline = _line_break(question, number)
    return _Place(Span(end, end), newline * 2, "" if _is_blank(question, number + 1) else newline)


def _on_blank(question: Question, number: int) -> _Place:
    span = question.source.line_span(number)
    newline = _line_break(question, number)
    before = "" if _is_blank(question, number - 1) else newline
    if before and question.text[span.start - 1] == "\r":
        before = "\r"  # after a lone `\r`, `\n` would only complete that line break
    is_last = number + 1 == len(question.source.line_starts)
    return _Place(span, before, newline if is_last or not _is_blank(question, number + 1) else "")


def _line_break(question: Question, number: int) -> str:
    """Return the line's own line break, or the question's if it has none."""
    starts = question.source.line_starts
    end = question.source.line_span(number).end
    return question.text[end : starts[number + 1]] if number + 1 < len(starts) else question.newline


def _is_seen(question: Question, edit: Edit) -> bool:
    """Return whether the edit shows its image and no other, and the checker, if there is one, counts it."""
    after = question.edited(edit)
    start = edit.span.start + edit.new_text.index("![")
    answer = after.layout.answer
    html = raw_html(after[answer].replace("\r", "\n")) if "<" in after[answer] else ()
    is_swallowed = any(span.start <= start - answer.start < span.end for span in html)
    counted = [it.segments[-1].until_cut[IMAGES] for it in (question, after)]
    is_counted = _is_slot(question) or counted[0] < counted[1]
    # Showing more than the new image would mean that a stretch of code before it was broken.
    return not is_swallowed and is_counted and _shown(after) == _shown(question) + 1


def _is_slot(question: Question) -> bool:
    """Return whether it is a slot of a template: without a checker, no marker or heading bounds what counts."""
    return isinstance(question, Place)
