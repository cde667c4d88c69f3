"""The edits that take an image out of the code or comment in which nobody sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.report.checker import counted_images
from reportls.text import Edit, Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.report.commonmark.nodes import Element
    from reportls.report.handin_page.hidden import HiddenArea
    from reportls.report.images import AnswerImage
    from reportls.report.question import Question

_LEFT = ("code span", "code block", "comment")
_BORDERS = pattern(r"(?P<open>`+|<!--)\s*(?P<inner>[\s\S]*?)\s*(?P<close>`+|-->)\Z")


def take_out(question: Question, image: AnswerImage) -> tuple[Edit, ...]:
    """The edits; none if there is more in the code than images, or the image is not shown for another reason."""
    if image.hiding == "backslash":
        return (Edit(Span(image.span.start - 1, image.span.start), ""),)
    area = question.hidden_areas.around(image.span) if image.hiding in _LEFT else None
    if not area:
        return ()
    if not area.element:
        return _unwrapped(question, area)
    return (_unfenced if area.element.kind == "fence" else _dedented)(question, area.element)


def _unwrapped(question: Question, area: HiddenArea) -> tuple[Edit, ...]:
    match = _BORDERS.match(question.text, *area.span)
    if not match or not _is_images(match["inner"]):
        return ()
    start, end = match.span("inner")
    return (Edit(Span(area.span.start, start), ""), Edit(Span(end, area.span.end), ""))


def _unfenced(question: Question, fence: Element) -> tuple[Edit, ...]:
    first, last = (question.source.line_span(line) for line in (fence.first_line, fence.end_line - 1))
    opening, closing = (question.text.index(fence.markup, line.start) for line in (first, last))
    inner = question[Span(first.end, closing)]
    if not _is_images(inner):
        return ()
    # What stands before the fence, the mark of a list or of a quote, stays for the first image.
    image = first.end + inner.index("![")
    rest = first.end + len(inner.rstrip(" \t"))
    return (Edit(Span(opening, image), ""), Edit(Span(rest, last.end), ""))


def _dedented(question: Question, code: Element) -> tuple[Edit, ...]:
    if code.depth or not _is_images(question[code.span]):
        return ()
    return tuple(_indents(question, code))


def _indents(question: Question, code: Element) -> Iterator[Edit]:
    for number in range(code.first_line, code.end_line):
        line = question.source.line_span(number)
        text = question[line]
        yield Edit(Span(line.start, line.start + len(text) - len(text.lstrip())), "")


def _is_images(text: str) -> bool:
    """Whether there are images, and nothing else."""
    rest, position = [], 0
    for span in counted_images(text):
        rest.append(text[position : span.start])
        position = span.end
    return position > 0 and not "".join([*rest, text[position:]]).strip(" \t\r\n>")
