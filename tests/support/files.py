"""A files interface backed by memory."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportls.findings.files import FileInfo, GitState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KINDS = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg", "gif": "gif", "svg": "svg", "webp": "webp", "pdf": "pdf"}


class FilesInMemory:
    """A folder in memory."""

    is_known = True

    def __init__(self, known: Mapping[str, FileInfo], blobs: Mapping[str, str] | None = None) -> None:
        """Take facts by path, and git blob ids by path."""
        self._known = dict(known)
        self._blobs = dict(blobs or {})

    def paths(self) -> Sequence[str]:
        """Return the path of every file."""
        return sorted(self._known)

    def info(self, path: str) -> FileInfo | None:
        """Return facts about a file."""
        return self._known.get(path)

    def blob(self, path: str) -> str | None:
        """Return the blob id of a file."""
        return self._blobs.get(path, "0" * 40) if path in self._known else None


def plain_file(path: str) -> FileInfo:
    """Return facts about a tracked file with the format that its name says."""
    extension = path.rpartition(".")[2].lower()
    return FileInfo(size=20_000, kind=KINDS.get(extension), git=GitState.TRACKED, pixels=(640, 480))


def files_from(text: str) -> FilesInMemory:
    """Parse a file per line: path, then deviations: `kind=gif size=0 pixels=9x9 modified=1 git=ignored lfs blob=be`."""
    known, blobs = {}, {}
    for line in filter(None, text.splitlines()):
        path, *words = line.split("  ")
        info = plain_file(path)
        for key, value in re.findall(r"(\w+)(?:=(\S+))?", " ".join(words)):
            if key == "kind":
                info = info._replace(kind=None if value == "none" else value)
            elif key == "size":
                info = info._replace(size=int(value))
            elif key == "pixels":
                width, _, height = value.partition("x")
                info = info._replace(pixels=None if value == "none" else (int(width), int(height)))
            elif key == "modified":
                info = info._replace(modified=float(value))
            elif key == "git":
                info = info._replace(git=GitState(value))
            elif key == "lfs":
                info = info._replace(is_lfs_pointer=True)
            elif key == "blob":
                blobs[path] = value
            else:
                message = f"unknown word {key} in {line}"
                raise ValueError(message)
        known[path] = info
    return FilesInMemory(known, blobs)
