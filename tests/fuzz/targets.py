"""The targets of fuzzing by name. Each is a Hypothesis test without fixtures."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

TARGETS = {
    "parsing": "tests.fuzz.test_reports:test_parsing",
    "incremental": "tests.fuzz.test_reports:test_edits",
    "checker": "tests.fuzz.test_reports:test_checker",
    "rules": "tests.fuzz.test_reports:test_rules",
    "fixes": "tests.fuzz.test_reports:test_fixes",
    "fixes of any text": "tests.fuzz.test_reports:test_fixes_of_any_text",
    "all fixes": "tests.fuzz.test_reports:test_all_fixes",
    "features": "tests.fuzz.test_features:test_features",
    "positions": "tests.fuzz.test_positions:test_positions",
    "edits of a document": "tests.fuzz.test_positions:test_document",
    "configuration": "tests.fuzz.test_files:test_configuration",
    "ignoring a rule": "tests.test_ignoring:test_any_file",
    "report.py": "tests.fuzz.test_files:test_script",
    "report.py, any": "tests.fuzz.test_files:test_any_script",
    "growth": "tests.fuzz.test_growth:test_reports",
    "growth, configuration": "tests.fuzz.test_growth:test_configuration",
    "growth, patterns": "tests.fuzz.test_growth:test_patterns",
    "pages": "tests.fuzz.test_pages:test_page",
    "hand-in page": "tests.fuzz.test_pages:test_handin_page",
    "frames": "tests.fuzz.test_messages:test_frames",
    "beginning": "tests.fuzz.test_messages:test_beginning",
    "messages": "tests.fuzz.test_messages:test_messages",
}


def property_of(target: str) -> Any:  # noqa: ANN401  # a test as Hypothesis wraps it
    """Return the test of a target."""
    module, _, name = TARGETS[target].partition(":")
    return getattr(import_module(module), name)


def entry_of(target: str) -> Callable[[bytes], object]:
    """Return a function that runs the test on the example encoded in some bytes, and raises what the test raises."""
    found: Callable[[bytes], object] = property_of(target).hypothesis.fuzz_one_input
    return found
