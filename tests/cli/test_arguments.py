"""Tests of arguments: help, options in any order, and messages about bad usage."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from reportls import __version__
from reportls.cli import COMMANDS
from tests.cli.reports import LEFT, SHORT, judged, write
from tests.cli.running import environment, process, reportls

if TYPE_CHECKING:
    from pathlib import Path


def test_version() -> None:
    """An option, its short form and a command print the version of the package."""
    for asked in ("--version", "-V", "version"):
        assert reportls(asked) == (0, f"reportls {__version__}\n", "")
    for words in (("version", "--help"), ("help", "version"), ("help", "help")):
        assert reportls(*words) == reportls("--help")


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
    assert "exit code:\n  0    the check completes" in reportls("check", "--help").out


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
        (["check", "--newest", ""], "argument --newest: an empty value"),
        (["check", "--config="], "argument --config: an empty value"),
        (["overview", ".", "--newest", ""], "argument --newest: an empty value"),
        (["overview", ".", "--html", ""], "argument --html: an empty value"),
        (["overview", ".", "--jobs", "two"], "argument --jobs: `two` is no whole number"),
        (["overview", ".", "--timeout", "1,5"], "argument --timeout: `1,5` is no number"),
        (["history", "--question", "1.0"], "argument --question: `1.0` is no whole number"),
        (["preview", "--port", "x"], "argument --port: `x` is no whole number"),
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
        (["check", "-", "--stdin-filename", "."], ".: this is a folder"),
        (["check", "-o", "."], ".: this is a folder: name a file in it"),
        (["check", "--config", "."], ".: this is a folder, not a file"),
        (["overview", __file__], f"{__file__}: this is a file: name a folder"),
        (["overview", ".", "--html", __file__], f"{__file__}: this is a file, not a folder"),
        (["demo", __file__], f"{__file__}: this is a file: name a new or empty folder"),
        (["serve", "--log", "."], ".: this is a folder, not a file"),
        (["template", "."], ".: this is a folder, not a file"),
        (["completion", "tcsh"], "unknown value `tcsh`"),
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


def test_output_file(tmp_path: Path) -> None:
    """`--output-file` takes what would be printed, for people without colours; it never replaces the report."""
    path = write(tmp_path / "a.md", SHORT)
    out = tmp_path / "found.txt"
    for more in ([], ["--format", "json"], ["--checker"], ["--diff"]):
        printed = reportls("check", path, *more)
        assert reportls("check", path, *more, "-o", out, "--color", "always")[:2] == (printed.code, "")
        assert out.read_text("utf-8") == printed.out
    refused = reportls("check", path, "--output-file", path)
    assert (refused.code, path.read_text("utf-8")) == (2, SHORT)
    assert "this is the report itself" in refused.err


def test_configuration_by_name(tmp_path: Path) -> None:
    """`--config` replaces the nearest configuration by a file that lies anywhere."""
    path = write(tmp_path / "group" / "a.md", SHORT)
    write(tmp_path / "group" / "reportls.toml", "[questions.1]\nwords = false\n")
    other = write(tmp_path / "other.toml", "[questions.1]\nwords = [1, 2]\n[questions.2]\nwords = [90, 99]\n")
    assert "2 of 2 passed" in reportls("check", path).out
    assert "Question 2: 6 of 90-99 words" in reportls("check", path, "--config", other).out
    shared = write(tmp_path / "pyproject.toml", "[project]\n")
    ran = reportls("check", path, "--config", shared)
    assert (ran.code, ran.out) == (2, "")
    assert f"{shared}: no table `[tool.reportls]` in this file" in ran.err
    beyond = write(tmp_path / "strange.toml", "\n[questions.99]\nwords = false\n")
    assert reportls("check", path, "--config", beyond, "-q").out.startswith(f"{beyond}:2:12: warning configuration")


@pytest.mark.parametrize(("when", "has_colour"), [("always", True), ("never", False), ("auto", False)])
def test_colour(tmp_path: Path, when: str, *, has_colour: bool) -> None:
    """`--color` decides on colours, whatever the environment says."""
    path = write(tmp_path / "a.md", SHORT)
    env = environment(**({"NO_COLOR": "1"} if has_colour else {}))
    assert ("\x1b[" in process("check", path, "--color", when, env=env).out) is has_colour
    assert ("\x1b[" in process("check", "none.md", "--color", when, env=env).err) is has_colour


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("reportls ch", {"check"}),
        ("reportls help ht", {"html"}),
        ("reportls check --wat", {"--watch"}),
        ("reportls check --format js", {"json"}),
        ("reportls check --edition dtu-02476-2026", {"dtu-02476-2026"}),
        ("reportls check --ignore answer-too-s", {"answer-too-short"}),
        ("reportls rule answer-too-s", {"answer-too-short"}),
        ("reportls edition dtu-02476-2022", {"dtu-02476-2022"}),
        ("reportls h", {"help", "history", "html"}),
    ],
)
def test_completion(tmp_path: Path, line: str, offered: set[str]) -> None:
    """Shells are offered commands, options, values, rules and editions."""
    out = tmp_path / "out"
    asked = {
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": "\n",
        "_ARGCOMPLETE_DFS": "\t",
        "_ARGCOMPLETE_SHELL": "fish",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(out),
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
    }
    assert process(env=environment(**asked)).code == 0
    found = [name.split("\t") for name in out.read_text("utf-8").splitlines()]
    assert {name.strip() for name, *_ in found} == offered
    # Where there is one candidate, it is inserted without being shown.
    assert len(found) == 1 or all(about and about != ["None"] for _, *about in found)


@pytest.mark.parametrize(
    ("shell", "word"), [("bash", "complete -o"), ("zsh", "#compdef"), ("fish", "commandline"), ("powershell", "Param")]
)
def test_completion_script(shell: str, word: str) -> None:
    """Each shell gets a script of its own kind that calls us."""
    ran = reportls("completion", shell)
    assert (ran.code, ran.err) == (0, "")
    assert word.lower() in ran.out.lower()
    assert "reportls" in ran.out


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_completion_in_bash(tmp_path: Path) -> None:
    """Bash, with the script, completes the beginning of a command."""
    write(tmp_path / "reportls", f'#!/bin/sh\nexec {sys.executable} -m reportls "$@"\n').chmod(0o755)
    asked = """
        PATH="$PWD:$PATH"; eval "$(reportls completion bash)"
        COMP_LINE="reportls over" COMP_POINT=13 COMP_WORDS=(reportls over) COMP_CWORD=1
        _python_argcomplete reportls over reportls; echo "${COMPREPLY[@]}"
    """
    done = subprocess.run(["bash", "-c", asked], cwd=tmp_path, env=environment(), capture_output=True, check=True)
    assert done.stdout.decode().strip() == "overview"


def test_options_between_paths(tmp_path: Path) -> None:
    """Options may stand before, between and after paths."""
    first, second = write(tmp_path / "a.md", SHORT), write(tmp_path / "b.md", LEFT)
    ran = reportls("check", first, "--format", "concise", second)
    *found, verdict = ran.out.splitlines()
    assert [line.split(":")[0] for line in found] == [str(first), str(second)]
    assert verdict == "1 of 2 reports passed; 1 error, 1 warning"


def test_odd_names(tmp_path: Path) -> None:
    """Every argument after `--` is a path, even if it looks like an option."""
    judged(tmp_path / "--fix.md", SHORT)
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
