"""The files in a report's folder on disk: which there are, and facts about them, looked up when first needed."""

from __future__ import annotations

import os
import re
import sys
from collections import deque
from io import BytesIO
from pathlib import Path, PurePosixPath
from struct import unpack
from typing import TYPE_CHECKING

from reportls.findings.files import FileInfo, GitState
from reportls.host.discovery import is_skipped
from reportls.host.git import RefusedError, states_below
from reportls.host.paths import HostError, is_inside
from reportls.host.read import read_bytes, read_start
from reportls.lazy import cached_property

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MOST_BYTES = 50_000_000
"""Larger files are not read."""

_NO_NAMES = frozenset({"", ".", ".."})
HEAD = 8192
"""Number of leading bytes that tell a file's format."""
MEASURED = 500_000
"""Number of leading bytes that hold the size in pixels, even after long metadata."""

_USUAL = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"))
"""Signatures of the formats that nearly all figures have; for these the library need not be loaded."""
_NAMES = {"jpg": "jpeg", "tif": "tiff"}
_MEASURABLE = frozenset({"png", "jpeg", "gif", "webp"})
_SVG = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:svg\b|(?:\?xml|!--|!DOCTYPE\s+svg)[\s\S]*?<svg\b)", re.IGNORECASE)
_LFS = b"version https://git-lfs.github.com/spec/"
DEEPEST = 3
"""Depth of folders below the report's that are listed; the figures folder is listed to any depth."""
_WRITABLE = frozenset("\u00a0\u1680\u202f\u205f\u3000\u200c\u200d").union(map(chr, range(0x2000, 0x200B)))
"""Blanks, of which macOS puts one into the names of screenshots, and the signs that join emoji and letters."""
MOST_ENTRIES = 10_000
"""Number of files and folders that are looked at; the figures folder comes first."""


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
        # Git knows a file by the place that links lead to.
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
        # Builds of Python for FIPS refuse SHA-1 that is to secure anything.
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


def kind_of(head: bytes) -> str | None:
    """Return the format of a file that begins with these bytes: an image format or `pdf`; None for anything else."""
    for start, kind in _USUAL:
        if head.startswith(start):
            return kind
    return "svg" if _SVG.match(head) else _guessed(head)


def _guessed(head: bytes) -> str | None:
    import filetype  # type: ignore[import-untyped]  # noqa: PLC0415  # few figures need it

    try:
        guess = filetype.guess(head)
    except Exception:  # noqa: BLE001  # whatever the library stumbles over is no picture
        return None
    if guess is None or not (guess.mime.startswith("image/") or guess.extension == "pdf"):
        return None
    name = str(guess.extension)
    return _NAMES.get(name, name)


def pixels_of(start: bytes, kind: str | None) -> tuple[int, int] | None:
    """Return width and height of a picture of that format; None if they cannot be told from its first bytes."""
    if kind not in _MEASURABLE:
        return None
    import imagesize  # type: ignore[import-untyped]  # noqa: PLC0415  # only editors show it, and it loads slowly

    try:
        # The library takes the 16 bits of a GIF for a signed number, and then knows no large one.
        width, height = unpack("<HH", start[6:10]) if kind == "gif" else imagesize.get(BytesIO(start))
    except Exception:  # noqa: BLE001  # a broken picture has no size
        return None
    return (width, height) if width > 0 and height > 0 else None


def is_lfs_pointer(head: bytes) -> bool:
    """Return whether the file is only a Git LFS pointer to the picture."""
    return head.startswith(_LFS)


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
