"""Measures all servers side by side, and prints tables: `python -m tests.bench.server [--quick] [--rounds N]`."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.server.figures import Figures
from tests.bench.server.measures import EDIT, started, worked
from tests.bench.server.pipe import NoAnswerError, Pipe
from tests.bench.server.process import peak_memory
from tests.bench.server.servers import FEW, OURS, TAKE_LARGE, Size, commands, sizes
from tests.bench.server.typist import Typist
from tests.support.same_as_check import by_check, by_server

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 12


class Run:
    """The open sessions and the measurements so far."""

    def __init__(self, stack: ExitStack, folder: Path, reports: list[Size]) -> None:
        """Open each report with each server; one that does not answer is reported and left out."""
        self._folder = folder
        self._servers = commands()
        self.figures = Figures()
        self._open: dict[tuple[Size, str], Typist] = {}
        for size in reports:
            for name in self._servers if size is reports[0] else TAKE_LARGE:
                if name not in self._servers:
                    continue
                with _said(size, name, "at the start"):
                    self._open[size, name] = self._begun(stack, size, name)

    def round(self, number: int, rounds: int) -> None:
        """Measure each session once, server by server; the results of round 0, which warms caches, are dropped."""
        for size, name in [*self._open]:
            if number > max(rounds * (size.share if name in TAKE_LARGE else FEW), 1):
                continue
            typist = self._open.pop((size, name))
            with _said(size, name, f"in round {number}"):
                found = self._measured(size, name, typist, number)
                self._open[size, name] = typist
                if number:
                    self.figures.add(size.name, name, number, found)

    def end(self) -> None:
        """Measure memory; compare our diagnostics with `reportls check` of the same text."""
        for (size, name), typist in self._open.items():
            self.figures.add(size.name, name, 1, {"peak memory, MB": peak_memory(typist.pipe.process.pid)})
            if name == OURS:
                found = by_server(typist.diagnostics, typist.text, typist.encoding)
                assert found == by_check(self._path, typist.text), f"not what `check` finds: {size.name}"

    @property
    def servers(self) -> list[str]:
        """The names of the servers, ours first."""
        return [*self._servers]

    @property
    def _path(self) -> Path:
        return self._folder / "README.md"

    def _begun(self, stack: ExitStack, size: Size, name: str) -> Typist:
        pipe = stack.enter_context(Pipe(self._servers[name]))
        return Typist(pipe, self._path.as_uri(), size.text)

    def _measured(self, size: Size, name: str, typist: Typist, number: int) -> dict[str, float]:
        with ExitStack() as stack:
            beginning = started(self._begun(stack, size, name))
        return {**beginning, **worked(typist, number, size.burst)}


@contextmanager
def _said(size: Size, name: str, when: str) -> Iterator[None]:
    try:
        yield
    except NoAnswerError:
        print(f"{name} did not answer {when}: {size.name}", file=sys.stderr)


def main() -> None:
    """Measure and print the tables."""
    arguments = _arguments()
    reports = sizes(quick=arguments.quick)
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        run = Run(stack, Path(folder), reports)
        for number in range(arguments.rounds + 1):
            run.round(number, arguments.rounds)
        run.end()
    print(f"{platform.system()}, {os.cpu_count()} processors, Python {platform.python_version()}\n")
    for size in reports:
        print(run.figures.side_by_side(size.name, run.servers))
    print(run.figures.growth(EDIT, [size.name for size in reports], run.servers))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.server", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few rounds, and without the largest report")
    parser.add_argument("--rounds", type=int, help=f"with the usual report; {ROUNDS} if not given, quick 3")
    arguments = parser.parse_args()
    arguments.rounds = arguments.rounds or (3 if arguments.quick else ROUNDS)
    return arguments


if __name__ == "__main__":
    main()
