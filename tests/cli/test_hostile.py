"""Hostile files, pipes, users and reports lead to a clear message: no traceback and no hang."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from reportls.cli import COMMANDS
from reportls.rules import ALL
from tests.cli.reports import LEFT, PERFECT, SHORT, write
from tests.cli.running import environment, process, reportls

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ["text", "concise", "json", "sarif", "github", "junit"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such pipes")
def test_pipe(tmp_path: Path) -> None:
    """A FIFO without a writer is not waited for, whether named or found in a folder."""
    pipe = tmp_path / "README.md"
    os.mkfifo(pipe)
    ran = process("check", pipe)
    assert ran.code == 2
    assert "a pipe or a device, not a file" in ran.err
    assert process("check", tmp_path).code == 2


def test_large_file(tmp_path: Path) -> None:
    """A file of 50 MB is refused without being read."""
    path = tmp_path / "README.md"
    with path.open("wb") as file:
        file.write(PERFECT.encode())
        file.truncate(50_000_000)
    ran = reportls("check", path)
    assert ran.code == 2
    assert f"{path}: 50" in ran.err
    assert "20 MB" in ran.err


def test_large_file_in_a_folder(tmp_path: Path) -> None:
    """A file that is too large is reported when found in a folder; skipping it would look as if all were well."""
    write(tmp_path / "good.md")
    with (tmp_path / "README.md").open("wb") as file:
        file.truncate(50_000_000)
    ran = reportls("check", tmp_path)
    assert ran.code == 2
    assert "README.md: 50" in ran.err
    assert ran.out


def test_long_name() -> None:
    """A path that is too long for the file system leads to a message."""
    ran = reportls("check", "x" * 300)
    assert ran.code == 2
    assert "mistake" not in ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be removed there")
def test_folder_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A current folder that was removed leads to a message."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    for arguments in ([], ["README.md"]):
        ran = reportls("check", *arguments)
        assert ran.code == 2
        assert ran.err.count("\n") == 1
        assert "mistake" not in ran.err
    assert "the current folder does not exist any more" in reportls("check").err


def test_no_commands_to_github(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No text of a report starts a workflow command on GitHub."""
    path = write(
        tmp_path / "README.md",
        LEFT.replace("# Report on bees", "  ::error::x ##[group]\r::y").replace(
            "\n\nThey", "\n::z is well and good\n##[a]\nThey"
        ),
    )
    assert "\n ::z" in reportls("check", "--diff", path).out
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    ran = reportls("check", "--diff", path)
    assert "\n|  ::z" in ran.out
    assert "##[" not in ran.out
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "::error::.md", SHORT)
    for arguments in (["--format", "concise"], [], ["--diff"]):
        out = reportls("check", *arguments, "::error::.md").out
        assert not any(line.lstrip().startswith("::") for line in out.splitlines())


def test_folder_that_is_called_like_a_report(tmp_path: Path) -> None:
    """A folder with the name of a report is searched like any folder."""
    (tmp_path / "README.md").mkdir()
    assert reportls("check", tmp_path / "README.md").code == 2
    write(tmp_path / "README.md" / "real.md")
    assert reportls("check", tmp_path / "README.md").code == 0


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    """A report in another encoding than UTF-8 is found, and the message says what is wrong with it."""
    path = tmp_path / "README.md"
    path.write_bytes(SHORT.replace("bees", "bées").encode(encoding))
    for target in (path, tmp_path):
        ran = reportls("check", target)
        assert ran.code == 2
        assert "UTF-8" in ran.err
        assert str(path) in ran.err


def test_odd_texts(tmp_path: Path) -> None:
    """Every format can print the findings of any odd text that is a report."""
    texts = [
        "\ufeff" + PERFECT.replace("\n", "\r\n"),
        PERFECT.replace("\n", "\r"),
        PERFECT.replace("bees", "b\x1b[31mees\x07\x00\u2028\u202e"),
        SHORT.replace("Nectar.", "```\n<div>\n" + "x" * 5000),
        "### Question 1\n### Question 2\nAnswer:",
        "Answer:\n### Question 1\n### Question 9999\n",
    ]
    for text in texts:
        path = write(tmp_path / "README.md", text)
        for form in FORMATS:
            ran = reportls("check", "--format", form, path)
            assert ran.code in (0, 1), (form, text, ran.err)
            assert ran.err == ""


