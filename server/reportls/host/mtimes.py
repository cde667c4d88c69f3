"""Cheap stamps of all files that a report depends on, to notice changes without reading the files again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from reportls.host.configuration import OWN, SHARED
from reportls.host.disk import files_in
from reportls.host.loading import SCRIPT
from reportls.host.paths import repository_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Stamp = tuple[int, int, int]
"""Time of the last change (ns), size (bytes) and identity of a file."""

Stamps = dict[str, "Stamp | None"]
"""The stamp of each file by its path; None for a file that does not exist."""

_TICK = 20_000_000
"""Nanoseconds by which the time of a file may lag behind the clock: systems take it from a clock that ticks slowly."""
_GIT = (
    *(".git/index", ".git/HEAD", ".git/info/exclude", ".git/logs/HEAD"),
    *(".git/FETCH_HEAD", ".git/refs/remotes/origin"),  # the folder changes when a branch in it does, as after a push
)
"""Files whose change can change which files are tracked, committed or pushed."""
_IGNORE = ".gitignore"


def stamp(path: str) -> Stamp | None:
    """Return the stamp of a file; None if there is no such file."""
    try:
        status = os.stat(path)  # noqa: PTH116  # many times a second
    except OSError:
        return None
    # Editors replace a file by a new one, which may keep time and size but not the inode.
    return status.st_mtime_ns, status.st_size, status.st_ino


def stamps(paths: Iterable[str]) -> Stamps:
    """Return the stamp of each file, by its path."""
    return {path: stamp(path) for path in dict.fromkeys(paths)}


def with_found(before: Stamps, began: int, now: Stamps) -> Stamps:
    """Add to `before` the stamps of files that were found only while reports were read, of which `now` has the stamps.

    `began` is the time before the reading in nanoseconds since 1970. A file that was saved since then may have been
    read as it was earlier, so it stays unknown and counts as changed when one looks again.
    """
    old = {path: stamp for path, stamp in now.items() if stamp is None or stamp[0] < began - _TICK}
    return old | before


def surroundings(folder: Path, figures: str, template: Path | None = None) -> Stamps:
    """Return stamps of everything besides its text that a report in `folder`, an absolute path, depends on."""
    return stamps((*_surroundings(folder, figures), *([str(template)] if template else [])))


def configurations(folder: Path) -> Iterator[str]:
    """Yield every place where the configuration for reports in `folder` may lie."""
    for parent in _parents(folder):
        yield from (str(parent / name) for name in (OWN, SHARED))


def _surroundings(folder: Path, figures: str) -> Iterator[str]:
    root = repository_root(folder)
    yield str(folder / SCRIPT)
    yield from configurations(folder)
    yield from (str(parent / _IGNORE) for parent in _parents(folder))
    if root:
        yield from (str(root / name) for name in _GIT)
    yield str(folder / figures)  # changes when a figure is added, also while its files are being read
    yield from (str(folder / path) for path in files_in(folder, root or folder, figures))


def _parents(folder: Path) -> Iterator[Path]:
    """Yield the folder and its parents up to the repository's root, or without one up to the first parent."""
    root = repository_root(folder) or folder.parent
    for parent in (folder, *folder.parents):
        yield parent
        if parent == root:
            return
