"""Tests of arguments: help, options in any order, and messages about bad usage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportls import __version__
from reportls.cli import COMMANDS
from tests.cli.reports import LEFT, SHORT, write
from tests.cli.running import process, reportls

if TYPE_CHECKING:
    from pathlib import Path


def test_version() -> None:
    """An option, its short form and a command print the version of the package."""
    for asked in ("--version", "-V", "version"):
        assert reportls(asked) == (0, f"reportls {__version__}\n", "")


@pytest.mark.parametrize("command", COMMANDS)
def test_help(command: str) -> None:
    """Every command that the overview names has its own help."""
    overview = reportls("--help")
    assert overview.code == 0
    assert f"\n  {command} " in overview.out
    own = reportls(command, "--help")
    assert own.code == 0
    assert own.out.startswith(f"usage: reportls {command}")
    assert own.err == ""
    assert reportls("help", command) == own


def test_help_says_what_the_exit_codes_mean() -> None:
    """The help of commands that scripts use explains the exit codes."""
    assert "exit code:\n  0  the check completes" in reportls("check", "--help").out


def test_no_command() -> None:
    """Without arguments, help goes to standard error and the exit code is 2."""
    ran = reportls()
    assert (ran.code, ran.out) == (2, "")
    assert "reportls demo sample" in ran.err
    assert reportls("help") == reportls("--help")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chekc"], "unknown command `chekc`: did you mean `check`?"),
        (["banana"], f"unknown command `banana`: known are {', '.join(COMMANDS)}, help, version"),
        (["--banana"], "unknown option `--banana`\n"),
        (["--verison"], "unknown option `--verison`: did you mean `--version`?"),
        (["help", "chekc"], "unknown command `chekc`: did you mean `check`?"),
        (["check", "--formta=json"], "unknown option `--formta`: did you mean `--format`?"),
        (["check", "--format", "xml"], "argument --format: unknown value `xml`: known are text, concise, json"),
        (["check", "--fxi"], "unknown option `--fxi`: did you mean `--fix`?"),
        (["check", "--select", "answer-to-short"], "unknown rule `answer-to-short`: did you mean `answer-too-short`?"),
        (["check", "--ignore", "banana"], "unknown rule `banana`: `reportls rule` lists all"),
        (["check", "--select", " , "], "name at least one rule"),
        (["check", "--edition", "dtu-02476-2052"], "unknown edition `dtu-02476-2052`: did you mean `dtu-02476-20"),
        (["check", "--edition"], "expected one argument"),
        (["check", ""], "an empty path"),
        (["check", "-", "a.md"], "standard input, `-`, is judged alone"),
        (["check", "--stdin-filename", "a.md"], "--stdin-filename goes with the path `-`"),
        (["check", "-", "--watch"], "standard input cannot be watched"),
        (["check", "--watch", "--fix"], "--watch changes nothing"),
        (["check", "--watch", "--format", "json"], "--watch prints for people"),
        (["check", "--checker", "--format", "json"], "--checker prints the verdict alone"),
        (["check", "--checker", "--fix"], "--checker judges and changes nothing"),
        (["check", "--diff", "--format", "json"], "--diff prints the changes alone"),
        (["check", "--diff", "--fix"], "use one of them"),
        (["check", "--watch", "-o", "a.txt"], "--watch prints to the terminal"),
        (["check", "-", "--fix", "-o", "a.txt"], "leave out --output-file"),
        (["--exit-zero", "check", "a.md"], "write the command first: `reportls check ...`"),
        (["html", ""], "an empty path"),
        (["html", "a.md", "b.md"], "unexpected argument `b.md`"),
        (["html", "-o"], "expected one argument"),
        (["rule", "answer-to-short"], "unknown rule `answer-to-short`: did you mean `answer-too-short`?"),
        (["edition", "2026"], "unknown edition `2026`: did you mean `dtu-02476-2026`?"),
    ],
    ids=" ".join,
)
def test_bad_usage(arguments: list[str], said: str) -> None:
    """Bad usage leads to exit code 2, an empty standard output, and a message that says what is wrong."""
    ran = reportls(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: ")
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_options_between_paths(tmp_path: Path) -> None:
    """Options may stand before, between and after paths."""
    first, second = write(tmp_path / "a.md", SHORT), write(tmp_path / "b.md", LEFT)
    ran = reportls("check", first, "--format", "concise", second)
    *found, verdict = ran.out.splitlines()
    assert [line.split(":")[0] for line in found] == [str(first), str(second)]
    assert verdict == "1 of 2 reports passed; 1 error, 1 warning"


def test_odd_names(tmp_path: Path) -> None:
    """Every argument after `--` is a path, even if it looks like an option."""
    write(tmp_path / "--fix.md", SHORT)
    ran = process("check", "--format", "concise", "--", "--fix.md", cwd=tmp_path)
    assert ran.out.startswith("--fix.md:7:30: error")


def test_rules_are_named_by_comma_and_by_repetition(tmp_path: Path) -> None:
    """Rules can be separated by commas or given in repeated options: `--select a,b --select c`."""
    path = write(tmp_path / "a.md", LEFT.replace("In a box in the garden.", ""))
    both = reportls("check", "--format", "concise", "--select", "placeholder-left, conflict-marker", "-q", path).out
    assert both.count("\n") == both.count("placeholder-left") == 1
    again = reportls(
        "check", "--format", "concise", "--select", "conflict-marker", "--select", "placeholder-left", "-q", path
    )
    assert again.out == both
    without = reportls("check", "--format", "concise", "--ignore", "placeholder-left", path).out
    assert "placeholder-left" not in without


def test_html(tmp_path: Path) -> None:
    """Both pages can be written to a file and to standard output."""
    report = write(tmp_path / "a.md")
    assert reportls("html", report).code == 0
    page = (tmp_path / "report.html").read_text("utf-8")
    assert reportls("html", report, "-o", "-").out == page
    assert reportls("html", report, "--checker", "-o", tmp_path / "b.html").code == 0
    assert (tmp_path / "b.html").read_text("utf-8").count("<blockquote>") == 2
    ran = reportls("html", report, "-o", report)
    assert ran.code == 2
    assert "this is the report itself" in ran.err
