"""Options and profiles for the whole test run."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

from hypothesis import settings

if TYPE_CHECKING:
    import pytest

# No deadline: a busy machine is slow, which is no failure of the code, and pytest has a time limit for each test.
# The same examples at every run where a failure must mean a change; new ones at a developer's desk.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

# Wherever the tests run: in CI, nobody is told that a report is not handed in. The tests of that unset it.
os.environ["CI"] = "true"

# A job that a script starts in the background ignores SIGINT, and so does all that it starts. Then nothing that the
# tests interrupt would end.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update-cases [RULE]`, which rewrites expectations in `tests/rules/` with the current findings."""
    parser.addoption("--update-cases", nargs="?", const="all", default="", metavar="RULE")
    parser.addoption("--update-docs", action="store_true", help="write the pages that are made from the code anew")
