"""Which files lie in a report's folder: one look for all of them."""

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
"""Folders below the report's that are looked into; in the one for figures, all are."""
MOST_ENTRIES = 10_000
"""Files and folders that are looked at, those for figures first."""


def files_in(folder: Path, border: Path, figures: str) -> tuple[str, ...]:
    """The regular files in the folder and below it, as sorted paths from there with `/`.

    What is hidden or other people's is left out, and so are names that are no text and links that lead out of `border`.
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
                # Those for figures come next, lest a large folder beside them takes up all that may be looked at.
                (pending.appendleft if _is_for(path, figures) else pending.append)(path)
    return tuple(sorted(found))


def is_text(name: str) -> bool:
    """Whether the name can be written in a report."""
    return name.isprintable()


def name_in_git(name: str, platform: str = sys.platform) -> str:
    """The name as git hands it in. A letter with an accent can be written in two ways.

    On macOS either way leads to the file, the disk has the one that was used first, and git the composed one. Elsewhere
    the two are names of different files.
    """
    if platform != "darwin" or name.isascii():
        return name
    from unicodedata import normalize  # noqa: PLC0415  # start-up time counts

    return normalize("NFC", name)


def _is_new(folder: Path, seen: set[tuple[int, int]]) -> bool:
    """Whether the folder was not yet come by, be it by another path: links may go in circles."""
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
    """Whether it is the folder for figures, or lies in it; letters' case is the rules' business."""
    return f"{path}/".lower().startswith(figures.lower() + "/")
