"""Ends the session when the process that started it is gone, even if the pipe between them stays open."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from reportls.host.processes import is_running

if TYPE_CHECKING:
    from collections.abc import Callable

_INTERVAL = 3.0
"""Seconds between looks."""
_GRACE = 5.0
"""Seconds that a session may take to end by itself."""


def end_with(process: int, end: Callable[[], None], cut_off: Callable[[], None]) -> None:
    """Call `end`, in another thread, when the process of that id is gone; `cut_off` if that did not help.

    If there is none now, the id is from another machine or container, and says nothing.
    """
    if is_running(process):
        threading.Thread(target=_watch, args=(process, end, cut_off), daemon=True, name="watch client").start()


def _watch(process: int, end: Callable[[], None], cut_off: Callable[[], None]) -> None:
    while is_running(process):
        time.sleep(_INTERVAL)
    end()
    time.sleep(_GRACE)
    cut_off()
