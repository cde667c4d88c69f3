"""Reads what a process uses, and wraps the server so that it can count its own objects. Linux only."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from subprocess import Popen

SECONDS = 30.0
"""Seconds that counting may take on a busy machine."""

_PROGRAM = """
import gc, os, signal, sys
from reportls.cli import main

def count(*_):
    gc.collect()
    with open({file!r} + "+", "w") as file:
        file.write(str(len(gc.get_objects())))
    os.replace({file!r} + "+", {file!r})

signal.signal(signal.SIGUSR1, count)
sys.exit(main(["serve"]))
"""


class Usage(NamedTuple):
    """What a process uses at one moment."""

    kilobytes: int
    """Resident memory."""
    threads: int
    files: int
    """Open files, including pipes and sockets."""
    objects: int
    """Objects that Python's garbage collector tracks after a collection."""


def counting_server(file: Path) -> list[str]:
    """Return the command of a server that writes its number of objects into that file on request."""
    return [sys.executable, "-c", _PROGRAM.format(file=str(file))]


def usage(process: Popen[bytes], file: Path) -> Usage:
    """Return what the server uses now; it must have been started with `counting_server`."""
    objects = _counted(process, file)
    folder = Path("/proc") / str(process.pid)
    fields = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
    kilobytes = int(fields["VmRSS"].split()[0])
    return Usage(kilobytes, int(fields["Threads"]), len([*(folder / "fd").iterdir()]), objects)


def _counted(process: Popen[bytes], file: Path) -> int:
    file.unlink(missing_ok=True)
    process.send_signal(signal.SIGUSR1)
    end = time.monotonic() + SECONDS
    while not file.exists():
        assert time.monotonic() < end, "the server does not count its objects"
        time.sleep(0.01)
    return int(file.read_text())
