"""Reads files: exactly what is in them, never waiting for a pipe or a device, never more than is sensible."""

from __future__ import annotations

import os
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from reportls.host.error import HostError, failure, shown
from reportls.host.roots import absolute, is_inside, repository_root

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MOST_BYTES = 20_000_000
"""A larger file is no report."""

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_report_text(path: Path) -> str:
    """The file's text: byte order mark, line ends and all.

    Raises:
        HostError: there is no such file, it is no regular file, cannot be read, is over 20 MB or not UTF-8.
    """
    return read_text(path, MOST_BYTES)


def read_text(path: Path, most: int) -> str:
    """As `read_report_text`, for any text file of at most so many bytes."""
    return text_of(read_bytes(path, most), shown(path), most)


def text_of(data: bytes, name: str, most: int = MOST_BYTES) -> str:
    """What was read, at most so many bytes, as text; `name` says where it is from.

    Raises:
        HostError: it is more, or not UTF-8.
    """
    _check_size(len(data), name, most)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"{name}: {_not_utf8(data, error.start)}"
        raise HostError(message) from None


def read_bytes(path: Path, most: int) -> bytes:
    """What is in the file, which must be a regular one of at most so many bytes."""
    size, data = read_start(path, most + 1)
    _check_size(max(size, len(data)), shown(path), most)
    return data


def read_start(path: Path, most: int) -> tuple[int, bytes]:
    """The size of a regular file, and what is in it, up to so many bytes."""
    try:
        # Opening a device may do things, so look first; and look again at what was opened, for it may be another.
        _check(path, path.stat())
        with os.fdopen(os.open(path, _FLAGS), "rb") as file:
            status = os.fstat(file.fileno())
            _check(path, status)
            return status.st_size, file.read(most)
    except (OSError, ValueError) as error:
        raise failure(path, error) from None


def reader_beside(report: Path, most: int, top: Path | None = None) -> Callable[[str], bytes | None]:
    """Return a function that reads a file by its path from the report's folder.

    The function returns None if there is no such file, if it has more than `most` bytes, or if it lies outside the
    report's repository (without a repository, its folder). A repository above the folder `top` does not count.
    """
    folder = absolute(report).parent
    border = repository_root(folder, top) or folder

    def read(path: str) -> bytes | None:
        try:
            return read_bytes(folder / path, most) if is_inside(folder / path, border) else None
        except HostError:
            return None

    return read


def _check(path: Path, status: os.stat_result) -> None:
    if S_ISDIR(status.st_mode):
        raise IsADirectoryError
    if not S_ISREG(status.st_mode):
        message = f"{shown(path)}: this is a pipe or a device, not a file"
        raise HostError(message)


def _check_size(size: int, name: str, most: int) -> None:
    if size > most:
        limit = f"{most // 1_000_000} MB"
        # One byte more is as far as is read of what does not tell its size.
        found = f"{size / 1_000_000:.1f} MB" if size > most + 1 else f"more than {limit}"
        message = f"{name}: {found}, and at most {limit} are read"
        raise HostError(message)


def _not_utf8(data: bytes, offset: int) -> str:
    if data.startswith(_UTF_16):
        return "the file is UTF-16, not UTF-8: save it with the encoding UTF-8"
    line = len(data[:offset].replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))
    byte = f"the byte at offset {offset} (0x{data[offset]:02x}, on line {line})"
    return f"{byte} is not UTF-8: save the file with the encoding UTF-8, or retype that character"
