"""Finds a report's repository without running git, and compares paths as the file system does."""

from __future__ import annotations

import os
from pathlib import Path


def repository_root(folder: Path, top: Path | None = None) -> Path | None:
    """Return the nearest folder with a `.git`, at or above `folder`, an absolute path; None if there is none.

    The search ends at `top`, also an absolute path; without it, at the root of the file system.
    """
    for parent in (folder, *folder.parents):
        if os.path.lexists(parent / ".git"):
            return parent
        if parent == top:
            break
    return None


def absolute(path: Path) -> Path:
    """Return the absolute path without `.` and `..`; symbolic links stay as they are."""
    return Path(os.path.abspath(path))  # noqa: PTH100  # `resolve` would follow them


def seen_like(report: Path, path: Path) -> Path:
    """Return an absolute path in the form of the report's: seen from the working directory if that is relative."""
    return path if report.is_absolute() else Path(os.path.relpath(path))


def is_inside(path: Path, folder: Path) -> bool:
    """Return whether the path, with all symbolic links resolved, lies in the folder; False if a link cannot be read."""
    try:
        return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
    except OSError:  # before Python 3.13
        return False


def is_same_file(path: Path, other: Path) -> bool:
    """Return whether two paths lead to one file; it may have a second name, as a link or where case is ignored."""
    if os.path.realpath(path) == os.path.realpath(other):
        return True
    try:
        return path.samefile(other)
    except (OSError, ValueError):  # one of them does not exist, or may not be looked at
        return False
