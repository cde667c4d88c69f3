"""Real git repositories with a past, made commit by commit at fixed times."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_START = 1_767_000_000
_HOUR = 3600


class Past:
    """A repository in which every commit is an hour later than the one before."""

    def __init__(self, folder: Path) -> None:
        """Create it in the folder, which may be there already."""
        self.folder = folder
        self.hours = 0
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    @property
    def report(self) -> Path:
        """The report's usual place."""
        return self.folder / "reports" / "README.md"

    def git(self, *arguments: str) -> str:
        """Run git here, isolated from the machine's configuration; return its output without the line break."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        now = f"{_START + self.hours * _HOUR} +0000"
        people = {f"GIT_{role}_{what}": "a" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        times = {"GIT_AUTHOR_DATE": now, "GIT_COMMITTER_DATE": now}
        # A test may hold a repository inside another on this disk, which git refuses to clone by default.
        command = ["git", "-c", "protocol.file.allow=always", *arguments]
        ran = subprocess.run(
            command, cwd=self.folder, env=kept | people | own | times, capture_output=True, check=True, text=True
        )
        return ran.stdout.rstrip("\n")

    def write(self, text: str, path: str = "reports/README.md") -> None:
        """Write a file, which is not committed yet."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())

    def commit(self, subject: str) -> str:
        """Commit everything; return the first seven digits of the commit."""
        self.hours += 1
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", subject)
        return self.git("rev-parse", "HEAD")[:7]

    def save(self, text: str, subject: str = "Write") -> str:
        """Write the report and commit it; return the first seven digits of the commit."""
        self.write(text)
        return self.commit(subject)
