"""Tests of the repository around a report: whether the report is handed in, and which paths exist."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from reportls.findings.files import DefaultBranch, GitState, Published, ReportInGit
from reportls.findings.finding import Severity
from reportls.host import git as asking
from reportls.host.disk import DiskFiles
from reportls.host.history import Place, past_of
from reportls.host.loading import load
from reportls.host.paths import HostError
from reportls.host.repository import GitRepository
from reportls.snapshot import take
from tests.host.repositories import commit, git, repository
from tests.support.group import REPORT as REPORT_TEXT

if TYPE_CHECKING:
    from pathlib import Path

REPORT = "reports/README.md"


@pytest.fixture(autouse=True)
def _no_configuration_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """Create a group's repository with a report, as a remote."""
    origin = repository(tmp_path / "origin")
    git(origin, "symbolic-ref", "HEAD", "refs/heads/main")
    (origin / REPORT).write_bytes(b"one\n")
    (origin / "src").mkdir()
    (origin / "src" / "train.py").touch()
    git(origin, "add", ".")
    commit(origin)
    return origin


@pytest.fixture
def root(origin: Path, tmp_path: Path) -> Path:
    """Create a clone of the remote."""
    git(tmp_path, "clone", "--quiet", str(origin), "clone")
    return tmp_path / "clone"


def seen(root: Path, path: str = REPORT, *, is_told: bool = True) -> GitRepository:
    """Return the repository around that report."""
    report = root / path
    return GitRepository(report, root, DiskFiles(report.parent, root, "figures"), is_told=is_told)


def published(root: Path) -> Published | None:
    """Return what the default branch has of the report."""
    branch = seen(root).default_branch
    return branch.report if branch else None


def test_handed_in(root: Path) -> None:
    """A clone has what was handed in, and the name of the default branch."""
    head = git(root, "rev-parse", "HEAD")[:7]
    assert seen(root).report == ReportInGit(REPORT, GitState.TRACKED, is_committed=True)
    assert seen(root).default_branch == DefaultBranch("origin/main", head, Published.SAME)


@pytest.mark.parametrize("content", [b"two\n", b""])
def test_changed(root: Path, content: bytes) -> None:
    """A change on disk is neither committed nor handed in."""
    (root / REPORT).write_bytes(content)
    assert seen(root).report == ReportInGit(REPORT, GitState.TRACKED, is_committed=False)
    assert published(root) is Published.OLDER


def test_line_ends_are_no_change(root: Path) -> None:
    """A checkout with CRLF line ends, where git has LF, is not a change."""
    (root / REPORT).write_bytes(b"one\r\n")
    assert seen(root).report == ReportInGit(REPORT, GitState.TRACKED, is_committed=True)
    assert published(root) is Published.SAME


def test_committed_and_not_pushed(root: Path) -> None:
    """A local commit is not on the default branch until it is pushed."""
    (root / REPORT).write_bytes(b"two\n")
    git(root, "add", REPORT)
    assert seen(root).report == ReportInGit(REPORT, GitState.TRACKED, is_committed=False)
    commit(root)
    assert seen(root).report == ReportInGit(REPORT, GitState.TRACKED, is_committed=True)
    assert published(root) is Published.OLDER
    git(root, "push", "--quiet", "origin", "HEAD:refs/heads/another")
    assert published(root) is Published.OLDER
    git(root, "update-ref", "refs/remotes/origin/main", "HEAD")
    assert published(root) is Published.SAME


def test_others_have_pushed(origin: Path, root: Path) -> None:
    """If the default branch has commits that this branch lacks, it has a newer version."""
    (origin / REPORT).write_bytes(b"two\n")
    git(origin, "add", ".")
    commit(origin)
    assert published(root) is Published.SAME
    git(root, "fetch", "--quiet")
    assert published(root) is Published.NEWER
    (root / REPORT).write_bytes(b"three\n")
    assert published(root) is Published.OLDER


def test_not_on_the_default_branch(origin: Path, root: Path) -> None:
    """The report may be deleted from the default branch or never have been on it."""
    git(origin, "rm", "--quiet", REPORT)
    commit(origin)
    git(root, "fetch", "--quiet")
    assert published(root) is Published.MISSING


