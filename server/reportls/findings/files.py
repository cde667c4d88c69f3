"""What rules may ask of the files beside a report.

The core never touches the disk: `host` answers there, and a dict in tests.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class GitState(Enum):
    """Whether a file is handed in."""

    TRACKED = "tracked"
    UNTRACKED = "untracked"
    IGNORED = "ignored"
    UNKNOWN = "unknown"
    """No repository, or git could not be asked."""


class FileInfo(NamedTuple):
    """A file in the report's folder."""

    size: int
    """Bytes."""
    kind: str | None
    """The kind of image that its first bytes say it is: `png`, `jpeg`, `gif`, `webp`, `svg` ...; None if no image."""
    git: GitState = GitState.UNKNOWN
    pixels: tuple[int, int] | None = None
    """Width and height."""
    is_lfs_pointer: bool = False
    """Whether it is the text that stands for a picture kept in Git LFS."""


class Files(Protocol):
    """The files in a report's folder, and below it. Paths are relative to it, with `/`, and compare case and all."""

    @property
    def is_known(self) -> bool:
        """Whether there is a folder to look at; if not, nothing can be said of any file."""

    def paths(self) -> Sequence[str]:
        """Every file, sorted."""

    def info(self, path: str) -> FileInfo | None:
        """What is known of the file; None if there is no such file, or it leads out of the repository."""

    def blob(self, path: str) -> str | None:
        """The git blob id of the file's content (40 hex digits); None if it cannot be read."""


class NoFiles:
    """No files are known, so nothing can be said of any: for text that has no place on disk."""

    is_known = False

    def paths(self) -> Sequence[str]:
        """Nothing."""
        return ()

    def info(self, path: str) -> FileInfo | None:  # noqa: ARG002  # the protocol's signature
        """Nothing."""
        return None

    def blob(self, path: str) -> str | None:  # noqa: ARG002  # the protocol's signature
        """Nothing."""
        return None
