"""A report on disk with all that it depends on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportls.findings.finding import FileProblem

if TYPE_CHECKING:
    from reportls.snapshot import Environment


class HostError(Exception):
    """Something could not be read as asked. The message names the file and the way out; `check` then exits with 2."""


class FileFinding(NamedTuple):
    """A problem in a configuration file or a `report.py`."""

    path: Path
    problem: FileProblem


class Flags(NamedTuple):
    """What the command line (or an editor) says on top of all configuration files."""

    edition: str | None = None
    select: frozenset[str] | None = None
    ignore: frozenset[str] | None = None


class Loaded(NamedTuple):
    """A report, read, and what its findings depend on."""

    path: Path
    text: str
    """Exactly as in the file: byte order mark, line ends and all."""
    environment: Environment
    configuration: tuple[FileFinding, ...]


def load(path: Path, flags: Flags = Flags(), text: str | None = None) -> Loaded:
    """Read a report and its surroundings; `text` stands in for the file's content (standard input, an editor's buffer).

    Raises:
        HostError: the file cannot be read, is no UTF-8 or over 20 MB, or a configuration file cannot be parsed.
    """
    raise NotImplementedError
