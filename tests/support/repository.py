"""A repository interface backed by a few lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.files import DefaultBranch, GitState, Published, ReportInGit

if TYPE_CHECKING:
    from collections.abc import Sequence


class RepositoryInMemory:
    """A repository with prepared answers."""

    def __init__(
        self,
        report: ReportInGit | None,
        default_branch: DefaultBranch | None = None,
        files: Sequence[str] = (),
        origin: str | None = None,
        refs: dict[str, Sequence[str]] | None = None,
    ) -> None:
        """Take facts about the report, the files of the work tree, and the files on each branch of `origin`."""
        self.report = report
        self.default_branch = default_branch
        self.folder = report.path.rpartition("/")[0] if report else None
        self.origin = origin
        self.refusal: str | None = None
        self._files = sorted(files)
        self._refs = refs or {}

    def paths(self) -> Sequence[str]:
        """Return the path of every file."""
        return self._files

    def has(self, path: str) -> bool:
        """Return whether there is a file or folder with that path."""
        return _has(self._files, path)

    def has_on(self, ref: str, path: str) -> bool | None:
        """Return whether the branch has the path; None if there is no such branch."""
        return _has(self._refs[ref], path) if ref in self._refs else None

    def split_ref(self, written: str) -> tuple[str, str] | None:
        """Split a branch from the path after it."""
        found = [ref for ref in self._refs if f"{written}/".startswith(f"{ref}/")]
        ref = max(found, key=len, default=None)
        return (ref, written[len(ref) + 1 :]) if ref else None


def repository_from(text: str) -> RepositoryInMemory:
    """Parse a fact, or else the path of a file, on each line.

    `report PATH STATE COMMITTED`, `branch NAME COMMIT REPORT`, `origin ADDRESS`, `refusal WORDS`; `on REF PATH` is
    a file of a branch.
    """
    report, branch, origin, refusal = None, None, None, None
    files: list[str] = []
    refs: dict[str, list[str]] = {}
    for line in filter(None, text.splitlines()):
        match line.split(" "):
            case ["report", path, state, committed]:
                known = {"committed": True, "changed": False, "unknown": None}
                report = ReportInGit(path, GitState(state), known[committed])
            case ["branch", name, commit, published]:
                branch = DefaultBranch(name, commit, Published(published))
            case ["origin", address]:
                origin = address
            case ["refusal", *words]:
                refusal = " ".join(words)
            case ["on", ref, path]:
                refs.setdefault(ref, []).append(path)
            case _:
                files.append(line)
    repository = RepositoryInMemory(report, branch, files, origin, dict(refs))
    repository.refusal = refusal
    return repository


def _has(files: Sequence[str], path: str) -> bool:
    return path in ("", ".") or any(f"{file}/".startswith(f"{path}/") for file in files)
