"""An image that is no inline image on one line, written as one."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from reportls.report.commonmark.html import attributes_of
from reportls.report.target import reencoded, words_of
from reportls.text import LINE_BREAK, Span, pattern

if TYPE_CHECKING:
    from reportls.report.images import AnswerImage
    from reportls.report.question import Question

_BREAK = pattern(rf"[ \t]*{LINE_BREAK}[ \t]*(?:>[ \t]?)*")
_ONLY_TAGS = pattern(r"(?:\s*<[^<>]*>)*\s*\Z")
_KEPT_TAGS = pattern(r"<(?:a|img|video|iframe)\b", re.IGNORECASE)


def as_markdown(question: Question, image: AnswerImage) -> tuple[Span, str] | None:
    """What to replace, and by what; None if the image stands in HTML that shows no Markdown."""
    if image.form == "html":
        return _from_tag(question, image)
    if image.form == "reference":
        text = on_one_line(question[image.text]) if image.text else ""
        return image.span, f"![{text}]({reencoded(image.path)})"
    return image.span, on_one_line(question[image.span])


def on_one_line(text: str) -> str:
    """The text with a space for each line break and the white space and quote marks around it."""
    return _BREAK.sub(" ", text).replace("]( ", "](").replace(" )", ")")


def _from_tag(question: Question, image: AnswerImage) -> tuple[Span, str] | None:
    tag = question[image.span]
    place = attributes_of(tag).get("alt")
    text = unescape(tag[place.start : place.end]) if place else ""
    text = re.sub(r"[\[\]]", r"\\\g<0>", on_one_line(text).strip()) or words_of(image.path)
    replaced = _replaced(question, image.span)
    return (replaced, f"![{text}]({reencoded(image.path)})") if replaced else None


def _replaced(question: Question, tag: Span) -> Span | None:
    """The tag, or all of the HTML around it if that holds nothing else."""
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
