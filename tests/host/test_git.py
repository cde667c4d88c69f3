"""Tests of running git: its answers, and that nothing else is run."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from reportls.findings.files import GitState
from reportls.host import git as asking
from reportls.host.git import RefusedError, states_below
from reportls.host.paths import shown
from tests.host.repositories import ASKED, commit, git, repository

TRACKED, UNTRACKED = GitState.TRACKED, GitState.UNTRACKED


@pytest.fixture(autouse=True)
def _no_configuration_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Create a repository with a file in each state."""
    root = repository(tmp_path / "group é 😋")
    (root / ".gitignore").write_text("*.log\nbig*\n")
    for name in (
        "README.md",
        "figures/a b.png",
        "figures/é.png",
        "figures/big.png",
        "x.log",
        "new.md",
        "figures/*.png",
    ):
        (root / "reports" / name).touch()
    (root / "other.md").touch()
    git(root, "add", ".gitignore", "reports/README.md", "reports/figures/é.png", "reports/figures/a b.png", "other.md")
    commit(root)
    return root


def test_states(root: Path) -> None:
    """Tracked and untracked files are listed by their path from the folder; ignored files are missing."""
    assert states_below(root / "reports", root) == {
        "README.md": TRACKED,
        "figures/a b.png": TRACKED,
        "figures/é.png": TRACKED,
        "figures/*.png": UNTRACKED,
        "new.md": UNTRACKED,
    }


def test_report_at_root(root: Path) -> None:
    """The report's folder may be the root of the repository."""
    states = states_below(root, root)
    assert states
    assert states["reports/new.md"] is UNTRACKED
    assert states["other.md"] is TRACKED


