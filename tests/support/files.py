"""Files in memory."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportls.findings.files import FileInfo, GitState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KINDS = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg", "gif": "gif", "svg": "svg", "webp": "webp", "pdf": "pdf"}


class FilesInMemory:
    """A folder that is a dict."""

    is_known = True

    def __init__(self, known: Mapping[str, FileInfo], blobs: Mapping[str, str] | None = None) -> None:
        """Take path to what is known of the file, and path to git blob id."""
        self._known = dict(known)
        self._blobs = dict(blobs or {})

    def paths(self) -> Sequence[str]:
        """Every file."""
        return sorted(self._known)

    def info(self, path: str) -> FileInfo | None:
        """What is known of one."""
        return self._known.get(path)

    def blob(self, path: str) -> str | None:
        """Its blob id."""
        return self._blobs.get(path, "0" * 40) if path in self._known else None


def plain_file(path: str) -> FileInfo:
    """A file that is what its name says, and handed in."""
    extension = path.rpartition(".")[2].lower()
    return FileInfo(size=20_000, kind=KINDS.get(extension), git=GitState.TRACKED, pixels=(640, 480))


def files_from(text: str) -> FilesInMemory:
    """One line a file: its path, then what is unusual: `kind=gif size=0 modified=1 git=ignored lfs blob=be0b...`."""
    known, blobs = {}, {}
    for line in filter(None, text.splitlines()):
        path, *words = line.split("  ")
        info = plain_file(path)
        for key, value in re.findall(r"(\w+)(?:=(\S+))?", " ".join(words)):
            if key == "kind":
                info = info._replace(kind=None if value == "none" else value)
            elif key == "size":
                info = info._replace(size=int(value))
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
