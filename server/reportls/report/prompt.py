"""The words of a prompt: the limits that they state, and what is left for a fingerprint."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reportls.report.kinds import KINDS, WORDS, Constraints, Limit
from reportls.report.limit_grammar import read_limits

if TYPE_CHECKING:
    from reportls.report import limit_grammar
    from reportls.text import Span

EXAMPLE = "Example:"
"""Opens the example in a prompt."""
_ARTICLES = ("a ", "an ", "one ")


class StatedLimit(NamedTuple):
    """A limit that a prompt names."""

    limit: Limit
    span: Span
    """The words that name it, from the start of the block."""


class Stated(tuple[StatedLimit | None, ...]):
    """The limits that a prompt names, in the order of `KINDS`; None for a kind that it does not mention."""

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
    # Cached because a prompt stays the same while its answer is typed.
    example = prompt.find(EXAMPLE)
    found: dict[str, StatedLimit] = {}
    for stated in read_limits(prompt).limits:
        # The length may be on either side of the example; images are required before it, and those in it are invented.
        is_imagined = stated.unit != WORDS.key and 0 <= example < stated.span.start
        # "100 words" is the most; "about 100 words" is nothing that a checker could test.
        is_vague = stated.about and not prompt[stated.span.start].isdigit()
        if not (is_vague or is_imagined):
            found.setdefault(stated.unit, StatedLimit(_limit(stated, prompt), stated.span))
    return Stated(found.get(kind.key) for kind in KINDS)


def _limit(stated: limit_grammar.Limit, prompt: str) -> Limit:
    low = int(stated.at_least or 0)
    # The grammar takes "a figure" for one or more, but this course's checkers let only one pass.
    if low == 1 and stated.at_most is None and prompt[stated.span.start :].lower().startswith(_ARTICLES):
        return Limit(1, 1)
    return Limit(low, None if stated.at_most is None else int(stated.at_most))


def is_quoted(line: str) -> bool:
    """Whether the line begins with a quote mark."""
    return line.lstrip(" ").startswith(">")


def prompt_lines(prompt: str) -> list[str]:
    """The prompt's quoted lines without quote marks and white space, and without the line that names the length."""
    quoted = filter(is_quoted, re.split(r"[\r\n]+", prompt))
    return [line.lstrip("> ").strip() for line in quoted if "answer length:" not in line.lower()]


def split_example(lines: list[str]) -> tuple[str, str]:
    """Return the words of the question and the words of its example, which are empty without an example."""
    words, _, example = "\n".join(lines).partition(EXAMPLE)
    return words, example
