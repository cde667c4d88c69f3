"""`reportls overview` a second time, killed, interrupted, and with processes that are lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportls.cli.overview.workers import Lost, Workers
from tests.cli.reports import PERFECT, SHORT, write
from tests.cli.running import environment, reportls

if TYPE_CHECKING:
    from collections.abc import Callable

GROUPS = 6


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test begins with a course of some groups."""
    monkeypatch.chdir(tmp_path)
    for number in range(GROUPS):
        write(Path(f"course/g{number}/reports/README.md"))
    return tmp_path


def run(*arguments: str) -> str:
    """What the table has, and so what is kept."""
    ran = reportls("overview", "course", "--html", "pages", "--format", "json", *arguments)
    assert ran.code == 0, ran.err
    return ran.out


def written() -> dict[str, int]:
    """When each page was written."""
    return {path.stem: path.stat().st_mtime_ns for path in Path("pages/groups").iterdir()}


def _edit() -> None:
    write(Path("course/g1/reports/README.md"), SHORT)


def _another_report() -> None:
    write(Path("course/g1/apples/reports/README.md"))


def _configuration() -> None:
    write(Path("course/g1/reportls.toml"), "[questions.1]\nwords = [1, 2]\n")


def _script() -> None:
    write(Path("course/g1/reports/report.py"), "x = 1\n")


def _figure() -> None:
    write(Path("course/g1/reports/figures/a.png"), "x")


def _page_gone() -> None:
    Path("pages/groups/g1.html").unlink()


def _page_changed() -> None:
    write(Path("pages/groups/g1.html"), "x")


@pytest.mark.parametrize(
    "change", [_edit, _another_report, _configuration, _script, _figure, _page_gone, _page_changed]
)
def test_only_what_changed(change: Callable[[], None]) -> None:
    """Of the groups, only the one that has changed is done again, and the table is what it would be anew."""
    run()
    before = written()
    change()
    second = run()
    after = written()
    assert {name for name in after if after[name] != before.get(name)} == {"g1"}
    assert run("--fresh") == second


def test_nothing_changed() -> None:
    """Then nothing is done again; with `--fresh`, everything is. Other wishes are another table."""
    first = run()
    before = written()
    assert run() == first
    assert written() == before
    run("--fresh")
    assert not set(written().items()) & set(before.items())
    assert json.loads(run("--shared", "10"))["shared"] == []


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(5000)])
def test_broken_memory(content: bytes) -> None:
    """What is kept for the next run may be broken: it is made anew."""
    first = run()
    kept = Path("pages/.reportls-overview")
    kept.write_bytes(content)
    assert run() == first
    data = kept.read_bytes()
    kept.write_bytes(data.replace(b'["g', b'[x"'))
    assert run() == first


def test_beside_a_file() -> None:
    """With `-o`, it is kept beside that file."""
    for _ in range(2):
        assert reportls("overview", "course", "--format", "csv", "-o", "all.csv").code == 0
        assert sorted(path.name for path in Path().iterdir()) == [".all.csv.reportls-overview", "all.csv", "course"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals are otherwise there")
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT])
def test_ended_half_way(ending: signal.Signals) -> None:
    """What was done is kept; all processes end; nothing half written is left."""
    for number in range(300):
        write(Path(f"course/h{number:03}/reports/README.md"))
    command = [sys.executable, "-m", "reportls", "overview", "course", "--html", "pages"]
    with subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE, start_new_session=True) as running:
        while len([*Path("pages/groups").glob("*.html")]) < 10:
            assert running.poll() is None
            time.sleep(0.01)
        # A terminal sends Ctrl-C to all; what kills does so to one.
        (os.killpg if ending is signal.SIGINT else os.kill)(running.pid, ending)
        # The processes that judge have standard error open as well: it ends when the last of them does.
        assert running.stderr is not None
        assert running.stderr.read() == b""
    assert running.returncode == (130 if ending is signal.SIGINT else -ending)
    assert not Path("pages/index.html").exists()
    assert not [*Path("pages/groups").glob(".*")]
    before = written()
    assert reportls("overview", "course", "--html", "pages").code == 0
    same = [name for name, when in written().items() if before.get(name) == when]
    # The page that was being written, and the next, may not have been noted.
    assert len(same) >= len(before) - 4
    assert len(written()) == GROUPS + 300


def test_lost_processes() -> None:
    """A process that dies or takes too long costs its own task; the others are done, as many at a time as asked for."""
    tasks = ["fine", "die", "fine", "hang", "fine", "kill", "fine"] if sys.platform != "win32" else ["fine", "die"]
    with Workers(partial(_do, "done"), 2, 5.0) as workers:
        results = [*workers.results(iter(tasks))]
    said = {task: result.why if isinstance(result, Lost) else result for task, result in results}
    assert len(results) == len(tasks)
    assert said["fine"] == "done"
    assert said["die"] == "the process that judged it ended by itself (code 3)"
    if "kill" in tasks:
        assert said["kill"] == "the process that judged it ended by itself (signal 9)"
        assert said["hang"] == "not done after 5 seconds"


def _do(answer: str, task: str) -> str:
    if task == "die":
        os._exit(3)
    if task == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    while task == "hang":
        time.sleep(1)
    return answer


def test_too_long() -> None:
    """A group that takes too long has its row; next time it is tried again."""
    assert reportls("overview", "course", "--timeout", "0.000001", "-o", "all.txt").code == 2
    assert "not done after 1e-06 seconds" in " ".join(Path("all.txt").read_text("utf-8").split())
    assert reportls("overview", "course", "-o", "all.txt").code == 0
    assert "not done" not in Path("all.txt").read_text("utf-8")
    assert PERFECT
