"""Fingerprints of the course's own texts, so that a changed prompt can be told without holding the text."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from reportls.report.prompt import prompt_lines, split_example
from reportls.text import Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DIGITS = 16
_TOKEN = pattern(r"\S+")
_LETTER = pattern(r"[^\W_]")
_UP_TO_LAST_LETTER = pattern(r"(?:.*[^\W_])?", re.DOTALL)
_ENDS_SENTENCE = pattern(r"[.?!]")


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
