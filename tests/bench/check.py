"""Benchmark of `reportls check`: `python -m tests.bench.check`.

* One report, as a whole process. The installed command is compared with a script like the course's (`course_checker`,
  with typer, pydantic and loguru), with one that only imports these and counts (`bare_checker`), and with a process
  that only imports markdown-it, the lower bound for any tool built on it. Runs are interleaved; each round gives one
  ratio.
* Many reports in one process: processor time compared with rendering them by Python-Markdown. The corpus of real
  reports is used if it is available, else our own samples.

Machines differ and are shared: compare the ratios, not the figures.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import markdown

from reportls.snapshot import Environment, take
from tests.cli.running import environment
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
        ours = [str(Path(sys.executable).with_name("reportls")), "check", "--exit-zero", str(path)]
        theirs = {
            "a script like the course's": ["-m", "tests.bench.course_checker", "check", str(path)],
            "its imports and counting alone": ["-m", "tests.bench.bare_checker", str(path)],
            "importing markdown-it alone": ["-c", "import markdown_it"],
        }
        for name, arguments in theirs.items():
            command = [sys.executable, *arguments]
            _report(f"one report, ms; theirs: {name}", partial(_wall, ours), partial(_wall, command), ROUNDS)
    _report(f"{len(texts)} reports, processor ms", lambda: _cpu(_check, texts), lambda: _cpu(_render, texts), 5)


def _report(what: str, ours: Callable[[], float], theirs: Callable[[], float], rounds: int) -> None:
    ours(), theirs()  # once to warm caches
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    ratios = [mine / other for mine, other in pairs]
    low, middle, high = statistics.quantiles(ratios, n=4)
    mine, other = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
    print(f"| {what} | {mine:.0f} | {other:.0f} | {middle:.2f} | {low:.2f}-{high:.2f} |")


def _wall(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment())
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
