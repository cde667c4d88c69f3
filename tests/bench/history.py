"""Benchmark of `reportls history`: `python -m tests.bench.history [VERSIONS]`.

Makes a repository with that many versions (1,000) from the histories in the corpus, or from our own sample without it.
Prints the time of the whole command, and that of judging the versions as it does against judging each of them afresh.
Machines are shared: compare the ratio.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from reportls.editions.resolve import resolve
from reportls.features.history import Judge
from reportls.report.report import parse
from reportls.snapshot import Environment, assess, take
from tests.cli.running import environment
from tests.support import corpus
from tests.support.past import Past
from tests.support.sample import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_VERSIONS = 1_000
_EVERY = 10
"""Judging with all rules is measured on every tenth version, as it takes long."""


def main(count: int) -> None:
    """Measure and print."""
    texts = _texts(count)
    print(f"{count:,} versions of a report")
    print(f"the whole command: {_command(texts):.2f} s")
    nowhere = Environment()
    edition = resolve(parse(texts[-1]), nowhere.wishes)
    judge = Judge(edition)
    shared = _time(lambda: [judge.standing(text) for text in texts])
    # Both give the verdict alone; the second is what `check --checker` does for each.
    afresh = _time(lambda: [assess(parse(text), nowhere) for text in texts])
    checked = _EVERY * _time(lambda: [take(text, nowhere).findings for text in texts[::_EVERY]])
    print(f"verdicts with what is shared: {shared:.3f} s; each afresh: {afresh:.3f} s; ratio {shared / afresh:.3f}")
    print(f"each afresh with all rules, as `check` does: {checked:.2f} s; ratio {shared / checked:.4f}")


def _texts(count: int) -> list[str]:
    """Return successive versions; where there are too few, each lengthens an answer of the one before."""
    stories = [corpus.versions(name) for name in corpus.histories()]
    if not stories:
        return [SAMPLE[31].replace("and then some.", f"and {'more ' * number}some.", 1) for number in range(count)]
    story = max(stories, key=len)
    rounds = -(-count // len(story))
    found = []
    for number, text in zip(range(count), islice(cycle(story), count), strict=True):
        # The story is told several times, each time with another word in one answer, so that no text comes twice.
        found.append(text.replace("Answer:", f"Answer: round{number // len(story)} of {rounds}", 1))
    return found


def _command(texts: Sequence[str]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        past = Past(Path(folder))
        for text in texts:
            past.save(text)
        command = [sys.executable, "-m", "reportls", "history", folder]
        start = time.monotonic()
        subprocess.run(command, env=environment(), stdout=subprocess.DEVNULL, check=True)
        return time.monotonic() - start


def _time(do: Callable[[], object]) -> float:
    start = time.process_time()
    do()
    return time.process_time() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else _VERSIONS)
