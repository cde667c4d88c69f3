"""A student's environment: a home folder, a report in it, and the server in the search path."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.editors.terminal import wait_until

FOLDER = os.environ.get("REPORTLS_EDITORS")
"""The folder into which `tests/editors/install-terminal-editors` puts editors; unset to skip their tests."""
REASON = "no editors are installed for tests (REPORTLS_EDITORS)"

LINK = "[the temperature of one week](figures/temperature.png)"
"""A link in place of a required image; turning it into an image makes one more question pass."""
LINE = f"Warm days 🌡️🙂🙂: {LINK}"
"""The line with the link. One in three characters before it takes two UTF-16 units."""
PASSED_BEFORE, PASSED_AFTER = "5 of 10 passed", "6 of 10 passed"

_BEFORE = "![The temperature of one week](figures/Temperature.png)"
_NOTES = f"# Notes\n\nNo report, and so this is right: {LINK}\n"


class Desk(NamedTuple):
    """The paths of one home folder."""

    home: Path

    @property
    def report(self) -> Path:
        """The path of the report."""
        return self.home / "sample" / "reports" / "README.md"

    @property
    def notes(self) -> Path:
        """A Markdown file beside the report that is not a report."""
        return self.report.with_name("notes.md")

    @property
    def environment(self) -> dict[str, str]:
        """The environment of an editor, in which it finds the server."""
        return {**environment_at(self.home, self.home / "bin"), "PYTHONPATH": os.environ.get("PYTHONPATH", "")}

    @property
    def line(self) -> int:
        """The number of the line with the link, from 1."""
        return self.text().split("\n").index(LINE) + 1

    def text(self) -> str:
        """The report on disk."""
        return self.report.read_text(encoding="utf-8")

    def log(self) -> str:
        """The server's log, which contains all messages."""
        log = self.home / "server.log"
        return log.read_text(encoding="utf-8") if log.exists() else ""

    def verdict(self) -> str:
        """The checker's verdict on the report on disk."""
        command = [sys.executable, "-m", "reportls", "check", "--checker", str(self.report)]
        result = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
        return result.stdout.splitlines()[-1]

    def write(self, name: str, text: str) -> Path:
        """Write a file of that name into the home folder."""
        file = self.home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def wait_for_log(self, text: str) -> None:
        """Wait until the server's log contains this."""
        wait_until(self.log, lambda log: text in log, f"{text!r} in the server's log")

    def wait_for_file(self, name: str) -> str:
        """Wait for a file of that name that is not empty; return its text."""
        file = self.home / name
        return wait_until(lambda: file.read_text(encoding="utf-8") if file.exists() else "", bool, name)

    def wait_until_saved(self, text: str) -> None:
        """Wait until the report on disk contains this."""
        wait_until(self.text, lambda saved: text in saved, f"{text!r} in the report")

    def complaints(self) -> list[str]:
        """The lines of the server's log that report a problem."""
        return [line for line in self.log().split("\n") if _is_complaint(line)]


def environment_at(home: Path, programs: Path) -> dict[str, str]:
    """Return an environment isolated from the user's files, with the programs of that folder first."""
    folders = {f"XDG_{kind}_HOME": str(home / kind) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    path = os.pathsep.join([str(programs), os.environ["PATH"]])
    return {**folders, "HOME": str(home), "LANG": "C.UTF-8", "PATH": path}


def set_up(home: Path) -> Desk:
    """Create a desk with the sample report, in which one line has emoji before a mistake."""
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
    """Return the installed programs in folders with names like this."""
    if not FOLDER:
        return []
    programs = sorted(Path(FOLDER).resolve().glob(pattern))
    assert programs, f"there is no {pattern} in {FOLDER}: run tests/editors/install-terminal-editors"
    return programs


def _is_complaint(line: str) -> bool:
    return " ERROR " in line or " WARNING " in line or line.startswith("Traceback")
