"""The Neovims that `tests/editors/install-neovim` installs, and a report to open in them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.editors.desk import environment_at

FOLDER = os.environ.get("REPORTLS_NEOVIM")
"""The folder of the installed Neovims; unset to skip their tests."""

HERE = Path(__file__).parent
_PLUGIN = HERE.parents[2] / "editors" / "neovim"


class Neovim(NamedTuple):
    """A Neovim with a home folder."""

    program: Path
    home: Path

    @property
    def report(self) -> Path:
        """A fresh copy of the sample report."""
        return self.home / "sample" / "reports" / "README.md"

    @property
    def environment(self) -> dict[str, str]:
        """Its environment, with the server that is beside this Python."""
        return {**environment_at(self.home, Path(sys.executable).parent), "REPORTLS_PLUGIN": str(_PLUGIN)}

    @property
    def command(self) -> list[str]:
        """The command that opens the report."""
        return [str(self.program), "-i", "NONE", "-u", str(HERE / "init.lua"), self.report.name]


def installed() -> list[Path]:
    """Return the installed programs."""
    if not FOLDER:
        return []
    programs = sorted(Path(FOLDER).resolve().glob("*/nvim"))
    assert programs, f"no Neovim is in {FOLDER}: run tests/editors/install-neovim"
    return programs


def with_sample(program: Path, home: Path) -> Neovim:
    """Return a Neovim with the sample report in its home folder."""
    subprocess.run([sys.executable, "-m", "reportls", "demo", home / "sample"], check=True, capture_output=True)
    return Neovim(program, home)
