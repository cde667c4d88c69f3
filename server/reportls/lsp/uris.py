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
        # What has no URI of its own, such as a host without a file, is no file's path either.
        is_path = bool(path) and "\0" not in str(path) and bool(from_fs_path(str(Path(str(path)).parent)))
    except ValueError:
        return None
    return Path(str(path)) if is_path and Path(str(path)).is_absolute() else None


def uri_of(path: Path) -> str:
    """The URI of an absolute path."""
    return str(from_fs_path(str(path)))
