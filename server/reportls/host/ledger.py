"""Keeps lines by their key, in a file if they are to be there next time: to lose it costs time and nothing else."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from reportls.host.error import HostError, shown

if TYPE_CHECKING:
    from pathlib import Path

_LAYOUT = 1
"""Of the tables; a file with another is begun anew."""
_PATIENCE = 1.0
"""Seconds that another run may take to write one line."""


class Entry(NamedTuple):
    """What is kept of one thing."""

    fingerprint: str | None
    """What it was like when the line was made; None if that does not matter."""
    line: str


class Ledger:
    """The lines. Each is kept as soon as it is put in: nothing is lost but what was being written when all ended."""

    def __init__(self, path: Path | None, *, is_fresh: bool = False) -> None:
        """Open the file, or begin it; None for a place that is gone afterwards. What is broken or `is_fresh`, goes.

        Raises:
            HostError: the file cannot be written, or another run is writing it.
        """
        self._path = path
        self._database = _opened(path, is_fresh=is_fresh)

    def get(self, key: bytes) -> Entry | None:
        """What is kept under the key."""
        found = self._run("SELECT fingerprint, line FROM lines WHERE key = ?", key).fetchone()
        return Entry(*found) if found else None

    def put(self, key: bytes, entry: Entry) -> None:
        """Keep this under the key."""
        self._run("INSERT OR REPLACE INTO lines VALUES (?, ?, ?)", key, *entry)

    def close(self) -> None:
        """Be done with it."""
        self._database.close()

    def _run(self, command: str, *values: bytes | str | None) -> sqlite3.Cursor:
        try:
            return self._database.execute(command, values)
        except sqlite3.Error as error:
            name = shown(self._path) if self._path else "a temporary file"
            message = f"{name}: {error}: --fresh begins it anew"
            raise HostError(message) from None


def _opened(path: Path | None, *, is_fresh: bool) -> sqlite3.Connection:
    if path is None:
        return _with_tables("")
    try:
        if is_fresh:
            path.unlink(missing_ok=True)
        _make(path)
        try:
            return _with_tables(str(path))
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            path.unlink(missing_ok=True)
            _make(path)
            return _with_tables(str(path))
    except sqlite3.OperationalError as error:
        message = f"{shown(path)}: {error}: wait until no other run writes there, or name another place"
        raise HostError(message) from None
    except OSError as error:
        message = f"{shown(path)}: {(error.strerror or 'it cannot be written').lower()}"
        raise HostError(message) from None


def _make(path: Path) -> None:
    """Make the file if there is none, for its owner's eyes alone."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _with_tables(path: str) -> sqlite3.Connection:
    """The database of that path, empty if it was of another layout; an empty path is a temporary file."""
    # Every line is a transaction of its own.
    database = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        # If the machine itself fails, lines may be lost; that is no reason to wait for the disk at each of them.
        database.execute("PRAGMA synchronous = OFF")
        (layout,) = database.execute("PRAGMA user_version").fetchone()
        if layout != _LAYOUT:
            database.execute("DROP TABLE IF EXISTS lines")
            database.execute("CREATE TABLE lines (key BLOB PRIMARY KEY, fingerprint TEXT, line TEXT)")
            database.execute(f"PRAGMA user_version = {_LAYOUT}")
        database.execute("SELECT key, fingerprint, line FROM lines LIMIT 1").fetchone()
    except BaseException:
        database.close()
        raise
    return database
