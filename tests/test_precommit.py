"""Tests of the pre-commit hooks with the real pre-commit, in a repository with a report."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.cli.reports import LEFT, NO_REPORT, PERFECT, SHORT, write

ROOT = Path(__file__).parents[1]
AUTHOR = ("-c", "user.name=A student", "-c", "user.email=student@example.org")

pytestmark = [
    pytest.mark.skipif(not (ROOT / ".git").exists(), reason="pre-commit takes its hooks from a repository"),
    pytest.mark.timeout(900),
]


class Group:
    """A group's repository with the hooks of this checkout installed."""

    def __init__(self, folder: Path, hook: str) -> None:
        """Copy the checkout with its uncommitted changes to a place from where pre-commit can clone it."""
        self.folder = folder / "group"
        self._environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if name not in {"PYTHONPATH", "GIT_DIR", "GIT_INDEX_FILE"}
            },
            "PRE_COMMIT_HOME": str(folder / "cache"),
        }
        hooks = folder / "hooks"
        for name in self._run(ROOT, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
            if name and (ROOT / name).is_file():
                (hooks / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, hooks / name)
        for place in (hooks, self.folder):
            place.mkdir(exist_ok=True)
            self._run(place, "git", "init", "--quiet")
        self._run(hooks, "git", "add", "--all")
        self._run(hooks, "git", *AUTHOR, "commit", "--quiet", "--message", "hooks")
        revision = self._run(hooks, "git", "rev-parse", "HEAD").strip()
        used = {"repos": [{"repo": hooks.as_uri(), "rev": revision, "hooks": [{"id": hook}]}]}
        write(self.folder / ".pre-commit-config.yaml", yaml.safe_dump(used))
        self._run(self.folder, sys.executable, "-m", "pre_commit", "install", "--install-hooks")

    def commit(self, **texts: str) -> str | None:
        """Commit Markdown files with these texts; return the output if the commit is refused."""
        for name, text in texts.items():
            write(self.folder / f"{name}.md", text)
        self._run(self.folder, "git", "add", "--all")
        done = subprocess.run(
            ["git", *AUTHOR, "commit", "--message", "work"],
            cwd=self.folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return done.stdout if done.returncode else None

    def _run(self, folder: Path, *command: str) -> str:
        done = subprocess.run(
            command, cwd=folder, env=self._environment, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def test_hooks_have_the_form_of_some() -> None:
    """The definition of the hooks is valid for pre-commit."""
    manifest = ROOT / ".pre-commit-hooks.yaml"
    subprocess.run([sys.executable, "-m", "pre_commit", "validate-manifest", manifest], check=True)


@pytest.mark.slow
def test_check(tmp_path: Path) -> None:
    """A commit of a report with mistakes is refused with a reason, and passes once fixed; other Markdown passes."""
    group = Group(tmp_path, "reportls")
    assert group.commit(notes=NO_REPORT) is None
    others = {f"page-{number}": NO_REPORT for number in range(20)}
    said = group.commit(README=SHORT, **others)
    assert said
    assert said.count("no report, so not judged") == 1
    assert "README.md:7:30: error answer-too-short " in said
    assert "Traceback" not in said
    assert group.commit(README=PERFECT) is None


@pytest.mark.slow
def test_fix(tmp_path: Path) -> None:
    """Safe fixes are applied and the commit is refused once, for the author to look at them; the next one passes."""
    group = Group(tmp_path, "reportls-fix")
    said = group.commit(README=LEFT)
    assert said
    assert "files were modified by this hook" in said
    assert "fill here" not in (group.folder / "README.md").read_text("utf-8")
    assert group.commit() is None
    assert group.commit(README=SHORT) is None
