"""The git repository around a report. Each fact is looked up when first needed and then cached."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reportls.findings.files import DefaultBranch, GitState, Published, ReportInGit
from reportls.host import git
from reportls.host.paths import HostError, is_inside
from reportls.host.read import MOST_BYTES, read_bytes
from reportls.lazy import cached_property

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportls.host.disk import DiskFiles

_DEFAULT = "refs/remotes/origin/HEAD"
_BRANCHES = ("refs/remotes/origin/", "refs/heads/", "refs/tags/")
"""Namespaces of the branch or tag in a URL; remote branches come first because they are what others see."""
_COMMIT = re.compile(r"[0-9a-f]{7,64}")
_SHORT = 7
_MOST_ASKED = 50
"""Maximum number of lookups of paths on other branches, because each starts a process."""


class GitRepository:
    """A repository at the time of the first look; make a new object to see later changes."""

    def __init__(self, report: Path, root: Path, files: DiskFiles, *, is_told: bool) -> None:
        """Take the report, an absolute path, and its repository; `is_told`: whether to tell if it is handed in."""
        self._report = report
        self._root = Path(os.path.realpath(root))
        self._files = files
        self._is_told = is_told
        self._asked: dict[tuple[str, str], bool | None] = {}

    @property
    def refusal(self) -> str | None:
        """Why git does not answer, with the way out; None if it does, or there is no repository."""
        return self._files.refusal

    @cached_property
    def report(self) -> ReportInGit | None:
        """The report's state in git; None if it is not to be told or not known."""
        if not self._is_told or not self._branch or self.folder is None or not os.path.lexists(self._report):
            return None
        path = self._report.name if not self.folder else f"{self.folder}/{self._report.name}"
        state = self._files.state_of(self._report.name)
        return ReportInGit(path, state, self._is_committed(path) if state is GitState.TRACKED else None)

    @cached_property
    def default_branch(self) -> DefaultBranch | None:
        """The default branch of `origin` and what it has of the report; None if unknown."""
        found = self._heads.get(_DEFAULT)
        report = self.report
        if not found or not report:
            return None
        blob = git.blob_of(self._root, found.commit, report.path)
        if blob is None:
            return None
        return DefaultBranch(found.target, found.commit[:_SHORT], self._published(found.commit, blob, report))

    @cached_property
    def folder(self) -> str | None:
        """The report's folder, relative to the root; None if a link leads out of the repository."""
        folder = Path(os.path.realpath(self._report.parent))
        if not folder.is_relative_to(self._root):
            return None
        inner = folder.relative_to(self._root).as_posix()
        return "" if inner == "." else inner

    @cached_property
    def origin(self) -> str | None:
        """Host and path of the remote `origin`, such as `github.com/owner/name`; None if there is none."""
        return git.origin_address(self._root)

    def paths(self) -> Sequence[str]:
        """Return the paths of all files that git does not ignore, sorted."""
        return self._paths

    def has(self, path: str) -> bool:
        """Return whether the path exists in the repository, for git or on disk."""
        parents = path.split("/")
        # A path in a nested repository counts as existing: the outer repository cannot tell.
        if path in self._folders or any("/".join(parents[:end]) in self._known for end in range(1, len(parents) + 1)):
            return True
        place = self._root / path
        return "\0" not in path and os.path.lexists(place) and is_inside(place, self._root)

    def has_on(self, ref: str, path: str) -> bool | None:
        """Return whether the branch, tag or commit has the path; None if unknown."""
        key = (ref, path)
        if key not in self._asked and len(self._asked) < _MOST_ASKED:
            found = [git.has_path(self._root, commit, path) for commit in self._commits(ref)] if path else [True]
            known = [each for each in found if each is not None]
            self._asked[key] = any(known) if known else None
        return self._asked.get(key)

    def split_ref(self, written: str) -> tuple[str, str] | None:
        """Split `branch/path` as in a URL; names of branches may contain slashes."""
        parts = written.split("/")
        for end in range(len(parts), 0, -1):
            ref = "/".join(parts[:end])
            if self._commits(ref):
                return ref, "/".join(parts[end:])
        return None

    @cached_property
    def _branch(self) -> str | None:
        return git.current_branch(self._root)

    @cached_property
    def _heads(self) -> Mapping[str, git.Ref]:
        """The refs of the current branch and of the default branch of `origin`, as far as they exist."""
        return git.refs_below(self._root, self._branch, _DEFAULT) if self._branch else {}

    @cached_property
    def _head(self) -> git.Ref | None:
        return self._heads.get(self._branch or "")

    @cached_property
    def _refs(self) -> Mapping[str, git.Ref]:
        return git.refs_below(self._root, *_BRANCHES)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._paths)

    @cached_property
    def _paths(self) -> tuple[str, ...]:
        with suppress(git.RefusedError):
            return tuple(sorted(git.states_below(self._root, self._root) or ()))
        return ()

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(folder for path in self._paths for folder in folders_of(path)) | {"", "."}

    @cached_property
    def _data(self) -> bytes | None:
        try:
            return read_bytes(self._report, MOST_BYTES)
        except HostError:
            return None

    def _commits(self, ref: str) -> list[str]:
        found = [self._refs[name].commit for name in (prefix + ref for prefix in _BRANCHES) if name in self._refs]
        return found or ([ref] if _COMMIT.fullmatch(ref) else [])

    def _is_committed(self, path: str) -> bool | None:
        blob = git.blob_of(self._root, self._head.commit, path) if self._head else ""
        return None if blob is None or self._data is None else _is_blob(self._data, blob)

    def _published(self, commit: str, blob: str, report: ReportInGit) -> Published:
        if not blob:
            return Published.MISSING
        if self._data is not None and _is_blob(self._data, blob):
            return Published.SAME
        is_behind = report.is_committed and self._head and git.is_part_of(self._root, self._head.commit, commit)
        return Published.NEWER if is_behind else Published.OLDER


def folders_of(path: str) -> list[str]:
    """Return every folder that contains the path, except the root."""
    parts = path.split("/")
    return ["/".join(parts[:end]) for end in range(1, len(parts))]


def _is_blob(data: bytes, blob: str) -> bool:
    """Return whether git stores the data under that id; line ends do not matter, as git may check LF out as CRLF."""
    return blob in (_blob_id(data, blob), _blob_id(data.replace(b"\r\n", b"\n"), blob))


def _blob_id(data: bytes, like: str) -> str:
    from hashlib import sha1, sha256  # noqa: PLC0415  # few reports are looked up in git

    content = b"blob %d\0" % len(data) + data
    if len(like) == sha256().digest_size * 2:
        return sha256(content).hexdigest()
    return sha1(content, usedforsecurity=False).hexdigest()
