"""The workflows in `.github/` are valid, have few permissions, and run no script with text from outside."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.schemas import schema

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))

FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))


def read(path: Path) -> dict[str, Any]:
    """Return the parsed file; YAML reads the key `on` as true."""
    found = yaml.safe_load(path.read_text("utf-8"))
    return {"on" if key is True else key: value for key, value in found.items()}


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    """Return all steps of all jobs."""
    return [step for job in workflow["jobs"].values() for step in job.get("steps", [])]


def test_there_are_workflows() -> None:
    """Workflows are found, so the other tests mean something."""
    assert {path.stem for path in FILES} >= {"check", "release", "audit"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_form(path: Path) -> None:
    """Each workflow is valid by the published schema."""
    assert not [*schema("github-workflow.json").iter_errors(read(path))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_actions_of_others_are_named_by_their_commit(path: Path) -> None:
    """Other actions are pinned to a commit, with the version beside it, as a tag can be moved."""
    for line in path.read_text("utf-8").splitlines():
        if match := re.search(r"uses: (?!\./)(.*)", line):
            assert re.fullmatch(r"[\w-]+/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", match[1]), line


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_scripts(path: Path) -> None:
    """Scripts contain no expressions: anyone can choose names of branches and tags, which would be executed."""
    for step in steps(read(path)):
        assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_permissions(path: Path) -> None:
    """Each workflow declares its permissions, by default reading only, and no checkout keeps credentials."""
    workflow = read(path)
    assert workflow["permissions"] in ({}, {"contents": "read"})
    for step in steps(workflow):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


def test_only_publishing_may_write() -> None:
    """Only three jobs can write: to the package index, the site and the release; none of them runs our code."""
    jobs = read(ROOT / ".github" / "workflows" / "release.yml")["jobs"]
    allowed = {name: job["permissions"] for name, job in jobs.items() if "write" in job["permissions"].values()}
    assert allowed == {
        "publish": {"id-token": "write"},
        "site": {"pages": "write", "id-token": "write"},
        "attach": {"contents": "write"},
    }
    for name in allowed:
        used = [step.get("uses", "").partition("@")[0] for step in jobs[name]["steps"]]
        assert "actions/checkout" not in used


def test_oldest_and_newest_python_on_three_systems() -> None:
    """The tests run on the oldest Python that the package supports and the newest it lists."""
    matrix = read(ROOT / ".github" / "workflows" / "check.yml")["jobs"]["tests"]["strategy"]["matrix"]
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    named = re.findall(r'"Programming Language :: Python :: (3\.\d+)"', project)
    assert matrix["python"] == [named[0], named[-1]]
    assert f'requires-python = ">={named[0]}"' in project
    assert {os.partition("-")[0] for os in matrix["os"]} == {"ubuntu", "macos", "windows"}


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_issue_forms(path: Path) -> None:
    """Each form for an issue is valid by the published schema, and one for a bug asks for what a bug report needs."""
    form = read(path)
    name = "github-issue-config.json" if path.stem == "config" else "github-issue-forms.json"
    assert not [*schema(name).iter_errors(form)]
    if path.stem == "bug":
        needed = {item["id"] for item in form["body"] if item.get("validations", {}).get("required")}
        assert needed == {"what", "report", "debug"}


def test_github_finds_the_pages_that_it_looks_for() -> None:
    """GitHub finds the policy on security, the code of conduct, the guide for contributors and the template."""
    names = {path.name for path in (ROOT / ".github").glob("*.md")}
    assert names == {"CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "PULL_REQUEST_TEMPLATE.md", "SECURITY.md"}
