"""Lists the files in a report's folder, with bounds on depth and number."""

from __future__ import annotations

import os
import sys
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from reportls.host.discovery import is_skipped
from reportls.host.roots import is_inside

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 3
"""Depth of folders below the report's that are listed; the figures folder is listed to any depth."""
_WRITABLE = frozenset("\u00a0\u1680\u202f\u205f\u3000\u200c\u200d").union(map(chr, range(0x2000, 0x200B)))
"""Blanks, of which macOS puts one into the names of screenshots, and the signs that join emoji and letters."""
MOST_ENTRIES = 10_000
"""Number of files and folders that are looked at; the figures folder comes first."""


def files_in(folder: Path, border: Path, figures: str) -> tuple[str, ...]:
    """Return the regular files in and below the folder, as sorted paths relative to it, with `/`.

    Left out are hidden files, folders such as `node_modules`, unprintable names, and links that lead out of `border`.
    """
    found: list[str] = []
    pending = deque([""])
    seen: set[tuple[int, int]] = set()
    looked_at = 0
    while pending and looked_at < MOST_ENTRIES:
        inner = pending.popleft()
        if not _is_new(folder / inner, seen):
            continue
        for entry in _entries(folder / inner):
            looked_at += 1
            name = name_in_git(entry.name)
            path = f"{inner}/{name}" if inner else name
            if entry.is_symlink() and not is_inside(Path(entry.path), border):
                continue
            if _is(entry, "file"):
                found.append(path)
            elif _is(entry, "folder") and _is_wanted(path, figures):
                # The figures folder comes first, so that a large folder beside it cannot use up `MOST_ENTRIES`.
                (pending.appendleft if _is_for(path, figures) else pending.append)(path)
    return tuple(sorted(found))


def is_text(name: str) -> bool:
    """Return whether the name can be written in a report: with blanks of any width, without control characters."""
    return name.isprintable() or all(sign.isprintable() or sign in _WRITABLE for sign in name)


def name_in_git(name: str, platform: str = sys.platform) -> str:
    """Return the name as git commits it.

    Unicode has two forms of a letter with an accent. macOS takes both for one file and keeps the form it was first
    given, while git commits the composed form. On other systems the two are names of different files.
    """
    if platform != "darwin" or name.isascii():
        return name
    from unicodedata import normalize  # noqa: PLC0415  # start-up time counts

    return normalize("NFC", name)


def _is_new(folder: Path, seen: set[tuple[int, int]]) -> bool:
    """Record the folder; return whether it was not seen before. Links can form cycles and lead to one folder twice."""
    try:
        status = folder.stat()
    except OSError:
        return False
    identity = (status.st_dev, status.st_ino)
    is_new = identity not in seen
    seen.add(identity)
    return is_new


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from (entry for entry in entries if is_text(entry.name) and not is_skipped(entry.name))
    except OSError:
        return


def _is(entry: os.DirEntry[str], what: str) -> bool:
    try:
        return entry.is_file() if what == "file" else entry.is_dir()
    except OSError:
        return False


def _is_wanted(path: str, figures: str) -> bool:
    return path.count("/") < DEEPEST or _is_for(path, figures) or figures.lower().startswith(path.lower() + "/")


def _is_for(path: str, figures: str) -> bool:
    """Return whether the path is the figures folder or in it, in any case: a rule reports wrong case."""
    return f"{path}/".lower().startswith(figures.lower() + "/")
