"""The released page is one file that needs no other, and says whose work is in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 16_000_000


def test_page_needs_nothing_else(page: Path) -> None:
    """The page loads no other file, its policy forbids every connection, and a mail can carry it."""
    text = page.read_text("utf-8")
    elements = re.sub(r"(<(script|style)\b[^>]*>).*?</\2>", r"\1", text, flags=re.DOTALL)
    assert re.findall(r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=\"(?!data:)", elements) == []
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    assert "default-src 'none'" in policy[1]
    assert "connect-src 'none'" in policy[1]
    assert page.stat().st_size < MOST_BYTES


def test_page_has_the_licences(page: Path) -> None:
    """The licences of Pyodide, Python, the editor and our dependencies are in the page."""
    text = page.read_text("utf-8")
    for words in (
        "Mozilla Public License Version 2.0",
        "pyodide 3",
        "CPython",
        "@codemirror/view",
        "pygls",
        "justhtml",
    ):
        assert words in text, words
