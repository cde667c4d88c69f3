"""Tests that `--format junit` is valid for its readers, and that one of them counts what we count."""

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
    """Return the exit code, and the document as a reader parses it."""
    ran = reportls("check", "--format", "junit", *arguments)
    check_form(ran.out)
    return ran.code, JUnitXml.fromstring(ran.out.encode())


def failing(document: JUnitXml) -> Iterator[str]:
    """Return the cases that did not pass."""
    for suite in document:
        yield from (case.name for case in suite if case.result)


@pytest.mark.parametrize(("text", "red"), [(PERFECT, []), (SHORT, ["question 1"]), (LEFT, ["question 1"]), (HINT, [])])
def test_green_just_when_the_exit_code_is_0(tmp_path: Path, text: str, red: list[str]) -> None:
    """All cases pass exactly if the exit code is 0: a case fails for a failed question and for a warning."""
    code, document = suites(write(tmp_path / "README.md", text))
    assert [*failing(document)] == red
    assert (code == 0) == (not red)
    (suite,) = document
    assert (suite.tests, suite.failures, suite.errors) == (3, len(red), 0)


def test_messages(tmp_path: Path) -> None:
    """A case has the reason for its failure as message, and the findings with their places as text."""
    path = write(tmp_path / "a&b.md", SHORT)
    _, document = suites(path)
    (suite,) = document
    assert suite.name == str(path)
    failure = [*suite][1].result[0]
    assert failure.message == "1 word, 3-10 wanted"
    assert failure.text == f"{path}:7:30: error answer-too-short: Question 1: 1 of 3-10 words: add 2"


def test_crash(tmp_path: Path) -> None:
    """A crash of the checker is an error rather than a failure."""
    code, document = suites("--edition", "dtu-02476-2026", write(tmp_path / "README.md"))
    (suite,) = document
    assert code == 1
    assert suite.errors == 1
    (error,) = next(iter(suite)).result
    assert isinstance(error, Error)
    assert error.message == "the check crashes: 2 answers found, 31 expected"


def test_what_could_not_be_judged_is_red(tmp_path: Path) -> None:
    """A file that cannot be read and a setting that is not understood make a case fail."""
    write(tmp_path / "reportls.toml", "no-such-setting = 1\n")
    _, document = suites(write(tmp_path / "README.md"), tmp_path / "nowhere.md")
    assert len([*failing(document)]) == 2
    _, nothing = suites(tmp_path / "nowhere.md")
    assert [*failing(nothing)] == ["what was asked for"]


def test_any_character(tmp_path: Path) -> None:
    """Characters that XML does not allow are replaced."""
    text = SHORT.replace("In a box", "![x](figures/\x00\x1b\x9b\ufffe]]><&\"'.png) In a box")
    code, _ = suites(write(tmp_path / "README.md", text))
    assert code == 1
