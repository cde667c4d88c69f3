"""The course's own texts: the limits that a prompt states, and fingerprints.

By its fingerprint a changed text can be told without holding the text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from reportls.report.kinds import KINDS, WORDS, Constraints, Limit
from reportls.report.limit_grammar import read_limits
from reportls.text import Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportls.report import limit_grammar

EXAMPLE = "Example:"
"""Opens the example in a prompt."""
_ARTICLES = ("a ", "an ", "one ")
_DIGITS = 16
_TOKEN = pattern(r"\S+")
_LETTER = pattern(r"[^\W_]")
_UP_TO_LAST_LETTER = pattern(r"(?:.*[^\W_])?", re.DOTALL)
_ENDS_SENTENCE = pattern(r"[.?!]")


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
    # Limits change from year to year while the question stays, so they are no part of its fingerprint.
    return [line.lstrip("> ").strip() for line in quoted if "answer length:" not in line.lower()]


def split_example(lines: list[str]) -> tuple[str, str]:
    """Return the words of the question and the words of its example, which are empty without an example."""
    words, _, example = "\n".join(lines).partition(EXAMPLE)
    return words, example


@lru_cache(2000)
def fingerprint(text: str) -> str:
    """Sixteen hex digits of the letters and digits of `text`; white space, punctuation and case do not matter."""
    return sha256(_folded(text)).hexdigest()[:_DIGITS]


def beginnings(words: Iterable[str]) -> Iterator[str]:
    """Yield the fingerprint of the first word, of the first two words, and so on."""
    digest = sha256()
    for word in words:
        digest.update(_folded(word))
        yield digest.hexdigest()[:_DIGITS]


def _folded(text: str) -> bytes:
    return "".join(filter(str.isalnum, text.casefold())).encode("utf-8", "surrogatepass")


def sentences(text: str) -> Iterator[Span]:
    """Yield the sentences of `text`, each with the signs around it.

    One ends with `.`, `?` or `!` before white space and a capital letter or a digit, which holds for any line breaks.
    """
    start = end = -1
    is_over = False
    for token in _TOKEN.finditer(text):
        letter = _LETTER.search(token[0])
        if letter and is_over and not letter[0].islower():
            yield Span(start, end)
            start = -1
        start, end = token.start() if start < 0 else start, token.end()
        closing = _UP_TO_LAST_LETTER.match(token[0])
        ends_here = closing is not None and bool(_ENDS_SENTENCE.search(token[0], closing.end()))
        is_over = ends_here or (is_over and not letter)
    if start >= 0 and _LETTER.search(text, start):
        yield Span(start, end)


def sentence_prints(text: str) -> tuple[str, ...]:
    """The fingerprints of the sentences of `text`."""
    return tuple(fingerprint(text[span.start : span.end]) for span in sentences(text))


class PromptPrint(NamedTuple):
    """The fingerprints of a prompt."""

    question: str | None = None
    """None where there is no prompt."""
    example: str | None = None
    """None where it has no example."""


def prompt_print(text: str, prompt: Span | None) -> PromptPrint:
    """The fingerprints of the prompt at `prompt` in a block's text."""
    return _print_of(text[prompt.start : prompt.end]) if prompt else PromptPrint()


@lru_cache(500)
def _print_of(prompt: str) -> PromptPrint:
    # Cached because a prompt stays the same while its answer is typed.
    words, example = split_example(prompt_lines(prompt))
    return PromptPrint(fingerprint(words), fingerprint(example) if example else None)
