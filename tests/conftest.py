"""Options of the test run."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-cases [RULE]` rewrites the expectations in `tests/rules/` as they are found now."""
    parser.addoption("--update-cases", nargs="?", const="all", default="", metavar="RULE")