def test_default_branch_is_not_known(root: Path) -> None:
    """Without `origin/HEAD`, the branch that the course collects is unknown."""
    git(root, "remote", "set-head", "origin", "--delete")
    assert seen(root).default_branch is None
    assert seen(root).report


def test_git_refuses(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken index is one finding with git's own reason, also where nobody is told what is handed in."""
    (root / ".git" / "index").write_bytes(b"junk")
    monkeypatch.setenv("CI", "true")
    (root / REPORT).write_text(REPORT_TEXT, "utf-8", newline="")
    loaded = load(root / REPORT)
    found = [finding for finding in take(loaded.text, loaded.environment).findings if "git" in finding.message]
    assert [finding.severity for finding in found] == [Severity.INFORMATION]
    assert "index file" in found[0].message
    assert seen(root).paths() == ()


def test_no_refusal(root: Path) -> None:
    """Nothing is said if git answers."""
    assert seen(root).refusal is None


@pytest.mark.parametrize("content", [None, "gitdir: /nowhere\n", "junk\n"])
def test_no_repository_of_that_name(content: str | None, tmp_path: Path) -> None:
    """If `.git` is an empty folder, or a file that leads to no repository, git's own reason is told."""
    if content is None:
        (tmp_path / ".git").mkdir()
    else:
        (tmp_path / ".git").write_text(content)
    refusal = seen(tmp_path, "README.md").refusal
    assert refusal
    assert refusal.startswith("git cannot read this repository (")
    with pytest.raises(HostError, match="git cannot read this repository"):
        past_of(Place(tmp_path, "README.md"))


def test_untracked_and_ignored(root: Path) -> None:
    """A new file is untracked, and one that matches `.gitignore` is ignored."""
    (root / "reports" / "new.md").touch()
    assert seen(root, "reports/new.md").report == ReportInGit("reports/new.md", GitState.UNTRACKED, None)
    (root / ".gitignore").write_text("new.md\n")
    assert seen(root, "reports/new.md").report == ReportInGit("reports/new.md", GitState.IGNORED, None)


def test_before_the_first_commit(tmp_path: Path) -> None:
    """A file that was added before the first commit is tracked and not committed."""
    root = repository(tmp_path / "new")
    (root / "README.md").touch()
    git(root, "add", ".")
    assert seen(root, "README.md").report == ReportInGit("README.md", GitState.TRACKED, is_committed=False)
    assert seen(root, "README.md").default_branch is None


def test_nothing_is_said(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is known in continuous integration, without the file, without git, or on a detached HEAD."""
    assert seen(root, is_told=False).report is None
    assert seen(root, is_told=False).default_branch is None
    assert seen(root, "reports/none.md").report is None
    assert load(root / REPORT).environment.repository.report
    monkeypatch.setenv("CI", "true")
    assert load(root / REPORT).environment.repository.report is None
    monkeypatch.setenv("CI", "false")
    assert load(root / REPORT).environment.repository.report
    git(root, "checkout", "--quiet", "--detach")
    assert seen(root).report is None
    shutil.rmtree(root / ".git")
    assert load(root / REPORT).environment.repository.report is None


def test_link_out_of_the_repository(root: Path, tmp_path: Path) -> None:
    """Of a report that is a symbolic link, git has only the link."""
    (root / REPORT).unlink()
    (tmp_path / "elsewhere.md").touch()
    (root / REPORT).symlink_to(tmp_path / "elsewhere.md")
    assert seen(root).report == ReportInGit(REPORT, GitState.UNKNOWN, None)


def test_objects_of_sha256(tmp_path: Path) -> None:
    """A repository may use SHA-256 object ids."""
    root = tmp_path / "long"
    (root / "reports").mkdir(parents=True)
    git(root, "init", "--quiet", "--object-format=sha256")
    (root / REPORT).write_text("one\n")
    git(root, "add", ".")
    commit(root)
    assert seen(root).report == ReportInGit(REPORT, GitState.TRACKED, is_committed=True)


def test_nothing_is_changed(root: Path) -> None:
    """Asking changes nothing in the repository."""

    def everything() -> list[tuple[str, int, bytes]]:
        files = sorted(path for path in (root / ".git").rglob("*") if path.is_file())
        return [(str(path), path.stat().st_mtime_ns, path.read_bytes()) for path in files]

    before = everything()
    found = seen(root)
    assert found.report
    assert found.default_branch
    assert found.paths()
    assert found.has_on("main", "src")
    assert everything() == before


@pytest.mark.parametrize(
    ("url", "web"),
    [
        ("git@github.com:Group/project.git", "github.com/Group/project"),
        ("https://github.com/group/project.git", "github.com/group/project"),
        ("https://github.com/group/project", "github.com/group/project"),
        ("https://someone:secret@github.com/group/project.git", "github.com/group/project"),
        ("ssh://git@gitlab.com:22/group/sub/project.git/", "gitlab.com/group/sub/project"),
        ("/srv/project.git", None),
        ("../project.git", None),
    ],
)
def test_origin(root: Path, url: str, web: str | None) -> None:
    """The configured address of `origin` gives host and path; a local folder gives none."""
    git(root, "config", "remote.origin.url", url)
    assert seen(root).origin == web


def test_no_origin(root: Path) -> None:
    """A repository without a remote has no origin."""
    git(root, "remote", "remove", "origin")
    assert seen(root).origin is None


def test_paths(root: Path) -> None:
    """Paths of tracked, untracked and other files on disk all exist."""
    (root / ".gitignore").write_text("data\n")
    (root / "data").mkdir()
    (root / "data" / "raw.csv").touch()
    (root / "new é.md").touch()
    found = seen(root)
    assert found.folder == "reports"
    assert found.paths() == (".gitignore", "new é.md", "reports/README.md", "src/train.py")
    assert all(map(found.has, ("", "src", "src/train.py", "data", "data/raw.csv", "new é.md")))
    assert not any(map(found.has, ("train.py", "src/Train.py", "data/none.csv", "src/train.py2", "x" * 5000, "\0")))
    (root / "src" / "train.py").unlink()
    assert seen(root).has("src/train.py")


def test_links_lead_nowhere_else(root: Path, tmp_path: Path) -> None:
    """A link out of the repository is not followed."""
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "file").touch()
    (root / ".gitignore").write_text("out\n")
    (root / "out").symlink_to(tmp_path / "secret")
    assert not seen(root).has("out/file")
    assert not seen(root).has("out")


def test_submodule(origin: Path, root: Path) -> None:
    """Paths in a nested repository count as existing, as they cannot be checked."""
    git(root, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(origin), "inner")
    shutil.rmtree(root / "inner")
    assert seen(root).has("inner/anything")


def test_refs(root: Path) -> None:
    """A ref is a branch of `origin`, a local branch, a tag or a commit, and may contain slashes."""
    head = git(root, "rev-parse", "HEAD").strip()
    git(root, "branch", "feature/data")
    git(root, "tag", "--annotate", "--message", "x", "v1")
    found = seen(root)
    for ref in ("main", "HEAD", "feature/data", "v1", head, head[:7]):
        assert found.split_ref(f"{ref}/src/train.py") == (ref, "src/train.py")
        assert found.split_ref(ref) == (ref, "")
        assert found.has_on(ref, "src/train.py") is True
        assert found.has_on(ref, "src") is True
        assert found.has_on(ref, "") is True
        assert found.has_on(ref, "train.py") is False
    assert found.split_ref("feature/x/src") is None
    assert found.split_ref("") is None
    assert found.has_on("1234567", "src") is None


def test_few_processes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many links there are, git runs only a limited number of times."""
    found = seen(root)
    assert found.has_on("main", "src")
    asked: list[str] = []
    monkeypatch.setattr(asking, "has_path", lambda _root, _commit, path: asked.append(path))
    for number in range(1000):
        found.has_on("main", str(number))
    assert found.has_on("main", "src")
    assert 2 < len(asked) <= 100
