"""The servers and reports that are measured."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from tests.bench.edits import LONGER, NORMAL, bakery

OURS = "reportls"
FEW = 0.34
"""Rounds for the largest report, and for a server that takes seconds per round, out of all rounds."""
EMPTY = "empty, on pygls"
_OTHERS = {
    "rumdl": ["server", "--stdio"],
    "marksman": ["server"],
    "remark-language-server": ["--stdio"],
}
"""Servers that a user may have instead, with their arguments; those that are installed are measured."""
TAKE_LARGE = (OURS, EMPTY, "rumdl")
"""Servers that are measured with larger reports too; the others would take minutes for these."""


class Size(NamedTuple):
    """A report to measure with."""

    name: str
    text: str
    share: float
    """Rounds for this report out of all rounds; a large one gets few."""
    burst: int = 200
    """Edits that are written without waiting for responses."""


def commands() -> dict[str, list[str]]:
    """Return the command of each server."""
    found = {
        OURS: [sys.executable, "-m", "reportls", "serve"],
        EMPTY: [sys.executable, "-m", "tests.bench.empty_server"],
    }
    beside_python = str(Path(sys.executable).parent)
    for name, arguments in _OTHERS.items():
        if program := shutil.which(name, path=beside_python) or shutil.which(name):
            found[name] = [program, *arguments]
    return found


def sizes(*, quick: bool) -> list[Size]:
    """Return the reports, the usual size first."""
    large = [] if quick else [Size("100 times the questions", bakery(NORMAL * 100), FEW, 20)]
    return [
        Size(f"{NORMAL} questions", bakery(NORMAL), 1),
        Size("10 times the questions", bakery(NORMAL * 10), 0.5),
        *large,
        Size(f"answers {LONGER} times as long", bakery(NORMAL, LONGER), 0.5),
    ]
