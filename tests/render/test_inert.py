"""The source of a page commands nobody who prints it, and shows what it showed."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportls.render.ci_safe import inert


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("<p>å 😋\tb</p>\n", "<p>å 😋\tb</p>\n"),
        ("a\x1b[31m\x9bb\0", "a\ufffd[31m\ufffdb\ufffd"),
        ("a\u202eb 👨\u200d👩", "a&#8238;b 👨&#8205;👩"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("::error::\n  ::b ::c", "&#58;:error::\n  &#58;:b ::c"),
        ("a ##[error]", "a ##&#91;error]"),
    ],
)
def test_examples(written: str, made: str) -> None:
    """Letters, emoji and blanks stay; what commands is written another way."""
    assert inert(written) == made


@given(st.text(st.sampled_from("a\u202e\u200d😋\n:#[ \t\u2028\xad")))
def test_shows_the_same(text: str) -> None:
    """But for control characters, which no page may have, a browser reads what it would have read."""
    assert html.unescape(inert(text)) == text
