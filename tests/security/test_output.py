"""Nothing in a report, its paths or its configuration controls a terminal or a workflow runner."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest

from tests.cli.reports import SHORT, write
from tests.cli.running import environment, on_terminal
from tests.security.repository import ESCAPE, Hostile, hostile_repository

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="files cannot have such names there")

_OURS = re.compile(r"\x1b\[[0-9;]*m")
"""The only control sequences in our output: those that set colours."""
_FORMATS = ("text", "concise", "json", "sarif", "github", "junit")
_COMMANDS = [
    *(["check", "--format", form] for form in _FORMATS),
    *(["overview", "--format", form] for form in ("text", "csv", "json", "html")),
    *(["history", "--format", form] for form in ("text", "csv", "json", "html")),
    *(["check", "--diff"], ["check", "--checker"], ["html"], ["html", "-o", "-"]),
]
_ANNOTATION = re.compile(
    r"::(?:error|warning|notice) (?:file=[^:,]*,line=[0-9]+,(?:endLine=[0-9]+,)?col=[0-9]+,endColumn=[0-9]+,)?"
    r"title=[a-z-]+::[^\r\n]*"
)


@pytest.fixture
def hostile(tmp_path: Path) -> Hostile:
    """Create the attacker's repository, with a report whose file name is hostile as well."""
    found = hostile_repository(tmp_path)
    name = f"::error::{ESCAPE}##[error]%0A::x,y".replace("\0", "")
    found.report.rename(found.report.with_name(f"{name}\n::add-mask::a.md"))
    return found


def commanding(text: str) -> set[str]:
    """Return the characters that a terminal would interpret rather than show."""
    return {char for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp")}


@pytest.mark.parametrize("command", _COMMANDS, ids=" ".join)
def test_terminal(hostile: Hostile, command: list[str]) -> None:
    """Findings and error messages contain nothing but text and our own colours."""
    target = hostile.folder / "reports"
    sent = on_terminal(*command, target, columns=100, FORCE_COLOR="1")
    assert sent.strip()
    assert "command" not in str(commanding(_OURS.sub("", sent)))
    of_the_format = {"sarif": {"\t"}, "csv": {"\r"}}.get(command[-1], set())
    assert commanding(_OURS.sub("", sent)) <= of_the_format, repr(sent)


def test_complaints_on_a_terminal(hostile: Hostile) -> None:
    """Messages about unreadable names and unknown settings contain nothing but text and our own colours."""
    for path in (f"none{ESCAPE}".replace("\0", ""), hostile.folder / "reports" / "figures" / "pipe.png"):
        sent = on_terminal("check", path, columns=100)
        assert _OURS.sub("", sent).startswith("error:")
        assert not commanding(_OURS.sub("", sent))


@pytest.mark.parametrize("command", _COMMANDS, ids=" ".join)
def test_workflow_commands(hostile: Hostile, command: list[str]) -> None:
    """On GitHub no line of the output is a workflow command, except for our annotations on one line each."""
    ran = subprocess.run(
        [sys.executable, "-m", "reportls", *command, "."],
        cwd=hostile.report.parent,
        env=environment(GITHUB_ACTIONS="true", GITHUB_WORKSPACE=str(hostile.folder)),
        capture_output=True,
        timeout=60,
        check=False,
    )
    lines = re.split(r"[\r\n\x85\u2028\u2029\v\f]", (ran.stdout + ran.stderr).decode())
    commands = [line for line in lines if line.lstrip().startswith("::") or "##[" in line]
    assert bool(commands) == ("github" in command)
    assert [line for line in commands if not _ANNOTATION.fullmatch(line)] == []


def test_a_message_that_looks_like_a_command(tmp_path: Path) -> None:
    """Text of a report that a message repeats cannot end the annotation."""
    report = SHORT.replace("They", "").replace("Nectar.", "![a](figures/%0A::error::%0D.png) ![b](figures/%25.png)")
    write(tmp_path / "README.md", report)
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "\n::warning::x,y.png").touch()
    ran = subprocess.run(
        [sys.executable, "-m", "reportls", "check", "--format", "github", "."],
        cwd=tmp_path,
        env=environment(GITHUB_ACTIONS="true"),
        capture_output=True,
        timeout=60,
        check=False,
    )
    lines = ran.stdout.decode().splitlines()
    assert lines
    assert all(_ANNOTATION.fullmatch(line) for line in lines), lines
    assert os.linesep not in ran.stderr.decode()
