"""Unified diffs for terminals, `git apply` and `patch`."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from reportls.cli.text_width import printable

if TYPE_CHECKING:
    from reportls.cli.terminal import Terminal


def diff(path: str, before: str, after: str, terminal: Terminal) -> str:
    """Return the change from `before` to `after` as a unified diff, coloured and made printable for a terminal."""
    from difflib import unified_diff

    if before == after:
        return ""
    name = _name(path)
    lines = unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}")
    if terminal.is_terminal:
        return "".join(f"{_painted(line, terminal)}\n" for line in lines)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _name(path: str) -> str:
    """Return the path, relative to the current folder if inside it; `patch` needs a tab after a name with blanks."""
    seen = os.path.relpath(path) if os.path.isabs(path) else path  # noqa: PTH117  # a text, not a path
    name = printable(path if seen.startswith("..") else os.path.normpath(seen)).lstrip("/")
    return f"{name}\t" if " " in name else name


def _lines(text: str) -> list[str]:
    # `git apply` and `patch` split lines at `\n` only.
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _painted(line: str, terminal: Terminal) -> str:
    styles = {"+": "added", "-": "removed", "@": "dim"}
    shown = terminal.shows(printable(line.rstrip("\r\n")))
    return terminal.paint(styles[line[0]], shown) if line[0] in styles else shown
