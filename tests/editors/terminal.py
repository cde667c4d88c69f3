"""A terminal's screen with an editor on it."""

from __future__ import annotations

import shlex
import subprocess
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

PATIENCE = 120
"""Time limit of a wait in seconds: some editors start slowly on a busy machine."""
_INTERVAL = 0.05

Answer = TypeVar("Answer")


def wait_until(look: Callable[[], Answer], is_it: Callable[[Answer], object], what: str) -> Answer:
    """Call `look` until its result satisfies `is_it`; return that result.

    Raises:
        AssertionError: that took too long; the message has the last result.
    """
    deadline = time.monotonic() + PATIENCE
    while not is_it(seen := look()):
        assert time.monotonic() < deadline, f"it did not come: {what}; there is:\n{seen}"
        time.sleep(_INTERVAL)
    return seen


class Screen:
    """A terminal that runs a program."""

    def __init__(
        self,
        command: Sequence[str | Path],
        folder: Path,
        environment: Mapping[str, str],
        lines: int = 40,
        columns: int = 140,
    ) -> None:
        """Start the program in a folder, on a screen of that size; the terminal's socket is put into `HOME`."""
        self._socket = f"{environment['HOME']}/tmux"
        line = shlex.join(map(str, command))
        size = ["-x", str(columns), "-y", str(lines)]
        self._tmux(
            *["-f", "/dev/null", "new-session", "-d", *size, "-c", str(folder), line],
            environment={**environment, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
        )

    def press(self, *keys: str) -> None:
        """Press keys, by tmux's names for them."""
        self._tmux("send-keys", *keys)

    def write(self, text: str) -> None:
        """Type a text."""
        self._tmux("send-keys", "-l", text)

    def text(self) -> str:
        """The text on the screen."""
        return self._tmux("capture-pane", "-p")

    def coloured(self) -> str:
        """The text on the screen with the escape sequences for colours and underlines."""
        return self._tmux("capture-pane", "-p", "-e")

    def wait_for(self, *texts: str) -> str:
        """Wait until all of these are on the screen; return its text."""
        return wait_until(self.text, lambda seen: all(text in seen for text in texts), f"{texts} on the screen")

    def wait_until_gone(self, text: str) -> None:
        """Wait until this is no longer on the screen."""
        wait_until(self.text, lambda seen: text not in seen, f"a screen without {text!r}")

    def close(self) -> None:
        """Kill the program if it still runs."""
        if self.is_there():
            self._tmux("kill-server")

    def is_there(self) -> bool:
        """Return whether the program still runs."""
        command = ["tmux", "-S", self._socket, "has-session"]
        return subprocess.run(command, check=False, capture_output=True).returncode == 0

    def _tmux(self, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
        command = ["tmux", "-u", "-S", self._socket, *arguments]
        result = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", env=environment)
        return result.stdout
