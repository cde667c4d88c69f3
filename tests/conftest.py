"""Options and profiles for the whole test run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from reportls.editions.recognise import recognise
from reportls.editions.resolve import own_words

if TYPE_CHECKING:
    from reportls.editions.edition import Edition
    from reportls.editions.recognise import Likeness
    from reportls.report.report import Report

# No deadline: a busy machine is slow, which is no failure of the code, and pytest has a time limit for each test.
# The same examples at every run where a failure must mean a change; new ones at a developer's desk.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

# Wherever the tests run: in CI, nobody is told that a report is not handed in. The tests of that unset it.
os.environ["CI"] = "true"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update-cases [RULE]`, which rewrites expectations in `tests/rules/` with the current findings."""
    parser.addoption("--update-cases", nargs="?", const="all", default="", metavar="RULE")
    parser.addoption("--update-docs", action="store_true", help="write the pages that are made from the code anew")


@pytest.fixture
def judged_by_its_prompts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each report of an unknown course a checker, which demands what the report's prompts say.

    So tests of what a checker's verdict does need no script beside each of their reports.
    """

    def found(report: Report, likeness: Likeness | None = None) -> Edition:
        return recognise(report, likeness) or own_words(report)

    monkeypatch.setattr("reportls.form_snapshot.recognise", found)
