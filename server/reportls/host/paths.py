"""Paths of files: the repository around one, comparisons as the file system makes them, and errors in words."""

from __future__ import annotations

import os
from pathlib import Path

SUFFIXES = (".md", ".markdown", ".qmd", ".rmd")
"""Endings of the names of Markdown files, in lower case."""


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


class HostError(Exception):
    """A file cannot be read or written. The message names the file and the way out; `check` then exits with 2."""


def failure(path: Path, error: OSError | ValueError) -> HostError:
    """Return an error that says in plain words what the operating system reported for the file."""
    match error:
        # The same error stands for a file in the place of a folder higher up.
        case NotADirectoryError() if os.path.isfile(path):  # noqa: PTH113  # `Path.is_file` may raise
            words = "this is a file, not a folder"
        case FileNotFoundError() | NotADirectoryError():
            words = "there is no such file"
        case IsADirectoryError():
            words = "this is a folder, not a file"
        case PermissionError():
            what = "folder" if os.path.isdir(path) else "file"  # noqa: PTH112  # `Path.is_dir` may raise
            words = f"permission denied: you may not read or write this {what}"
        case OSError(strerror=str(words)):
            words = words[:1].lower() + words[1:]
        case _:
            words = "this is not a path"
    return HostError(f"{shown(path)}: {words}")


def as_text(path: Path | str) -> str:
    """Return the path as valid Unicode: file systems allow bytes that no text can hold."""
    return os.fsencode(path).decode("utf-8", "replace")


def shown(path: Path) -> str:
    """Return the path in a form that is safe to print: odd bytes and control characters are escaped."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
