"""Finds a report's repository without running git, and tells whether a path lies inside a folder."""

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


def is_inside(path: Path, folder: Path) -> bool:
    """Return whether the path, with all symbolic links resolved, lies in the folder; False if a link cannot be read."""
    try:
        return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
    except OSError:  # before Python 3.13
        return False
