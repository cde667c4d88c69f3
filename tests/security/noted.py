"""Runs `reportls`, noting all that it opens, lists, changes, runs and connects to: `python noted.py LOG ARGUMENT ...`.

Each line of the log is JSON: the name of an event as Python audits it, and its arguments, paths made absolute.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

_WATCHED = (
    "open",
    "os.",
    "shutil.",
    "subprocess.",
    "socket.",
    "pty.",
    "ctypes.",
    "urllib.",
    "http.",
    "ftplib.",
    "smtplib.",
    "webbrowser.",
    "pickle.",
    "marshal.load",
    "exec",
)
_OF_PATHS = ("open", "os.listdir", "os.scandir")


def main() -> int:
    """Run it; its exit code."""
    log = open(sys.argv[1], "w", encoding="utf-8", buffering=1)  # noqa: PTH123, SIM115  # open to the end

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(_WATCHED):
            log.write(json.dumps([event, *(_plain(event, it) for it in arguments)]) + "\n")

    from reportls.cli import main as run  # noqa: PLC0415  # what Python itself opens to start is of no interest

    sys.addaudithook(note)
    return run(sys.argv[2:])


def _plain(event: str, argument: object) -> object:
    if hasattr(argument, "co_filename"):
        return argument.co_filename
    if isinstance(argument, bytes):
        argument = os.fsdecode(argument)
    if isinstance(argument, (str, Path)) and event in _OF_PATHS:
        return os.path.abspath(argument)  # noqa: PTH100  # links stay as they are
    return argument if isinstance(argument, (str, int, type(None))) else repr(argument)


if __name__ == "__main__":
    sys.exit(main())
