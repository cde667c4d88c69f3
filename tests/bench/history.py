"""Benchmark of `reportls history`: `python -m tests.bench.history [VERSIONS]`.

Makes a repository with that many versions (1,000) from the histories in the corpus, or from our own sample without it.
Prints the time of the whole command, and that of judging the versions as it does against judging each of them afresh,
by an edition and by a template.
Then it prints what `check` costs in that repository, alone and with comparisons, against a repository with one commit.
Machines are shared: compare the ratios.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from reportls.editions.resolve import resolve
from reportls.features.history import FormJudge, Judge
from reportls.form_snapshot import FormSnapshot, snapshot_of
from reportls.forms import anchors, counting, form_words, wording
from reportls.forms.template import read_template
from reportls.report.report import parse
from reportls.snapshot import Environment, assess, take
from tests.bench.template import blank_of
from tests.cli.running import environment as surroundings
from tests.support import corpus
from tests.support.past import Past
from tests.support.sample import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_VERSIONS = 1_000
_ROUNDS = 9
_EVERY = 10
"""Judging with all rules is measured on every tenth version, as it takes long."""


def main(count: int) -> None:
    """Measure and print."""
    texts = _texts(count)
    print(f"{count:,} versions of a report")
    with tempfile.TemporaryDirectory() as folder:
        _measure_commands(Path(folder), texts)
    nowhere = Environment()
    edition = resolve(parse(texts[-1]), nowhere.wishes)
    judge = Judge(edition)
    shared = _time(lambda: [judge.standing(text) for text in texts])
    # Both give the verdict alone; the second is what `check --checker` does for each.
    afresh = _time(lambda: [assess(parse(text), nowhere) for text in texts])
    checked = _EVERY * _time(lambda: [take(text, nowhere).findings for text in texts[::_EVERY]])
    print(f"verdicts with what is shared: {shared:.3f} s; each afresh: {afresh:.3f} s; ratio {shared / afresh:.3f}")
    print(f"each afresh with all rules, as `check` does: {checked:.2f} s; ratio {shared / checked:.4f}")
    _measure_template(texts)


def _measure_template(texts: Sequence[str]) -> None:
    environment = Environment(template=read_template(blank_of(texts[-1])), template_name="blank.md")
    now = snapshot_of(texts[-1], environment)
    assert isinstance(now, FormSnapshot)
    judge = FormJudge(now)
    _forget()
    shared = _time(lambda: [judge.standing(text) for text in texts])

    def each_afresh() -> None:
        for text in texts[::_EVERY]:
            _forget()
            FormJudge(now).standing(text)

    afresh = _EVERY * _time(each_afresh)
    print(f"with a template: {shared:.3f} s; each afresh: {afresh:.3f} s; ratio {shared / afresh:.3f}")


def _forget() -> None:
    """Empty all memories of what was read before, as if a new process began."""
    for module in (anchors, counting, form_words, wording):
        for function in vars(module).values():
            if hasattr(function, "cache_clear"):
                function.cache_clear()


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


def _measure_commands(folder: Path, texts: Sequence[str]) -> None:
    old, new = Past(folder / "old"), Past(folder / "new")
    for text in texts:
        old.save(text)
    new.save(texts[-1])
    start = time.monotonic()
    _processor("history", old.folder)
    print(f"the whole command: {time.monotonic() - start:.2f} s")
    commands = {
        "check": ("check", "--exit-zero", old.folder),
        "check --against": ("check", "--exit-zero", old.folder, "--against", "HEAD~1"),
        "check --newest": ("check", "--exit-zero", old.folder, "--newest", f"{new.folder}@main"),
    }
    for name, command in commands.items():
        ratios = [_processor(*command) / _processor("check", "--exit-zero", new.folder) for _ in range(_ROUNDS)]
        print(f"{name}, processor time against a repository with one commit: {statistics.median(ratios):.2f}")


def _processor(*arguments: str | Path) -> float:
    """Run a command; return its processor time in seconds, git's included."""
    before = os.times()
    command = [sys.executable, "-m", "reportls", *map(str, arguments)]
    subprocess.run(command, env=surroundings(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def _time(do: Callable[[], object]) -> float:
    start = time.process_time()
    do()
    return time.process_time() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else _VERSIONS)
