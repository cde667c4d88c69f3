"""Finds the groups of a course and the report of each group."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportls.host.discovery import is_skipped, may_be_report, reports_among
from reportls.host.paths import SUFFIXES, HostError, as_text, failure, shown
from reportls.host.read import MOST_BYTES, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_USUAL = ("reports", "report")
_NAMES = ("readme.md", "readme.markdown", "reports.md", "report.md")


class Group(NamedTuple):
    """A group of a course."""

    name: str
    path: Path
    """The group's folder, or its report itself."""


def groups_in(folder: Path, template: Path | None = None) -> Iterator[Group]:
    """Return the groups in a course's folder, sorted by name.

    Each subfolder is a group, and so is each file that may be a report or fills in the template. If the folder itself
    is a repository, or has a report where groups usually have theirs, it is the only group. Links count as groups;
    looking for their report then fails with a message that links are not followed.

    Raises:
        HostError: the folder cannot be read.
    """
    if os.path.isfile(folder):  # noqa: PTH113  # `Path.is_file` may raise
        raise HostError(
            f"{shown(folder)}: this is a file: name a folder with a folder for each group, or a list with --list"
        )
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except (OSError, ValueError) as error:
        raise failure(folder, error) from None
    names = [entry.name for entry in entries if entry.is_file(follow_symlinks=False)]
    alike = [name for name in names if _may_be(folder / name)]
    if _is_group(folder, alike):
        yield Group(name_of(Path(os.path.realpath(folder))), folder)
        return
    files = reports_among(folder, names, template).union(alike) if template else alike
    for entry in entries:
        if entry.name in files:
            yield Group(as_text(Path(entry.name).stem), folder / entry.name)
        elif _may_be_group(entry) and not is_skipped(entry.name):
            yield Group(as_text(entry.name), folder / entry.name)


def _may_be_group(entry: os.DirEntry[str]) -> bool:
    """Return whether the entry is a folder; True if that cannot be told, as for a link that leads to itself."""
    try:
        return entry.is_dir()
    except OSError:
        return True


def name_of(path: Path) -> str:
    """Return the name of the group with that folder or file."""
    return as_text(path.name or str(path))


def _is_group(folder: Path, files: list[str]) -> bool:
    # A teacher who names one clone wants that group, not its folders.
    if os.path.lexists(folder / ".git") or len(files) == 1:
        return True
    usual = (folder / inner / name for inner in _USUAL for name in _names_in(folder / inner))
    return not files and any(_may_be(path) for path in usual)


def _names_in(folder: Path) -> list[str]:
    try:
        return [] if folder.is_symlink() else os.listdir(folder)  # noqa: PTH208  # only the names are wanted
    except OSError:
        return []


def _may_be(path: Path) -> bool:
    """Return whether the file may be a report; True if it cannot be read."""
    if not path.name.lower().endswith(SUFFIXES):
        return False
    try:
        return may_be_report(read_bytes(path, MOST_BYTES))
    except HostError:
        return True


def likeliest(folder: Path, reports: Iterable[Path]) -> list[Path]:
    """Return a group's reports, the likeliest first: by place, then by name."""
    return sorted(reports, key=lambda path: _unlikeliness(path.relative_to(folder).parts))


def _unlikeliness(parts: tuple[str, ...]) -> tuple[int, int, int, tuple[str, ...]]:
    *folders, name = (part.lower() for part in parts)
    if len(folders) == 1 and folders[0] in _USUAL:
        place = _USUAL.index(folders[0])
    elif folders and folders[-1] in _USUAL:
        place = 2
    else:
        place = 4 if folders else 3
    return place, len(folders), _NAMES.index(name) if name in _NAMES else len(_NAMES), parts
