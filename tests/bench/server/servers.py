"""The servers that are measured, and the reports that they are measured with."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from tests.bench.edits import LONGER, NORMAL, bakery

OURS = "reportls"
FEW = 0.34
"""Of all rounds: what the largest report gets, and a server that takes seconds for a round."""
EMPTY = "empty, on pygls"
_OTHERS = {
    "rumdl": ["server", "--stdio"],
    "marksman": ["server"],
    "remark-language-server": ["--stdio"],
}
"""What a user may have instead, each with its arguments; those that are installed are measured."""
TAKE_LARGE = (OURS, EMPTY, "rumdl")
"""What larger reports are given to as well; the others would take minutes for them."""


class Size(NamedTuple):
    """A report to measure with."""

    name: str
    text: str
    share: float
    """Of all rounds; a large one gets few."""
    burst: int = 200
    """Edits that are written as fast as the pipe takes them."""


def commands() -> dict[str, list[str]]:
    """What starts each server."""
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
    """The reports, the usual one first."""
    large = [] if quick else [Size("100 times the questions", bakery(NORMAL * 100), FEW, 20)]
    return [
        Size(f"{NORMAL} questions", bakery(NORMAL), 1),
        Size("10 times the questions", bakery(NORMAL * 10), 0.5),
        *large,
        Size(f"answers {LONGER} times as long", bakery(NORMAL, LONGER), 0.5),
    ]
