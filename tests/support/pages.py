"""Checks that pages generated from code are up to date, and rewrites them on request."""

from __future__ import annotations

import re
from difflib import unified_diff
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pytest

_PART = re.compile(r"(<!-- made from the code: ([a-z ]+) -->\n)(.*?)(\n<!-- end -->)", re.DOTALL)


def assert_current(page: Path, wanted: str, request: pytest.FixtureRequest) -> None:
    """Check that the page has the wanted text; `--update-docs` writes it first.

    Raises:
        AssertionError: it differs; the message shows where, and how to update the page.
    """
    if request.config.getoption("--update-docs"):
        page.write_text(wanted, "utf-8")
    text = page.read_text("utf-8")
    assert text == wanted, f"run: pytest --update-docs {_tests(request)}\n{_difference(text, wanted)}"


def assert_parts_current(page: Path, parts: Mapping[str, str], request: pytest.FixtureRequest) -> None:
    """Check that the page has these parts between its marks, in this order; `--update-docs` writes them first."""
    text = page.read_text("utf-8")
    assert_current(page, _PART.sub(lambda part: f"{part[1]}\n{parts[part[2]]}\n{part[4]}", text), request)
    marked = [part[2] for part in _PART.finditer(text)]
    assert marked == [*parts], f"{page.name} has marks for {marked}, wanted are {[*parts]}"


def _tests(request: pytest.FixtureRequest) -> str:
    """Return the path of the calling test's file."""
    return request.path.relative_to(request.config.rootpath).as_posix()


def _difference(text: str, wanted: str) -> str:
    lines = unified_diff(text.split("\n"), wanted.split("\n"), "the page", "made from the code", lineterm="")
    return "\n".join(lines)
