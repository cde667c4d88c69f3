"""Shows what safe fixes would change."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from reportls.cli.text_width import printable

if TYPE_CHECKING:
    from reportls.cli.terminal import Terminal


def diff(path: str, before: str, after: str, terminal: Terminal) -> str:
    """The change as a unified diff; what `git apply` and `patch` take, unless it goes to a terminal."""
    from difflib import unified_diff

    if before == after:
        return ""
    name = _name(path)
    lines = unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}")
    if terminal.is_terminal:
        return "".join(f"{_painted(line, terminal)}\n" for line in lines)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _name(path: str) -> str:
    """The path as seen from the current folder, if it is in there; the tab says that blanks belong to the name."""
    seen = os.path.relpath(path) if os.path.isabs(path) else path  # noqa: PTH117  # a text, not a path
    name = printable(path if seen.startswith("..") else os.path.normpath(seen)).lstrip("/")
    return f"{name}\t" if " " in name else name


def _lines(text: str) -> list[str]:
    # Those programs know `\n` alone.
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _painted(line: str, terminal: Terminal) -> str:
    styles = {"+": "added", "-": "removed", "@": "dim"}
    shown = terminal.shows(printable(line.rstrip("\r\n")))
    return terminal.paint(styles[line[0]], shown) if line[0] in styles else shown
