"""What `reportls check` costs, beside what else would do the work: `python -m tests.bench.check`.

* One report, as a whole process, beside a process that imports `typer, markdown, pydantic, loguru` and counts as the
  course's script does. The runs are interleaved; each round gives one ratio.
* Many reports in one process, processor time, beside Python-Markdown rendering them. The corpus of real reports is used
  where it is at hand, else our own samples.

Machines differ and are shared: compare the ratios, not the figures.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import markdown

from reportls.snapshot import Environment, take
from tests.support import corpus
from tests.support.sample import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 25
DROPPED = 43


def main() -> None:
    """Measure both and print a table."""
    print("| what | ours | theirs | ratio, median | quartiles |\n|---|---|---|---|---|")
    texts = [corpus.report(name) for name in corpus.names()] or [SAMPLE[31], SAMPLE[27]] * 10
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "README.md")
        path.write_text(texts[0], "utf-8")
        ours = [sys.executable, "-m", "reportls", "check", "--exit-zero", str(path)]
        theirs = [sys.executable, "-m", "tests.bench.plain_checker", str(path)]
        _report("one report, whole process, ms", lambda: _wall(ours), lambda: _wall(theirs), ROUNDS)
    _report(f"{len(texts)} reports, processor ms", lambda: _cpu(_check, texts), lambda: _cpu(_render, texts), 5)


def _report(what: str, ours: Callable[[], float], theirs: Callable[[], float], rounds: int) -> None:
    ours(), theirs()  # once to warm caches
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    ratios = [mine / other for mine, other in pairs]
    low, middle, high = statistics.quantiles(ratios, n=4)
    mine, other = (statistics.median(side) * 1000 for side in zip(*pairs))
    print(f"| {what} | {mine:.0f} | {other:.0f} | {middle:.2f} | {low:.2f}-{high:.2f} |")


def _wall(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ)
    return time.perf_counter() - start


def _cpu(work: Callable[[str], object], texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - start


def _check(text: str) -> object:
    return take(text, Environment()).findings


def _render(text: str) -> object:
    return markdown.markdown(text[DROPPED:])


if __name__ == "__main__":
    main()
