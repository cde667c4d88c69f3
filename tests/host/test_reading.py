"""Reading a report: exactly what is there, or a clear word on why not."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from reportls.host.error import HostError
from reportls.host.read import MOST_BYTES, read_bytes, read_report_text, read_start, text_of


def refusal(path: Path) -> str:
    """Why a file cannot be read."""
    with pytest.raises(HostError) as caught:
        read_report_text(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: "), message
    return message.removeprefix(f"{path}: ")


@pytest.mark.parametrize("text", ["", "\ufeff# é 😋\r\nold\rnew\n", "no end", "\u2028\x0c\x00"])
def test_exact(tmp_path: Path, text: str) -> None:
    """Byte order mark, line ends and all."""
    path = tmp_path / "README.md"
    path.write_bytes(text.encode())
    assert read_report_text(path) == text


def test_missing(tmp_path: Path) -> None:
    """No such file; nor below a file, nor behind a link that leads nowhere."""
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for path in (tmp_path / "README.md", tmp_path / "file" / "README.md", tmp_path / "link"):
        assert refusal(path) == "there is no such file"


def test_folder(tmp_path: Path) -> None:
    """A folder called like a report."""
    path = tmp_path / "README.md"
    path.mkdir()
    assert refusal(path) == "this is a folder, not a file"


def test_pipe_and_device(tmp_path: Path) -> None:
    """None is waited for."""
    pipe = tmp_path / "README.md"
    os.mkfifo(pipe)
    assert refusal(pipe) == "this is a pipe or a device, not a file"
    assert refusal(Path("/dev/zero")) == "this is a pipe or a device, not a file"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        assert refusal(tmp_path / "s") == "this is a pipe or a device, not a file"


def test_pipe_that_comes_in_between(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was looked at need not be what is opened."""
    file, pipe = tmp_path / "file", tmp_path / "pipe"
    file.touch()
    os.mkfifo(pipe)
    status = file.stat()
    monkeypatch.setattr(Path, "stat", lambda _: status)
    assert refusal(pipe) == "this is a pipe or a device, not a file"


def test_permission(tmp_path: Path) -> None:
    """A file that one may not read."""
    path = tmp_path / "README.md"
    path.touch(mode=0)
    if os.access(path, os.R_OK):
        pytest.skip("root may read everything")
    assert refusal(path) == "permission denied: you may not read or write this file"


def test_permission_even_for_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, as the system would say it."""
    path = tmp_path / "README.md"
    path.touch()

    def denied(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    assert refusal(path) == "permission denied: you may not read or write this file"


def test_too_large(tmp_path: Path) -> None:
    """At most 20 MB; the file is not read to find that out."""
    path = tmp_path / "README.md"
    with path.open("wb") as file:
        file.truncate(25_000_000)
    assert refusal(path) == "25.0 MB, and at most 20 MB are read"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES)
    assert len(read_report_text(path)) == MOST_BYTES


def test_no_utf8(tmp_path: Path) -> None:
    """Which byte, and on which line, counted as an editor does."""
    path = tmp_path / "README.md"
    path.write_bytes("é\r\nb\rc\n".encode() + b"caf\xe9\n")
    assert refusal(path) == (
        "the byte at offset 11 (0xe9, on line 4) is not UTF-8: "
        "save the file with the encoding UTF-8, or retype that character"
    )


def test_utf16(tmp_path: Path) -> None:
    """What some Windows programs write."""
    path = tmp_path / "README.md"
    path.write_text("# Report\n", "utf-16")
    assert refusal(path) == "the file is UTF-16, not UTF-8: save it with the encoding UTF-8"


def test_text_that_is_in_no_file() -> None:
    """It is held to the same, in the same words; how much more there would have been to read nobody knows."""
    assert text_of(b"\r\n\xc3\xa9", "standard input") == "\r\né"
    with pytest.raises(HostError, match=r"^standard input: the byte at offset 3 \(0xff, on line 2\) is not UTF-8: "):
        text_of(b"ab\n\xff", "standard input")
    with pytest.raises(HostError, match=r"^standard input: more than 20 MB, and at most 20 MB are read$"):
        text_of(b"a" * (MOST_BYTES + 1), "standard input")


def test_odd_paths(tmp_path: Path) -> None:
    """A name that no terminal should print, one that is too long, and one that is none."""
    with pytest.raises(HostError, match=r"a\\x1b\[31m\\xffb: there is no such file"):
        read_report_text(tmp_path / "a\x1b[31m\udcffb")
    assert refusal(tmp_path / ("a" * 300)) == "file name too long"
    with pytest.raises(HostError, match="this is no path"):
        read_report_text(tmp_path / "a\0b")


def test_circle_of_links(tmp_path: Path) -> None:
    """A link to itself."""
    path = tmp_path / "README.md"
    path.symlink_to(path)
    assert refusal(path) == "too many levels of symbolic links"


def test_start(tmp_path: Path) -> None:
    """The beginning of a file, however large."""
    path = tmp_path / "figure.png"
    with path.open("wb") as file:
        file.write(b"abc")
        file.truncate(60_000_000)
    assert read_start(path, 2) == (60_000_000, b"ab")


def test_file_without_size() -> None:
    """Some files of the system say that they are empty, and never end."""
    path = Path("/proc/self/status")
    if not path.exists():
        pytest.skip("no such file on this system")
    with pytest.raises(HostError, match="at most"):
        read_bytes(path, 10)
