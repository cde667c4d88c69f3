"""Fingerprints of the course's own texts, so that a changed prompt can be told without holding the text."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from reportls.report.prompt import prompt_lines, split_example

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportls.text import Span

_DIGITS = 16


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
    # Kept, for a prompt stays as it is while its answer is typed.
    words, example = split_example(prompt_lines(prompt))
    return PromptPrint(fingerprint(words), fingerprint(example) if example else None)
