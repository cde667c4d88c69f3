"""The released page is one file that needs no other, and says whose work is in it."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ONLY_FOR_OLD_PYTHON = {"exceptiongroup", "tomli"}
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
    for words in ("Mozilla Public License Version 2.0", "CPython, in Pyodide", "PYTHON SOFTWARE FOUNDATION LICENSE"):
        assert words in text, words
    package = json.loads((ROOT / "editors" / "web" / "package.json").read_text("utf-8"))
    editor = {name for name in package["devDependencies"] if name.startswith("@codemirror/")}
    indirect = {
        "@lezer/common",
        "@lezer/highlight",
        "@lezer/lr",
        "@lezer/markdown",
        "crelt",
        "style-mod",
        "w3c-keyname",
    }
    for name in {"pyodide", *editor, *indirect}:
        assert re.search(rf"{re.escape(name)} [0-9.]+ \(\S+\)", text), name
    lines = (ROOT / "editors" / "vscode" / "server-requirements.txt").read_text("utf-8").splitlines()
    packages = {line.partition("==")[0].replace("-", "_") for line in lines if not line.startswith("#")}
    for name in packages - ONLY_FOR_OLD_PYTHON:
        assert re.search(rf"\b{name} [0-9.]+(?:\n|\\n)", text), name
