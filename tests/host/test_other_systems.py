"""Tests of what differs on Windows and macOS, run anywhere: with git configured accordingly, and on pure functions."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from reportls.cli.terminal import terminal_of
from reportls.findings.files import GitState
from reportls.host.disk import DiskFiles, name_in_git
from tests.cli.reports import PERFECT, write
from tests.cli.running import reportls
from tests.host.repositories import PNG, git, repository

if TYPE_CHECKING:
    from pathlib import Path

COMPOSED, DECOMPOSED = "f\u00f8rs\u00f8g-caf\u00e9.png", "f\u00f8rs\u00f8g-cafe\u0301.png"


def test_accents_on_macos() -> None:
    """On macOS, a file name that the disk decomposes is compared in composed form, as git commits it."""
    assert name_in_git(DECOMPOSED, "darwin") == COMPOSED
    assert name_in_git(COMPOSED, "darwin") == COMPOSED
    assert name_in_git("plot.png", "darwin") == "plot.png"


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_accents_elsewhere(platform: str) -> None:
    """On other systems, the two forms of an accented letter are two files."""
    assert name_in_git(DECOMPOSED, platform) == DECOMPOSED


def test_renamed_to_other_capitals(tmp_path: Path) -> None:
    """Where case does not distinguish files, git keeps a renamed file's old name; the file is not ignored."""
    root = repository(tmp_path)
    figures = root / "reports" / "figures"
    git(root, "config", "core.ignorecase", "true")
    (figures / "Plot.png").write_bytes(PNG)
    git(root, "add", ".")
    (figures / "Plot.png").rename(figures / "plot.png")
    (figures / "scrap.png").write_bytes(PNG)
    write(root / ".gitignore", "scrap.png\n")
    files = DiskFiles(root / "reports", root, "figures")
    assert files.state_of("figures/plot.png") is GitState.UNKNOWN
    assert files.state_of("figures/scrap.png") is GitState.IGNORED


def test_backslashes(tmp_path: Path) -> None:
    """Windows paths are classified: a figure, a file elsewhere, a path on a drive or a share."""
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "plot.png").write_bytes(PNG)
    paths = [r"figures\plot.png", r"C:\Users\me\plot.png", r"\\server\share\plot.png", "file:///C:/me/plot.png"]
    images = " ".join(f"![a]({path})" for path in paths)
    write(tmp_path / "README.md", PERFECT.replace("In a box", f"{images} In a box").replace("\n", "\r\n"))
    ran = reportls("check", "--format", "concise", "--quiet", tmp_path)
    rules = [line.split(" ")[2] for line in ran.out.splitlines()]
    assert rules == ["image-not-found", *["image-outside-figures"] * 3]
    assert ran.out.count("figures/plot.png") == len(paths)


@pytest.mark.parametrize("encoding", ["cp437", "cp932", "cp1252"])
@pytest.mark.parametrize("form", ["text", "concise"])
def test_consoles(tmp_path: Path, encoding: str, form: str) -> None:
    """Characters that a console cannot show are replaced, and the others stay."""
    write(
        tmp_path / "README.md",
        PERFECT.replace("They eat what flowers give them.", "![\N{HONEYBEE} \u2591](s\u00f8d.png)"),
    )
    ran = reportls("check", "--format", form, tmp_path, encoding=encoding)
    assert ran.code == 1
    assert "d.png" in ran.out
    assert "mistake" not in ran.err


class _Console(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("set_to", "has_colour"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)], ids=str
)
def test_colours_on_windows(monkeypatch: pytest.MonkeyPatch, set_to: dict[str, str], *, has_colour: bool) -> None:
    """On Windows a console has colours without any variable, and a file has none."""
    for name in ("TERM", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in set_to.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", "win32")
    console = terminal_of(_Console(io.BytesIO(), encoding="utf-8"))
    assert (console.has_colour, console.is_ascii) == (has_colour, False)
    assert not terminal_of(io.TextIOWrapper(io.BytesIO(), encoding="cp1252")).has_colour
