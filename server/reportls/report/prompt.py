"""The words of a prompt: the limits that they state, and what is left for a fingerprint."""

from __future__ import annotations

import re
from typing import NamedTuple

from reportls.report.constraints import Images, Length
from reportls.text import Span

_RANGE = r"(?P<low>[0-9]{1,6})[ \t]*(?:-|\u2013|\u2014|to)[ \t]*(?P<high>[0-9]{1,6})"
_WORDS = re.compile(
    rf"answer[ \t]+length[ \t]*:[*_ \t]*(?P<limit>(?:{_RANGE}"
    r"|(?P<most>(?:at[ \t]+most|up[ \t]+to|max(?:imum|\.)?|no[ \t]+more[ \t]+than)[ \t]+(?P<most_n>[0-9]{1,6}))"
    r"|(?P<least>(?:at[ \t]+least|min(?:imum|\.)?)[ \t]+(?P<least_n>[0-9]{1,6}))"
    r"|(?P<exact>[0-9]{1,6}))[ \t]*words?)",
    re.IGNORECASE,
)
_NOUN = r"(?:screen[ -]?shots?|images?|figures?|pictures?|diagrams?|plots?)"
_COUNT = r"(?P<{0}low>[0-9]{{1,3}}|an?|one|two|three|four|five)(?:[ \t]*(?:-|\u2013|to|or)[ \t]*(?P<{0}high>[0-9]{{1,3}}|two|three|four|five))?"
_IMAGES = re.compile(
    rf"(?:words?[ \t]*(?:\+|and|plus)[ \t]*(?P<limit>{_COUNT.format('a')}[ \t]+{_NOUN})"
    rf"|\b(?:insert|upload|include|add|provide)[ \t]+(?P<asked>{_COUNT.format('b')}[ \t]+{_NOUN}))",
    re.IGNORECASE,
)
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


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
    # The example is a student's imagined answer, not a demand, but the length may stand on either side of it.
    words = _WORDS.search(text, prompt.start, prompt.end)
    images = _IMAGES.search(text, prompt.start, _before_example(text, prompt))
    length, length_span = _length(words) if words else (None, None)
    return Stated(length, length_span, *(_images(images) if images else (None, None)))


def _before_example(text: str, prompt: Span) -> int:
    example = re.compile(r"Example:").search(text, prompt.start, prompt.end)
    return example.start() if example else prompt.end


def _length(match: re.Match[str]) -> tuple[Length, Span]:
    span = Span(*match.span("limit"))
    if match["most"]:
        return Length(0, int(match["most_n"])), span
    if match["least"]:
        return Length(int(match["least_n"]), None), span
    if match["exact"]:
        return Length(0, int(match["exact"])), span
    return Length(int(match["low"]), int(match["high"])), span


def _images(match: re.Match[str]) -> tuple[Images, Span]:
    group, key = ("limit", "a") if match["limit"] else ("asked", "b")
    low = _number(match[key + "low"])
    return Images(low, _number(match[key + "high"]) if match[key + "high"] else low), Span(*match.span(group))


def _number(words: str) -> int:
    return _NUMBERS.get(words.lower()) or int(words)


def prompt_lines(text: str, prompt: Span) -> list[str]:
    """The prompt's quoted lines without quote marks and surrounding white space, without the line that names the length."""
    quoted = (line for line in re.split(r"[\r\n]+", text[prompt.start : prompt.end]) if line.lstrip(" ").startswith(">"))
    return [line.lstrip("> ").strip() for line in quoted if "answer length:" not in line.lower()]
