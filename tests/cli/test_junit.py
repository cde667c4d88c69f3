"""`--format junit` has the form that its readers agree on, and one of them counts what we count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from junitparser import Error, JUnitXml

from tests.cli.junit_form import check_form
from tests.cli.reports import LEFT, PERFECT, SHORT, write
from tests.cli.running import reportls

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HINT = PERFECT.replace("In a box in the garden.", "--- question 2 fill here ---")


def suites(*arguments: str | Path) -> tuple[int, JUnitXml]:
    """The exit code, and the document as a reader has it."""
    ran = reportls("check", "--format", "junit", *arguments)
    check_form(ran.out)
    return ran.code, JUnitXml.fromstring(ran.out.encode())


def failing(document: JUnitXml) -> Iterator[str]:
    """The cases that are not green."""
    for suite in document:
        yield from (case.name for case in suite if case.result)


@pytest.mark.parametrize(("text", "red"), [(PERFECT, []), (SHORT, ["question 1"]), (LEFT, ["question 1"]), (HINT, [])])
def test_green_just_when_the_exit_code_is_0(tmp_path: Path, text: str, red: list[str]) -> None:
    """A question is red if it fails or has a warning."""
    code, document = suites(write(tmp_path / "README.md", text))
    assert [*failing(document)] == red
    assert (code == 0) == (not red)
    (suite,) = document
    assert (suite.tests, suite.failures, suite.errors) == (3, len(red), 0)


def test_messages(tmp_path: Path) -> None:
    """A case says why it fails; the findings with their places stand in its text."""
    path = write(tmp_path / "a&b.md", SHORT)
    _, document = suites(path)
    (suite,) = document
    assert suite.name == str(path)
    failure = [*suite][1].result[0]
    assert failure.message == "1 word, 3-10 wanted"
    assert failure.text == f"{path}:7:30: error answer-too-short: 1 word, 3-10 wanted: add at least 2"


def test_crash(tmp_path: Path) -> None:
    """The crash is an error, not a failure."""
    code, document = suites("--edition", "dtu-02476-2026", write(tmp_path / "README.md"))
    (suite,) = document
    assert code == 1
    assert suite.errors == 1
    (error,) = next(iter(suite)).result
    assert isinstance(error, Error)
    assert error.message == "the check crashes: 2 answers found, 31 expected"


def test_what_could_not_be_judged_is_red(tmp_path: Path) -> None:
    """A file that cannot be read, and a configuration that is not understood."""
    write(tmp_path / "reportls.toml", "no-such-setting = 1\n")
    _, document = suites(write(tmp_path / "README.md"), tmp_path / "nowhere.md")
    assert len([*failing(document)]) == 2
    _, nothing = suites(tmp_path / "nowhere.md")
    assert [*failing(nothing)] == ["what was asked for"]


def test_any_character(tmp_path: Path) -> None:
    """Characters that XML cannot hold are replaced."""
    text = SHORT.replace("In a box", "![x](figures/\x00\x1b\x9b\ufffe]]><&\"'.png) In a box")
    code, _ = suites(write(tmp_path / "README.md", text))
    assert code == 1
