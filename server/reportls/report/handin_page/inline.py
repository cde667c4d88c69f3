"""Reads the text of paragraphs and headings as the hand-in page's renderer does, and compares the tags with GitHub's.

Python-Markdown applies one kind of pattern after the other to the whole paragraph, code first and HTML after links.
Here each of them covers what it matches, so that the later ones do not see it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from reportls.report.handin_page.raw_html import raw_html
from reportls.text import Span, pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping, Sequence

    from reportls.report.commonmark.answer import AnswerMarkup
    from reportls.report.handin_page.blocks import Page
    from reportls.text import SourceText

_TICKS = pattern(r"(?P<escapes>\\*)(?P<ticks>`+)")
_ESCAPE = pattern(r"\\[\\`*_{}\[\]()>#+\-.!]")
_IMAGE = pattern(r"!\[[^\[\]]*\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
_TARGET = pattern(r"\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
_ADDRESS = pattern(r"<(?:[A-Za-z][A-Za-z0-9+.\-]*://[^<>]*|[^<> !]+@[^@<> ]+)>")
_HTML = pattern(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][^\s\"'<>@]*)"
    r"(?P<attributes>(?:\s+[^\s\"'=<>]+(?:\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'|[^\s\"'=<>]+))?)*)\s*/?>"
    r"|<!--(?:(?!<!--|-->)[\s\S])*-->"
    r"|<\?[^<>]*\?>|<!\[CDATA\[[^<>]*\]\]>"
)
_RAW_TAG = r"<(?P<close>/?)(?P<name>[a-zA-Z][^\s<>]*)(?P<attributes>[^<>]*)>"
RAW_TAG = pattern(rf"<!--[\s\S]*?-->|{_RAW_TAG}")
"""A tag in raw HTML, or a comment, which has no name."""
_AFTER_COMMENTS = pattern(_RAW_TAG)
_COMMENT_END = "-->"
_LINE_OPENING = pattern(r"[ \t>]*")
_COVER = "x"


class Tag(NamedTuple):
    """An HTML tag, or another stretch in angle brackets that browsers do not show."""

    span: Span
    name: str
    """In lower case, without slashes; empty for comments and instructions."""
    is_closing: bool
    attributes: str


def tags_of(source: SourceText, page: Page, first_line: int) -> Iterator[Tag]:
    """Return what the hand-in page takes for HTML from a line of the source on, in the order of the text.

    `page` is what the page makes of the lines. Of raw HTML only the tags are returned, and no comment.
    """
    start = source.line_span(first_line).start
    text = source.content[start:].replace("\r", "\n")
    raw = [span.shifted(start) for span in raw_html(text)]
    found = [tag for span in raw for tag in _raw_tags(source.content, span)]
    for offset, paragraph in paragraphs_with("<", source, page, raw):
        found += [tag._replace(span=tag.span.shifted(offset)) for tag in inline_tags(paragraph)]
    yield from sorted(found)


def _raw_tags(content: str, span: Span) -> Iterator[Tag]:
    return (tag for tag in raw_tags(content, span) if tag.name)


def raw_tags(content: str, span: Span) -> Iterator[Tag]:
    """Return the tags and comments of the raw HTML at the span, in the order of the text."""
    # After the last end of a comment, each `<!--` would be searched for one up to the end of the text.
    end = content.rfind(_COMMENT_END, *span)
    middle = end + len(_COMMENT_END) if end >= 0 else span.start
    yield from map(tag_of, RAW_TAG.finditer(content, span.start, middle))
    yield from map(tag_of, _AFTER_COMMENTS.finditer(content, middle, span.end))


def paragraphs_with(sign: str, source: SourceText, page: Page, raw: Sequence[Span]) -> Iterator[tuple[int, str]]:
    """Yield the start and the text of each paragraph and heading of the page that contains the sign.

    The text is as long as in the source. Blanks stand for the stretches of raw HTML, which are given, and for what
    begins the lines in lists and quotes.
    """
    headings = {*page.headings, *(line - 1 for line in page.underlines)}
    numbers = sorted({**page.paragraphs, **dict.fromkeys(headings)})
    for _, group in groupby(numbers, key=lambda number: (number in headings and number, page.paragraphs.get(number))):
        lines = [source.line_span(number) for number in group]
        text = source.content[lines[0].start : lines[-1].end]
        if sign in text:
            first = bisect_right(raw, lines[0].start, key=attrgetter("end"))
            spans = raw[first : bisect_left(raw, lines[-1].end, key=attrgetter("start"))]
            yield lines[0].start, _blanked(source, lines, spans)


def _blanked(source: SourceText, lines: Sequence[Span], raw: Sequence[Span]) -> str:
    """The lines as one text of the same length, without what begins them in the source and without raw HTML."""
    first, last = lines[0].start, lines[-1].end
    text = source.content[first:last].replace("\r", "\n")
    parts, position = [], first
    for line in lines[1:]:
        opening = _LINE_OPENING.match(source.content, *line)
        end = opening.end() if opening else line.start
        parts += [text[position - first : line.start - first], " " * (end - line.start)]
        position = end
    text = "".join([*parts, text[position - first :]])
    for span in raw:
        start, end = max(span.start, first) - first, min(span.end, last) - first
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def inline_tags(text: str) -> Iterator[Tag]:
    """Return what the page takes for HTML in the text of a paragraph, in the order of the text."""
    if "<" in text:
        yield from map(tag_of, _HTML.finditer(covered(text)))


def tag_of(match: re.Match[str]) -> Tag:
    """Return the tag that one of the patterns has matched."""
    name = match["name"] or ""
    return Tag(Span(*match.span()), name.lower().rstrip("/"), bool(match["close"]), match["attributes"] or "")


def covered(text: str) -> str:
    """Return the text of a paragraph with a letter in place of each character in which no HTML can begin or end.

    These are the characters of code spans, images, link targets and addresses in angle brackets, and escaped ones.
    """
    parts, position = [], 0
    for span in code_spans(text):
        parts += [text[position : span.start], _COVER * (span.end - span.start)]
        position = span.end
    text = "".join([*parts, text[position:]])
    for expression in (_ESCAPE, _IMAGE, _TARGET, _ADDRESS):
        text = expression.sub(lambda match: _COVER * len(match[0]), text)
    return text


def code_spans(text: str) -> Iterator[Span]:
    """Return the code spans of a paragraph, backticks included, in the order of the text."""
    runs = list(_TICKS.finditer(text))
    lengths = [len(run["ticks"]) for run in runs]
    places: dict[int, list[int]] = {}
    for index, length in enumerate(lengths):
        places.setdefault(length, []).append(index)
    longest = [*accumulate(reversed(lengths), max)][::-1]
    at = 0
    while at < len(runs):
        is_escaped = len(runs[at]["escapes"]) % 2  # it opens nothing, but those right after it do
        closing = _closing(places, longest, at, lengths[at] - is_escaped)
        if closing is not None:
            yield Span(runs[at].start("ticks") + is_escaped, runs[closing].end())
            at = closing
        at += 1


def _closing(places: Mapping[int, Sequence[int]], longest: Sequence[int], at: int, size: int) -> int | None:
    """The run that closes the one at that index: of its length, or else, if all are shorter, the longest."""
    for length in (size, *longest[at + 1 : at + 2]):
        same = places.get(length, ())
        index = bisect_right(same, at)
        if 0 < length <= size and index < len(same):
            return same[index]
    return None


class AnswerTag(NamedTuple):
    """A tag in an answer; its span counts from the start of the question's block."""

    tag: Tag
    on_page: bool
    """Whether the hand-in page treats it as a tag."""
    on_github: bool
    """Whether GitHub treats it as a tag."""


def tags_in(source: SourceText, answer: Span, page: Page, first_line: int, markup: AnswerMarkup) -> list[AnswerTag]:
    """Return the tags of an answer in the order of the text, without comments.

    `page` is what the hand-in page makes of the lines from `first_line` on.
    """
    on_page = {tag.span: tag for tag in tags_of(source, page, first_line) if tag.span.start >= answer.start}
    on_github = {tag.span: tag for tag in _on_github(source.content, markup)}
    tags = {**on_github, **on_page}
    return [AnswerTag(tags[span], span in on_page, span in on_github) for span in sorted(tags) if tags[span].name]


def _on_github(text: str, markup: AnswerMarkup) -> Iterator[Tag]:
    for start, end in markup.html:
        if match := RAW_TAG.fullmatch(text, start, end):
            yield tag_of(match)
    for element in markup.elements_with("<"):
        if element.kind == "html":
            yield from raw_tags(text, element.span)
