"""What the pages under `editors/` tell their readers to write."""

from __future__ import annotations

import re
from pathlib import Path

_EDITORS = Path(__file__).parents[2] / "editors"


def snippet(editor: str, has: str) -> str:
    """The one fenced block of an editor's page that has these words.

    Raises:
        ValueError: there is no such block, or more than one.
    """
    page = (_EDITORS / editor / "README.md").read_text(encoding="utf-8")
    blocks: list[str] = re.findall(r"^```\w+\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (found,) = (block for block in blocks if has in block)
    return found
