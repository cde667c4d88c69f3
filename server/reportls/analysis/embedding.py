"""Images that are not written as such, as links, bare paths, HTML or code, and the edits that make them images."""

from __future__ import annotations

import re
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.image_paths import (
    existing,
    existing_figure,
    figures_folder,
    is_figure,
    is_picture,
    read_otherwise,
)
from reportls.report.commonmark.parse import attributes_of
from reportls.report.handin_page.hidden import is_closed
from reportls.report.kinds import counted_images
from reportls.report.target import Target, encoded, name_of, read_target, reencoded, target_of, words_of
from reportls.text import LINE_BREAK, Edit, Span, pattern, with_blanked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.findings.context import QuestionContext
    from reportls.report.commonmark.nodes import Element, Link
    from reportls.report.handin_page.hidden import HiddenArea
    from reportls.report.images import AnswerImage
    from reportls.report.question import Question

_SIGNS = r"\x00-$'-*,:-?\[-^`{-\x7f\xab\xbb\u2010-\u2027\u2039\u203a"
"""Characters that end a path, besides white space; the inside of a character class."""
PATH_SIGN = pattern(f"[{_SIGNS}]")
_PATH = pattern(
    rf"(?<![^\s{_SIGNS}])[^\s{_SIGNS}]+\.(?:png|jpe?g|gif|svg|webp)(?![\w/-]|\.\w)",
    re.IGNORECASE,
)
_ENDING = pattern(r"\.(?:png|jpe?g|gif|svg|webp)", re.IGNORECASE)
_LABEL_BEFORE = pattern(r"(?:\A|[\r\n])[ \t>]*\[[^\[\]\r\n]{1,200}\]:[ \t]*<?\Z")
"""The start of a link definition, which is never shown."""
_BRACKETS_BEFORE = pattern(r"!?\[(?P<text>[^\[\]\r\n]{0,200})\][ ]?[({][ ]?\Z")
_WIKILINK = pattern(
    r"!\[\[(?P<path>[^\[\]|#\r\n]{1,300})(?:#[^\[\]|\r\n]{0,200})?(?:\|(?P<words>[^\[\]\r\n]{0,200}))?\]\]"
)
_OBSIDIAN = "a wikilink"
_WIDTH = pattern(r"[0-9]{1,5}(?:x[0-9]{1,5})?")
_BEFORE_TEXT = pattern(r"[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t>]+)*")
"""The quote marks and list markers before a paragraph."""
_IN_TEXT = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
_LONGEST_TEXT = 200
_MOST = 20
_BREAK = pattern(rf"[ \t]*{LINE_BREAK}[ \t]*(?:>[ \t]?)*")
_ONLY_TAGS = pattern(r"(?:\s*<[^<>]*>)*\s*\Z")
_KEPT_TAGS = pattern(r"<(?:a|img|video|iframe)\b", re.IGNORECASE)
_LEFT = ("code span", "code block", "comment")
_LABEL = pattern(r"[ \t>]*(?P<label>\[[^\[\]]*\]:[ \t]*)\Z")
_BORDERS = pattern(r"(?P<open>`+|<!--)\s*(?P<inner>[\s\S]*?)\s*(?P<close>`+|-->)\Z")


class Mention(NamedTuple):
    """A link to an image, or the bare path of one."""

    span: Span
    """The link or the path."""
    thing: str
    """`a link`, `a path` or `a wikilink`."""
    target: Target
    replaced: Span
    image: str
    """The Markdown of an equivalent image."""
    is_as_written: bool = True
    """Whether the path is spelled as the report spells it."""


def mentions_of(ctx: QuestionContext) -> Iterator[Mention]:
    """Yield each image that the answer links to or names, once, unless it is shown or counted; and every wikilink."""
    known = set(ctx.question.image_paths)
    found = sorted([*_links(ctx), *_paths(ctx), *wikilinks(ctx)], key=lambda place: place.span)
    for place in found[:_MOST]:
        if place.thing == _OBSIDIAN or place.target.bare not in known:
            known.add(place.target.bare)
            yield place


def _links(ctx: QuestionContext) -> Iterator[Mention]:
    question = ctx.question
    images = [image.span for image in question.images]
    for link in question.markup.links[:_MOST]:
        target = target_of(link.path)
        if _leads_to_picture(target) and link.target and not any(link.span.overlaps(image) for image in images):
            yield Mention(link.span, "a link", target, link.span, _from_link(question[link.span], link, target))


