"""Errors of reading and writing files, as messages for people."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class HostError(Exception):
    """A file cannot be read or written. The message names the file and the way out; `check` then exits with 2."""


def failure(path: Path, error: OSError | ValueError) -> HostError:
    """Return an error that says in plain words what the operating system reported for the file."""
    match error:
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


def shown(path: Path) -> str:
    """Return the path in a form that is safe to print: odd bytes and control characters are escaped."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
