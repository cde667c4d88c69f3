"""The fixes that insert an image into an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.finding import Fix
from reportls.findings.images import figures_folder
from reportls.findings.samples import is_sample
from reportls.report.target import encoded, words_of
from reportls.text import Edit, Span

if TYPE_CHECKING:
    from reportls.findings.context import QuestionContext
    from reportls.report.question import Question


def insert_image_fixes(ctx: QuestionContext) -> tuple[Fix, ...]:
    """One fix for each picture that no answer shows, then one for a picture yet to be put into the folder."""
    pictures = [
        Fix(f"insert {path}", _insertion(ctx.question, f"![{words_of(path)}]({encoded(path)})"))
        for path in ctx.surroundings.unused
        if not is_sample(ctx, path)
    ]
    extension = next(iter(ctx.settings.formats), "png")
    sample = f"![describe the image]({encoded(figures_folder(ctx.settings))}name.{extension})"
    return (*pictures, Fix("insert a new image", _insertion(ctx.question, sample)))


def _insertion(question: Question, image: str) -> tuple[Edit, ...]:
    """The image in the place of a lone placeholder, or else below what there is, on a line of its own."""
    newline = question.newline
    if question.placeholders and not question.is_answered:
        return (Edit(question.content, image),)
    end = _end(question)
    return (Edit(Span(end, end), f"{newline}{newline}{image}"),)


def _end(question: Question) -> int:
    """Where the answer's text ends for the checker: before the line with the first `##` in it."""
    start = question.layout.answer.start
    end = max(question.content.end, start)
    cut = question.pieces[-1].cut
    if cut is None or not start <= cut < end:
        return end
    line = question.source.line_span(question.source.line_at(cut)).start
    return start + len(question.text[start:line].rstrip())
