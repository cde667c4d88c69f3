"""The packed extension in a real VS Code; see `run` beside this file."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest


@pytest.mark.skipif("REPORTLS_VSCODE" not in os.environ, reason="REPORTLS_VSCODE names no installation of VS Code")
@pytest.mark.timeout(600)
def test_extension() -> None:
    """All that a student does in VS Code with the sample report works, and nothing is complained of."""
    done = subprocess.run([Path(__file__).with_name("run")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
