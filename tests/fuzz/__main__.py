# ruff: noqa: T201  # it prints what it finds
"""Fuzzes every target, or the named ones, for some time each: `python -m tests.fuzz [TARGET ...] [--seconds N]`.

Each target runs in a process of its own, one after the other, guided by coverage (`guided`). A failure is shrunk and
written as a readable case into the folder, with the seed. Prints a table; exits with 1 if anything failed.

`--forever FOLDER` goes round the targets again and again, each time with a new seed, until it is interrupted or the
`--hours` are over. The folder, outside the repository, keeps what was tried, and the next run goes on from there.
"""

from __future__ import annotations

import argparse
import math
import re
import secrets
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from tests.fuzz.guided import DATABASE
from tests.fuzz.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Iterator

_LARGEST_SEED = 2**31 - 2
"""libFuzzer takes no larger one, and 0 for none."""
_OVERTIME = 300
"""Seconds beyond the limit for the start of a process and its last example."""
_TIMED_OUT = 124


class Outcome(NamedTuple):
    """The result of fuzzing one target."""

    target: str
    runs: int
    seconds: float
    edges: int
    """Number of branches of the package that were reached; 0 if coverage was not measured."""
    findings: int


def main() -> int:
    """Run the targets; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=300, help="for each target (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=31)
    folders = parser.add_mutually_exclusive_group()
    folders.add_argument("--folder", type=Path, help="where to keep what is found and tried, from run to run")
    folders.add_argument("--forever", type=Path, metavar="FOLDER", help="go on with new seeds, and keep all in FOLDER")
    parser.add_argument("--hours", type=float, default=math.inf, help="end --forever after the round that is under way")
    given = parser.parse_args()
    if unknown := {*given.targets} - {*TARGETS}:
        parser.error(f"there is no target {', '.join(sorted(unknown))}")
    folder = given.forever or given.folder or Path(tempfile.mkdtemp(prefix="fuzz-"))
    targets = given.targets or list(TARGETS)
    print("| target | runs | runs a second | edges reached | found |\n|---|---|---|---|---|")
    outcomes = []
    for seed in _seeds(given.hours) if given.forever else (given.seed,):
        outcomes += [_tried(target, given.seconds, seed, folder) for target in targets]
    found = sum(outcome.findings for outcome in outcomes)
    print(f"\n{sum(outcome.runs for outcome in outcomes):,} runs, {found} found; all of it is in {folder}")
    return 1 if found else 0


def _seeds(hours: float) -> Iterator[int]:
    """Yield a new seed for each round, until the hours are over or somebody interrupts."""
    end = time.monotonic() + hours * 3600
    with suppress(KeyboardInterrupt):
        while time.monotonic() < end:
            yield secrets.randbelow(_LARGEST_SEED) + 1


def _tried(target: str, seconds: int, seed: int, folder: Path) -> Outcome:
    own = folder / re.sub(r"\W+", "-", target)
    own.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    log = own / "log.txt"
    with log.open("wb") as file:
        command = [sys.executable, "-m", "tests.fuzz.guided", target, str(seconds), str(seed), str(own)]
        code = _code_of(command, file, seconds + _OVERTIME)
    elapsed = time.monotonic() - start
    said = log.read_text("utf-8", "replace")
    findings = int(_has_failed(target, seed, own)) + len(
        [*own.glob("timeout-*"), *own.glob("crash-*"), *own.glob("oom-*")]
    )
    outcome = Outcome(
        target, _last(r"number_of_executed_units: (\d+)", said), elapsed, _last(r"cov: (\d+)", said), findings
    )
    if code or not outcome.runs:
        print(f"{target} ended with {code}; {log} says why", file=sys.stderr)
    print(
        f"| {target} | {outcome.runs:,} | {outcome.runs / elapsed:.1f} | {outcome.edges:,} | {findings} |", flush=True
    )
    return outcome._replace(findings=findings or int(bool(code)))


def _code_of(command: list[str], log: BinaryIO, seconds: float) -> int:
    """Return the exit code of a command; that of `timeout` if it takes longer, as on a machine with too much to do."""
    try:
        return subprocess.run(command, stdout=log, stderr=log, timeout=seconds, check=False).returncode
    except subprocess.TimeoutExpired:
        return _TIMED_OUT


def _has_failed(target: str, seed: int, folder: Path) -> bool:
    """Return whether an example in the database still fails; if so, write the smallest one down."""
    if not (folder / DATABASE).exists():
        return False
    command = [sys.executable, "-m", "tests.fuzz.replay", target, str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    case = folder / f"case-{seed}.txt"
    case.write_text(f"python -m tests.fuzz {target!r} --seed {seed}\n\n{run.stdout}{run.stderr}", "utf-8")
    if run.returncode:
        print(f"{target}: see {case}", file=sys.stderr)
    return run.returncode != 0


def _last(pattern: str, text: str) -> int:
    found = re.findall(pattern, text)
    return int(found[-1]) if found else 0


if __name__ == "__main__":
    sys.exit(main())
