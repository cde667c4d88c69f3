"""The words of a prompt: the limits that they state, and what is left for a fingerprint."""

from __future__ import annotations

import re
from typing import NamedTuple

from reportls.report.constraints import Images, Length
from reportls.text import Span, pattern

_LENGTH = pattern(
    r"""answer[ \t]+length[ \t]*:[*_ \t]*
    (?P<limit>
        (?:(?P<low>[0-9]{1,6})[ \t]*(?:-|\u2013|\u2014|to)[ \t]*(?P<high>[0-9]{1,6})
        |(?:at[ \t]most|up[ \t]to|no[ \t]more[ \t]than|max(?:imum|\.)?)[ \t](?P<most>[0-9]{1,6})
        |(?:at[ \t]least|min(?:imum|\.)?)[ \t](?P<least>[0-9]{1,6})
        |(?P<about>[0-9]{1,6}))
        [ \t]*words?)""",
    re.IGNORECASE | re.VERBOSE,
)
_IMAGES = pattern(
    r"""(?:words?[ \t]*(?:\+|and|plus)|\b(?:insert|upload|include|add|provide))[ \t]*
    (?P<limit>
        (?P<low>[0-9]{1,3}|an?|one|two|three|four|five)
        (?:[ \t]*(?:-|\u2013|to|or)[ \t]*(?P<high>[0-9]{1,3}|two|three|four|five))?
        [ \t]+(?:screen[ -]?shot|image|figure|picture|diagram|plot)s?\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_EXAMPLE = "Example:"


class Stated(NamedTuple):
    """The limits that a prompt names, each with the words that say so (from the start of the block)."""

    words: Length | None = None
    words_span: Span | None = None
    images: Images | None = None
    images_span: Span | None = None


def read_prompt(text: str, prompt: Span | None) -> Stated:
    """The limits named in the prompt of a block; none without a prompt or where its words name none."""
    if prompt is None:
        return Stated()
    example = text.find(_EXAMPLE, prompt.start, prompt.end)
    # The length may stand on either side of the example; images are demanded before it and imagined in it.
    words = _LENGTH.search(text, prompt.start, prompt.end)
    images = _IMAGES.search(text, prompt.start, example if example >= 0 else prompt.end)
    return Stated(
        words=_length(words) if words else None,
        words_span=Span(*words.span("limit")) if words else None,
        images=_images(images) if images else None,
        images_span=Span(*images.span("limit")) if images else None,
    )


def _length(match: re.Match[str]) -> Length:
    if match["least"]:
        return Length(int(match["least"]), None)
    if match["low"]:
        return Length(int(match["low"]), int(match["high"]))
    return Length(0, int(match["most"] or match["about"]))


def _images(match: re.Match[str]) -> Images:
    low = _number(match["low"])
    return Images(low, _number(match["high"]) if match["high"] else low)


def _number(words: str) -> int:
    return _NUMBERS.get(words.lower()) or int(words)


def prompt_lines(text: str, prompt: Span) -> list[str]:
    """The prompt's quoted lines without quote marks and white space, and without the line that names the length."""
    lines = (line.lstrip(" ") for line in re.split(r"[\r\n]+", text[prompt.start : prompt.end]))
    quoted = (line for line in lines if line.startswith(">"))
    return [line.lstrip("> ").strip() for line in quoted if "answer length:" not in line.lower()]


def split_example(lines: list[str]) -> tuple[str, str]:
    """The question's own words, and those of its example; the second empty if it has none."""
    words, _, example = "\n".join(lines).partition(_EXAMPLE)
    return words, example
