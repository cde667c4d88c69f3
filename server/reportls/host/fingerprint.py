"""Tells whether anything has changed that a group's row was made from, without reading it again."""

from __future__ import annotations

import os
from hashlib import sha256
from typing import TYPE_CHECKING

from reportls.host.discovery import is_skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_GIT = (".git", ".git/HEAD", ".git/config", ".git/index", ".git/info/exclude")
"""What says which files are handed in; the first may be a file that says where the others are."""


def fingerprint(path: Path, *more: str) -> str:
    """A digest of what all files of a group are like (size, times and identity), and of `more`.

    What is hidden or other people's is left out, as it is when reports and figures are looked for. Links are not
    followed. Where `path` is a report among others, its neighbours do not count.
    """
    digest = sha256(repr(more).encode())
    for line in _lines(path):
        digest.update(line)
    return digest.hexdigest()


def condition(path: Path) -> str:
    """What that one file is like now."""
    return repr(_status(os.fspath(path)))


def _lines(path: Path) -> Iterator[bytes]:
    if path.is_symlink() or not path.is_dir():
        beside = (path, *(path.parent / name for name in ("report.py", "reportls.toml", "pyproject.toml")))
        yield from _conditions(map(os.fspath, beside))
        yield from _below(os.fspath(path.parent / "figures"))
        return
    yield from _conditions(os.fspath(path / name) for name in _GIT)
    yield from _below(os.fspath(path))


def _below(folder: str) -> Iterator[bytes]:
    """Every file below the folder, in an order that depends on names alone."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield from _conditions([folder])
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if not is_skipped(entry.name):
                yield from _below(entry.path)
        else:
            yield from _conditions([entry.path])


def _conditions(paths: Iterable[str]) -> Iterator[bytes]:
    for path in paths:
        yield os.fsencode(path) + repr(_status(path)).encode() + b"\0"


def _status(path: str) -> tuple[int, ...] | None:
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, status.st_mode
