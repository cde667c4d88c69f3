"""The first step: installs the reportls of the action's own commit into a virtual environment."""

from __future__ import annotations

import os
import subprocess
import venv
from pathlib import Path

from runner import annotate, new_folder, set_outputs

_ROOT = Path(__file__).resolve().parents[2]


def install() -> int:
    """Install the package and set the output `python`; the job's own Python is left alone."""
    folder = new_folder("python")
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    options = ("--quiet", "--no-input", "--disable-pip-version-check")
    done = subprocess.run([python, "-I", "-m", "pip", "install", *options, _ROOT], check=False)  # noqa: S603  # our own
    if done.returncode:
        annotate("reportls could not be installed: the log of this step says why")
    set_outputs(python=python)
    return done.returncode
