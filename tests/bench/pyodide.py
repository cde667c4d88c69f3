"""Benchmark of the server with a Python of its own: `REPORTLS_BROWSER=DIR python -m tests.bench.pyodide`; Linux.

Needs `npm install && npm run build` in `editors/web`, and `tests/browser/install DIR`. In each round these take turns:
Pyodide from npm, which starts and imports the modules that the first diagnostics need, in Node and in Chromium; our
server in Pyodide in Node; our page in Chromium, as a folder on a web server and as one file from disk; and our server
in this Python. All servers get the same report and the same kind of edits. Machines differ and are shared: compare the
ratios, not the figures.
"""

from __future__ import annotations

import json
import shutil
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
from tests.bench.server.process import largest_peak, peak_memory
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


class InBrowser(NamedTuple):
    """What Chromium took in one round, in seconds; our page has the report from the visit before."""

    bare: float
    """Bare Pyodide, from opening its page until the modules are imported."""
    folder: float
    """Our page as a folder on a web server, from opening it to the first diagnostics."""
    file: float
    """Our page as one file from disk, from opening it to the first diagnostics."""
    edit: float
    """Milliseconds from an edit to its diagnostics, median."""
    memory: float
    """Peak memory of the largest process, which is that of the page, in MB."""


def main() -> None:
    """Measure and print two tables; the limits are those of `server/docs/speed.md`."""
    bare, embedded, native, pages = [], [], [], []
    for number in range(ROUNDS):
        bare.append(_start_of_bare_pyodide())
        embedded.append(_measured(_SERVER, Random(number)))  # noqa: S311  # repeatable, not secret
        native.append(_measured(_NATIVE, Random(number)))  # noqa: S311
        pages.append(_in_browser())
    on_pipes = [each.edit for each in native]
    print("| Node | bare Pyodide | Pyodide | this Python, over pipes | ratio | limit |\n|---|---|---|---|---|---|")
    starts = [each.start for each in embedded]
    _print(
        "start to first diagnostics, s", (bare, starts, [each.start for each in native]), _ratio(starts, bare), "1.5"
    )
    edits = [each.edit for each in embedded]
    _print("edit to diagnostics, ms", ([], edits, on_pipes), _ratio(edits, on_pipes), "8")
    memory = [[each.memory for each in some] for some in (embedded, native)]
    _print("peak memory, MB", ([], *memory), _ratio(*memory), "-")
    print(
        "\n| Chromium | bare Pyodide | the page | this Python, over pipes | ratio | limit |\n|---|---|---|---|---|---|"
    )
    bare = [each.bare for each in pages]
    for name, starts in (("folder", [each.folder for each in pages]), ("one file", [each.file for each in pages])):
        _print(f"opened to first diagnostics, {name}, s", (bare, starts, []), _ratio(starts, bare), "1.5")
    edits = [each.edit for each in pages]
    _print("edit to diagnostics, ms", ([], edits, on_pipes), _ratio(edits, on_pipes), "8")
    _print("peak memory, MB", ([], [each.memory for each in pages], []), "-", "-")


def _in_browser() -> InBrowser:
    with tempfile.TemporaryDirectory() as folder:
        modules = shutil.make_archive(f"{folder}/modules", "zip", _EDITORS / "vscode" / "bundled")
        report = Path(folder, "README.md")
        report.write_text(bakery(NORMAL), "utf-8")
        script = Path(__file__).with_name("pyodide_in_browser.mjs")
        command = ["node", str(script), folder, modules, str(report), LETTERS, str(PLACES)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
            found = json.loads(program.stdout.readline() if program.stdout else "")
            memory = largest_peak(program.pid)
            program.communicate()
    bare, opened_folder, file = (found[name] / 1000 for name in ("bare", "folder", "file"))
    return InBrowser(bare, opened_folder, file, statistics.median(found["edits"]), memory)


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
