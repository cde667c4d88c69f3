"""Finds the configuration that applies to a folder: the nearest `reportls.toml`, or `pyproject.toml` with our table."""

from __future__ import annotations

import os
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportls.findings.settings import Settings
from reportls.host.paths import HostError, absolute, is_inside, repository_root, shown
from reportls.host.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportls.findings.finding import FileProblem

MOST_BYTES = 1_000_000
"""Larger configuration files are refused."""

OWN = "reportls.toml"
"""Our own configuration file; `SHARED` is the one that other tools use too."""
SHARED = "pyproject.toml"
TABLE = ("tool", "reportls")


class Configuration(NamedTuple):
    """The content of a configuration file."""

    path: Path | None = None
    """None if there is no such file."""
    settings: Settings = Settings()
    problems: tuple[FileProblem, ...] = ()
    text: str = ""
    """The file's text, to which the lines and columns of `problems` refer."""
    is_named: bool = False
    """Whether the user named the file. Then it is trusted, and paths in it may lead out of the repository."""

    def names_report(self, file: Path) -> bool:
        """Return whether the setting `reports` names the file, an absolute path; its content does not matter then."""
        if not self.path or not self.settings.reports:
            return False
        folder = self.path.parent
        return file.is_relative_to(folder) and any(
            matches(file.relative_to(folder).parts, pattern) for pattern in self.settings.reports
        )


def configuration_for(folder: Path, top: Path | None = None, *, is_relative: bool = False) -> Configuration:
    """Return the configuration for reports in `folder`, an absolute path.

    The search goes from the folder up to the repository's root, or to the first parent if there is no repository; never
    above `top`, if given. With `is_relative`, messages name the file relative to the current folder.

    Raises:
        HostError: the file cannot be read or parsed.
    """
    root = repository_root(folder, top) or top or folder.parent
    for parent in (folder, *folder.parents):
        if found := _in(parent, root, is_relative=is_relative):
            return found
        if parent == root:
            break
    return Configuration()


def configuration_in(folder: Path) -> Configuration:
    """Return the configuration that lies in the folder itself, or an empty one.

    Raises:
        HostError: the file cannot be read or parsed.
    """
    return _in(folder, folder, is_relative=True) or Configuration()


def configuration_from(path: Path) -> Configuration:
    """Return the configuration in a file that the user names, wherever it lies.

    Raises:
        HostError: the file cannot be read or parsed, or is a `pyproject.toml` without our table.
    """
    found = _parsed(path, read_bytes(path, MOST_BYTES), table_in(path))
    if not found:
        raise HostError(f"{shown(path)}: no table `[{'.'.join(TABLE)}]` in this file: add it, or name another file")
    return found._replace(path=absolute(path), is_named=True)


def table_in(path: Path) -> tuple[str, ...]:
    """Return the table of a configuration file that has our settings: `()` is all of the file, whatever its name."""
    return TABLE if path.name == SHARED else ()


def matches(parts: Sequence[str], pattern: str) -> bool:
    """Return whether a path with these parts matches the pattern.

    `*`, `?` and `[...]` match within a part, `**` matches any number of folders.
    """
    from fnmatch import fnmatchcase  # noqa: PLC0415  # few configurations have patterns

    wanted = pattern.split("/")
    # Whether the parts so far can lead to each index in the pattern. No `**` is tried twice for a part, so a pattern of
    # many `**` takes no exponential time.
    reached = [*accumulate(wanted, lambda is_reached, each: is_reached and each == "**", initial=True)]
    for part in parts:
        now = [False] * len(reached)
        for at, each in enumerate(wanted):
            if each == "**":
                now[at] |= reached[at]
                now[at + 1] = now[at]
            else:
                now[at + 1] = reached[at] and fnmatchcase(part, each)
        reached = now
    return reached[-1]


def _in(folder: Path, root: Path, *, is_relative: bool) -> Configuration | None:
    own, shared = folder / OWN, folder / SHARED
    if os.path.lexists(own):
        return _read(own, root, (), is_relative=is_relative)
    # `Path.is_file` raises where a folder may not be searched; `os.path.isfile` returns False.
    return _read(shared, root, TABLE, is_relative=is_relative) if os.path.isfile(shared) else None  # noqa: PTH113


def _read(path: Path, root: Path, table: tuple[str, ...], *, is_relative: bool) -> Configuration | None:
    seen = Path(os.path.relpath(path)) if is_relative else path
    if not is_inside(path, root):
        if table:
            return None
        raise HostError(f"{shown(seen)}: a link that leads out of the repository is not followed")
    data = read_bytes(seen, MOST_BYTES)
    # Most `pyproject.toml` are not about us, and parsing TOML takes longer than looking.
    if table and b"reportls" not in data:
        return None
    found = _parsed(seen, data, table)
    return found._replace(path=path) if found else None


def _parsed(path: Path, data: bytes, table: tuple[str, ...]) -> Configuration | None:
    from reportls.configuration import BrokenError, read_table  # noqa: PLC0415  # few reports have a configuration

    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
        read = read_table(text, table)
    except UnicodeDecodeError as error:
        raise HostError(
            f"{shown(path)}: the byte at offset {error.start} is not UTF-8: save the file with the encoding UTF-8"
        ) from None
    except BrokenError as error:
        raise HostError(f"{shown(path)}: line {error.line + 1} is not valid TOML: {error}") from None
    return Configuration(path, *read, text) if read else None
