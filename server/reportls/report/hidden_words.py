"""The checker's words that a reader does not see, since only markup makes them."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from reportls.report.kinds import counted_images
from reportls.report.triggers import SYMBOLS
from reportls.text import Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.report.question import Question

_MARKUP = pattern(r"<|\]\(|\]\[|!\[")
_HTML = pattern(r"<!--[\s\S]*?(?:-->|\Z)|<[^<>]*>")


def hidden_words(question: Question, span: Span) -> int:
    """Count the words at `span` that no reader sees; the span must start in the answer.

    Image tags, comments, HTML tags and the targets of links are hidden, and so are words without a letter or digit. The
    text of a link and code are seen.
    """
    text = question[span]
    seen = "".join(_seen(question, span)) if _MARKUP.search(text) else text
    of_markup = len(text.split()) - len(seen.split()) if seen is not text else 0
    return of_markup + len(SYMBOLS.findall(" " + seen))


def _seen(question: Question, span: Span) -> Iterator[str]:
    position = span.start
    for hidden in sorted(_hidden(question)):
        if hidden.start >= span.end:
            break
        if hidden.end > position:
            yield question[Span(position, max(hidden.start, position))]
            position = hidden.end
    yield question[Span(position, max(position, span.end))]


def _hidden(question: Question) -> Iterator[Span]:
    markup = question.markup
    images = [image.span for image in markup.images]
    yield from images
    yield from _images_of_the_page(question, images)
    yield from markup.html
    for link in markup.links:
        yield Span(link.span.start, link.text.start)
        yield Span(link.text.end, link.span.end)
    for element in markup.elements_with("<"):
        if element.kind == "html":
            for tag in _HTML.finditer(question.text, element.span.start, element.span.end):
                yield Span(*tag.span())


def _images_of_the_page(question: Question, known: list[Span]) -> Iterator[Span]:
    """Images with a space in their path: the hand-in page shows them, and the checker counts them."""
    markup, answer = question.markup, question.layout.answer
    code = (element.span for element in markup.elements_with("![") if element.kind in {"fence", "code"})
    others = sorted([*known, *markup.code, *code])
    for image in counted_images(question[answer]):
        span = image.shifted(answer.start)
        before = bisect_left(others, Span(span.end, 0)) - 1
        if before < 0 or not others[before].overlaps(span):
            yield span
