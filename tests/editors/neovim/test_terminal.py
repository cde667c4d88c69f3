"""The plugin as it looks: a Neovim on a real terminal's screen."""

from __future__ import annotations

import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from tests.editors.neovim.neovims import FOLDER, installed, with_sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.editors.neovim.neovims import Neovim

SECONDS = 60
INTERVAL = 0.05


class Screen:
    """A terminal of 140 columns and 50 lines, in which a Neovim runs."""

    def __init__(self, neovim: Neovim) -> None:
        """Open the report."""
        self._socket = str(neovim.home / "tmux")
        size = ["-x", "140", "-y", "50"]
        command = ["-f", "/dev/null", "new-session", "-d", *size, "-c", str(neovim.report.parent), *neovim.command]
        self._tmux(*command, environment={**neovim.environment, "TERM": "xterm-256color", "COLORTERM": "truecolor"})

    def press(self, *keys: str) -> None:
        """Press keys, by tmux's names of them."""
        self._tmux("send-keys", *keys)

    def wait_for(self, *texts: str) -> str:
        """The screen, as text with its colours, once all of these are on it."""
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            plain = self._tmux("capture-pane", "-p")
            if all(text in plain for text in texts):
                return self._tmux("capture-pane", "-p", "-e")
            time.sleep(INTERVAL)
        message = f"not all of {texts} came: {self._tmux('capture-pane', '-p')}"
        raise AssertionError(message)

    def close(self) -> None:
        """Leave Neovim, as users do, and the terminal."""
        self._tmux("send-keys", "Escape", ":quitall!", "Enter")
        deadline = time.monotonic() + SECONDS
        while self._is_there() and time.monotonic() < deadline:
            time.sleep(INTERVAL)
        if self._is_there():
            self._tmux("kill-server")

    def _is_there(self) -> bool:
        command = ["tmux", "-S", self._socket, "has-session"]
        return subprocess.run(command, check=False, capture_output=True).returncode == 0

    def _tmux(self, *arguments: str, environment: dict[str, str] | None = None) -> str:
        command = ["tmux", "-u", "-S", self._socket, *arguments]
        result = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", env=environment)
        return result.stdout


@pytest.fixture(params=installed(), ids=lambda program: program.parent.name)
def screen(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Screen]:
    """A screen with the report on it."""
    screen = Screen(with_sample(request.param, tmp_path))
    yield screen
    screen.close()


@pytest.mark.skipif(not FOLDER, reason="no Neovim is installed for tests (REPORTLS_NEOVIM)")
def test_what_is_found_stands_on_the_screen(screen: Screen) -> None:
    """Findings, with a line under their words; counts beside questions; hover help; how the report stands."""
    screen.wait_for("6/10 passed")
    screen.press(":50", "Enter", "zt")
    screen.wait_for("### Question 5", "45 / 20-60 words")
    shown = screen.wait_for("19 words, 40-80 wanted", "the file figures/temperature.png", "6/10 passed")
    underlined = [line for line in shown.splitlines() if "figures/Temperature.png" in line]
    assert any("\x1b[4" in line or ";4m" in line or ";4;" in line for line in underlined), underlined

    screen.press(":46", "Enter", "zt", "K")
    screen.wait_for("Question 4", "│")
    screen.press("Escape")
