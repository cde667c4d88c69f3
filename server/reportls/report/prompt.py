"""The words of a prompt: the limits that they state, and what is left for a fingerprint."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from reportls.report.kinds import IMAGES, KINDS, WORDS, Constraints, Limit
from reportls.text import Span, pattern

_LENGTH = pattern(
    r"""answer[*_ \t\u00a0]+length[*_ \t\u00a0]*:[*_ \t\u00a0]*
    (?P<limit>
        (?:(?:(?:between|from)[*_ \t\u00a0]{1,4})?
            (?P<low>[0-9]{1,6})[*_ \t\u00a0]*(?:-|\u2013|\u2014|to|and)[*_ \t\u00a0]*(?P<high>[0-9]{1,6})
        |(?:at[ \t\u00a0]most|up[ \t\u00a0]to|no[ \t\u00a0]more[ \t\u00a0]than|max(?:imum|\.)?)
            [*_ \t\u00a0]{1,4}(?P<most>[0-9]{1,6})
        |(?:at[ \t\u00a0]least|min(?:imum|\.)?)[*_ \t\u00a0]{1,4}(?P<least>[0-9]{1,6})
        |(?P<about>[0-9]{1,6}))
        [*_ \t\u00a0]*words?)""",
    re.IGNORECASE | re.VERBOSE,
)
_IMAGES = pattern(
    r"""(?:words?[*_ \t\u00a0]*(?:\+|and|plus)
        # Only an order demands images, not a question whether one was made.
        |(?:(?<=[.?!>][ ])|(?<=[.?!]\*\*[ ])|(?<=[.?!]__[ ])|(?<=>)|(?<=\*\*|__)|(?<=[ >][*_])|(?<=please[ ]))
            (?:insert|upload|include|add|provide)
    )[*_ \t\u00a0]*
    (?P<limit>
        (?:(?P<least>at[ ]least[ ])|(?P<most>(?:at[ ]most|up[ ]to)[ ])|(?:between|from)[ ])?
        (?P<low>[0-9]{1,3}|an?|one|two|three|four|five)
        (?:[ \t]*(?:-|\u2013|to|or|and)[ \t]*(?P<high>[0-9]{1,3}|two|three|four|five))?
        [ \t]+(?:screen[ -]?shot|image|figure|picture|diagram|plot)s?\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
EXAMPLE = "Example:"
"""Opens the example in a prompt."""


class StatedLimit(NamedTuple):
    """A limit that a prompt names."""

    limit: Limit
    span: Span
    """The words that name it, from the start of the block."""


class Stated(tuple[StatedLimit | None, ...]):
    """The limits that a prompt names, in the order of `KINDS`; None for a kind of which it says nothing."""

    __slots__ = ()

    @property
    def constraints(self) -> Constraints:
        """The limits as constraints."""
        return Constraints(stated and stated.limit for stated in self)


NOTHING_STATED = Stated(None for _ in KINDS)


def read_prompt(text: str, prompt: Span | None) -> Stated:
    """The limits named in the prompt of a block; none without a prompt or where its words name none."""
    if not prompt:
        return NOTHING_STATED
    found = _stated_in(text[prompt.start : prompt.end])
    return Stated(stated and stated._replace(span=stated.span.shifted(prompt.start)) for stated in found)


@lru_cache(500)
def _stated_in(prompt: str) -> Stated:
    # Kept, for a prompt stays as it is while its answer is typed.
    return Stated(_READERS[kind](prompt) if kind in _READERS else None for kind in KINDS)


def _stated_length(prompt: str) -> StatedLimit | None:
    # The length may stand on either side of the example.
    match = _LENGTH.search(prompt)
    return StatedLimit(_length(match), Span(*match.span("limit"))) if match else None


def _stated_images(prompt: str) -> StatedLimit | None:
    # Images are demanded before the example and imagined in it.
    example = prompt.find(EXAMPLE)
    match = _IMAGES.search(prompt, 0, example if example >= 0 else len(prompt))
    return StatedLimit(_images(match), Span(*match.span("limit"))) if match else None


_READERS = {WORDS: _stated_length, IMAGES: _stated_images}
"""How a limit of each kind is found in a prompt; the course states no others."""


def _length(match: re.Match[str]) -> Limit:
    if match["least"]:
        return Limit(int(match["least"]), None)
    if match["low"]:
        return Limit(*sorted((int(match["low"]), int(match["high"]))))
    return Limit(0, int(match["most"] or match["about"]))


def _images(match: re.Match[str]) -> Limit:
    low = _number(match["low"])
    if match["least"]:
        return Limit(low, None)
    if match["most"]:
        return Limit(0, low)
    return Limit(*sorted((low, _number(match["high"]) if match["high"] else low)))


def _number(words: str) -> int:
    return _NUMBERS.get(words.lower()) or int(words)


def is_quoted(line: str) -> bool:
    """Whether the line begins with a quote mark."""
    return line.lstrip(" ").startswith(">")


def prompt_lines(prompt: str) -> list[str]:
    """The prompt's quoted lines without quote marks and white space, and without the line that names the length."""
    quoted = filter(is_quoted, re.split(r"[\r\n]+", prompt))
    return [line.lstrip("> ").strip() for line in quoted if "answer length:" not in line.lower()]


def split_example(lines: list[str]) -> tuple[str, str]:
    """The question's own words, and those of its example; the second empty if it has none."""
    words, _, example = "\n".join(lines).partition(EXAMPLE)
    return words, example
