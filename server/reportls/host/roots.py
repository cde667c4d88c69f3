"""Which folder is the report's repository, told without running git, and what lies in it."""

from __future__ import annotations

import os
from pathlib import Path


def repository_root(folder: Path, top: Path | None = None) -> Path | None:
    """The nearest folder at or above `folder`, an absolute path, that has a `.git`; None if there is none.

    `top`, an absolute path too, is the last one that is looked at; without it, the root of all.
    """
    for parent in (folder, *folder.parents):
        if os.path.lexists(parent / ".git"):
            return parent
        if parent == top:
            break
    return None


def absolute(path: Path) -> Path:
    """The path from the top, without `.` and `..`; symbolic links stay as they are."""
    return Path(os.path.abspath(path))  # noqa: PTH100  # `resolve` would follow them


def is_inside(path: Path, folder: Path) -> bool:
    """Whether the path, after all symbolic links, lies in the folder; not if one of them may not be read."""
    try:
        return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
    except OSError:  # before Python 3.13
        return False
