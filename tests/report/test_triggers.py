"""The triggers of a question: what rules may find something in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportls.report.question import Question

if TYPE_CHECKING:
    from reportls.report.triggers import Trigger

_PROMPT = "### Question 1\n\n> **What - and why?**\n>\n> [here](b)\n> Answer:"


@pytest.mark.parametrize(
    ("answer", "triggers"),
    [
        ("\n\nWords, `code` and **more**.\n", set()),
        ("\n\n[a](b)\n", {"links"}),
        ("\n\n![a](b) c\n", {"links", "images"}),
        ('\n\nThe <IMG src="a">.\n', {"html", "images"}),
        ("\n\n~~~\na\n~~~\n", {"fences", "symbols"}),
        ("\n\n- a\n", {"symbols"}),
        ("\n\n- a\n- b\nc\n\n* d\n", {"symbols"}),
        ("\n- a\n", {"lists", "answer in quote", "symbols"}),
        ("\n\na\n- b\n", {"lists", "symbols"}),
        ("\n\n- a\n- b\nc\n- d\n", {"lists", "symbols"}),
        ("\n\n- a\n\n  b\n", {"lists", "symbols"}),
        ("\n\n- a\n> b\n", {"lists", "symbols"}),
        ("\n\n- a\n===\n", {"lists", "dashes", "symbols"}),
        ("\n\n1. a\n", {"lists"}),
        ("\n\n- [ ] a\n", {"lists", "symbols"}),
        ("\n\n- - a\n", {"lists", "symbols"}),
        ("\n\n-a\n-b\n", {"lists"}),
        ("\n\n- a <b>\n", {"lists", "html", "symbols"}),
        ("\n\na & b\n", {"symbols"}),
        ("\n\na | b\n", {"tables", "symbols"}),
        ("\n\na--b\n", {"dashes"}),
        ("\n\na Answer:- b c\n", {"symbols"}),
        ("\n\na -Answer: b c\n", {"symbols"}),
        ("\n\na -##b\n", {"hashes", "symbols"}),
        ("\n\nquestion 1 FILL here\n", {"placeholder"}),
        ("\n> a\n", {"answer in quote", "symbols"}),
        (" a\n", {"answer in quote"}),
        ("\na\n", {"answer in quote"}),
    ],
)
def test_answers(answer: str, triggers: set[Trigger]) -> None:
    """The prompt's own do not count."""
    assert Question(_PROMPT + answer).triggers == triggers


@pytest.mark.parametrize("blank", ["", "  ", "\u00a0", "\u2028", "\f"])
def test_text_above_the_marker(blank: str) -> None:
    """Whatever white space it begins with; blank lines and quotes are none."""
    question = Question(f"### Question 1\n\n> What?\n\n{blank}a b\n\n> Answer:\n\nc\n")
    assert question.triggers == {"text above the marker"}
    assert not Question(f"### Question 1\n\n> What?\n{blank}\n> Answer:\n\nc\n").triggers


def test_dashes_under_the_prompt() -> None:
    """They make a heading of it."""
    assert Question("### Question 1\n\n> What?\n> ---\n> Answer:\n\na\n").triggers == {"dashes"}
