"""Converts between the client's URIs and paths."""

from __future__ import annotations

import os
from pathlib import Path, PurePath, PureWindowsPath
from typing import TypeVar
from urllib.parse import quote_from_bytes, unquote, unquote_to_bytes, urlsplit

from reportls.text import pattern

_AnyPath = TypeVar("_AnyPath", bound=PurePath)

_DRIVE = pattern(r"/[a-zA-Z]:")


def path_of(uri: str) -> Path | None:
    """Return the path of a `file:` URI; None for others, such as an unsaved document's."""
    return path_in(uri, type(Path()))


def file_of(uri: str) -> Path | None:
    """Return the path of a `file:` URI that can be a file's: None also for the root of a disk."""
    path = path_of(uri)
    return path if path and path.name else None


def path_in(uri: str, kind: type[_AnyPath]) -> _AnyPath | None:
    """Return the path of a `file:` URI as a path of this kind, which may be another system's; None for other URIs."""
    try:
        uri.encode()  # JSON can contain half a surrogate pair, which no path can
        scheme, host, encoded, _, _ = urlsplit(uri)
    except ValueError:
        return None
    host = "" if host.lower() == "localhost" else unquote(host)
    words = _windows if issubclass(kind, PureWindowsPath) else _posix
    text = words(host, encoded) if scheme == "file" else None
    path = kind(text) if text and "\0" not in text else None
    return path if path and path.is_absolute() else None


def uri_of(path: PurePath) -> str:
    """Return the URI of an absolute path, which may be another system's."""
    # Not `as_uri`: Python 3.14 deprecates it for paths of another system, and imports an HTTP client for ours.
    drive, words = path.drive, path.as_posix()
    if drive.endswith(":"):
        return f"file:///{drive}{_encoded(words.removeprefix(drive))}"
    return f"file:{_encoded(words)}" if drive else f"file://{_encoded(words)}"


def _encoded(path: str) -> str:
    return quote_from_bytes(os.fsencode(path))


def _posix(host: str, encoded: str) -> str | None:
    """Decode a path; bytes that are not UTF-8 are kept. Files of another machine have no path here."""
    return None if host else os.fsdecode(unquote_to_bytes(encoded))


def _windows(host: str, encoded: str) -> str | None:
    path = unquote(encoded)
    if host:
        return f"//{host}{path}" if path.strip("/") else None
    return path[1:] if _DRIVE.match(path) else path
