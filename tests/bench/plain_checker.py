"""What a course's script costs at the least: it imports what such a script imports, reads a report, counts and prints.

Run as a process of its own by `tests.bench.check`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import loguru  # noqa: F401  # imported for what it costs
import markdown  # noqa: F401  # likewise
import pydantic  # noqa: F401  # likewise
import typer  # noqa: F401  # likewise

from tests.support.reference import run

outcome = run(Path(sys.argv[1]).read_text("utf-8"), expected=31, old=False)
passed = sum(50 <= words <= 400 and images <= 3 for words, images in outcome.answers)
print(f"{passed} of {len(outcome.answers)} passed")  # this is its output
