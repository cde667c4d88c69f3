"""Benchmark of the server with a Python of its own: `python -m tests.bench.pyodide`; Linux.

Needs `npm install && npm run build` in `editors/web`. In each round three programs take turns: Pyodide from npm,
which starts and imports the modules that the first diagnostics need; our server in Pyodide; and our server in this
Python. Both servers get the same report and the same edits. Machines differ and are shared: compare the ratios, not the
figures.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from tests.bench.edits import NORMAL, bakery
from tests.bench.server.pipe import Pipe
from tests.bench.server.process import peak_memory
from tests.bench.server.typist import Typist

if TYPE_CHECKING:
    from collections.abc import Iterable

ROUNDS = 5
PLACES = 10
"""Places in a round at which letters are typed."""
LETTERS = "thirty b"
SILENCE = 0.01
"""Seconds without a message before the next letter is typed."""

_EDITORS = Path(__file__).parents[2] / "editors"
_SERVER = ["node", str(_EDITORS / "web" / "dist" / "server" / "server.cjs")]
_NATIVE = [sys.executable, "-m", "reportls", "serve"]
_BARE = """
import { loadPyodide } from "pyodide";
const python = await loadPyodide();
python.FS.mkdirTree("/modules");
python.FS.mount(python.FS.filesystems.NODEFS, { root: process.argv[1] }, "/modules");
python.runPython(`
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, "/modules")
import reportls.lsp.server, reportls.snapshot
`);
process.exit(0);
"""


class Measured(NamedTuple):
    """What one server took in one round."""

    start: float
    """Seconds from the start of the process to the first diagnostics."""
    edit: float
    """Milliseconds from an edit to its diagnostics, median."""
    memory: float
    """Peak memory of its processes in MB."""


def main() -> None:
    """Measure and print a table; the limits are those of `server/docs/speed.md`."""
    bare, embedded, native = [], [], []
    for number in range(ROUNDS):
        bare.append(_start_of_bare_pyodide())
        embedded.append(_measured(_SERVER, Random(number)))  # noqa: S311  # repeatable, not secret
        native.append(_measured(_NATIVE, Random(number)))  # noqa: S311
    print("| | bare Pyodide | Pyodide | this Python, over pipes | ratio | limit |\n|---|---|---|---|---|---|")
    starts = [each.start for each in embedded]
    _print(
        "start to first diagnostics, s", (bare, starts, [each.start for each in native]), _ratio(starts, bare), "1.5"
    )
    edits = [[each.edit for each in some] for some in (embedded, native)]
    _print("edit to diagnostics, ms", ([], *edits), _ratio(*edits), "8")
    memory = [[each.memory for each in some] for some in (embedded, native)]
    _print("peak memory, MB", ([], *memory), _ratio(*memory), "-")


def _start_of_bare_pyodide() -> float:
    start = time.perf_counter()
    command = ["node", "--input-type=module", "--eval", _BARE, "--", str(_EDITORS / "vscode" / "bundled")]
    subprocess.run(command, cwd=_EDITORS / "web", check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def _measured(command: list[str], rng: Random) -> Measured:
    with tempfile.TemporaryDirectory() as folder, Pipe(command) as pipe:
        typist = Typist(pipe, Path(folder, "README.md").as_uri(), bakery(NORMAL))
        pipe.drain(1)  # what is imported in the first quiet moment
        milliseconds = []
        for _ in range(PLACES):
            typist.go(rng)
            for letter in LETTERS:
                sent = pipe.send(typist.typed(letter))
                milliseconds.append((typist.diagnosed() - sent) * 1000)
                pipe.drain(SILENCE)
        return Measured(typist.until_diagnosed, statistics.median(milliseconds), peak_memory(pipe.process.pid))


def _ratio(ours: Iterable[float], theirs: Iterable[float]) -> str:
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"


def _print(name: str, columns: Iterable[list[float]], ratio: str, limit: str) -> None:
    middles = (f"{statistics.median(found):.3g}" if found else "-" for found in columns)
    print(f"| {name} | {' | '.join(middles)} | {ratio} | {limit} |")


if __name__ == "__main__":
    main()
