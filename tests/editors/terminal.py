"""A terminal's screen, with an editor on it."""

from __future__ import annotations

import shlex
import subprocess
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

PATIENCE = 120
"""Seconds to wait for what must come: some editors take long to start where much else is done."""
_INTERVAL = 0.05

Answer = TypeVar("Answer")


def wait_until(look: Callable[[], Answer], is_it: Callable[[Answer], object], what: str) -> Answer:
    """What `look` sees, once that is it.

    Raises:
        AssertionError: it did not come; says what was seen last.
    """
    deadline = time.monotonic() + PATIENCE
    while not is_it(seen := look()):
        assert time.monotonic() < deadline, f"it did not come: {what}; there is:\n{seen}"
        time.sleep(_INTERVAL)
    return seen


class Screen:
    """A terminal of 140 columns, in which a program runs."""

    def __init__(
        self, command: Sequence[str | Path], folder: Path, environment: Mapping[str, str], lines: int = 40
    ) -> None:
        """Start the program in a folder, on so many lines; the terminal's socket is put into `HOME`."""
        self._socket = f"{environment['HOME']}/tmux"
        line = shlex.join(map(str, command))
        size = ["-x", "140", "-y", str(lines)]
        self._tmux(
            *["-f", "/dev/null", "new-session", "-d", *size, "-c", str(folder), line],
            environment={**environment, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
        )

    def press(self, *keys: str) -> None:
        """Press keys, by tmux's names of them."""
        self._tmux("send-keys", *keys)

    def write(self, text: str) -> None:
        """Type a text."""
        self._tmux("send-keys", "-l", text)

    def text(self) -> str:
        """What stands on the screen."""
        return self._tmux("capture-pane", "-p")

    def coloured(self) -> str:
        """The same, with the sequences that set colours and lines under words."""
        return self._tmux("capture-pane", "-p", "-e")

    def wait_for(self, *texts: str) -> str:
        """The screen, once all of these are on it."""
        return wait_until(self.text, lambda seen: all(text in seen for text in texts), f"{texts} on the screen")

    def wait_until_gone(self, text: str) -> None:
        """Wait until this is on the screen no more."""
        wait_until(self.text, lambda seen: text not in seen, f"a screen without {text!r}")

    def close(self) -> None:
        """End the program if it still runs."""
        if self.is_there():
            self._tmux("kill-server")

    def is_there(self) -> bool:
        """Whether the program still runs."""
        command = ["tmux", "-S", self._socket, "has-session"]
        return subprocess.run(command, check=False, capture_output=True).returncode == 0

    def _tmux(self, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
        command = ["tmux", "-u", "-S", self._socket, *arguments]
        result = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", env=environment)
        return result.stdout
