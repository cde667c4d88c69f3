"""The files beside a report, as rules may ask for them.

The core never touches the disk: `host` implements this protocol, and tests implement it with a dict.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class GitState(Enum):
    """The state of a file in git, which decides whether it is handed in."""

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
    """The image format by the file's first bytes: `png`, `jpeg`, `gif`, `webp`, `svg` ...; None if it is no image."""
    git: GitState = GitState.UNKNOWN
    pixels: tuple[int, int] | None = None
    """Width and height; None if unknown."""
    is_lfs_pointer: bool = False
    """Whether the file is the pointer that git has in place of an image kept in Git LFS."""
    modified: float = 0
    """Seconds from the epoch to the last change; 0 if unknown."""


class Files(Protocol):
    """The files in a report's folder and below it. Paths are relative to it, use `/` and are case-sensitive."""

    @property
    def is_known(self) -> bool:
        """Whether there is a folder to look at. If not, rules report nothing about files."""

    def paths(self) -> Sequence[str]:
        """Return the paths of all files, sorted."""

    def info(self, path: str) -> FileInfo | None:
        """Return facts about the file; None if it does not exist or is outside the repository."""

    def blob(self, path: str) -> str | None:
        """Return the git blob id of the file's content, 40 hex digits; None if it cannot be read."""


class NoFiles:
    """An empty implementation, for text that is not on disk."""

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
