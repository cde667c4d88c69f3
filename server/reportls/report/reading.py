"""Reads the Markdown of an answer stretch by stretch, so that typing in one paragraph costs that paragraph alone."""

from __future__ import annotations

from functools import lru_cache

from reportls.report.markup import Element, Markup
from reportls.text import SourceText, Span, pattern

_STAND_IN = "x"
_BORDER = pattern(r"(?:(?<=\n)|(?<=\r)(?!\n))[ \t]*(?:\r\n|\n|\r(?!\n))(?=[^\s`~>*+\-_#<0-9|:=\[])")
"""A blank line, and after it one that begins with none of the signs that make it more than text.

There every list and quote ends, and a new paragraph begins, whatever comes before.
"""
_BORDERLESS = pattern(r"```|~~~|\]:|(?:\A|[\r\n])[\s>*+\-0-9.)]*<")
"""What may go on over a blank line, or be referred to from elsewhere: fences, definitions, HTML."""
_PLAIN = pattern(
    r"(?P<blank>(?:[ \t]*(?:\r\n|\n|\r))*)"
    r"(?P<text>[^\s`~>*+\-_#<0-9|:=\[!\\][^\r\n`<\[!\\]*"
    r"(?:(?:\r\n|\n|\r)[^\s`~>*+\-_#<0-9|:=\[!\\][^\r\n`<\[!\\]*)*)"
    r"\s*\Z"
)
"""A paragraph of nothing but words."""
_MOST_KEPT = 1000
_LONGEST_KEPT = 20_000


def read_markup(text: str, answer: Span) -> Markup:
    """The markup of the answer at `answer` in the block `text`."""
    content = text[answer.start : answer.end]
    if not content or content.isspace():
        return Markup()
    source = SourceText(text[: answer.start])
    by, lines = answer.start, source.line_at(answer.start)
    if _goes_on_from_marker(text, answer):
        # The words stand in the middle of a line, so they must not be taken for the beginning of one.
        content, by = _STAND_IN + content, by - 1
    return Markup.joined(part.shifted(by + start, lines + line) for start, line, part in _parts(content))


def _goes_on_from_marker(text: str, answer: Span) -> bool:
    """Whether words follow the marker on its line."""
    end = min(at for at in (text.find("\n", answer.start), text.find("\r", answer.start), answer.end) if at >= 0)
    return answer.start > 0 and text[answer.start - 1] not in "\r\n" and bool(text[answer.start : end].strip(" \t"))


def _parts(content: str) -> list[tuple[int, int, Markup]]:
    """The markup of each stretch, and at which offset and line it starts."""
    if _BORDERLESS.search(content):
        return [(0, 0, _read(content))]
    parts, start, line = [], 0, 0
    for end in [*(border.end() for border in _BORDER.finditer(content)), len(content)]:
        stretch = content[start:end]
        parts.append((start, line, _read(stretch)))
        line += len(SourceText(stretch).line_starts) - 1
        start = end
    return parts


def _read(stretch: str) -> Markup:
    return _read_once(stretch) if len(stretch) <= _LONGEST_KEPT else _read_anew(stretch)


def _read_anew(stretch: str) -> Markup:
    if plain := _PLAIN.match(stretch):
        # Nearly all stretches are: they do not need the parser.
        source = SourceText(stretch)
        first, last = source.line_at(plain.start("text")), source.line_at(plain.end("text"))
        return Markup((Element("paragraph", first, last + 1, Span(*plain.span("text")), 0, "", ""),))
    from reportls.report.tokens import read_stretch  # noqa: PLC0415  # it takes markdown-it, which not all need

    return read_stretch(stretch)


_read_once = lru_cache(_MOST_KEPT)(_read_anew)
"""A function of the text alone. What is kept are the paragraphs that stay as they are while another is typed in."""
