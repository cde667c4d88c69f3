"""Answers inside the quote of their question are found exactly where the hand-in page shows them there."""

from __future__ import annotations

import re
from random import Random

import markdown
import pytest

from reportls.snapshot import Environment, take
from reportls.text import apply_edits
from tests.support import corpus

_OPENINGS = [
    "> What?\n>\n> Answer:",
    "> What?\n\n> Answer:",
    "> What?\nAnswer:",
    "> What?\n\nAnswer:",
    "> What?\n> Answer: w99",
    "What?\n> Answer:",
    "> What?\n---\nAnswer:",
]
_LINES = [
    "word w{}",
    "é w{} 😋",
    "",
    "",
    "---",
    "===",
    "- item w{}",
    "1. number w{}",
    "> quote w{}",
    "> - item w{}",
    ">",
    "# head w{}",
    "    deep w{}",
    "<div>",
    "</div>",
    "<img src=w{}>",
    "  \t",
]


def _is_in_quote(text: str) -> bool:
    """Return whether the page has a word of the answer in the same quote as the marker."""
    quotes = re.findall(r"<blockquote>((?:(?!</?blockquote>).)*?Answer:.*?)</blockquote>", _page(text), re.DOTALL)
    return any(re.search(r"w\d", quote.partition("Answer:")[2]) for quote in quotes)


def _page(text: str) -> str:
    return markdown.markdown(text)


def _fixes(text: str) -> list[str]:
    """Return the text after the fix of each finding of the rule."""
    findings = [found for found in take(text, Environment()).findings if found.rule == "answer-in-quote"]
    return [apply_edits(text, fix.edits) for finding in findings for fix in finding.fixes]


@pytest.mark.parametrize("seed", range(6))
def test_random_texts(seed: int) -> None:
    """The rule reports exactly the answers that the page shows in the quote; its fix moves them out, with all words."""
    rng = Random(seed)  # noqa: S311  # repeatable, not secret
    for _ in range(200):
        below = [rng.choice(_LINES).format(number) for number in range(rng.randint(1, 6))]
        text = "\n".join(["### Question 1", rng.choice(_OPENINGS), *below])
        fixed = _fixes(text)
        assert bool(fixed) == _is_in_quote(text), text
        for after in fixed:
            assert not _is_in_quote(after), (text, after)
            assert re.findall(r"w\d+", after) == re.findall(r"w\d+", text)


@corpus.needs_corpus
@pytest.mark.parametrize("name", corpus.names())
def test_fixes_of_real_reports(name: str) -> None:
    """A fix keeps every letter and digit in order."""
    text = corpus.report(name)
    for after in _fixes(text):
        assert [*filter(str.isalnum, after)] == [*filter(str.isalnum, text)]
