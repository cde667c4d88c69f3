"""Reads the Markdown of an answer stretch by stretch, so that typing in one paragraph costs that paragraph alone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reportls.report.markup import SIGNS, Element, Markup
from reportls.text import SourceText, Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_STAND_IN = "x"
_BORDER = pattern(r"(?:(?<=\n)|(?<=\r)(?!\n))[ \t]*(?:\r\n|\n|\r(?!\n))(?=[^\s`~>*+\-_#<0-9|:=\[])")
"""A blank line, and after it one that begins with none of the signs that make it more than text.

There every list and quote ends, and a new paragraph begins, whatever comes before.
"""
_BORDERLESS = pattern(r"```|~~~|\]:|(?:\A|[\r\n])[ \t>*+\-0-9.)]*<")
"""What may go on over a blank line, or be referred to from elsewhere: fences, definitions, HTML."""
_TEXT = r"[^\s`~>*+\-_#<0-9|:=\[][^\r\n]*"
_PARAGRAPH = pattern(rf"(?:[ \t]*(?:\r\n|\n|\r))*(?P<text>{_TEXT}(?:(?:\r\n|\n|\r){_TEXT})*)\s*\Z")
"""A paragraph and nothing else: no line begins with one of those signs."""
_MOST_KEPT = 1000
_LONGEST_KEPT = 20_000


class _Stretch(NamedTuple):
    markup: Markup
    """Offsets and lines count from the start of the stretch."""
    lines: int
    """How many line breaks there are in it."""


def read_markup(text: str, answer: Span, first_line: int) -> Markup:
    """The markup of the answer at `answer` in the block `text`; it starts on that line of the block."""
    content, by = text[answer.start : answer.end], answer.start
    if not content or content.isspace():
        return Markup()
    if _goes_on_from_marker(text, answer):
        # The words stand in the middle of a line, so they must not be taken for the beginning of one.
        content, by = _STAND_IN + content, by - 1
    parts, line = [], first_line
    for start, stretch in _stretches(content):
        parts.append(stretch.markup.shifted(by + start, line))
        line += stretch.lines
    return Markup.joined(parts)


def _goes_on_from_marker(text: str, answer: Span) -> bool:
    """Whether words follow the marker on its line."""
    if answer.start == 0 or text[answer.start - 1] in "\r\n":
        return False
    end = min(at for at in (text.find("\n", answer.start), text.find("\r", answer.start), answer.end) if at >= 0)
    return bool(text[answer.start : end].strip(" \t"))


def _stretches(content: str) -> Iterator[tuple[int, _Stretch]]:
    """The stretches that can be read each by itself, and where they start."""
    start = 0
    if not _BORDERLESS.search(content):
        for border in _BORDER.finditer(content):
            yield start, _read(content[start : border.end()])
            start = border.end()
    yield start, _read(content[start:])


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
