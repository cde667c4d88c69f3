"""Where a student sits: a home of their own, a report in it, and the server in the search path."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.editors.terminal import wait_until

FOLDER = os.environ.get("REPORTLS_EDITORS")
"""Where `tests/editors/install-terminal-editors` has put editors; not set where none is wanted."""
REASON = "no editors are installed for tests (REPORTLS_EDITORS)"

LINK = "[the temperature of one week](figures/temperature.png)"
"""A link where an image is wanted; making an image of it lets one question more pass."""
LINE = f"Warm days 🌡️🙂🙂: {LINK}"
"""The line on which it stands: before it, one character of three is one code point of two UTF-16 units."""
PASSED_BEFORE, PASSED_AFTER = "5 of 10 passed", "6 of 10 passed"

_BEFORE = "![The temperature of one week](figures/Temperature.png)"
_NOTES = f"# Notes\n\nNo report, and so this is right: {LINK}\n"


class Desk(NamedTuple):
    """A home."""

    home: Path

    @property
    def report(self) -> Path:
        """The report."""
        return self.home / "sample" / "reports" / "README.md"

    @property
    def notes(self) -> Path:
        """A Markdown file beside it that is no report."""
        return self.report.with_name("notes.md")

    @property
    def environment(self) -> dict[str, str]:
        """The environment for an editor, which finds the server in the home."""
        return {**environment_at(self.home, self.home / "bin"), "PYTHONPATH": os.environ.get("PYTHONPATH", "")}

    @property
    def line(self) -> int:
        """The number of the line with the link, from 1."""
        return self.text().split("\n").index(LINE) + 1

    def text(self) -> str:
        """The report as it is on the disk."""
        return self.report.read_text(encoding="utf-8")

    def log(self) -> str:
        """What the server has written into its log, all messages among it."""
        log = self.home / "server.log"
        return log.read_text(encoding="utf-8") if log.exists() else ""

    def verdict(self) -> str:
        """What the checker says of the report on the disk."""
        command = [sys.executable, "-m", "reportls", "check", "--checker", str(self.report)]
        result = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
        return result.stdout.splitlines()[-1]

    def write(self, name: str, text: str) -> Path:
        """Write a file of this name into the home."""
        file = self.home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def wait_for_log(self, text: str) -> None:
        """Wait until the server has logged this."""
        wait_until(self.log, lambda log: text in log, f"{text!r} in the server's log")

    def wait_for_file(self, name: str) -> str:
        """The text of a file of this name, once there is one that has anything in it."""
        file = self.home / name
        return wait_until(lambda: file.read_text(encoding="utf-8") if file.exists() else "", bool, name)

    def wait_until_saved(self, text: str) -> None:
        """Wait until this stands in the report on the disk."""
        wait_until(self.text, lambda saved: text in saved, f"{text!r} in the report")

    def complaints(self) -> list[str]:
        """Lines of the server's log that speak of something wrong."""
        return [line for line in self.log().split("\n") if _is_complaint(line)]


def environment_at(home: Path, programs: Path) -> dict[str, str]:
    """An environment in which nothing of the user's own is read or written; the programs of that folder come first."""
    folders = {f"XDG_{kind}_HOME": str(home / kind) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    path = os.pathsep.join([str(programs), os.environ["PATH"]])
    return {**folders, "HOME": str(home), "LANG": "C.UTF-8", "PATH": path}


def set_up(home: Path) -> Desk:
    """A desk with the sample, in which one line has emoji before something that is wrong."""
    subprocess.run([sys.executable, "-m", "reportls", "demo", home / "sample"], check=True, capture_output=True)
    desk = Desk(home)
    desk.report.write_text(desk.text().replace(_BEFORE, LINE), encoding="utf-8")
    desk.notes.write_text(_NOTES, encoding="utf-8")
    program = desk.write(
        "bin/reportls", f'#!/bin/sh\nexec "{sys.executable}" -m reportls "$@" --log "{home}/server.log"\n'
    )
    program.chmod(0o755)
    return desk


def installed(pattern: str) -> list[Path]:
    """The programs that are installed, in folders of which the name is like this.

    Raises:
        AssertionError: the folder is named, but holds none.
    """
    if not FOLDER:
        return []
    programs = sorted(Path(FOLDER).resolve().glob(pattern))
    assert programs, f"there is no {pattern} in {FOLDER}: run tests/editors/install-terminal-editors"
    return programs


def _is_complaint(line: str) -> bool:
    return " ERROR " in line or " WARNING " in line or line.startswith("Traceback")
