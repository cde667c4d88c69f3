"""Records what Python opens, lists, changes, runs and connects to, if its folder is in `PYTHONPATH`.

Python imports a module of this name at its start, so child processes are recorded as well. `REPORTLS_NOTED` names the
log. Each line of it is JSON: the name of an audit event and its arguments, with absolute paths.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

LOG = "REPORTLS_NOTED"
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


def note_all(path: str) -> None:
    """Append all audited events to the log at that path from now on."""
    log = open(path, "a", encoding="utf-8", buffering=1)  # noqa: PTH123, SIM115  # open to the end

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(_WATCHED):
            log.write(json.dumps([event, *(_plain(event, it) for it in arguments)]) + "\n")

    sys.addaudithook(note)


def _plain(event: str, argument: object) -> object:
    if hasattr(argument, "co_filename"):
        return argument.co_filename
    if isinstance(argument, bytes):
        argument = os.fsdecode(argument)
    if isinstance(argument, (str, Path)) and event in _OF_PATHS:
        return os.path.abspath(argument)  # noqa: PTH100  # links stay as they are
    return argument if isinstance(argument, (str, int, type(None))) else repr(argument)


if LOG in os.environ:
    note_all(os.environ[LOG])
