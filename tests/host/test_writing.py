"""Writing a report: all or nothing."""

from __future__ import annotations

import os
from stat import S_IMODE
from typing import TYPE_CHECKING

import pytest

from reportls.host.error import HostError
from reportls.host.write import write_text

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "\ufeff# é 😋\r\nold\rnew\n"


def test_exact(tmp_path: Path) -> None:
    """Byte order mark, line ends and all, in a new file and in place of an old one."""
    path = tmp_path / "README.md"
    for text in (TEXT, "", TEXT):
        write_text(path, text)
        assert path.read_bytes() == text.encode()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755])
def test_mode(tmp_path: Path, mode: int) -> None:
    """An old file keeps its mode."""
    path = tmp_path / "README.md"
    path.touch()
    path.chmod(mode)
    write_text(path, TEXT)
    assert S_IMODE(path.stat().st_mode) == mode


def test_mode_of_new_file(tmp_path: Path) -> None:
    """A new one gets what any other new file gets."""
    plain, path = tmp_path / "plain", tmp_path / "README.md"
    plain.touch()
    write_text(path, TEXT)
    assert path.stat().st_mode == plain.stat().st_mode


def test_failure_leaves_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the disk is full, the old text stays and nothing is left beside it."""
    path = tmp_path / "README.md"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(HostError, match=r"README\.md: no space left on device"):
        write_text(path, TEXT)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_surrogate(tmp_path: Path) -> None:
    """A text that no file can hold."""
    path = tmp_path / "README.md"
    path.write_text("old")
    with pytest.raises(HostError, match="characters that UTF-8 cannot hold"):
        write_text(path, "\ud800")
    assert path.read_text() == "old"


def test_link_within_repository(tmp_path: Path) -> None:
    """The link stays, and what it leads to is written."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "reports").mkdir()
    path, target = tmp_path / "reports" / "README.md", tmp_path / "report.md"
    target.write_text("old")
    path.symlink_to("../report.md")
    write_text(path, TEXT)
    assert path.is_symlink()
    assert target.read_bytes() == TEXT.encode()


def test_link_to_elsewhere(tmp_path: Path) -> None:
    """What lies outside the repository, or outside the folder if there is none, is left alone."""
    (tmp_path / "reports").mkdir()
    path, target = tmp_path / "reports" / "README.md", tmp_path / "secret.md"
    target.write_text("old")
    path.symlink_to(target)
    with pytest.raises(HostError, match="outside the repository"):
        write_text(path, TEXT)
    assert target.read_text() == "old"


def test_no_place(tmp_path: Path) -> None:
    """A folder, a pipe, a link that leads nowhere, a folder that does not exist."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("nowhere")
    (tmp_path / "folder").mkdir()
    for name, words in (
        ("folder", "no file that can be written"),
        ("pipe", "no file that can be written"),
        ("link", "there is no such file"),
        ("none/README.md", "there is no such file"),
    ):
        with pytest.raises(HostError, match=words):
            write_text(tmp_path / name, TEXT)


def test_read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be written is not replaced either."""
    path = tmp_path / "README.md"
    path.write_text("old")
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everything
    with pytest.raises(HostError, match="permission denied"):
        write_text(path, TEXT)
    assert path.read_text() == "old"


def test_parent_that_is_a_link_to_elsewhere(tmp_path: Path) -> None:
    """A folder on the way that leads out of the repository is as bad as a link in the file's own place."""
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    target = tmp_path / "elsewhere" / "README.md"
    target.write_text("old")
    (tmp_path / "repository" / "reports").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(HostError, match="outside the repository"):
        write_text(tmp_path / "repository" / "reports" / "README.md", TEXT)
    assert target.read_text() == "old"


def test_read_only_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the folder that is named."""

    def denied(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", denied)
    with pytest.raises(HostError, match="you may not write to its folder"):
        write_text(tmp_path / "README.md", TEXT)