def test_while_a_hook_runs(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables that git sets for hooks are ignored; they may point to another repository."""
    repository(tmp_path / "another")
    for name, value in {
        "GIT_DIR": str(tmp_path / "another" / ".git"),
        "GIT_INDEX_FILE": str(tmp_path / "none"),
        "GIT_GLOB_PATHSPECS": "1",
    }.items():
        monkeypatch.setenv(name, value)
    states = states_below(root / "reports", root)
    assert states
    assert states["README.md"] is TRACKED


def test_repository_within(root: Path) -> None:
    """A repository inside this one is listed as a folder, without its files."""
    repository(root / "reports" / "figures" / "inner")
    (root / "reports" / "figures" / "inner" / "file").touch()
    states = states_below(root / "reports", root)
    assert states
    assert states["figures/inner"] is UNTRACKED


def test_no_repository(tmp_path: Path) -> None:
    """A broken repository counts as none, even inside a sound one, and so does a folder outside the repository."""
    outer = repository(tmp_path)
    broken = outer / "reports"
    (broken / ".git").mkdir()
    with pytest.raises(RefusedError, match="not a git repository"):
        states_below(broken, broken)
    assert states_below(outer.parent, outer) is None


def test_no_git(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is known without git, or if git is only in a folder that programs must not come from."""
    monkeypatch.setenv("PATH", "")
    assert states_below(root, root) is None
    program(root / "git", "echo found")
    monkeypatch.setenv("PATH", f".{os.pathsep}")
    monkeypatch.chdir(root)
    assert states_below(root, root) is None


def test_git_refuses(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If git refuses to answer, its output is ignored, and the error has its own words, safe to print."""
    program(tmp_path / "bin" / "git", r'echo "? README.md"; printf "error: x\nfatal: no \033 luck\n" >&2; exit 128')
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(
        RefusedError, match=r"repository .no \N{REPLACEMENT CHARACTER} luck.: check what `git status` says"
    ):
        states_below(root, root)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a repository away")
def test_repository_of_somebody_else(root: Path) -> None:
    """Git's own refusal of a repository with another owner is respected."""
    for path in (root, root / ".git"):
        os.chown(path, 12345, 12345)
    with pytest.raises(RefusedError) as refused:
        states_below(root / "reports", root)
    assert str(refused.value) == (
        f"git does not trust this folder: `git config --global --add safe.directory '{shown(root)}'`"
    )


def test_git_is_no_program(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A git that cannot be executed is reported."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "git").write_bytes(b"\x7fELF")
    (tmp_path / "bin" / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(RefusedError, match="cannot be started"):
        states_below(root, root)


def test_git_hangs(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If git hangs, it is killed together with its children and everything that holds its output open."""
    program(tmp_path / "bin" / "git", "/bin/sleep 600 & echo $! > $(/usr/bin/dirname $0)/child; /bin/sleep 600")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(asking, "SECONDS", 0.3)
    for _ in range(2):  # the second time, it is not even asked
        with pytest.raises(RefusedError, match="does not answer within"):
            states_below(root, root)
    child = int((tmp_path / "bin" / "child").read_text())
    while is_running(child):  # the system may take a moment; the test's timeout is the limit
        time.sleep(0.01)


def is_running(process: int) -> bool:
    """Return whether the process is running; a zombie is not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def program(path: Path, commands: str) -> Path:
    """Write an executable shell script."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{commands}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def hostile(root: Path, tmp_path: Path) -> Path:
    """Create a repository that configures programs to run on any access; each one that runs leaves a mark."""
    touch = program(tmp_path / "touch.sh", f'echo "$0 $*" >> "{tmp_path}/mark"; exit 1')
    for hook in ("post-index-change", "fsmonitor-watchman", "query-watchman", "post-checkout", "pre-commit"):
        program(root / ".git" / "hooks" / hook, f'echo {hook} >> "{tmp_path}/mark"')
    # What a folder that is not checked out ignores stands in an object, and that object is missing.
    git(root, "update-index", "--add", "--cacheinfo", f"100644,{'1' * 40},reports/.gitignore")
    git(root, "update-index", "--skip-worktree", "reports/.gitignore")
    (root / ".gitattributes").write_text("* filter=evil diff=evil\n")
    for name, value in {
        "core.fsmonitor": str(touch),
        "core.untrackedCache": "true",
        "core.pager": str(touch),
        **{f"pager.{command}": str(touch) for command in ASKED},
        **{f"alias.{command}": f"!{touch}" for command in ASKED},
        "core.worktree": str(tmp_path),
        "core.sshCommand": str(touch),
        "core.askPass": str(touch),
        "core.editor": str(touch),
        "filter.evil.clean": str(touch),
        "filter.evil.process": str(touch),
        "diff.evil.textconv": str(touch),
        "extensions.partialClone": "origin",
        "remote.origin.url": f"ext::{touch} %S",
        "remote.origin.promisor": "true",
        "protocol.ext.allow": "always",
        "core.repositoryFormatVersion": "1",
    }.items():
        git(root, "config", name, value)
    (tmp_path / "mark").unlink(missing_ok=True)
    return root


def test_nothing_configured_is_run(hostile: Path, tmp_path: Path) -> None:
    """No program that the repository configures leaves its mark, and git's answers are still complete."""
    states = states_below(hostile / "reports", hostile)
    branch = asking.current_branch(hostile)
    refs = asking.refs_below(hostile, "refs/heads", "refs/remotes")
    assert states
    assert states["README.md"] is TRACKED
    assert branch
    (head,) = {ref.commit for ref in refs.values()}
    assert asking.blob_of(hostile, head, "other.md")
    assert asking.has_path(hostile, head, "reports")
    assert asking.is_part_of(hostile, head, head)
    assert asking.origin_address(hostile) is None, "a program is no address"
    (logged,) = asking.log_of(hostile, head, "other.md", is_first_parent=False)
    assert asking.changed_between(hostile, None, head)
    assert [*asking.contents_of(hostile, asking.sizes_of(hostile, [logged.blob or ""]))] == [(logged.blob, b"")]
    # Objects that are missing here are not fetched either.
    assert asking.blob_of(hostile, "2" * 40, "other.md") is None
    assert not (tmp_path / "mark").exists(), (tmp_path / "mark").read_text()


_INSIDE = "the secret of another folder"


@pytest.mark.parametrize("setting", ["core.excludesFile", "include.path", "core.attributesFile", "core.worktree"])
def test_configuration_outside(root: Path, tmp_path: Path, setting: str) -> None:
    """Git may read a file outside that the repository's configuration names; we repeat nothing that stands in it."""
    secret = tmp_path / "secret"
    secret.write_text(f"[{_INSIDE}\n{_INSIDE}\n[x]\n")
    git(root, "config", setting, str(secret))
    assert _INSIDE not in _said(root)


def test_gitdir_outside(root: Path, tmp_path: Path) -> None:
    """A `.git` file may lead to a repository elsewhere, as in a worktree; of one that is none, nothing is repeated."""
    (root / ".git").rename(tmp_path / "moved")
    (root / ".git").write_text(f"gitdir: {tmp_path / 'moved'}\n")
    assert "'README.md': <GitState.TRACKED" in _said(root)
    other = tmp_path / "other"
    other.mkdir()
    (other / "HEAD").write_text(_INSIDE)
    (root / ".git").write_text(f"gitdir: {other}\n")
    assert _INSIDE not in _said(root)
    (root / ".git").write_text(f"{_INSIDE}\n")
    assert _INSIDE not in _said(root)


def _said(root: Path) -> str:
    """Return all that is known of the files, or why nothing is."""
    try:
        return str(states_below(root / "reports", root))
    except RefusedError as error:
        return str(error)


@pytest.mark.parametrize("setting", ["core.fsmonitor", "remote.origin.url"])
def test_the_trap_is_set(hostile: Path, tmp_path: Path, setting: str) -> None:
    """Plain git does run these programs, so the test above can fail."""
    for other in {"core.fsmonitor", "remote.origin.url"} - {setting}:
        git(hostile, "config", "--unset", other)
    command = ["git", f"--work-tree={hostile}", "ls-files", "--others", "--exclude-standard"]
    subprocess.run(command, cwd=hostile, capture_output=True, check=False, timeout=20)
    assert (tmp_path / "mark").exists()


def test_index_is_left_alone(root: Path) -> None:
    """Reading the state of files does not change the index."""
    index = root / ".git" / "index"
    before = index.read_bytes(), index.stat().st_mtime_ns, sorted(path.name for path in index.parent.iterdir())
    states_below(root, root)
    assert before == (
        index.read_bytes(),
        index.stat().st_mtime_ns,
        sorted(path.name for path in index.parent.iterdir()),
    )
