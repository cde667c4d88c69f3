"""Whatever the disk, the report, the pipe or the user does: a clear message, no traceback, no hanging."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from reportls.rules import ALL
from tests.cli.reports import LEFT, PERFECT, SHORT, write
from tests.cli.running import environment, process, reportls

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ["text", "concise", "json", "sarif", "github", "junit"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such pipes")
def test_pipe(tmp_path: Path) -> None:
    """A FIFO that nobody writes to is not waited for, named or found."""
    pipe = tmp_path / "README.md"
    os.mkfifo(pipe)
    ran = process("check", pipe)
    assert ran.code == 2
    assert "a pipe or a device, not a file" in ran.err
    assert process("check", tmp_path).code == 2


def test_large_file(tmp_path: Path) -> None:
    """50 MB are not read."""
    path = tmp_path / "README.md"
    with path.open("wb") as file:
        file.write(PERFECT.encode())
        file.truncate(50_000_000)
    ran = reportls("check", path)
    assert ran.code == 2
    assert f"{path}: 50" in ran.err
    assert "20 MB" in ran.err


def test_large_file_in_a_folder(tmp_path: Path) -> None:
    """It is not passed over: that would look as if all were well."""
    write(tmp_path / "good.md")
    with (tmp_path / "README.md").open("wb") as file:
        file.truncate(50_000_000)
    ran = reportls("check", tmp_path)
    assert ran.code == 2
    assert "README.md: 50" in ran.err
    assert ran.out


def test_long_name() -> None:
    """A name that no disk can hold is said to be one."""
    ran = reportls("check", "x" * 300)
    assert ran.code == 2
    assert "mistake" not in ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be removed there")
def test_folder_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder was removed."""
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
    """What stands in a report starts no workflow command."""
    path = write(
        tmp_path / "README.md",
        LEFT.replace("# Report on bees", "  ::error::x ##[group]\r::y").replace("\n\nThey", "\n::z\n##[a]\nThey"),
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
    """It is searched like any folder."""
    (tmp_path / "README.md").mkdir()
    assert reportls("check", tmp_path / "README.md").code == 2
    write(tmp_path / "README.md" / "real.md")
    assert reportls("check", tmp_path / "README.md").code == 0


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    """A report that is no UTF-8 is found, and it is said what is wrong with it."""
    path = tmp_path / "README.md"
    path.write_bytes(SHORT.replace("bees", "bées").encode(encoding))
    for target in (path, tmp_path):
        ran = reportls("check", target)
        assert ran.code == 2
        assert "UTF-8" in ran.err
        assert str(path) in ran.err


def test_odd_texts(tmp_path: Path) -> None:
    """Every format has something to say about any text that passes for a report."""
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
    """Line breaks and escapes in a file's name do not break lines, or colour terminals."""
    try:
        path = write(tmp_path / "a\nb\x1b[31m:c,%.md", SHORT)
    except OSError:
        pytest.skip("this system has no such names")
    for form in FORMATS:
        ran = reportls("check", "--format", form, path)
        assert ran.code == 1
        assert "\x1b" not in ran.out + ran.err
        assert "a\nb" not in ran.out
    assert reportls("check", "--format", "concise", path).out.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_broken_pipe(tmp_path: Path) -> None:
    """`| head` ends it without a word."""
    for index in range(60):
        write(tmp_path / f"{index}.md", SHORT)
    command = f'"{sys.executable}" -m reportls check "{tmp_path}" --format json | head -c 10'
    done = subprocess.run(["sh", "-c", command], env=environment(), capture_output=True, timeout=60, check=False)
    assert (done.stdout, done.stderr) == (b'{\n  "versi', b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is full")  # noqa: PTH110
def test_full_disk(tmp_path: Path) -> None:
    """It is said, and nothing else is."""
    path = write(tmp_path / "README.md", SHORT)
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        command = [sys.executable, "-m", "reportls", "check", str(path)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment(), timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == ["reportls: standard output: No space left on device"]


@pytest.mark.skipif(sys.platform == "win32", reason="there it is empty")
def test_input_that_cannot_be_read(tmp_path: Path) -> None:
    """Standard input that is open for writing only."""
    command = [sys.executable, "-m", "reportls", "check", "-"]
    with (tmp_path / "file").open("wb") as file:
        ran = subprocess.run(command, env=environment(), stdin=file, capture_output=True, check=False, encoding="utf-8")
    assert (ran.returncode, ran.stderr) == (2, "reportls: standard input: bad file descriptor\n")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_closed_output(tmp_path: Path) -> None:
    """Without standard output and standard error there is still an exit code."""
    path = write(tmp_path / "README.md", SHORT)
    command = f'"{sys.executable}" -m reportls check "{path}" >&- 2>&-'
    assert subprocess.run(["sh", "-c", command], env=environment(), timeout=60, check=False).returncode == 1


def test_mistake_in_reportls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception of our own is one line; the whole of it is shown on demand."""
    path = write(tmp_path / "README.md")

    def fail(*_: object) -> None:
        message = "so\nsad"
        raise ZeroDivisionError(message)

    monkeypatch.setattr("reportls.cli.judge.take", fail)
    ran = reportls("check", path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert "a bug in reportls, not in your report (ZeroDivisionError: so" in ran.err
    with pytest.raises(ZeroDivisionError):
        reportls("check", "--traceback", path)


def test_mistake_in_a_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that fails costs its own findings only, and is one line."""
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
    """Ctrl-C ends it with the usual code and no words."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reportls.cli.judge.take", interrupt)
    assert reportls("check", write(tmp_path / "README.md")) == (130, "", "")


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
def test_interrupt_of_a_process(tmp_path: Path) -> None:
    """Also while it waits for standard input."""
    command = [sys.executable, "-m", "reportls", "check", "-"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        time.sleep(1)
        child.send_signal(signal.SIGINT)
        assert child.stderr
        assert child.wait(10) == 130
        assert child.stderr.read() == b""
