"""The instructions for Neovim without the plugin work on a small screen, and so does the entry for nvim-lspconfig."""

from __future__ import annotations

import operator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from reportls import __version__
from tests.editors import page
from tests.editors.neovim.neovims import FOLDER, installed, with_sample
from tests.editors.terminal import Screen, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

UPSTREAM = Path(__file__).parents[3] / "editors" / "neovim" / "upstream"
_ENTRY = 'vim.lsp.config("reportls", dofile("{file}"))\nvim.lsp.enable("reportls")\nvim.lsp.inlay_hint.enable()\n'
_QUIET = "vim.opt.swapfile = false\n"


def _configured(way: str) -> str:
    if way == "page":
        return page.snippet("neovim", "vim.lsp.enable")
    return _ENTRY.format(file=UPSTREAM / "nvim-lspconfig" / "lsp" / "reportls.lua")


@pytest.fixture(params=[program for program in installed() if program.parent.name != "0.10"])
def program(request: pytest.FixtureRequest) -> Path:
    """Return a Neovim that has `vim.lsp.enable`."""
    return Path(request.param)


@pytest.fixture(params=["page", "nvim-lspconfig"])
def screen(request: pytest.FixtureRequest, program: Path, tmp_path: Path) -> Iterator[Screen]:
    """Start it on 80 columns and 24 lines, with the report open."""
    neovim = with_sample(program, tmp_path)
    settings = tmp_path / "init.lua"
    settings.write_text(_QUIET + _configured(request.param), "utf-8")
    command = [str(program), "-i", "NONE", "-u", str(settings), neovim.report.name]
    screen = Screen(command, neovim.report.parent, neovim.environment, lines=24, columns=80)
    yield screen
    screen.press("Escape", ":quitall!", "Enter")
    with suppress(AssertionError):  # then it is killed
        wait_until(screen.is_there, operator.not_, "the end of Neovim")
    screen.close()


@pytest.mark.skipif(not FOLDER, reason="no Neovim is installed for tests (REPORTLS_NEOVIM)")
def test_findings_and_counts_can_be_read(screen: Screen) -> None:
    """Counts stand beside questions, a key shows a finding in full, and the hover begins with the count."""
    screen.press(":46", "Enter", "zt")
    screen.wait_for("### Question 4 19 / 40-80 words")
    screen.press(":50", "Enter", "C-w", "d")
    screen.wait_for("Question 4: 19 of 40-80 words: add 21")
    screen.press(":46", "Enter", "K")
    screen.wait_for("19 of 40-80", "▓")
    screen.press("gO")
    screen.wait_for("Question 4", "Question 5", "[Location List]")


def test_entry_for_mason() -> None:
    """The entry for mason installs this version and names the configuration for Neovim."""
    entry = yaml.safe_load((UPSTREAM / "mason-registry/packages/reportls/package.yaml").read_text("utf-8"))
    assert entry["source"]["id"] == f"pkg:pypi/reportls@{__version__}"
    assert entry["bin"] == {"reportls": "pypi:reportls"}
    assert (UPSTREAM / "nvim-lspconfig" / "lsp" / f"{entry['neovim']['lspconfig']}.lua").is_file()
