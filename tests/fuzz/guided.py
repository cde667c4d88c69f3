# ruff: noqa: T201  # the log of a run
"""Fuzzes one target for some time in this process: `python -m tests.fuzz.guided TARGET SECONDS SEED FOLDER`.

Coverage of the package, measured by atheris, guides the search; without atheris, examples are random. Failures go into
the folder's database, from which Hypothesis takes them up, and the search goes on.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from hypothesis import Phase, settings
from hypothesis.database import DirectoryBasedExampleDatabase

from tests.fuzz.targets import entry_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PACKAGE = "reportls"
DATABASE = "found"
FIRST_SEEDS = 40
LONGEST = 4096
"""Maximum bytes of an example."""
_SLOW = 60
"""Seconds after which an example counts as endless."""


def use_database(folder: Path, phases: Sequence[Phase] = tuple(Phase)) -> None:
    """Make Hypothesis keep failures in that folder and run only these phases; call this before any test is imported."""
    database = DirectoryBasedExampleDatabase(folder / DATABASE)
    settings.register_profile("fuzz", database=database, phases=phases, deadline=None)
    settings.load_profile("fuzz")


def main() -> None:
    """Run one target, then exit the process."""
    target, seconds, seed, folder = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
    use_database(folder)
    rng = Random(seed)  # noqa: S311  # repeatable, not secret
    try:
        import atheris  # type: ignore[import-untyped]  # noqa: PLC0415  # there is none for some Pythons and systems
    except ImportError:
        _by_chance(_tolerant(entry_of(target)), seconds, rng)
        return
    # What the package imports lazily is to be counted, too, so this is never left.
    atheris.instrument_imports(include=[PACKAGE]).__enter__()
    trying = _tolerant(entry_of(target))
    seeds = _seeds(folder, rng)
    options = [f"-max_total_time={seconds}", f"-seed={seed}", f"-max_len={LONGEST}", "-len_control=0"]
    options += [f"-timeout={_SLOW}", f"-artifact_prefix={folder}/", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], str(seeds), *options], trying)
    atheris.Fuzz()


def _seeds(folder: Path, rng: Random) -> Path:
    """Return a folder with initial examples; those of an earlier run are kept."""
    seeds = folder / "corpus"
    seeds.mkdir(exist_ok=True)
    for number in range(FIRST_SEEDS):
        (seeds / f"seed{number}").write_bytes(rng.randbytes(rng.randint(64, LONGEST)))
    return seeds


def _tolerant(try_: Callable[[bytes], object]) -> Callable[[bytes], None]:
    """Go on after a failure, which Hypothesis has stored."""

    def trying(data: bytes) -> None:
        try:
            try_(data)
        except Exception as error:  # noqa: BLE001  # whatever it is, it was kept
            print(f"found: {type(error).__name__}: {str(error)[:200]!r}", file=sys.stderr)

    return trying


def _by_chance(trying: Callable[[bytes], None], seconds: int, rng: Random) -> None:
    runs, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        trying(rng.randbytes(rng.randint(64, LONGEST)))
        runs += 1
    print(f"stat::number_of_executed_units: {runs}", file=sys.stderr)


if __name__ == "__main__":
    main()
