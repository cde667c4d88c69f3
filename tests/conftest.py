"""Options of the test run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hypothesis import settings

if TYPE_CHECKING:
    import pytest

# The same examples at every run where a failure must mean a change; new ones at a developer's desk.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-cases [RULE]` rewrites the expectations in `tests/rules/` as they are found now."""
    parser.addoption("--update-cases", nargs="?", const="all", default="", metavar="RULE")
    parser.addoption("--update-docs", action="store_true", help="write the pages that are made from the code anew")
