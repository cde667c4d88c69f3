"""Tells whether a process is running."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def is_running(process: int) -> bool:
    """Return whether a process with that id is running; a zombie does not count."""
    if process <= 0:
        return False
    if sys.platform == "win32":
        return _is_running_on_windows(process)
    try:
        os.kill(process, 0)  # sends nothing
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # it belongs to somebody else
    return not _is_zombie(process)


def _is_zombie(process: int) -> bool:
    """Return whether the process has ended without being waited for; False on systems without `/proc`."""
    try:
        status = Path(f"/proc/{process}/stat").read_bytes()
    except OSError:
        return False
    return status.rpartition(b")")[2].split()[:1] == [b"Z"]


def _is_running_on_windows(process: int) -> bool:
    import ctypes  # noqa: PLC0415  # here a signal 0 would end the process

    synchronize, timed_out = 0x00100000, 0x102
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    handle = kernel.OpenProcess(synchronize, False, process)  # noqa: FBT003  # positional in C
    if not handle:
        return False
    try:
        return bool(kernel.WaitForSingleObject(handle, 0) == timed_out)
    finally:
        kernel.CloseHandle(handle)
