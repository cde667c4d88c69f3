"""What the language server costs, beside others: `python -m tests.bench.server`.

* From the start of the process to the answer to `initialize`.
* From an edit to the diagnostics of that version: letters are typed in an invented course's report of normal size,
  and in one with ten times as many questions and as many findings.
* From the first of 200 edits, written as fast as the pipe takes them, to the diagnostics of the last.

The others are a server on pygls that finds nothing (`empty_server`), and `rumdl`, a linter for Markdown written in
Rust, if it is installed. All run side by side and take turns; machines differ and are shared: compare the ratios, not
the figures. A ratio is ours to theirs, the median of the rounds' own.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from tests.bench.edits import NORMAL, bakery
from tests.support.capabilities import capabilities
from tests.support.open_document import OpenDocument
from tests.support.raw_client import RawClient

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROUNDS = 12
BURSTS = 6
LETTERS = 20
"""Typed one after another in each round."""
EDITS = 200
"""Of a burst."""
SIZES = {"": NORMAL, ", ten times the questions": NORMAL * 10}
OURS = "reportls"

_It = TypeVar("_It")
_FULL = 1
_PLACE = "lets the heat "
"""Where something is typed, the first time that it stands there."""
_INITIALIZED = {"processId": None, "rootUri": None, "capabilities": capabilities()}


class Server(NamedTuple):
    """A server that runs, with a report open."""

    report: OpenDocument
    takes_ranges: bool
    """Whether it is sent edits; else the whole text each time."""


def main() -> None:
    """Measure and print a table."""
    commands = _commands()
    print("| what | server | median, ms | 95th percentile | ours to theirs |\n|---|---|---|---|---|")
    _report("start to `initialize`", _in_turns(ROUNDS, _start, commands))
    for size, questions in SIZES.items():
        with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
            text = bakery(questions)
            servers = {name: _opened(stack, command, Path(folder), text) for name, command in commands.items()}
            _report(f"edit to diagnostics{size}", _in_turns(ROUNDS, _type, servers))
            _report(f"burst of {EDITS}{size}", _in_turns(BURSTS, _burst, servers))


def _commands() -> dict[str, list[str]]:
    commands = {
        OURS: [sys.executable, "-m", "reportls", "serve"],
        "empty, on pygls": [sys.executable, "-m", "tests.bench.empty_server"],
    }
    if rumdl := shutil.which("rumdl", path=str(Path(sys.executable).parent)) or shutil.which("rumdl"):
        commands["rumdl"] = [rumdl, "server", "--stdio"]
    return commands


def _in_turns(
    rounds: int, measure: Callable[[_It], list[float]], them: Mapping[str, _It]
) -> dict[str, list[list[float]]]:
    """What each took in each round; the first, which warms caches, does not count."""
    found: dict[str, list[list[float]]] = {name: [] for name in them}
    for _ in range(rounds + 1):
        for name, it in them.items():
            found[name].append(measure(it))
    return {name: each[1:] for name, each in found.items()}


def _start(command: list[str]) -> list[float]:
    start = time.perf_counter()
    with RawClient(command=command) as client:
        client.ask("initialize", _INITIALIZED)
        return [time.perf_counter() - start]


def _opened(stack: ExitStack, command: list[str], folder: Path, text: str) -> Server:
    client = stack.enter_context(RawClient(command=command))
    announced = client.ask("initialize", _INITIALIZED)["capabilities"]
    client.notify("initialized", {})
    sync = announced["textDocumentSync"]
    report = OpenDocument(client, (folder / "README.md").as_uri(), text)
    report.diagnostics()
    return Server(report, (sync if isinstance(sync, int) else sync["change"]) != _FULL)


def _type(server: Server) -> list[float]:
    """How long each letter took."""
    return [_edit(server, [change]) for change in _changes(server, LETTERS)]


def _burst(server: Server) -> list[float]:
    return [_edit(server, _changes(server, EDITS))]


def _edit(server: Server, changes: list[dict[str, Any]]) -> float:
    """From the first change to the diagnostics of the last."""
    report = server.report
    report.client.forget()
    start = time.perf_counter()
    for change in changes:
        report.version += 1
        report.client.change(report.uri, report.version, change)
    report.diagnostics()
    return time.perf_counter() - start


def _changes(server: Server, count: int) -> list[dict[str, Any]]:
    """Letters typed one after another in an answer, made ready before anything is measured."""
    report, found = server.report, list[dict[str, Any]]()
    for _ in range(count):
        offset = report.text.index(_PLACE) + len(_PLACE)
        report.text = f"{report.text[:offset]}a{report.text[offset:]}"
        at = report.at_offset(offset)
        found.append({"range": {"start": at, "end": at}, "text": "a"} if server.takes_ranges else {"text": report.text})
    return found


def _report(what: str, found: dict[str, list[list[float]]]) -> None:
    ours = [statistics.median(each) for each in found[OURS]]
    for name, rounds in found.items():
        times = [seconds * 1000 for each in rounds for seconds in each]
        ratio = statistics.median(mine / statistics.median(each) for mine, each in zip(ours, rounds))
        high = statistics.quantiles(times, n=20)[-1]
        print(f"| {what} | {name} | {statistics.median(times):.2f} | {high:.2f} | {ratio:.2f} |")


if __name__ == "__main__":
    main()
