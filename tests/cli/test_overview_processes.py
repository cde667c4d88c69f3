"""Tests of the processes of `reportls overview`: lost, interrupted, killed, or not available."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from reportls.cli.overview.processes import MOST_MEMORY, Lost, results
from tests.cli.reports import PERFECT, write
from tests.cli.running import environment, reportls

GROUPS = 6


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Begin each test with a course of some groups."""
    monkeypatch.chdir(tmp_path)
    for number in range(GROUPS):
        write(Path(f"course/g{number}/reports/README.md"))
    return tmp_path


def test_nothing_else_is_written() -> None:
    """No files are written besides the table and the pages."""
    assert reportls("overview", "course", "--html", "pages", "--format", "csv", "-o", "all.csv").code == 0
    assert sorted(path.name for path in Path().iterdir()) == ["all.csv", "course", "pages"]
    assert sorted(path.name for path in Path("pages").iterdir()) == ["groups", "index.html"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals work differently there")
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT])
def test_ended_half_way(ending: signal.Signals) -> None:
    """After an interrupt all processes end, nothing half written is left, and the next run judges all groups."""
    for number in range(300):
        write(Path(f"course/h{number:03}/reports/README.md"))
    command = [sys.executable, "-m", "reportls", "overview", "course", "--html", "pages"]
    with subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE, start_new_session=True) as running:
        while len([*Path("pages/groups").glob("*.html")]) < 10:
            assert running.poll() is None
            time.sleep(0.01)
        # A terminal sends Ctrl-C to all processes, while a signal to kill goes to one.
        (os.killpg if ending is signal.SIGINT else os.kill)(running.pid, ending)
        # The processes that judge have standard error open as well: it ends when the last of them does.
        assert running.stderr is not None
        printed = running.stderr.read()
        # Python itself says which semaphores a killed process has left.
        assert printed == b"" or (ending is signal.SIGKILL and b"Traceback" not in printed)
    assert running.returncode == (130 if ending is signal.SIGINT else -ending)
    assert not Path("pages/index.html").exists()
    assert not [*Path("pages/groups").glob(".*")]
    assert reportls("overview", "course", "--html", "pages").code == 0
    assert len([*Path("pages/groups").iterdir()]) == GROUPS + 300


def test_lost_processes() -> None:
    """A process that dies, hangs or needs too much memory loses only its own group."""
    tasks = ["fine", "die", "fine", "fine"]
    if sys.platform != "win32":
        tasks += ["hang", "fine", "kill", "fine"]
    if sys.platform == "linux":
        tasks += ["grow", "fine"]
    said = {index: result.why if isinstance(result, Lost) else result for index, result in _results(tasks)}
    assert len(said) == len(tasks)
    wanted = {
        "fine": "done",
        "die": "the process that judged it ended unexpectedly (code 3)",
        "kill": "the process that judged it ended unexpectedly (signal 9)",
        "hang": "not done after 5 seconds",
        "grow": "it needs more than 2 GB of memory",
    }
    assert [said[index] for index in range(len(tasks))] == [wanted[task] for task in tasks]


def _results(tasks: list[str]) -> list[tuple[int, str | Lost]]:
    return [*results(partial(_do, "done"), tasks, 2, 5.0)]


def _do(answer: str, task: str) -> str:
    if task == "die":
        os._exit(3)
    if task == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "grow":
        return str(len(bytes(MOST_MEMORY)))
    while task == "hang":
        time.sleep(1)
    return answer


def test_too_long() -> None:
    """A group that exceeds the time limit gets a row that says so; the others are judged."""
    questions = "### Question 1\n" * 300_000  # takes some 30 seconds
    write(Path("course/g0/reports/README.md"), PERFECT + questions)
    assert reportls("overview", "course", "--timeout", "3", "-o", "all.txt").code == 1
    table = " ".join(Path("all.txt").read_text("utf-8").split())
    assert "not done after 3 seconds" in table
    assert f"{GROUPS - 1} pass every question, 1 could not be judged" in table


def test_without_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without processes, as in a browser, groups are judged one after another with the same result."""
    asked = ("overview", "course", "--format", "json")
    wanted = reportls(*asked)
    assert wanted.code == 0
    monkeypatch.setattr("multiprocessing.get_context", None)
    monkeypatch.setattr("reportls.cli.overview.processes.sys.platform", "emscripten")
    assert reportls(*asked) == wanted
