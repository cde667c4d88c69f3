"""Pages that are made from the code, wholly or partly: whether they are current, and writing them anew."""

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
    """The page says what is wanted of it; `--update-docs` has it written first.

    Raises:
        AssertionError: it does not; says where, and which tests write it.
    """
    if request.config.getoption("--update-docs"):
        page.write_text(wanted, "utf-8")
    text = page.read_text("utf-8")
    assert text == wanted, f"run: pytest --update-docs {_tests(request)}\n{_difference(text, wanted)}"


def assert_parts_current(page: Path, parts: Mapping[str, str], request: pytest.FixtureRequest) -> None:
    """Between its marks the page has these parts, by name, all of them and in this order; else likewise."""
    text = page.read_text("utf-8")
    assert_current(page, _PART.sub(lambda part: f"{part[1]}\n{parts[part[2]]}\n{part[4]}", text), request)
    marked = [part[2] for part in _PART.finditer(text)]
    assert marked == [*parts], f"{page.name} has marks for {marked}, wanted are {[*parts]}"


def _tests(request: pytest.FixtureRequest) -> str:
    """The file of the test that asks."""
    return request.path.relative_to(request.config.rootpath).as_posix()


def _difference(text: str, wanted: str) -> str:
    lines = unified_diff(text.split("\n"), wanted.split("\n"), "the page", "made from the code", lineterm="")
    return "\n".join(lines)
