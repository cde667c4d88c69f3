"""Runs `reportls` through its command line, which is a stable interface; nothing is imported from the package."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import NamedTuple

from runner import workspace


class Ran(NamedTuple):
    """The result of a run."""

    code: int
    out: bytes
    err: str


def reportls(*arguments: str) -> Ran:
    """Run the command in the workspace."""
    done = subprocess.run(  # noqa: S603  # a fixed program; paths stand behind `--`
        [sys.executable, "-I", "-m", "reportls", *arguments],
        cwd=workspace(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr.decode(errors="replace"))


def template_options() -> list[str]:
    """Return the option that names the template, if the job does."""
    template = os.environ["REPORT_TEMPLATE"].strip()
    # In one argument, for a name may begin with a dash.
    return [f"--template={template}"] if template else []
