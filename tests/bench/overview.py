"""Benchmark of `reportls overview` as a course grows: `python -m tests.bench.overview [GROUPS GROUPS]`.

Makes courses of that many groups (1,000 and 10,000) from the corpus of real reports if it is available, else from our
own samples, each group with a few figures, and judges each course once. Prints for each the peak memory of all
processes together (sampled; shared memory counts once), the processor time of all of them, and that divided by the
elapsed time, which is the number of cores in use. Machines are shared: compare the ratios.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.cli.running import environment
from tests.support import corpus
from tests.support.group import png
from tests.support.sample import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZES = (1_000, 10_000)
_BETWEEN_SAMPLES = 0.25
"""Seconds."""


class Cost(NamedTuple):
    """The cost of one run."""

    memory: int
    """Peak memory in kB."""
    processor: float
    """Processor time in seconds."""
    clock: float
    """Elapsed time in seconds."""


def main(sizes: Sequence[int]) -> None:
    """Measure each size and print a table."""
    print("| groups | memory of all processes, MB | processor, s | clock, s | cores in use |\n|---|---|---|---|---|")
    costs = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            _make(Path(folder, "course"), size)
            cost = _run(Path(folder), size)
        costs.append(cost)
        cores = cost.processor / cost.clock
        print(
            f"| {size:,} | {cost.memory / 1000:.0f} | {cost.processor:.0f} | {cost.clock:.0f} | {cores:.2f} |",
            flush=True,
        )
    print(f"\nmemory, last to first: {costs[-1].memory / costs[0].memory:.2f}")


def _make(course: Path, size: int) -> None:
    texts = [corpus.report(name).encode() for name in corpus.names()] or [text.encode() for text in SAMPLE.values()]
    picture = png()
    for number in range(size):
        figures = course / f"group-{number:05}" / "reports" / "figures"
        figures.mkdir(parents=True)
        (figures.parent / "README.md").write_bytes(texts[number % len(texts)])
        for name in ("overview.png", "bucket.png"):
            (figures / name).write_bytes(picture)


def _run(folder: Path, size: int) -> Cost:
    command = [sys.executable, "-m", "reportls", "overview", "course", "--format", "json", "-o", "all.json"]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    most = 0
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, env=environment()) as running:
        while running.poll() is None:
            most = max(most, _memory(running.pid))
            time.sleep(_BETWEEN_SAMPLES)
    clock, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert running.returncode == 0, running.returncode
    assert (folder / "all.json").read_bytes().count(b'"path": ') == size
    return Cost(most, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock)


def _memory(process: int) -> int:
    """Return the memory of a process and its children in kB; shared memory is divided among them."""
    parts = [process, *_children(process)]
    return sum(map(_proportional, parts))


def _children(process: int) -> list[int]:
    try:
        found = Path(f"/proc/{process}/task/{process}/children").read_text("utf-8")
    except OSError:
        return []
    return [int(child) for child in found.split()]


def _proportional(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text("utf-8").splitlines()
    except OSError:  # it has just ended
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
