"""After words of an answer change, its markup is what is read from scratch, be it read again or carried over."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportls.report.commonmark.nodes import Markup
from reportls.report.report import parse
from reportls.text import Edit, Span
from tests.fuzz.texts import heaps
from tests.support import corpus
from tests.support.bending import bend
from tests.support.sample import SAMPLE

if TYPE_CHECKING:
    from reportls.report.question import Question

_TYPED = ("a", "b ", " c", "é", "1", ".", " ", "two words", "d; e", "_", "'", "-", "`", "*", ")", "(", "|", "\n")
_QUESTION = "### Question 1\n\n> **What?**\n>\n> Answer:\n\n"


def _known(question: Question) -> list[object]:
    """All that may be carried over."""
    markup = [getattr(question.markup, kind) for kind in Markup._fields]
    seen = [question.page, question.first_page_line, question.images, question.image_paths]
    return [*markup, *seen, question.triggers, question.placeholders, question.is_answered]


def _check(text: str, rng: Random, times: int) -> int:
    """Edit here and there; how often something was carried over."""
    report, carried = parse(text), 0
    for question in report.questions:
        _known(question)
    for _ in range(times):
        start = rng.randrange(len(report.text) + 1)
        end = min(start + rng.choice((0, 0, 0, 1, 1, 2, 5)), len(report.text))
        change = report.change(Edit(Span(start, end), rng.choice(("", "", *_TYPED))))
        report = report.after(change)
        fresh = parse(report.text)
        for index, block in enumerate(change.blocks, start=change.first):
            if index:
                question = report.questions[index - 1]
                assert question is block
                carried += "markup" in vars(question)
                assert _known(question) == _known(fresh.questions[index - 1])
    return carried


def _check_last(text: str, gone: str, come: str) -> None:
    """Put one thing in the place of where another stands last in a question."""
    report = parse(text)
    _known(report.questions[0])
    start = text.rindex(gone)
    after = report.edited(Edit(Span(start, start + len(gone)), come))
    assert _known(after.questions[0]) == _known(parse(after.text).questions[0])


@pytest.mark.parametrize(
    ("answer", "gone", "come"),
    [
        ("see a``z` b```", "z", ""),
        ("see ![a](b c) d", "b c", "bc"),
        ("see [a](b\nc d) e", "c d", "cd"),
        ("see ![a](b(c) d) e", " d", "d"),
        ('see ![a](b "c) d" e) f', " e", " "),
        ('see ![a](b "c\\" d" e) f', " e", " "),
        ('see [a](b "t [c](d) e" f) g', " f", ""),
        ("see [a](b[c](d)e f) g", " f", ""),
        ("see\n\nx | b\n---|---\n", "b", ""),
        ("see <ig src=a", "g", "mg"),
        ("see a fil", "fil", "fill"),
        ("see a& b", " b", "  b"),
        ("see a b& c", "b", ""),
        ("see <a\nbc 1\nd>", " 1", " e"),
        ("see ![a][b] there\n\n[b]:\ncd", "d", "d e"),
        ("see\n```ab\nc\n```", "b", "bd"),
        ("see\n\n   a", "   a", "    a"),
        ("see `ab c", "b", "b` d"),
        ("see `ab cd` e", "b", "b f"),
        ("see ![a bc d](e) f", "bc", "b"),
        ("see a ![b](c) d", "see", "seen"),
        ("see a ![b](c) d", " d", " d d"),
    ],
)
def test_words_that_mean_more_than_words(answer: str, gone: str, come: str) -> None:
    """A letter may part or join what Markdown reads together, be a target, or stand in code."""
    _check_last(_QUESTION + answer, gone, come)


def test_a_comment_that_opens_above_the_marker() -> None:
    """What follows it begins a line of the page."""
    _check_last("### Question 1\n\n> **What?**\n\n<!--\nAnswer:\n\nsee\nfoo -->  1. x\n", ".", "")


@given(heaps, st.integers(0, 10**9))
@settings(max_examples=300, deadline=None)
def test_stumbling_blocks(heap: str, seed: int) -> None:
    """In an answer put together from what parsers trip over."""
    _check(_QUESTION + heap, Random(seed), 20)  # noqa: S311  # repeatable, not secret


@pytest.mark.parametrize("seed", range(12))
def test_whole_reports(seed: int) -> None:
    """In reports of the usual length, something done to them; here most edits carry something over."""
    rng, text = Random(seed), SAMPLE[31]  # noqa: S311  # repeatable, not secret
    for _ in range(seed):
        text = bend(text, rng)
    assert _check(text, rng, 100) > 5  # most of the sample are prompts


@corpus.needs_corpus
@pytest.mark.parametrize("name", corpus.names())
def test_real_reports(name: str) -> None:
    """In answers as they are written."""
    _check(corpus.report(name), Random(name), 60)  # noqa: S311  # repeatable, not secret
