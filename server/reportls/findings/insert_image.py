"""The fixes that insert an image into an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.findings.finding import Fix
from reportls.findings.images import figures_folder
from reportls.findings.samples import is_sample
from reportls.report.hiding import is_closed
from reportls.report.question import Question
from reportls.report.target import encoded, words_of
from reportls.text import Edit, Span, apply_edits

if TYPE_CHECKING:
    from reportls.findings.context import QuestionContext
    from reportls.report.markup import Element

_WITH_LINES = frozenset({"fence", "code", "html", "list", "table", "quote"})
_HIDING = ("```", "~~~", "<")


def insert_image_fixes(ctx: QuestionContext) -> tuple[Fix, ...]:
    """One fix for each picture that no answer shows, then one for a picture yet to be put into the folder.

    None where an inserted image would not be shown.
    """
    extension = next(iter(ctx.settings.formats), "png")
    sample = f"![describe the image]({encoded(figures_folder(ctx.settings))}name.{extension})"
    place = _place(ctx.question, sample)
    if not place:
        return ()
    pictures = [
        Fix(f"insert {path}", (place.edit(f"![{words_of(path)}]({encoded(path)})"),))
        for path in ctx.surroundings.unused
        if not is_sample(ctx, path)
    ]
    return (*pictures, Fix("insert a new image", (place.edit(sample),)))


class _Place(NamedTuple):
    span: Span
    before: str = ""
    after: str = ""

    def edit(self, image: str) -> Edit:
        return Edit(self.span, f"{self.before}{image}{self.after}")


def _place(question: Question, image: str) -> _Place | None:
    """In the place of a lone placeholder, or else below what there is, on a line of its own."""
    if question.placeholders and not question.is_answered:
        return _Place(question.content)
    end = _end(question)
    element = next((element for element in question.markup.elements if _goes_on(question, element, end)), None)
    place = _above(question, element) if element else _Place(Span(end, end), question.newline * 2)
    needs_proof = element or any(sign in question[question.layout.answer] for sign in _HIDING)
    return place if place and (not needs_proof or _is_shown(question, place.edit(image))) else None


def _goes_on(question: Question, element: Element, end: int) -> bool:
    """Whether what is inserted at `end` would stand within it."""
    if element.depth or element.kind not in _WITH_LINES or not element.span.start < end <= element.span.end:
        return False
    return end < element.span.end or (element.kind == "fence" and not is_closed(question, element))


def _above(question: Question, element: Element) -> _Place | None:
    start = max(question.layout.answer.start, question.pieces[-1].start)
    if element.span.start < start:
        return None
    end = start + len(question.text[start : element.span.start].rstrip())
    return _Place(Span(end, end), question.newline * 2, question.newline)


def _is_shown(question: Question, edit: Edit) -> bool:
    return _shown(Question(apply_edits(question.text, (edit,)))) > _shown(question)


def _shown(question: Question) -> int:
    return sum(image.is_counted and not image.hiding for image in question.images)


def _end(question: Question) -> int:
    """Where the answer's text ends for the checker: before the line with the first `##` in it."""
    start = question.layout.answer.start
    end = max(question.content.end, start)
    cut = question.pieces[-1].cut
    if cut is None or not start <= cut < end:
        return end
    line = question.source.line_span(question.source.line_at(cut)).start
    return start + len(question.text[start:line].rstrip())
