"""The words of a prompt: the limits that they state, and what is left for a fingerprint."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from reportls.report.constraints import Images, Length
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
"""What opens the example in a prompt."""


class Stated(NamedTuple):
    """The limits that a prompt names, each with the words that say so (from the start of the block)."""

    words: Length | None = None
    words_span: Span | None = None
    images: Images | None = None
    images_span: Span | None = None

    def shifted(self, by: int) -> Stated:
        """The same limits, their words `by` code points further on."""
        words, images = self.words_span, self.images_span
        return self._replace(words_span=words and words.shifted(by), images_span=images and images.shifted(by))


def read_prompt(text: str, prompt: Span | None) -> Stated:
    """The limits named in the prompt of a block; none without a prompt or where its words name none."""
    return _stated_in(text[prompt.start : prompt.end]).shifted(prompt.start) if prompt else Stated()


@lru_cache(500)
def _stated_in(prompt: str) -> Stated:
    # Kept, for a prompt stays as it is while its answer is typed.
    example = prompt.find(EXAMPLE)
    # The length may stand on either side of the example; images are demanded before it and imagined in it.
    words = _LENGTH.search(prompt)
    images = _IMAGES.search(prompt, 0, example if example >= 0 else len(prompt))
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
        return Length(*sorted((int(match["low"]), int(match["high"]))))
    return Length(0, int(match["most"] or match["about"]))


def _images(match: re.Match[str]) -> Images:
    low = _number(match["low"])
    if match["least"]:
        return Images(low, None)
    if match["most"]:
        return Images(0, low)
    return Images(*sorted((low, _number(match["high"]) if match["high"] else low)))


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
