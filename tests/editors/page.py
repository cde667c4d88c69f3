"""Reads the snippets that the pages under `editors/` tell users to copy."""

from __future__ import annotations

import re
from pathlib import Path

_EDITORS = Path(__file__).parents[2] / "editors"


def snippet(editor: str, has: str) -> str:
    """Return the only fenced block with these words on an editor's page.

    Raises:
        ValueError: there is no such block, or more than one.
    """
    page = (_EDITORS / editor / "README.md").read_text(encoding="utf-8")
    blocks: list[str] = re.findall(r"^```\w+\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (found,) = (block for block in blocks if has in block)
    return found
