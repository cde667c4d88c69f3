"""Starts the user's browser."""

from __future__ import annotations

import os
import sys

from reportls.cli.output import say


def has_screen() -> bool:
    """Whether a browser would have a window: a text browser would take the terminal."""
    if sys.platform == "win32":
        return True
    if sys.platform == "darwin":
        return "SSH_CONNECTION" not in os.environ
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def open_browser(address: str) -> None:
    """Show the page there; if that cannot be done, say so."""
    import webbrowser

    try:
        is_open = webbrowser.open(address)
    except (webbrowser.Error, OSError):
        is_open = False
    if not is_open:
        say("no browser can be started: open the address above")
