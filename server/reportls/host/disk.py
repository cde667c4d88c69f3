"""The files in a report's folder on disk. Each fact is looked up when first needed and then cached."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from reportls.findings.files import FileInfo, GitState
from reportls.host.error import HostError
from reportls.host.figure_format import HEAD, MEASURED, is_lfs_pointer, kind_of, pixels_of
from reportls.host.git import RefusedError, states_below
from reportls.host.listing import files_in, name_in_git
from reportls.host.read import read_bytes, read_start
from reportls.host.roots import is_inside
from reportls.lazy import cached_property

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_BYTES = 50_000_000
"""Larger files are not read."""

_NO_NAMES = frozenset({"", ".", ".."})


class DiskFiles:
    """A folder's files at the time of the first look; make a new object to see later changes."""

    is_known = True

    def __init__(self, folder: Path, root: Path | None, figures: str) -> None:
        """Take the report's folder, an absolute path, its repository's root and the path of the figures folder."""
        self._folder = folder
        self._root = root
        self._figures = figures
        self._infos: dict[str, FileInfo | None] = {}
        self._blobs: dict[str, str | None] = {}
        self._names: dict[Path, frozenset[str]] = {}
        self._refusal: str | None = None

    def paths(self) -> Sequence[str]:
        """Return the path of every file, sorted."""
        return self._listing

    def info(self, path: str) -> FileInfo | None:
        """Return facts about the file; None if there is no such file or it leads out of the repository."""
        if path not in self._infos:
            self._infos[path] = self._look_at(path)
        return self._infos[path]

    def blob(self, path: str) -> str | None:
        """Return the git blob id of the file's content; None if it cannot be read."""
        if path not in self._blobs:
            self._blobs[path] = self._hash(path)
        return self._blobs[path]

    def state_of(self, path: str) -> GitState:
        """Return whether git tracks, ignores or does not know the file."""
        states = self._states
        inner = os.path.relpath(os.path.realpath(self._folder / path), os.path.realpath(self._folder))
        if states is None or inner.startswith(os.pardir):
            return GitState.UNKNOWN
        return _state_in(states, PurePosixPath(inner.replace(os.sep, "/")))

    @property
    def refusal(self) -> str | None:
        """Why git does not say which files it has, with the way out; None if it does, or is not there."""
        return None if self._states is not None else self._refusal

    @cached_property
    def _listing(self) -> tuple[str, ...]:
        return files_in(self._folder, self._border, self._figures)

    @cached_property
    def _listed(self) -> frozenset[str]:
        return frozenset(self._listing)

    @cached_property
    def _states(self) -> Mapping[str, GitState] | None:
        if not self._root:
            return None
        try:
            return states_below(Path(os.path.realpath(self._folder)), Path(os.path.realpath(self._root)))
        except RefusedError as error:
            self._refusal = str(error)
            return None

    @property
    def _border(self) -> Path:
        """The folder outside of which nothing is looked at."""
        return self._root or self._folder

    def _look_at(self, path: str) -> FileInfo | None:
        place = self._place_of(path)
        if not place:
            return None
        size: int | None
        try:
            size, head = read_start(place, HEAD)
        except HostError:
            size, head = _size_of(place), b""
        if size is None:
            return None
        return _DiskInfo(size, kind_of(head), is_lfs_pointer=is_lfs_pointer(head)).of(self, path, place)

    def _hash(self, path: str) -> str | None:
        place = self._place_of(path)
        if not place:
            return None
        from hashlib import sha1  # noqa: PLC0415  # few reports have figures

        try:
            data = read_bytes(place, MOST_BYTES)
        except HostError:
            return None
        return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()

    def _place_of(self, path: str) -> Path | None:
        """Return the place of a file with exactly that name, as rules may see it; None if there is none."""
        return self._folder / path if path in self._listed else self._hidden(path)

    def _hidden(self, path: str) -> Path | None:
        """Return the place of a file that the listing leaves out because of its name or its depth."""
        place = self._folder
        for part in path.split("/"):
            if part in _NO_NAMES or part not in self._names_in(place):
                return None
            place /= part
        # `Path.is_file` raises where a folder may not be searched; `os.path.isfile` returns False.
        return place if os.path.isfile(place) and is_inside(place, self._border) else None  # noqa: PTH113

    def _names_in(self, folder: Path) -> frozenset[str]:
        if folder not in self._names:
            self._names[folder] = _names_of(folder) if is_inside(folder, self._border) else frozenset()
        return self._names[folder]


class _DiskInfo(FileInfo):
    """Facts about a file on disk; git state and size in pixels are slow and looked up only when asked for."""

    _files: DiskFiles
    _path: str
    _place: Path

    def of(self, files: DiskFiles, path: str, place: Path) -> _DiskInfo:
        """Set which file these facts are about."""
        self._files, self._path, self._place = files, path, place
        return self

    @cached_property
    def git(self) -> GitState:
        """The state of the file in git."""
        return self._files.state_of(self._path)

    @cached_property
    def modified(self) -> float:
        """See `FileInfo`."""
        try:
            return self._place.stat().st_mtime
        except OSError:
            return 0

    @cached_property
    def pixels(self) -> tuple[int, int] | None:
        """Width and height of a picture; None if unknown."""
        try:
            _, start = read_start(self._place, MEASURED)
        except HostError:
            return None
        return pixels_of(start, self.kind)


def _names_of(folder: Path) -> frozenset[str]:
    """Return the names of everything in the folder; none if it cannot be read."""
    try:
        return frozenset(map(name_in_git, os.listdir(folder)))  # noqa: PTH208  # only the names are wanted
    except OSError:
        return frozenset()


def _size_of(place: Path) -> int | None:
    """Return the size in bytes; None if the file is gone by now or its folder can be listed but not searched."""
    try:
        return place.lstat().st_size
    except OSError:
        return None


def _state_in(states: Mapping[str, GitState], path: PurePosixPath) -> GitState:
    if state := states.get(str(path)):
        return state
    # The file may belong to a repository inside this one, which git lists as a folder and knows nothing more about.
    within = any(str(parent) in states for parent in path.parents)
    # On Windows and macOS, git still lists a file under its old name if only the case of letters changed.
    name = str(path).casefold()
    renamed = any(other.casefold() == name for other in states)
    return GitState.UNKNOWN if within or renamed else GitState.IGNORED
