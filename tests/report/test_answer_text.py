"""What is told of an answer's words holds for any text: the placeholder's dashes, and the words that a reader sees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportls.report.hidden_words import hidden_words
from reportls.report.kinds import WORDS, count
from reportls.report.question import Question

PIECES = ["---", "--", "-", "|", " ", "\n", "\r\n", "\r", ">", "word", "é", "🍎", "<!--", "-->", "<b>", "![a b](c d)"]
PIECES += ["[", "](x", ")", "`", "```\n", "key: value", "\u2028", "\u00a0", "--- question 1 fill here ---", "_", "# "]


def question(answer: str) -> Question:
    """A question answered so."""
    return Question(f"### Question 1\n> Answer:{answer}")


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_dashes_lie_within_the_answer(answer: str) -> None:
    """They are dashes, on one line each, in order, within the answer's own text."""
    asked = question(answer)
    dashes = asked.placeholder_dashes
    assert list(dashes) == sorted(dashes)
    for span in dashes:
        assert set(asked[span]) == {"-"}
        assert asked.content.covers(span)
    assert len(dashes) < 2 or not dashes[0].overlaps(dashes[1])


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_no_more_is_seen_than_counted(answer: str) -> None:
    """Of the words that the checker counts, a reader sees none twice and not fewer than none."""
    asked = question(answer)
    span = asked.layout.answer
    assert 0 <= hidden_words(asked, span) <= count(asked[span])[WORDS]


@pytest.mark.parametrize(
    ("answer", "seen"),
    [
        ("one two", 2),
        ("one - two – 🍎 __ é", 3),
        ("![a b c](figures/a.png) one", 1),
        ("[one two](target 'title')", 2),
        ("[one][two] three\n\n[two]: figures/a.png", 4),
        ("<https://example.org/a>", 1),
        ("one<br> <!-- two\nthree --> four", 2),
        ("`![a](b)` one", 2),
        ("```text\none ![a](b)\n```", 3),
        ("[![a](b c)](d) one", 1),
        ("<div>\none\n</div>", 1),
        ("", 0),
    ],
)
def test_words_seen(answer: str, seen: int) -> None:
    """Image tags, comments, HTML tags, targets and signs are not words to a reader; link text and code are."""
    asked = question("\n\n" + answer)
    assert count(asked[asked.layout.answer])[WORDS] - hidden_words(asked, asked.layout.answer) == seen