def test_odd_path(tmp_path: Path) -> None:
    """Line breaks and escapes in a file name neither break lines nor colour the terminal."""
    try:
        path = write(tmp_path / "a\nb\x1b[31m:c,%.md", SHORT)
    except OSError:
        pytest.skip("this system has no such names")
    for form in FORMATS:
        ran = reportls("check", "--format", form, path)
        assert ran.code == 1
        assert "\x1b" not in ran.out + ran.err
        assert "a\nb" not in ran.out
    assert reportls("check", "--format", "concise", "-q", path).out.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_broken_pipe(tmp_path: Path) -> None:
    """A closed pipe, as after `| head`, ends the process silently."""
    for index in range(60):
        write(tmp_path / f"{index}.md", SHORT)
    command = f'"{sys.executable}" -m reportls check "{tmp_path}" --format json | head -c 10'
    done = subprocess.run(["sh", "-c", command], env=environment(), capture_output=True, timeout=60, check=False)
    assert (done.stdout, done.stderr) == (b'{\n  "versi', b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is full")  # noqa: PTH110
def test_full_disk(tmp_path: Path) -> None:
    """A full disk leads to one message and nothing else."""
    path = write(tmp_path / "README.md", SHORT)
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        command = [sys.executable, "-m", "reportls", "check", str(path)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment(), timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == ["error: standard output: No space left on device"]


@pytest.mark.skipif(sys.platform == "win32", reason="there it is empty")
def test_input_that_cannot_be_read(tmp_path: Path) -> None:
    """Standard input that cannot be read leads to a message."""
    command = [sys.executable, "-m", "reportls", "check", "-"]
    with (tmp_path / "file").open("wb") as file:
        ran = subprocess.run(command, env=environment(), stdin=file, capture_output=True, check=False, encoding="utf-8")
    assert (ran.returncode, ran.stderr) == (2, "error: standard input: bad file descriptor\n")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_closed_output(tmp_path: Path) -> None:
    """With standard output and standard error closed, the exit code is still right."""
    path = write(tmp_path / "README.md", SHORT)
    command = f'"{sys.executable}" -m reportls check "{path}" >&- 2>&-'
    assert subprocess.run(["sh", "-c", command], env=environment(), timeout=60, check=False).returncode == 1


def test_mistake_in_reportls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception of our own is printed on one line, and with its traceback on demand."""
    path = write(tmp_path / "README.md")

    def fail(*_: object) -> None:
        message = "so\nsad"
        raise ZeroDivisionError(message)

    monkeypatch.setattr("reportls.cli.judge.snapshot_of", fail)
    ran = reportls("check", path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert "a bug in reportls, not in your report (ZeroDivisionError: so" in ran.err
    with pytest.raises(ZeroDivisionError):
        reportls("check", "--traceback", path)


def test_mistake_in_a_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that raises loses only its own findings, and is reported on one line."""
    path = write(tmp_path / "README.md", SHORT)
    rule = next(rule for rule in ALL if rule.name == "conflict-marker")

    def fail(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(rule, "check", fail)
    ran = reportls("check", path)
    assert "answer-too-short" in ran.out
    assert "the rule conflict-marker failed" in ran.err
    assert "Traceback" not in ran.err
    assert len(ran.err.splitlines()) == 1


def test_interrupt_is_quiet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Ctrl-C ends the process silently with exit code 130."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reportls.cli.judge.snapshot_of", interrupt)
    assert reportls("check", write(tmp_path / "README.md")) == (130, "", "")


@pytest.mark.parametrize("command", COMMANDS)
def test_interrupt_of_every_command(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends every command silently with exit code 130."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"reportls.cli.{command}.run", interrupt)
    assert reportls(command) == (130, "", "")


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
def test_interrupt_of_a_process(tmp_path: Path) -> None:
    """Ctrl-C ends a process that waits for standard input."""
    command = [sys.executable, "-m", "reportls", "check", "-"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        time.sleep(1)
        child.send_signal(signal.SIGINT)
        assert child.stderr
        assert child.wait(10) == 130
        assert child.stderr.read() == b""
