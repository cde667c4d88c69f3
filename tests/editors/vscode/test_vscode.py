"""Tests of the packaged extension in a real VS Code; see `run` beside this file."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest


@pytest.mark.skipif("REPORTLS_VSCODE" not in os.environ, reason="REPORTLS_VSCODE names no installation of VS Code")
@pytest.mark.timeout(900)
def test_extension() -> None:
    """Everything that a student does with the sample report in VS Code works without error messages."""
    done = subprocess.run([Path(__file__).with_name("run")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
