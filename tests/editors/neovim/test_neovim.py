"""Tests of the plugin in Neovims without a screen: each check is a Lua script in a Neovim of its own."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.editors.neovim.neovims import FOLDER, HERE, installed, with_sample

if TYPE_CHECKING:
    from pathlib import Path

CHECKS = sorted((HERE / "checks").glob("*.lua"))
SECONDS = 100


@pytest.mark.skipif(not FOLDER, reason="no Neovim is installed for tests (REPORTLS_NEOVIM)")
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.stem)
@pytest.mark.parametrize("program", installed(), ids=lambda program: program.parent.name)
def test_check(program: Path, check: Path, tmp_path: Path) -> None:
    """The script succeeds, and no message or line of the log reports an error."""
    neovim = with_sample(program, tmp_path)
    environment = {**neovim.environment, "REPORTLS_CHECK": str(check)}
    run_check = ["--cmd", f"lua package.path = '{HERE}/?.lua;' .. package.path", "-c", f"luafile {HERE}/run.lua"]
    result = subprocess.run(
        # Before the file's name: else Neovim opens its standard input instead.
        [neovim.command[0], "--headless", *neovim.command[1:], *run_check],
        cwd=neovim.report.parent,
        env=environment,
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert result.returncode == 0, result.stderr
