"""Runs `reportls`, whose command line is all that is promised: nothing of it is imported."""

from __future__ import annotations

import subprocess
import sys
from typing import NamedTuple

from runner import workspace


class Ran(NamedTuple):
    """What came of it."""

    code: int
    out: bytes
    err: str


def reportls(*arguments: str) -> Ran:
    """Run it in the workspace."""
    done = subprocess.run(  # noqa: S603  # a fixed program; paths stand behind `--`
        [sys.executable, "-I", "-m", "reportls", *arguments],
        cwd=workspace(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr.decode(errors="replace"))
