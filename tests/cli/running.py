"""Runs the command line, either quickly in this process or as a real process of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

from reportls.cli import main

if TYPE_CHECKING:
    from collections.abc import Mapping

_OF_TERMINALS = ("NO_COLOR", "FORCE_COLOR", "COLUMNS")
_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
"""Without bytecode every process compiles the package anew, which takes longer than all the rest of a start."""
SERVER = Path(__file__).parents[2] / "server"


class Ran(NamedTuple):
    """Exit code and output of one run."""

    code: int
    out: str
    err: str


def reportls(*arguments: str | Path, stdin: bytes = b"", encoding: str = "utf-8") -> Ran:
    """Run the command line in this process."""
    out, err = io.BytesIO(), io.BytesIO()
    streams = {
        "stdin": io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"),
        "stdout": io.TextIOWrapper(out, encoding=encoding),
        "stderr": io.TextIOWrapper(err, encoding=encoding, errors="backslashreplace"),
    }
    with patch.dict(vars(sys), streams), patch.dict(os.environ):
        for name in _OF_TERMINALS:
            os.environ.pop(name, None)
        code = main([*map(str, arguments)])
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    return Ran(code, out.getvalue().decode(encoding), err.getvalue().decode(encoding))


def environment(**changes: str) -> dict[str, str]:
    """Return an environment in which a process finds the package, keeps bytecode, and has no settings of the user."""
    paths = os.pathsep.join(filter(None, [str(SERVER), os.environ.get("PYTHONPATH")]))
    kept = {name: value for name, value in os.environ.items() if name not in (*_OF_TERMINALS, _NO_BYTECODE)}
    return {**kept, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8", **changes}


def process(
    *arguments: str | Path,
    cwd: Path | None = None,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
) -> Ran:
    """Run the command line as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "reportls", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        env=env or environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def on_terminal(*arguments: str | Path, columns: int, **env: str) -> str:
    """Return everything that is written to a terminal of that width."""
    # Not on Windows.
    import fcntl  # noqa: PLC0415
    import pty  # noqa: PLC0415
    import struct  # noqa: PLC0415
    import termios  # noqa: PLC0415

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    command = [sys.executable, "-m", "reportls", *map(str, arguments)]
    with subprocess.Popen(
        command, stdout=theirs, stderr=subprocess.STDOUT, env=environment(**{"TERM": "xterm", **env})
    ):
        os.close(theirs)
        sent = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    return sent.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how it shows that the other end is closed
        return b""
