"""What a server's processes have used so far, according to Linux."""

from __future__ import annotations

import re
import time
from pathlib import Path

_PEAK = re.compile(r"^VmHWM:\s*(\d+) kB$", re.MULTILINE)


def peak_memory(process: int) -> float:
    """Return the sum of the peak memory of all processes in MB."""
    return sum(_peaks(process)) / 1000


def largest_peak(process: int) -> float:
    """Return the peak memory of the largest of its processes in MB."""
    return max(_peaks(process)) / 1000


def _peaks(process: int) -> list[int]:
    statuses = (Path("/proc", str(each), "status").read_text("utf-8") for each in _tree(process))
    return [int(found[1]) for status in statuses if (found := _PEAK.search(status))]


def processor_time(process: int) -> float:
    """Return user and system time of all threads, including ended ones, in seconds."""
    return sum(time.clock_gettime(_clock_of(each)) for each in _tree(process))


def _clock_of(process: int) -> int:
    return (~process << 3) | 2  # as clock_getcpuclockid(3) makes it; /proc counts in hundredths of a second only


def _tree(process: int) -> list[int]:
    threads = Path("/proc", str(process), "task").iterdir()
    children = [int(child) for thread in threads for child in (thread / "children").read_text("utf-8").split()]
    return [process, *(each for child in children for each in _tree(child))]
