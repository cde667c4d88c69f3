"""Tests of reading a report: its exact content, or a clear reason for an error."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from reportls.host.paths import HostError
from reportls.host.read import MOST_BYTES, read_bytes, read_report_text, read_start, text_of


def refusal(path: Path) -> str:
    """Return the message of the error from reading a file."""
    with pytest.raises(HostError) as caught:
        read_report_text(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: "), message
    return message.removeprefix(f"{path}: ")


@pytest.mark.parametrize("text", ["", "\ufeff# é 😋\r\nold\rnew\n", "no end", "\u2028\x0c\x00"])
def test_exact(tmp_path: Path, text: str) -> None:
    """Byte order mark and line ends are kept."""
    path = tmp_path / "README.md"
    path.write_bytes(text.encode())
    assert read_report_text(path) == text


def test_missing(tmp_path: Path) -> None:
    """A missing file is reported, also below a file and behind a dangling link."""
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for path in (tmp_path / "README.md", tmp_path / "file" / "README.md", tmp_path / "link"):
        assert refusal(path) == "there is no such file"


def test_folder(tmp_path: Path) -> None:
    """A folder with the name of a report is reported as a folder."""
    path = tmp_path / "README.md"
    path.mkdir()
    assert refusal(path) == "this is a folder, not a file"


def test_pipe_and_device(tmp_path: Path) -> None:
    """A pipe or a device is refused without waiting for it."""
    pipe = tmp_path / "README.md"
    os.mkfifo(pipe)
    assert refusal(pipe) == "this is a pipe or a device, not a file"
    assert refusal(Path("/dev/zero")) == "this is a pipe or a device, not a file"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        assert refusal(tmp_path / "s") == "this is a pipe or a device, not a file"


def test_pipe_that_comes_in_between(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a pipe replaces the file between check and opening, it is still refused."""
    file, pipe = tmp_path / "file", tmp_path / "pipe"
    file.touch()
    os.mkfifo(pipe)
    status = file.stat()
    monkeypatch.setattr(Path, "stat", lambda _: status)
    assert refusal(pipe) == "this is a pipe or a device, not a file"


def test_permission(tmp_path: Path) -> None:
    """A file without read permission is reported."""
    path = tmp_path / "README.md"
    path.touch(mode=0)
    if os.access(path, os.R_OK):
        pytest.skip("root may read everything")
    assert refusal(path) == "permission denied: you may not read or write this file"


def test_permission_even_for_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A permission error from the system is reported, tested in a way that works for root too."""
    path = tmp_path / "README.md"
    path.touch()

    def denied(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    assert refusal(path) == "permission denied: you may not read or write this file"


def test_too_large(tmp_path: Path) -> None:
    """A file over 20 MB is refused, without being read."""
    path = tmp_path / "README.md"
    with path.open("wb") as file:
        file.truncate(25_000_000)
    assert refusal(path) == "25.0 MB, and at most 20 MB are read"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES)
    assert len(read_report_text(path)) == MOST_BYTES


def test_no_utf8(tmp_path: Path) -> None:
    """For a file that is not UTF-8, the message has the offset and the line of the first invalid byte."""
    path = tmp_path / "README.md"
    path.write_bytes("é\r\nb\rc\n".encode() + b"caf\xe9\n")
    assert refusal(path) == (
        "the byte at offset 11 (0xe9, on line 4) is not UTF-8: "
        "save the file with the encoding UTF-8, or retype that character"
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16(tmp_path: Path, encoding: str) -> None:
    """A UTF-16 file, as some Windows programs write, is reported as such, with a byte order mark or without one."""
    path = tmp_path / "README.md"
    path.write_text("# Report\n", encoding)
    assert refusal(path) == "the file is UTF-16, not UTF-8: save it with the encoding UTF-8"


def test_text_that_is_in_no_file() -> None:
    """Text from a stream has the same limits and messages; its full size is not known."""
    assert text_of(b"\r\n\xc3\xa9", "standard input") == "\r\né"
    with pytest.raises(HostError, match=r"^standard input: the byte at offset 3 \(0xff, on line 2\) is not UTF-8: "):
        text_of(b"ab\n\xff", "standard input")
    with pytest.raises(HostError, match=r"^standard input: more than 20 MB, and at most 20 MB are read$"):
        text_of(b"a" * (MOST_BYTES + 1), "standard input")


def test_odd_paths(tmp_path: Path) -> None:
    """Paths with control characters, overlong paths and invalid paths are reported in printable form."""
    with pytest.raises(HostError, match=r"a\\x1b\[31m\\xffb: there is no such file"):
        read_report_text(tmp_path / "a\x1b[31m\udcffb")
    assert refusal(tmp_path / ("a" * 300)) == "file name too long"
    with pytest.raises(HostError, match="this is not a path"):
        read_report_text(tmp_path / "a\0b")


def test_circle_of_links(tmp_path: Path) -> None:
    """A link to itself is reported."""
    path = tmp_path / "README.md"
    path.symlink_to(path)
    assert refusal(path) == "too many levels of symbolic links"


def test_start(tmp_path: Path) -> None:
    """The first bytes of a file of any size can be read."""
    path = tmp_path / "figure.png"
    with path.open("wb") as file:
        file.write(b"abc")
        file.truncate(60_000_000)
    assert read_start(path, 2) == (60_000_000, b"ab")


def test_file_without_size() -> None:
    """A system file that reports size 0 and never ends is refused."""
    path = Path("/proc/self/status")
    if not path.exists():
        pytest.skip("no such file on this system")
    with pytest.raises(HostError, match="at most"):
        read_bytes(path, 10)
