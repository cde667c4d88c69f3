"""Texts that would make an unsafe page run, load or send something."""

from __future__ import annotations

import re
from pathlib import Path

_FOLDER = Path(__file__).parents[1] / "browser" / "attacks"
_ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([ntr\\]))")
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


def attacks() -> list[str]:
    """Return all attacks: one per line of a file, invisible characters escaped as in Python; `# ` begins a comment."""
    lines = [line for path in sorted(_FOLDER.glob("*.txt")) for line in path.read_text("utf-8").split("\n")]
    written = [_read(line) for line in lines if line and not line.startswith("# ")]
    return [*written, *_too_much()]


def _read(line: str) -> str:
    return _ESCAPE.sub(lambda match: _LETTERS.get(match[4]) or chr(int(match[1] or match[2] or match[3], 16)), line)


def _too_much() -> list[str]:
    """Return constructs repeated so often that a parser, a program or a browser may not cope."""
    return [
        "<b>" * 3000 + "<img src=x onerror=hit(1)>",
        "<div>" * 600 + "<script>hit(1)</script>",
        "<svg><foreignObject>" * 300 + "<img src=x onerror=hit(1)>",
        "<table><tr><td>" * 200 + "<img src=x onerror=hit(1)>",
        "<i><p>" * 300 + "<img src=x onerror=hit(1)>",
        "<!--" * 2000 + "--><img src=x onerror=hit(1)>",
        "<a href='#'>" * 500 + "<img src=x onerror=hit(1)>",
        f"<p title='{'x' * 100_000}' onclick=hit(1)>a</p>",
        "<p " + " ".join(f"a{number}=b" for number in range(3000)) + " onclick=hit(1)>a</p>",
        "&" * 5000 + "lt;script>hit(1)</script>",
        "> " * 200 + "<script>hit(1)</script>",
        "- " * 200 + "<script>hit(1)</script>",
        "[" * 2000 + "a](javascript:hit(1))" + "]" * 2000,
        "*a **b " * 500 + "<script>hit(1)</script>",
        "`" * 4000 + "<script>hit(1)</script>",
        "a" * 50_000 + "<script>hit(1)</script>",
        "|a" * 500 + "\n" + "|-" * 500 + "\n" + "|<script>hit(1)</script>" * 500,
        "&#0;" * 2000 + "<script>hit(1)</script>",
        "\u0300" * 5000 + "<script>hit(1)</script>",
    ]
