"""Links to pictures, and paths of pictures, that stand where an image could."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.as_markdown import on_one_line
from reportls.analysis.image_paths import PICTURES, existing, figures_folder, is_figure
from reportls.report.target import Target, decoded_target, encoded, extension_of, read_target, reencoded, words_of
from reportls.text import Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.report.commonmark.nodes import Link
    from reportls.report.question import Question

_ENDING = pattern(r"\.(?:png|jpe?g|gif|svg|webp)\b(?![\w/-]|\.\w)", re.IGNORECASE)
_PATH_BEFORE = pattern(r"[\w./%~&+@-]*\Z")
_LABEL_BEFORE = pattern(r"(?:\A|[\r\n])[ \t>]*\[[^\[\]\r\n]{1,200}\]:[ \t]*<?\Z")
"""Of a definition, which is not shown, whatever its target is."""
_BRACKETS_BEFORE = pattern(r"!?\[(?P<text>[^\[\]\r\n]{0,200})\][ ]?[({][ ]?\Z")
_IN_TEXT = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
_LONGEST_PATH = 200
_LONGEST_TEXT = 200
_MOST = 20


class Unembedded(NamedTuple):
    """A picture that is linked to or named."""

    span: Span
    """The link or the path."""
    thing: str
    """`a link` or `a path`."""
    target: Target
    replaced: Span
    image: str
    """The image that says the same."""
    is_as_written: bool = True
    """Whether its path is the one that stands there."""


def unembedded(ctx: QuestionContext) -> Iterator[Unembedded]:
    """Each picture that the answer links to or names, once; not those that it shows or has the checker count."""
    known = set(ctx.question.image_paths)
    found = sorted([*_links(ctx), *_paths(ctx)], key=lambda place: place.span)
    for place in found[:_MOST]:
        if place.target.bare not in known:
            known.add(place.target.bare)
            yield place


def _links(ctx: QuestionContext) -> Iterator[Unembedded]:
    question = ctx.question
    images = [image.span for image in question.images]
    for link in question.markup.links[:_MOST]:
        target = decoded_target(link.path)
        if _is_picture(target) and link.target and not any(link.span.overlaps(image) for image in images):
            yield Unembedded(link.span, "a link", target, link.span, _from_link(question[link.span], link, target))


def stands_free(question: Question, place: Unembedded) -> bool:
    """Whether it can be replaced: not if it goes on from brackets half typed, such as `![text](` and no end."""
    start = max(place.replaced.start - _LONGEST_TEXT, 0)
    words = question.text[start : place.replaced.start]
    touching = words[len(words.rstrip("![]({\\" + _IN_TEXT)) :]
    is_unclosed = words.rstrip(" ").endswith(("](", "]{", "] (", "] {"))
    return not is_unclosed and not any(sign in touching for sign in "![\\")


def _is_picture(target: Target) -> bool:
    return target.kind in ("relative", "absolute", "url") and extension_of(target.bare).lower() in PICTURES


def _from_link(source: str, link: Link, target: Target) -> str:
    if source.startswith("<"):
        return f"![{words_of(target.path)}]({reencoded(link.path)})"
    return "!" + on_one_line(source)


def _paths(ctx: QuestionContext) -> Iterator[Unembedded]:
    question = ctx.question
    answer = question.layout.answer
    for match in islice(_ENDING.finditer(question.text, *answer), _MOST):
        start = max(answer.start, match.end() - _LONGEST_PATH)
        before = _PATH_BEFORE.search(question.text, start, match.start())
        span = Span(before.start() if before else match.start(), match.end())
        if path_from_here := _path_from_here(ctx, question[span]):
            yield from _path(question, span, path_from_here)


def _path_from_here(ctx: QuestionContext, written: str) -> str | None:
    """The path as it stands if it leads to a picture, or the one from the report if it starts further up."""
    target = read_target(written)
    if target.kind != "relative":
        return None
    if is_figure(ctx.settings, target.bare) or existing(ctx.files, target):
        return written
    figure = target.bare[target.bare.rfind("/" + figures_folder(ctx.settings)) + 1 :]
    return encoded(figure) if figure != target.bare and ctx.files.info(figure) else None


def _path(question: Question, span: Span, path: str) -> Iterator[Unembedded]:
    """The path, if it stands by itself: as text, as code, or in brackets that were to make it an image."""
    if _LABEL_BEFORE.search(question.text, max(span.start - 2 * _LONGEST_TEXT, 0), span.start):
        return
    markup = question.markup
    code = next((code for code in markup.code if code.covers(span)), None)
    if code and question[code].strip("` ") != question[span]:
        return
    taken = [*(link.span for link in markup.links), *(image.span for image in question.images), *markup.html]
    taken += [element.span for element in markup.elements if element.kind in ("fence", "code", "html")]
    if any(other.overlaps(span) for other in taken):
        return
    target = read_target(path)
    text, replaced = words_of(target.bare), code or span
    brackets = _BRACKETS_BEFORE.search(question.text, max(span.start - 2 * _LONGEST_TEXT, 0), span.start)
    if brackets and question.text[span.end : span.end + 1] in ("}", ")"):
        text, replaced = brackets["text"], Span(brackets.start(), span.end + 1)
    yield Unembedded(span, "a path", target, replaced, f"![{text}]({path})", path == question[span])
