# ruff: noqa: T201  # it prints what it finds
"""Fuzzes every target, or the named ones, for some time each: `python -m tests.fuzz [TARGET ...] [--seconds N]`.

Each target runs in a process of its own, one after the other, guided by coverage (`guided`). A failure is shrunk and
written as a readable case into the folder, with the seed. Prints a table; exits with 1 if anything failed.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.fuzz.guided import DATABASE
from tests.fuzz.targets import TARGETS

_OVERTIME = 300
"""Seconds beyond the limit for the start of a process and its last example."""


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
    parser.add_argument("--folder", type=Path, help="where to keep what is found and tried, from run to run")
    given = parser.parse_args()
    if unknown := {*given.targets} - {*TARGETS}:
        parser.error(f"there is no target {', '.join(sorted(unknown))}")
    folder = given.folder or Path(tempfile.mkdtemp(prefix="fuzz-"))
    print("| target | runs | runs a second | edges reached | found |\n|---|---|---|---|---|")
    outcomes = [_tried(target, given.seconds, given.seed, folder) for target in given.targets or TARGETS]
    found = sum(outcome.findings for outcome in outcomes)
    print(f"\n{sum(outcome.runs for outcome in outcomes):,} runs, {found} found; all of it is in {folder}")
    return 1 if found else 0


def _tried(target: str, seconds: int, seed: int, folder: Path) -> Outcome:
    own = folder / re.sub(r"\W+", "-", target)
    own.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    log = own / "log.txt"
    with log.open("wb") as file:
        command = [sys.executable, "-m", "tests.fuzz.guided", target, str(seconds), str(seed), str(own)]
        code = subprocess.run(command, stdout=file, stderr=file, timeout=seconds + _OVERTIME, check=False).returncode
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


def _has_failed(target: str, seed: int, folder: Path) -> bool:
    """Return whether an example in the database still fails; if so, write the smallest one down."""
    if not (folder / DATABASE).exists():
        return False
    command = [sys.executable, "-m", "tests.fuzz.replay", target, str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    case = folder / "case.txt"
    case.write_text(f"python -m tests.fuzz {target!r} --seed {seed}\n\n{run.stdout}{run.stderr}", "utf-8")
    if run.returncode:
        print(f"{target}: see {case}", file=sys.stderr)
    return run.returncode != 0


def _last(pattern: str, text: str) -> int:
    found = re.findall(pattern, text)
    return int(found[-1]) if found else 0


if __name__ == "__main__":
    sys.exit(main())
