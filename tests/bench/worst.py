"""How time grows with the length of reports made to be slow: `python -m tests.bench.worst [WORD ...] [--part N]`.

Each kind of report in `tests/support/worst.py` (or those with one of the words in their names) is made an eighth, a
quarter, half and as long as it gets, `--part N` an Nth of that. Each of these has a process of its own, in which all
that `tests/support/worst_work.py` knows is done with it, one after the other; it is ended after two minutes of
processor time. Printed are the seconds of processor time for each length, and the exponent by which they grow from a
quarter to the whole: 1 is in proportion to the length, 2 by its square. What is over 1.3 is marked, unless all of it is
over in half a second.
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
"""Processor time after which a process is ended."""
STEEP = 1.3
"""From this exponent on, growth counts as more than proportional."""
_QUICK = 0.5
"""Seconds below which growth is not worth a mark: most of it is noise."""
_MEASURABLE = 0.01

Seconds = dict[str, float]
"""What each kind of work took; without those that did not come to an end."""


class Row(NamedTuple):
    """What one kind of work cost on one kind of report."""

    name: str
    largest: int
    work: str
    seconds: list[float | None]
    """For each length; None if it took too long or failed."""

    @property
    def exponent(self) -> float | None:
        """How steep time grows from a quarter of the length to all of it; None if too little of it can be measured."""
        before, _, last = self.seconds[1:]
        if before is None or last is None or before < _MEASURABLE:
            return None
        return math.log(last / before) / math.log(PARTS[1] / PARTS[-1])

    @property
    def is_steep(self) -> bool:
        """Whether it must be mended."""
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
