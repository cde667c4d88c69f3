"""No report makes work grow faster than its length, measured in calls; `tests/bench/worst.py` measures seconds."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import environment
from tests.support.steps import steps_anew
from tests.support.worst import NAMED, OURS, PATHOLOGICAL, WORST, Worst
from tests.support.worst_work import WORKS, Workbench

if TYPE_CHECKING:
    from pathlib import Path

_SIZES = (1000, 4000, 16_000)
"""Characters of what is hard to read."""
_GROWTH = 8.0
"""What the longest may cost more than the shortest, to what the middle one costs more than it: in proportion to length
that is 5, by the square 17. What all three have in common does not count so."""
_FEW = 100_000
"""Calls that are too few to tell."""
_WORKS = [work for work in WORKS if work != "check"]
"""The command line's check does what opening a report does."""
_COUNTED = [work for work in _WORKS if work != "page"]
"""A page costs most for what is in every report, which would hide the rest."""

_LONGER = 100_000
_TIMES = 4
_FEW_SECONDS = 4
"""That are too few to tell."""
_PROGRAM = f"""
import math, resource, sys
from pathlib import Path
from tests.support import worst
from tests.support.worst_work import Workbench

def used():
    return sum(resource.getrusage(resource.RUSAGE_SELF)[:2])

def do_all(size):
    bench = Workbench(kind.report(size), Path(sys.argv[2]))
    before = used()
    for work in {_WORKS}:
        bench.do(work)
    return used() - before

for kind in getattr(worst, sys.argv[1]):
    print(kind.name, flush=True)
    size = min({_LONGER}, kind.largest)
    seconds = max({_FEW_SECONDS}, do_all(size // {_TIMES}) * {2 * _TIMES})
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used() + seconds), resource.RLIM_INFINITY))
    do_all(size)
    resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
"""


def _steps(text: str, folder: Path) -> int:
    """Return the number of steps that all work on a report takes."""
    bench = Workbench(text, folder)

    def do_all() -> None:
        for work in _COUNTED:
            bench.do(work)

    return steps_anew(do_all)


@pytest.mark.parametrize("worst", WORST, ids=lambda worst: worst.name)
def test_work_grows_as_length_does(worst: Worst, tmp_path: Path) -> None:
    """Work grows in proportion to length for every kind of report and everything that a user or editor can do."""
    _steps(worst.report(0), tmp_path)  # what is remembered from one report to the next is then
    short, middle, long = (_steps(worst.report(size), tmp_path) for size in _SIZES)
    assert long - short <= max(_GROWTH * (middle - short), _FEW), (short, middle, long)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there processor time cannot be limited so")
@pytest.mark.timeout(900)  # of a machine that has other things to do; the limit that counts is that of processor time
@pytest.mark.parametrize("group", ["NAMED", "PATHOLOGICAL", "OURS"])
def test_patterns_and_loops_in_c(group: str, tmp_path: Path) -> None:
    """Work inside C code, which makes no calls, takes at most eight times as long for four times the length.

    Quadratic work would take sixteen times as long. The system enforces the limit on processor time, because Python
    does not handle signals while C code runs.
    """
    ran = subprocess.run(
        [sys.executable, "-c", _PROGRAM, group, str(tmp_path)],
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, (ran.stdout.splitlines()[-1:], ran.stderr)
    assert len(ran.stdout.splitlines()) == len({"NAMED": NAMED, "PATHOLOGICAL": PATHOLOGICAL, "OURS": OURS}[group])
