"""A repository made by an attacker."""

from __future__ import annotations

import os
import struct
import zlib
from typing import TYPE_CHECKING, NamedTuple

from tests.host.repositories import commit, git, repository
from tests.support.group import png

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "s3cr3t-é"  # noqa: S105  # nobody's password
"""A secret in every file outside the repository, and in the repository's own `.git`."""
MARK = "it-was-run"
"""The name of a file that appears beside the repository if anything in it is run."""
ESCAPE = "\x1b]0;owned\x07\x1b[31m\x9b2J\u202e\u2066\x08\r\x00"
"""A control sequence for terminals."""

_LEADING_OUT = (
    "../../secret.png",
    "figures/../../../secret.png",
    "figures/%2e%2e/%2e%2e/%2e%2e/secret.png",
    "..\\..\\secret.png",
    "figures/out.png",
    "figures/folder/secret.png",
    "figures/around/around/out.png",
    "../.git/secret.png",
    "/etc/passwd",
    "file:///etc/passwd",
    "{outside}/secret.png",
    "file://{outside}/secret.png",
    "//host.invalid/secret.png",
    "\\\\host.invalid\\secret.png",
    "http://host.invalid/secret.png",
    "data:image/png;base64,AAAA",
    "figures/pipe.png",
    "figures/device.png",
    "figures/zero.png",
    "figures/null%00.png",
    "figures/bomb.png",
    "figures/bomb.jpg",
    "figures/bomb.gif",
    "figures/bomb.webp",
    "figures/bomb.svg",
)


class Hostile(NamedTuple):
    """The paths of a hostile repository."""

    folder: Path
    """The root of the repository."""
    outside: Path
    """The folder around the repository."""

    @property
    def report(self) -> Path:
        """The path of the report."""
        return self.folder / "reports" / "README.md"

    @property
    def was_run(self) -> bool:
        """Return whether anything in the repository was run."""
        return (self.outside / MARK).exists()


def hostile_repository(outside: Path) -> Hostile:
    """Create the repository in that folder, with secrets outside it."""
    (outside / "secret.png").write_bytes(png() + SECRET.encode())
    (outside / "secret.txt").write_text(SECRET)
    hostile = Hostile(repository(outside / "group"), outside)
    _write_figures(hostile)
    hostile.report.write_text(report_text(outside))
    run = f"open({str(outside / MARK)!r}, 'w')"
    (hostile.folder / "reports" / "report.py").write_text(f"{run}\nquestion_constraints = [{run}]\n# Answer:\n")
    (hostile.folder / "reportls.toml").write_text(
        f'figures = "../.."\nreports = ["../*"]\n"{SECRET[:3]}\\u001b[31m" = 1\n'
    )
    _set_traps(hostile)
    return hostile


def report_text(outside: Path) -> str:
    """Return a report that refers to files outside the repository in every possible way."""
    paths = [path.format(outside=outside) for path in _LEADING_OUT]
    ways = ("![a]({})", "![a](<{}>)", "[a]({})", '<img src="{}">', "{}", "![a][r{}]\n\n[r{}]: {}")
    answer = "\n\n".join(way.format(path, path, path) for path in paths for way in ways)
    prompt = "> **What? [x](command:evil) ![x](http://host.invalid/x.png)**\n>\n> Answer length: 1-2 words + 1 image.\n"
    return (
        f"# ::error::{ESCAPE} ##[error]\n\n* [ ] {ESCAPE} ::set-output name=a::b (M1)\n\n"
        f"### Question 1 {ESCAPE}\n\n{prompt}>\n> Answer:\n\n::add-mask::a {ESCAPE}\n##[error]a\n\n{answer}\n\n"
        f"### Question 2\n\n{prompt}>\n> Answer:\n\n--- question 2 fill here ---\n\n  ::error::{ESCAPE}\n\n"
        "![](figures/\n\n### Question 3\n\n> Answer:\n\n"
        f"![{ESCAPE}](figures/{ESCAPE}::error::.png) s12345{ESCAPE} <{ESCAPE}>\n"
    )


def _write_figures(hostile: Hostile) -> None:
    figures = hostile.folder / "reports" / "figures"
    (figures / "out.png").symlink_to(hostile.outside / "secret.png")
    (figures / "folder").symlink_to(hostile.outside)
    (figures / "around").symlink_to(".")
    (figures / "zero.png").symlink_to("/dev/zero")
    os.mkfifo(figures / "pipe.png")
    if os.geteuid() == 0:
        os.mknod(figures / "device.png", 0o20666, os.makedev(1, 5))  # as /dev/zero
    huge = struct.pack(">II", 2**31 - 1, 2**31 - 1)
    bomb = zlib.compress(bytes(50_000_000))
    (figures / "bomb.png").write_bytes(png()[:16] + huge + png()[24:33] + b"\0\0\xff\xffIDAT" + bomb)
    (figures / "bomb.jpg").write_bytes(b"\xff\xd8\xff" + b"\xff\xe0\0\0" * 100_000)
    (figures / "bomb.gif").write_bytes(b"GIF89a\xff\xff\xff\xff\xf7\0\0" + bytes(1_000_000))
    (figures / "bomb.webp").write_bytes(b"RIFF\xff\xff\xff\xffWEBPVP8X" + b"\xff" * 1_000_000)
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(20))
    (figures / "bomb.svg").write_text(f'<!DOCTYPE svg [<!ENTITY a0 "lol">{entities}]><svg>&a20;</svg>')


def _set_traps(hostile: Hostile) -> None:
    """Configure git to run a program at any access beyond reading."""
    (hostile.folder / ".git" / "secret.png").write_text(SECRET)
    trap = hostile.folder / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch '{hostile.outside / MARK}'\n")
    trap.chmod(0o755)
    for hook in ("post-index-change", "post-checkout", "fsmonitor-watchman"):
        (hostile.folder / ".git" / "hooks" / hook).symlink_to(trap)
    git(hostile.folder, "add", "reports/README.md")
    commit(hostile.folder)
    (hostile.outside / MARK).unlink(missing_ok=True)
    for name in ("core.fsmonitor", "core.pager", "core.sshCommand", "filter.x.clean", "filter.x.process"):
        git(hostile.folder, "config", name, str(trap))
    (hostile.folder / ".gitattributes").write_text("* filter=x\n")