def wikilinks(ctx: QuestionContext) -> Iterator[Mention]:
    """Yield the images written as Obsidian does, `![[name]]` or `![[name|width]]`; GitHub and the page show none."""
    question = ctx.question
    if "![[" not in question[question.layout.answer]:
        return
    for match in islice(_WIKILINK.finditer(_bared(question), *question.layout.answer), _MOST):
        path, words = match["path"].strip(), (match["words"] or "").strip()
        # Obsidian finds a file by its name alone, whatever folder it is in.
        file = path if ctx.files.info(path) else existing_figure(ctx, name_of(path))
        if not file and not is_picture(path):
            continue
        file = file or (path if is_figure(ctx.settings, path) else figures_folder(ctx.settings) + name_of(path))
        text = words if words and not _WIDTH.fullmatch(words) else words_of(file)
        written = encoded(file)
        span = Span(*match.span())
        yield Mention(span, _OBSIDIAN, read_target(written), span, f"![{text}]({written})", is_as_written=False)


def stands_alone(question: Question, place: Mention, places: Sequence[Mention]) -> bool:
    """Return whether its paragraph has only such `places`, so that no sentence loses words to an image."""
    around = [element for element in question.markup.elements if element.span.covers(place.replaced)]
    paragraph = next((element.span for element in reversed(around) if element.kind == "paragraph"), None)
    if not paragraph:
        return False
    rest, position = "", paragraph.start
    for other in places:
        if paragraph.covers(other.replaced) and other.replaced.start >= position:
            rest += question[Span(position, other.replaced.start)]
            position = other.replaced.end
    rest += question[Span(position, paragraph.end)]
    return all(_BEFORE_TEXT.fullmatch(line) for line in re.split(LINE_BREAK, rest))


def can_be_embedded(question: Question, place: Mention) -> bool:
    """Return whether it can be replaced: not if it follows unclosed brackets such as `![text](`."""
    start = max(place.replaced.start - _LONGEST_TEXT, 0)
    words = question.text[start : place.replaced.start]
    touching = words[len(words.rstrip("![]({\\" + _IN_TEXT)) :]
    is_unclosed = words.rstrip(" ").endswith(("](", "]{", "] (", "] {"))
    return not is_unclosed and not any(sign in touching for sign in "![\\")


def _leads_to_picture(target: Target) -> bool:
    return target.kind in ("relative", "absolute", "url") and is_picture(target.bare)


def _from_link(source: str, link: Link, target: Target) -> str:
    # An address in angle brackets has no text that could be kept.
    if source.startswith("<"):
        return f"![{words_of(target.bare)}]({reencoded(link.path)})"
    return "!" + on_one_line(source)


def _paths(ctx: QuestionContext) -> Iterator[Mention]:
    for span in islice(_paths_by_themselves(ctx.question), _MOST):
        if from_here := _from_here(ctx, span):
            yield from _path(ctx.question, span, ctx.question[from_here])


def _path(question: Question, span: Span, path: str) -> Iterator[Mention]:
    """Yield the path as text, as code, or in brackets meant for an image; nothing in a link definition."""
    if _LABEL_BEFORE.search(question.text, max(span.start - 2 * _LONGEST_TEXT, 0), span.start):
        return
    code = next((code for code in question.markup.code if code.covers(span)), None)
    target = read_target(path)
    text, replaced = words_of(target.bare), code or span
    brackets = _BRACKETS_BEFORE.search(question.text, max(span.start - 2 * _LONGEST_TEXT, 0), span.start)
    if brackets and question.text[span.end : span.end + 1] in ("}", ")"):
        text, replaced = brackets["text"], Span(brackets.start(), span.end + 1)
    yield Mention(span, "a path", target, replaced, f"![{text}]({path})", path == question[span])


def bare_paths(ctx: QuestionContext) -> Iterator[Span]:
    """Yield each path of a figure or of another existing file, as text or as the whole of a code span.

    A path that starts above the report's folder, such as `reports/figures/a.png`, begins at the figures folder instead.
    """
    for span in _paths_by_themselves(ctx.question):
        if from_here := _from_here(ctx, span):
            yield from_here


def _paths_by_themselves(question: Question) -> Iterator[Span]:
    if _ENDING.search(question.text, *question.layout.answer):
        for match in _PATH.finditer(_bared(question), *question.layout.answer):
            yield Span(*match.span())


def _from_here(ctx: QuestionContext, span: Span) -> Span | None:
    written = ctx.question[span]
    target = read_target(written)
    if target.kind != "relative":
        return None
    if is_figure(ctx.settings, target.path) or existing(ctx.files, target) or read_otherwise(ctx, target):
        return span
    above = written.rfind("/" + encoded(figures_folder(ctx.settings)))
    is_known = above >= 0 and ctx.files.info(read_target(written[above + 1 :]).path)
    return Span(span.start + above + 1, span.end) if is_known else None


def _bared(question: Question) -> str:
    """Return the question's text with spaces in place of images, links, code and HTML."""
    markup = question.markup
    taken = [*(image.span for image in markup.images), *(image.span for image in question.images)]
    taken += [link.span for link in markup.links]
    taken += [
        *markup.verbatim,
        *markup.html,
        # A path that is all of a code span is one that the author names; other code is not.
        *(code for code in markup.code if not _PATH.fullmatch(question[code].strip("` "))),
    ]
    return with_blanked(question.text, taken)


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
