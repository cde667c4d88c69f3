"""The files and the git repository around a report, as rules may ask for them.

The core never touches the disk or runs git: `host` implements these protocols, and tests use plain values.
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


class ReportInGit(NamedTuple):
    """The report file as git has it."""

    path: str
    """From the repository's root, with `/`."""
    state: GitState
    is_committed: bool | None
    """Whether the last commit of the current branch has the file as it is on disk; None if that is not known."""


class Published(Enum):
    """The report on the default branch of `origin`, beside the one on disk."""

    SAME = "same"
    NEWER = "newer"
    """It is based on a commit that the current branch does not have yet, and nothing here is missing there."""
    OLDER = "older"
    MISSING = "missing"


class DefaultBranch(NamedTuple):
    """The branch that the course collects, as it was when it was last fetched."""

    name: str
    """Such as `origin/main`."""
    commit: str
    """The first digits of its commit."""
    report: Published


class Repository(Protocol):
    """The repository that a report lies in, as it is on this machine. Paths count from its root, with `/`."""

    @property
    def refusal(self) -> str | None:
        """Why git does not answer, and the way out; None if it does, is not there, or has nothing to answer for."""

    @property
    def report(self) -> ReportInGit | None:
        """The report; None outside git, on a detached HEAD, and where nobody is to be told."""

    @property
    def default_branch(self) -> DefaultBranch | None:
        """The version that the course would collect now; None if this machine does not know."""

    @property
    def folder(self) -> str | None:
        """The report's folder, empty for the root; None if there is no repository."""

    @property
    def origin(self) -> str | None:
        """The web address of `origin` without its scheme, such as `github.com/owner/name`; None if there is none."""

    def paths(self) -> Sequence[str]:
        """Every file that git has or would add, sorted; nothing if git cannot tell."""

    def has(self, path: str) -> bool:
        """Return whether there is a file or a folder of that path on disk or in git."""

    def has_on(self, ref: str, path: str) -> bool | None:
        """Return whether a branch, tag or commit has the file or folder; None if the ref is not known here."""

    def split_ref(self, written: str) -> tuple[str, str] | None:
        """Part `ref/path`, where a ref may have slashes too; None if it begins with no ref that is known here."""


class NoRepository:
    """Nothing is known: for a report outside git, and for text that has no place on disk."""

    refusal = None
    report = None
    default_branch = None
    folder = None
    origin = None

    def paths(self) -> Sequence[str]:
        """Nothing."""
        return ()

    def has(self, path: str) -> bool:  # noqa: ARG002  # the protocol's signature
        """Nothing."""
        return False

    def has_on(self, ref: str, path: str) -> bool | None:  # noqa: ARG002  # the protocol's signature
        """Not known."""
        return None

    def split_ref(self, written: str) -> tuple[str, str] | None:  # noqa: ARG002  # the protocol's signature
        """Not known."""
        return None
