"""Measures how time grows with the length of slow reports: `python -m tests.bench.worst [WORD ...] [--part N]`.

Each kind of report in `tests/support/worst.py` (or those with one of the words in their names) is made with an eighth,
a quarter, half and all of its maximum length, or with `--part N` an Nth of these. For each one, a process does all the
work in `tests/support/worst_work.py` and is killed after two minutes of processor time. Prints the processor time in
seconds for each length, and the exponent by which it grows from a quarter to the whole: 1 is linear, 2 quadratic. An
exponent over 1.3 is marked, unless the work takes less than half a second.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.support.worst import WORST, Worst
from tests.support.worst_work import WORKS, Workbench

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

PARTS = (8, 4, 2, 1)
SECONDS = 120
"""Seconds of processor time after which a process is killed."""
STEEP = 1.3
"""Exponent from which growth counts as more than linear."""
_QUICK = 0.5
"""Seconds below which growth is not worth a mark: most of it is noise."""
_MEASURABLE = 0.01

Seconds = dict[str, float]
"""The time of each kind of work that ended."""


class Row(NamedTuple):
    """The cost of one kind of work on one kind of report."""

    name: str
    largest: int
    work: str
    seconds: list[float | None]
    """For each length; None if it took too long or failed."""

    @property
    def exponent(self) -> float | None:
        """The exponent of growth from a quarter of the length to the whole; None if too little can be measured."""
        before, _, last = self.seconds[1:]
        if before is None or last is None or before < _MEASURABLE:
            return None
        return math.log(last / before) / math.log(PARTS[1] / PARTS[-1])

    @property
    def is_steep(self) -> bool:
        """Whether growth is too steep."""
        last = self.seconds[-1]
        return last is None or (last > _QUICK and (self.exponent or 0) > STEEP)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--part", type=int, default=1)
    arguments = parser.parse_args()
    print("| report | longest | work | 1/8 | 1/4 | 1/2 | all | exponent | |\n|---|---|---|---|---|---|---|---|---|")
    wanted = [worst for worst in WORST if not arguments.words or any(word in worst.name for word in arguments.words)]
    with ThreadPoolExecutor(2) as pool:
        for rows in pool.map(partial(_measured, divisor=arguments.part), wanted):
            print("\n".join(map(_line, rows)), flush=True)


def _measured(worst: Worst, divisor: int) -> list[Row]:
    largest = worst.largest // divisor
    found = [_in_a_process(worst, largest // part) for part in PARTS]
    return [Row(worst.name, largest, work, [each.get(work) for each in found]) for work in WORKS]


def _in_a_process(worst: Worst, size: int) -> Seconds:
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(worst.name, size, theirs))
    process.start()
    theirs.close()
    found: Seconds = {}
    try:
        while True:
            work, seconds = ours.recv()
            found[work] = seconds
    except EOFError:  # it is done, or ended
        process.join()
    return found


def _measure(name: str, size: int, result: Connection) -> None:
    _limit_processor_time()
    text = next(worst for worst in WORST if worst.name == name).report(size)
    with tempfile.TemporaryDirectory() as folder:
        bench = Workbench(text, Path(folder))
        for work in WORKS:
            start = time.process_time()
            bench.do(work)
            result.send((work, time.process_time() - start))


def _limit_processor_time() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  # only there

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _line(row: Row) -> str:
    seconds = " | ".join(f"{it:.2f}" if it is not None else "-" for it in row.seconds)
    exponent = "" if row.exponent is None else f"{row.exponent:.2f}"
    size = f"{row.largest / 1_000_000:.1f} MB" if row.largest >= 100_000 else f"{row.largest / 1000:.1f} kB"
    return f"| {row.name} | {size} | {row.work} | {seconds} | {exponent} | {'STEEP' if row.is_steep else ''} |"


if __name__ == "__main__":
    main()
