"""The Neovims that `tests/editors/install-neovim` has installed, and a report to open in them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.editors.desk import environment_at

FOLDER = os.environ.get("REPORTLS_NEOVIM")
"""Where they are; not set where none is wanted."""

HERE = Path(__file__).parent
_PLUGIN = HERE.parents[2] / "editors" / "neovim"


class Neovim(NamedTuple):
    """A Neovim and a home of its own."""

    program: Path
    home: Path

    @property
    def report(self) -> Path:
        """The sample report, fresh."""
        return self.home / "sample" / "reports" / "README.md"

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which it runs: the server is the one beside this Python."""
        return {**environment_at(self.home, Path(sys.executable).parent), "REPORTLS_PLUGIN": str(_PLUGIN)}

    @property
    def command(self) -> list[str]:
        """Opens the report."""
        return [str(self.program), "-i", "NONE", "-u", str(HERE / "init.lua"), self.report.name]


def installed() -> list[Path]:
    """The programs of all that are installed.

    Raises:
        AssertionError: the folder is named, but holds none.
    """
    if not FOLDER:
        return []
    programs = sorted(Path(FOLDER).resolve().glob("*/nvim"))
    assert programs, f"no Neovim is in {FOLDER}: run tests/editors/install-neovim"
    return programs


def with_sample(program: Path, home: Path) -> Neovim:
    """A Neovim, with the sample report in its home."""
    subprocess.run([sys.executable, "-m", "reportls", "demo", home / "sample"], check=True, capture_output=True)
    return Neovim(program, home)
