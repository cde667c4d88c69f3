"""A lower bound for the cost of such a script: its imports, and counting in plain Python.

`tests.bench.check` starts it as a process: `python -m tests.bench.bare_checker FILE`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import loguru  # noqa: F401  # imported for what it costs
import markdown  # noqa: F401  # imported for what it costs
import pydantic  # noqa: F401  # imported for what it costs
import typer  # noqa: F401  # imported for what it costs

from tests.support.reference import run

outcome = run(Path(sys.argv[1]).read_text("utf-8"), expected=31, old=False)
passed = sum(50 <= words <= 400 and images <= 3 for words, images in outcome.answers)
print(f"{passed} of {len(outcome.answers)} passed")
