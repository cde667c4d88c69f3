"""Tests of a report's first version in git as its template, on real histories."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from reportls.forms.recognition import is_blank
from reportls.forms.template import read_template
from reportls.host.templates import UnusableError, first_version
from tests.host.repositories import git

if TYPE_CHECKING:
    from pathlib import Path

BLANK = """\
# Field trip

**Name:**

## Route

> Where will you walk? At most 800 characters.

[Write your answer here]

## Gear

> Three items at most.

[Write your answer here]
"""
FILLED = BLANK.replace("[Write your answer here]", "Along the river, then up to the ridge and back by bus.")


@pytest.fixture(autouse=True)
def _no_configuration_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Create an empty repository."""
    folder = tmp_path / "group"
    folder.mkdir()
    git(folder, "init", "--quiet")
    git(folder, "symbolic-ref", "HEAD", "refs/heads/main")
    return folder


def save(root: Path, path: str, text: str, *arguments: str) -> None:
    """Write a file and commit everything."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(text.encode())
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Save", *arguments)


def why_not(root: Path, path: str = "report.md") -> str:
    """Return why the report's first version cannot be its template."""
    with pytest.raises(UnusableError) as caught:
        first_version(root, path)
    return str(caught.value)


def test_blank_first_version(root: Path) -> None:
    """The first version is the template, whatever was committed since and whatever lies on disk."""
    save(root, "report.md", BLANK)
    save(root, "report.md", FILLED)
    (root / "report.md").unlink()
    assert first_version(root, "report.md").text == BLANK


def test_renamed(root: Path) -> None:
    """Renames are followed, also into other folders and with changes in the same commit."""
    save(root, "blank report.md", BLANK)
    git(root, "mv", "blank report.md", "report.md")
    save(root, "other.md", "Something else.\n")
    save(root, "report.md", FILLED)
    (root / "docs é").mkdir()
    git(root, "mv", "report.md", "docs é/README.md")
    save(root, "docs é/README.md", FILLED + "\nThe end.\n")
    assert first_version(root, "docs é/README.md").text == BLANK


def test_written_again_after_a_deletion(root: Path) -> None:
    """A report that was deleted and added again still has its first version."""
    save(root, "report.md", BLANK)
    git(root, "rm", "--quiet", "report.md")
    git(root, "commit", "--quiet", "--message", "Delete")
    save(root, "report.md", FILLED)
    assert first_version(root, "report.md").text == BLANK


def test_merged(root: Path) -> None:
    """The first version is found on a branch that was merged."""
    save(root, "other.md", "Something else.\n")
    git(root, "checkout", "--quiet", "-b", "draft")
    save(root, "report.md", BLANK)
    save(root, "report.md", FILLED)
    git(root, "checkout", "--quiet", "main")
    save(root, "another.md", "Something else again.\n")
    git(root, "merge", "--quiet", "--no-edit", "draft")
    assert first_version(root, "report.md").text == BLANK


def test_squashed(root: Path) -> None:
    """A first version that was filled in already is no template; nor is one of which all but the beginning is."""
    save(root, "report.md", BLANK)
    save(root, "report.md", FILLED, "--amend")
    assert why_not(root).startswith("most of it was filled in already (commit ")


def test_shallow(root: Path, tmp_path: Path) -> None:
    """In a clone without the older commits, the oldest version there need not be the first."""
    save(root, "report.md", BLANK)
    save(root, "report.md", BLANK + "\nOne more line.\n")
    git(tmp_path, "clone", "--quiet", "--depth", "1", root.as_uri(), "clone")
    assert "git fetch --unshallow" in why_not(tmp_path / "clone")
    git(tmp_path / "clone", "fetch", "--quiet", "--unshallow")
    assert first_version(tmp_path / "clone", "report.md").text == BLANK


def test_replaced_parents(root: Path) -> None:
    """A history whose commits have been given other parents is not trusted."""
    save(root, "report.md", BLANK)
    save(root, "report.md", BLANK + "\nOne more line.\n")
    git(root, "replace", "--graft", "HEAD")
    assert "git replace" in why_not(root)


def test_grafts_file(root: Path) -> None:
    """The older way to give a commit other parents is not trusted either."""
    save(root, "report.md", BLANK)
    save(root, "report.md", BLANK + "\nOne more line.\n")
    head = git(root, "rev-parse", "HEAD")
    (root / ".git" / "info").mkdir(exist_ok=True)
    (root / ".git" / "info" / "grafts").write_text(head)
    assert "grafts" in why_not(root)


def test_nothing_committed(root: Path) -> None:
    """Without commits, or with commits of other files only, there is no first version."""
    (root / "report.md").write_text(BLANK)
    assert why_not(root) == "nothing is committed yet"
    (root / "other.md").write_text("x")
    git(root, "add", "other.md")
    git(root, "commit", "--quiet", "--message", "Save")
    assert why_not(root) == "the report is not committed yet"


@pytest.mark.parametrize(
    ("first", "reason"),
    [
        ("Just a letter.\n", "it has no place to answer"),
        ("# caf\udce9\n", "it is not UTF-8"),
        ("# Long\n" + "x" * 1_000_001, "it is not a regular file of at most 1 MB"),
    ],
    ids=["no form", "Latin-1", "too long"],
)
def test_first_versions_that_are_no_forms(root: Path, first: str, reason: str) -> None:
    """A first version that could not be a template as a file cannot be one from git."""
    (root / "report.md").write_bytes(first.encode("utf-8", "surrogateescape"))
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Save")
    save(root, "report.md", BLANK)
    assert why_not(root).startswith(reason)


def test_link(root: Path) -> None:
    """A symbolic link is not followed."""
    save(root, "blank.md", BLANK)
    (root / "report.md").symlink_to("blank.md")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Link")
    assert why_not(root).startswith("it is not a regular file")


def test_no_repository(tmp_path: Path) -> None:
    """Where git refuses, its reason is given."""
    (tmp_path / ".git").mkdir()
    assert why_not(tmp_path).startswith("git cannot read this repository")


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("## A\n\n## B\n", True),
        ("## A\n\n*Describe it.*\n\n## B\n\n> Describe it.\n", True),
        ("## A\n\nDescribe it in at most 100 words.\n\n## B\n\n<!-- your answer here -->\n", True),
        ("## A\n\nWe did it.\n\n## B\n\nAnd that.\n", False),
        ("## A\n\nWe did it.\n\n## B\n\n[Write here]\n\n## C\n\n[Write here]\n", True),
        ("## A\n\n**Your answer:**\n\n## B\n\n**Your answer:**\n\nWe did it.\n\n## C\n\n**Your answer:**\n", True),
        ("## A\n\n**Your answer:**\n\nWe did it.\n", False),
        ("### Question 1\n\n> What?\n>\n> Answer:\n\n--- question 1 fill here ---\n", True),
        ("### Question 1\n\n> What?\n>\n> Answer:\n\n54\n", False),
        ("**Name:**\n\n**Group:**\n", True),
        ("## A\n\n![A plot](plot.png)\n", False),
    ],
)
def test_blank(text: str, blank: bool) -> None:  # noqa: FBT001  # a table of cases
    """A text is blank if most slots have nothing, instructions that are set apart, or something to be replaced."""
    assert is_blank(read_template(text)) is blank
