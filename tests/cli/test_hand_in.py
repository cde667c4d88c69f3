"""Tests of what `check` says about handing in, in a git repository."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from reportls.editions.edition import builtin
from tests.cli.reports import PERFECT, meeting, write
from tests.cli.running import reportls
from tests.host.repositories import PNG, commit, git, repository

if TYPE_CHECKING:
    from pathlib import Path

EDITION = "dtu-02476-2026"
RULE = "report-not-handed-in"


@pytest.fixture(autouse=True)
def _no_configuration_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a repository with a report of a built-in edition that passes and is committed."""
    root = repository(tmp_path / "group")
    text = meeting(builtin(EDITION).limits)
    for line in text.splitlines():
        if line.startswith("!["):
            write(root / "reports" / line.partition("(")[2].rstrip(")")).write_bytes(PNG)
    write(root / "reports" / "README.md", text)
    git(root, "symbolic-ref", "HEAD", "refs/heads/main")
    git(root, "add", ".")
    commit(root)
    return root


def said(root: Path, path: str = "reports/README.md", edition: str | None = EDITION) -> tuple[str, str, int]:
    """Return the message of the rule, the last line and the exit code."""
    ran = reportls("check", *(("--edition", edition) if edition else ()), root / path)
    message = next((line.partition(f"{RULE}: ")[2] for line in ran.out.splitlines() if f"{RULE}: " in line), "")
    return message, ran.out.splitlines()[-1], ran.code


def publish(root: Path) -> str:
    """Simulate a push of the current commit to the default branch; return the abbreviated commit."""
    git(root, "update-ref", "refs/remotes/origin/main", "HEAD")
    git(root, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    return git(root, "rev-parse", "HEAD")[:7]


def test_handed_in(root: Path) -> None:
    """The last line confirms the hand-in once the report is on the default branch, and not while that is unknown."""
    assert said(root)[0] == ""
    assert "31 of 31 passed" in said(root)[1]
    published = publish(root)
    message, last, code = said(root)
    assert message == ""
    assert last == f"as of origin/main, last fetched at {published}: this version is handed in"
    assert code == 0


def test_still_to_be_handed_in(root: Path) -> None:
    """A report that is not handed in yet leads to information, which does not change the exit code."""
    published = publish(root)
    report = root / "reports" / "README.md"
    report.write_bytes(report.read_bytes() + b"\n")
    message, last, code = said(root)
    assert message == "This report has changed since the last commit: commit and push it"
    assert last == f"as of origin/main, last fetched at {published}: another version is handed in"
    assert code == 0
    git(root, "add", ".")
    commit(root)
    message, again, code = said(root)
    assert message.startswith(f"This version of the report is not on origin/main, last fetched at {published}")
    assert (again, code) == (last, 0)
    git(root, "rm", "--quiet", "--cached", "reports/README.md")
    message, last, code = said(root)
    assert message == "This report is not in git: `git add` it, commit and push"
    assert (last, code) == ("not handed in: not in git", 0)


def test_not_collected(root: Path) -> None:
    """A report that the course will not collect is a warning."""
    write(root / "docs" / "README.md", (root / "reports" / "README.md").read_text().replace("figures/", "../figures/"))
    message, last, code = said(root, "docs/README.md")
    wanted = "The course collects reports/README.md at the repository's root, not docs/README.md"
    assert message.startswith(wanted)
    assert (last, code) == ("not handed in: not reports/README.md at the repository's root", 1)
    write(root / ".gitignore", "docs\n")
    message, last, code = said(root, "docs/README.md")
    assert message == "This report is excluded by .gitignore: `git add -f` it, commit and push"
    assert (last, code) == ("not handed in: excluded by .gitignore", 1)


def test_another_course(root: Path) -> None:
    """For another course, branch and folder of the hand-in are unknown; only a report that git lacks is reported."""
    publish(root)
    write(root / "docs" / "README.md")
    assert said(root, "docs/README.md", None)[0] == "This report is not in git: `git add` it, commit and push"
    git(root, "add", ".")
    message, last, code = said(root, "docs/README.md", None)
    assert message == "This report has changed since the last commit: commit and push it"
    assert (last, code) == ("not handed in as it is here: changed since the last commit", 0)
    commit(root)
    message, last, code = said(root, "docs/README.md", None)
    assert message == ""
    assert "2 of 2" in last
    assert code == 0


def test_silence(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is said in continuous integration, on a detached HEAD, or if the rule is ignored."""
    publish(root)
    assert reportls("check", "--ignore", RULE, root / "reports").out.splitlines()[-1].startswith("31 of 31")
    monkeypatch.setenv("CI", "true")
    assert said(root)[1].startswith("31 of 31")
    monkeypatch.delenv("CI")
    git(root, "checkout", "--quiet", "--detach")
    assert said(root)[1].startswith("31 of 31")


def test_demo(root: Path) -> None:
    """The sample report of `demo` leads to no message about handing in, even inside a repository."""
    ran = reportls("demo", root / "demo")
    assert RULE not in ran.out
    assert "handed in" not in ran.out
    assert "not in git" not in ran.out.replace("figures", "")


def test_standard_input(root: Path) -> None:
    """Standard input under the name of a missing file leads to no message about handing in."""
    ran = reportls("check", "--stdin-filename", root / "reports" / "new.md", "-", stdin=PERFECT.encode())
    assert RULE not in ran.out
