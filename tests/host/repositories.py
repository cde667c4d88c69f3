"""Real git repositories in a test's folder."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000002800000016808060000009a762570")
"""The first bytes of a picture of 640 by 360 pixels."""
ASKED = (
    *("ls-files", "symbolic-ref", "for-each-ref", "ls-tree", "rev-list", "config"),
    *("rev-parse", "log", "diff-tree", "cat-file"),
)
"""The git commands that the product runs."""


def git(folder: Path, *arguments: str) -> str:
    """Run git in the folder, isolated from the machine's configuration; return its output."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for role in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{role}_NAME": "A", f"GIT_{role}_EMAIL": "a@example.org"}
    run = subprocess.run(["git", *arguments], cwd=folder, env=environment, capture_output=True, check=True, text=True)
    return run.stdout


def repository(folder: Path) -> Path:
    """Create a repository in the folder, with an empty folder for reports."""
    (folder / "reports" / "figures").mkdir(parents=True)
    git(folder, "init", "--quiet")
    return folder


def commit(folder: Path) -> None:
    """Commit what was added."""
    git(folder, "commit", "--quiet", "--message", "Write")
