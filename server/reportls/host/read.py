"""Reads regular files up to a size limit; never blocks on a pipe or a device."""

from __future__ import annotations

import os
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from reportls.host.paths import HostError, absolute, failure, is_inside, repository_root, shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MOST_BYTES = 20_000_000
"""Larger reports are refused."""

# Without O_NONBLOCK, opening a named pipe waits for somebody to write into it.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF_16_START = 16
"""Number of bytes in which UTF-16 without a byte order mark is recognised."""


def read_report_text(path: Path) -> str:
    """Return the file's exact text, with its byte order mark and line ends.

    Raises:
        HostError: there is no such file, it is no regular file, cannot be read, is over 20 MB or not UTF-8.
    """
    return read_text(path, MOST_BYTES)


def read_text(path: Path, most: int) -> str:
    """Return the exact text of a UTF-8 file of at most `most` bytes.

    Raises:
        HostError: there is no such file, it is no regular file, cannot be read, is too large or not UTF-8.
    """
    return text_of(read_bytes(path, most), shown(path), most)


def text_of(data: bytes, name: str, most: int = MOST_BYTES) -> str:
    """Decode data of at most `most` bytes as UTF-8; error messages call its source `name`.

    Raises:
        HostError: the data is too large or not UTF-8.
    """
    _check_size(len(data), name, most)
    if is_utf_16(data):
        raise HostError(f"{name}: the file is UTF-16, not UTF-8: save it with the encoding UTF-8")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = f"the byte at offset {error.start} ({bad_byte(data, error.start)})"
        raise HostError(
            f"{name}: {byte} is not UTF-8: save the file with the encoding UTF-8, or retype that character"
        ) from None


def is_utf_16(data: bytes) -> bool:
    """Return whether the data begins as UTF-16 does: with a byte order mark, or with eight letters of ASCII.

    Such letters with zeros between them are valid UTF-8, too, but not the text that the author sees.
    """
    # Half the bytes of ASCII in UTF-16 are zeros: the even ones or the odd ones, by its byte order.
    start = data[:_UTF_16_START]
    has_zeros = any(not any(start[zeros::2]) and all(start[1 - zeros :: 2]) for zeros in (0, 1))
    return data.startswith(_UTF_16_MARKS) or (len(start) == _UTF_16_START and has_zeros)


def bad_byte(data: bytes, offset: int) -> str:
    """Return the value and the line of the byte at which UTF-8 ends, such as `0xe9, on line 4`."""
    line = len(data[:offset].replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))
    return f"0x{data[offset]:02x}, on line {line}"


def read_bytes(path: Path, most: int) -> bytes:
    """Return the content of a regular file of at most `most` bytes; raise `HostError` if that is not possible."""
    size, data = read_start(path, most + 1)
    _check_size(max(size, len(data)), shown(path), most)
    return data


def read_start(path: Path, most: int) -> tuple[int, bytes]:
    """Return the size of a regular file and its first `most` bytes."""
    try:
        # Opening a device can have effects, so check first; check again afterwards, as the path may lead to another
        # file by then.
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
        raise HostError(f"{shown(path)}: this is a pipe or a device, not a file")


def _check_size(size: int, name: str, most: int) -> None:
    if size > most:
        limit = f"{most // 1_000_000} MB"
        # Files without a size, as in /proc, are read up to one byte past the limit, so their real size is not known.
        found = f"{size / 1_000_000:.1f} MB" if size > most + 1 else f"more than {limit}"
        raise HostError(f"{name}: {found}, and at most {limit} are read")
