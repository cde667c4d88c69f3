"""Tests of `--watch`: it checks again after every save of a report, figure, script or configuration."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from reportls.cli.check import watch
from reportls.cli.judge import Done, Options, check_once
from reportls.cli.output import INTERRUPTED
from tests.cli.reports import PERFECT, SHORT, judged, write
from tests.cli.running import environment, reportls

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals"),
]

_PATIENCE = 60
"""Time limit in seconds; a check takes half a second, and much more where other tests run beside it."""


class Watching:
    """A running `check --watch` and its output."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        """Start the process in that folder."""
        self._output, self._errors = folder / "out.txt", folder / "err.txt"
        with self._output.open("wb") as out, self._errors.open("wb") as err:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "reportls", "check", "--watch", *arguments],
                cwd=folder,
                stdout=out,
                stderr=err,
                env=environment(),
            )

    def runs(self, number: int) -> list[str]:
        """Wait until that many runs have ended; return the output of each."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if self._errors.read_text().count("watching") >= number:
                return self._output.read_text().split("── checked again at ")
            time.sleep(0.05)
        pytest.fail(f"only {self._output.read_text()} {self._errors.read_text()}")

    def stop(self) -> int:
        """Press Ctrl-C; return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(_PATIENCE)

    @property
    def errors(self) -> str:
        """Return the content of standard error."""
        return self._errors.read_text()


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Watching]:
    """Watch a report with a failing question."""
    image = PERFECT.replace("In a box", "![x](figures/hive.png) In a box")
    judged(tmp_path / "README.md", image.replace("They eat what flowers give them.", "Nectar."))
    watching = Watching(tmp_path, "README.md")
    yield watching
    watching.process.kill()
    watching.process.wait()


def test_every_change_counts(tmp_path: Path, watching: Watching) -> None:
    """Changes of report, figure and configuration count; Ctrl-C ends silently with 130."""
    first = watching.runs(1)[0]
    assert "1 of 2 passed" in first
    assert "image-not-found" in first
    write(tmp_path / "README.md", PERFECT.replace("In a box", "![x](figures/hive.png) In a box"))
    second = watching.runs(2)[1]
    assert "2 of 2 passed" in second
    assert "image-not-found" in second
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "hive.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert "image-not-found" not in watching.runs(3)[2]
    write(tmp_path / "reportls.toml", "[questions.2]\nwords = [50, 60]\n")
    assert "1 of 2 passed" in watching.runs(4)[3]
    assert watching.stop() == INTERRUPTED
    assert "Traceback" not in watching.errors


def test_script(tmp_path: Path, watching: Watching) -> None:
    """A script that goes, and one that is added beside the report later, counts."""
    watching.runs(1)
    (tmp_path / "report.py").unlink()
    watching.runs(2)
    limits = "partial(length_constraints, min=3, max=4), no_constraints"
    write(
        tmp_path / "report.py", f"def check():\n    question_constrains = [{limits}]\n    if len(answers) != 2: pass\n"
    )
    watching.runs(3)
    watching.stop()


def test_file_that_is_gone_for_a_moment(tmp_path: Path, watching: Watching) -> None:
    """A file that is missing for a moment, as when an editor renames, is still watched, and an error ends nothing."""
    watching.runs(1)
    (tmp_path / "README.md").rename(tmp_path / "saved")
    watching.runs(2)
    assert "there is no such file" in watching.errors
    judged(tmp_path / "README.md", PERFECT)
    assert "2 of 2 passed" in watching.runs(3)[2]
    assert watching.stop() == INTERRUPTED


@pytest.mark.parametrize("saved", ["README.md", "figures/hive.png", "reportls.toml"])
def test_saved_while_it_checks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, saved: str) -> None:
    """A save after the report was read, during a check, is not missed, even of a file that is new."""
    path = judged(tmp_path / "README.md", SHORT)
    runs = 0

    def check(options: Options) -> Done:
        nonlocal runs
        done = check_once(options)
        runs += 1
        if runs == 2:
            raise KeyboardInterrupt
        write(tmp_path / saved, PERFECT if saved.endswith(".md") else "")
        return done

    monkeypatch.setattr("reportls.cli.check.check_once", check)
    assert watch(Options((str(path),))) == INTERRUPTED
    assert runs == 2


def test_nothing_to_watch(tmp_path: Path) -> None:
    """Without a report, `--watch` ends with the same exit code and message as a plain check."""
    assert reportls("check", "--watch", tmp_path).code == 2


def test_checker_alone(tmp_path: Path) -> None:
    """With `--checker`, each run prints only the verdict."""
    judged(tmp_path / "README.md", SHORT)
    watching = Watching(tmp_path, "--checker")
    assert watching.runs(1)[0].endswith("1 of 2 passed\n")
    write(tmp_path / "README.md", PERFECT)
    assert watching.runs(2)[1].endswith("2 of 2 passed\n")
    assert watching.stop() == INTERRUPTED
