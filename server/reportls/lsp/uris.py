"""Between the client's URIs and paths."""

from __future__ import annotations

from pathlib import Path

from pygls.uris import from_fs_path, to_fs_path


def path_of(uri: str) -> Path | None:
    """The path that a URI stands for; None if for no file: an unsaved document, or an old version of one."""
    if not uri.startswith("file:"):
        return None
    try:
        path = to_fs_path(uri)
    except ValueError:
        return None
    return Path(path) if path and "\0" not in path and Path(path).is_absolute() else None


def uri_of(path: Path) -> str:
    """The URI of an absolute path."""
    return str(from_fs_path(str(path)))
