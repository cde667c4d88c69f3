"""Tests of how the plugin looks on a real terminal's screen."""

from __future__ import annotations

import operator
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from tests.editors.neovim.neovims import FOLDER, installed, with_sample
from tests.editors.terminal import Screen, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.editors.neovim.neovims import Neovim

pytestmark = pytest.mark.skipif(not FOLDER, reason="no Neovim is installed for tests (REPORTLS_NEOVIM)")


class NeovimScreen(Screen):
    """A Neovim with the report open."""

    def __init__(self, neovim: Neovim) -> None:
        """Open the report."""
        super().__init__(neovim.command, neovim.report.parent, neovim.environment, lines=50)

    def close(self) -> None:
        """Leave Neovim as users do, then the terminal."""
        self.press("Escape", ":quitall!", "Enter")
        with suppress(AssertionError):  # then it is killed
            wait_until(self.is_there, operator.not_, "the end of Neovim")
        super().close()


@pytest.fixture(params=installed(), ids=lambda program: program.parent.name)
def screen(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NeovimScreen]:
    """Start a Neovim that shows the report."""
    screen = NeovimScreen(with_sample(request.param, tmp_path))
    yield screen
    screen.close()


def test_what_is_found_stands_on_the_screen(screen: NeovimScreen) -> None:
    """The screen shows underlined findings, counts beside questions, hover help, and the verdict."""
    screen.wait_for("6/10 passed")
    screen.press(":50", "Enter", "zt")
    screen.wait_for("### Question 5", "45 / 20-60 words")
    screen.wait_for("19 of 40-80 words", "the file is figures/temperature.png", "6/10 passed")
    underlined = [line for line in screen.coloured().splitlines() if "figures/Temperature.png" in line]
    assert any("\x1b[4" in line or ";4m" in line or ";4;" in line for line in underlined), underlined

    screen.press(":46", "Enter", "zt", "K")
    screen.wait_for("Question 4", "│")
    screen.press("Escape")
