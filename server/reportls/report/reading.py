"""Reads the Markdown of an answer stretch by stretch, so that typing in one paragraph costs that paragraph alone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reportls.lazy import cached_property
from reportls.report.markup import SIGNS, Element, Markup
from reportls.text import SourceText, Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.report.markup import Image, Link

_STAND_IN = "x"
_BORDER = pattern(r"(?:(?<=\n)|(?<=\r)(?!\n))[ \t]*(?:\r\n|\n|\r(?!\n))(?=[^\s`~>*+\-_#<0-9|:=\[])")
"""A blank line, and after it one that begins with none of the signs that make it more than text.

There every list and quote ends, and a new paragraph begins, whatever comes before.
"""
_BORDERLESS = pattern(r"```|~~~|\]:|(?:\A|[\r\n])[ \t>*+\-0-9.)]*<")
"""What may go on over a blank line, or be referred to from elsewhere: fences, definitions, HTML."""
_TEXT = r"[^\s`~>*+\-_#<0-9|:=\[][^\r\n]*"
_PARAGRAPH = pattern(rf"(?:[ \t]*(?:\r\n|\n|\r))*(?P<text>{_TEXT}(?:(?:\r\n|\n|\r){_TEXT})*)[ \t\r\n]*\Z")
"""A paragraph and nothing else: no line begins with one of those signs."""
_MOST_KEPT = 1000
_LONGEST_KEPT = 20_000


class _Stretch(NamedTuple):
    markup: Markup
    """Offsets and lines count from the start of the stretch."""
    lines: int
    """How many line breaks there are in it."""


class AnswerMarkup:
    """What an answer is made of, as in `Markup`: of each kind, what is found when it is first asked for.

    A stretch without the signs of a kind is not read for it: most are asked for images alone, or links.
    """

    def __init__(self, content: str, by: int, first_line: int) -> None:
        """Take the text of the answer, and where it starts in the block."""
        self._content = content
        self._by = by
        self._first_line = first_line

    @cached_property
    def _stretches(self) -> tuple[tuple[int, str], ...]:
        return tuple(_stretches(self._content))

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """The block-level elements."""
        found, line = [], self._first_line
        for start, text in self._stretches:
            stretch = _read(text)
            found += [element.shifted(self._by + start, line) for element in stretch.markup.elements]
            line += stretch.lines
        return tuple(found)

    @cached_property
    def images(self) -> tuple[Image, ...]:
        """The images that a preview shows."""
        return tuple(image.shifted(start) for start, markup in self._read_with("![", "<") for image in markup.images)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links, and the addresses in angle brackets."""
        return tuple(link.shifted(start) for start, markup in self._read_with("[", "<") for link in markup.links)

    @cached_property
    def code(self) -> tuple[Span, ...]:
        """The code spans."""
        return tuple(span.shifted(start) for start, markup in self._read_with("`") for span in markup.code)

    @cached_property
    def html(self) -> tuple[Span, ...]:
        """The HTML tags and comments within paragraphs."""
        return tuple(span.shifted(start) for start, markup in self._read_with("<") for span in markup.html)

    def _read_with(self, *signs: str) -> Iterator[tuple[int, Markup]]:
        """The stretches that have one of the signs, and where they start in the block."""
        if any(sign in self._content for sign in signs):
            for start, text in self._stretches:
                if any(sign in text for sign in signs):
                    yield self._by + start, _read(text).markup


def read_markup(text: str, answer: Span, first_line: int) -> AnswerMarkup:
    """The markup of the answer at `answer` in the block `text`; it starts on that line of the block."""
    content = text[answer.start : answer.end]
    if content and not content.isspace() and _goes_on_from_marker(text, answer):
        # The words stand in the middle of a line, so they must not be taken for the beginning of one.
        return AnswerMarkup(_STAND_IN + content, answer.start - 1, first_line)
    return AnswerMarkup(content, answer.start, first_line)


def _goes_on_from_marker(text: str, answer: Span) -> bool:
    """Whether words follow the marker on its line."""
    if answer.start == 0 or text[answer.start - 1] in "\r\n":
        return False
    end = min(at for at in (text.find("\n", answer.start), text.find("\r", answer.start), answer.end) if at >= 0)
    return bool(text[answer.start : end].strip(" \t"))


def _stretches(content: str) -> Iterator[tuple[int, str]]:
    """The stretches that can be read each by itself, and where they start."""
    if not content or content.isspace():
        return
    start = 0
    if not _BORDERLESS.search(content):
        for border in _BORDER.finditer(content):
            yield start, content[start : border.end()]
            start = border.end()
    yield start, content[start:]


def _read(stretch: str) -> _Stretch:
    return _read_once(stretch) if len(stretch) <= _LONGEST_KEPT else _read_anew(stretch)


def _read_anew(stretch: str) -> _Stretch:
    source = SourceText(stretch)
    return _Stretch(_markup_of(source), len(source.line_starts) - 1)


def _markup_of(source: SourceText) -> Markup:
    paragraph = _PARAGRAPH.match(source.content)
    if paragraph and SIGNS.isdisjoint(paragraph["text"]):
        # Many paragraphs are nothing but words, and need no parser.
        first, last = source.line_at(paragraph.start("text")), source.line_at(paragraph.end("text"))
        return Markup((Element("paragraph", first, last + 1, Span(*paragraph.span("text")), 0, "", ""),))
    from reportls.report.tokens import read_paragraph, read_stretch  # noqa: PLC0415  # not all need markdown-it

    return read_paragraph(source, Span(*paragraph.span("text"))) if paragraph else read_stretch(source)


_read_once = lru_cache(_MOST_KEPT)(_read_anew)
"""A function of the text alone. What is kept are the paragraphs that stay as they are while another is typed in."""
