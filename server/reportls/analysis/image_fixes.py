"""Edits that make an image counted and shown: written as an inline image, or taken out of code and comments."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from reportls.report.commonmark.parse import attributes_of
from reportls.report.handin_page.hidden import is_closed
from reportls.report.kinds import counted_images
from reportls.report.target import reencoded, target_of, words_of
from reportls.text import LINE_BREAK, Edit, Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.report.commonmark.nodes import Element
    from reportls.report.handin_page.hidden import HiddenArea
    from reportls.report.images import AnswerImage
    from reportls.report.question import Question

_BREAK = pattern(rf"[ \t]*{LINE_BREAK}[ \t]*(?:>[ \t]?)*")
_ONLY_TAGS = pattern(r"(?:\s*<[^<>]*>)*\s*\Z")
_KEPT_TAGS = pattern(r"<(?:a|img|video|iframe)\b", re.IGNORECASE)
_LEFT = ("code span", "code block", "comment")
_LABEL = pattern(r"[ \t>]*(?P<label>\[[^\[\]]*\]:[ \t]*)\Z")
_BORDERS = pattern(r"(?P<open>`+|<!--)\s*(?P<inner>[\s\S]*?)\s*(?P<close>`+|-->)\Z")


def as_markdown(question: Question, image: AnswerImage) -> tuple[Span, str] | None:
    """Return the span to replace and an image on one line; None if the image is in HTML that shows no Markdown."""
    if image.form == "html":
        return _from_tag(question, image)
    if image.form == "reference":
        text = on_one_line(question[image.text]) if image.text else ""
        return image.span, f"![{text}]({reencoded(image.path)})"
    return image.span, on_one_line(question[image.span])


def on_one_line(text: str) -> str:
    """Return the text with a space in place of each line break and the white space and quote marks around it."""
    return _BREAK.sub(" ", text).replace("]( ", "](").replace(" )", ")")


def _from_tag(question: Question, image: AnswerImage) -> tuple[Span, str] | None:
    tag = question[image.span]
    place = attributes_of(tag).get("alt")
    text = unescape(tag[place.start : place.end]) if place else ""
    text = re.sub(r"[\[\]]", r"\\\g<0>", on_one_line(text).strip()) or words_of(target_of(image.path).bare)
    replaced = _replaced(question, image.span)
    return (replaced, f"![{text}]({reencoded(image.path)})") if replaced else None


def _replaced(question: Question, tag: Span) -> Span | None:
    """Return the span of the tag, or of the HTML around it if that contains nothing else."""
    around = _html_around(question, tag)
    if not around or around.start == tag.start:
        return tag
    before, after = question[Span(around.start, tag.start)], question[Span(tag.end, around.end)]
    is_bare = all(_ONLY_TAGS.match(part) and not _KEPT_TAGS.search(part) for part in (before, after))
    return around if is_bare else None


def _html_around(question: Question, tag: Span) -> Span | None:
    if area := question.hidden_areas.raw_around(tag):
        return area.span
    blocks = (element.span for element in question.markup.elements if element.kind == "html")
    return next((span for span in blocks if span.covers(tag)), None)


def take_out(question: Question, image: AnswerImage) -> tuple[Edit, ...]:
    """Return the edits that make a hidden image visible; none if the code contains more than images."""
    if image.hiding == "backslash":
        return (Edit(Span(image.span.start - 1, image.span.start), ""),)
    if image.hiding == "definition":
        return _unlabelled(question, image)
    area = question.hidden_areas.around(image.span) if image.hiding in _LEFT else None
    if not area:
        return ()
    if not area.element:
        return _unwrapped(question, area)
    if area.element.kind != "fence":
        return _dedented(question, area.element)
    return _unfenced(question, area.element) if is_closed(question.source, area.element) else ()


def _unlabelled(question: Question, image: AnswerImage) -> tuple[Edit, ...]:
    line = question.source.line_span(question.source.line_at(image.span.start))
    label = _LABEL.match(question.text, line.start, image.span.start)
    return (Edit(Span(label.start("label"), image.span.start), ""),) if label else ()


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
    # List and quote marks before the fence stay and apply to the first image.
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
    """Return whether the text consists of images."""
    rest, position = [], 0
    for span in counted_images(text):
        rest.append(text[position : span.start])
        position = span.end
    return position > 0 and not "".join([*rest, text[position:]]).strip(" \t\r\n>")
