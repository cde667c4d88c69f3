"""Tests of writing a report atomically."""

from __future__ import annotations

import os
from stat import S_IMODE
from typing import TYPE_CHECKING, Any

import pytest

from reportls.host.paths import HostError
from reportls.host.write import write_text

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "\ufeff# é 😋\r\nold\rnew\n"


def test_exact(tmp_path: Path) -> None:
    """Byte order mark and line ends are written unchanged to a new file and over an old one."""
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
    """A new file gets the default mode."""
    plain, path = tmp_path / "plain", tmp_path / "README.md"
    plain.touch()
    write_text(path, TEXT)
    assert path.stat().st_mode == plain.stat().st_mode


def test_failure_leaves_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the disk is full, the old text stays and no temporary file is left."""
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
    """A text with lone surrogates is an error."""
    path = tmp_path / "README.md"
    path.write_text("old")
    with pytest.raises(HostError, match="characters that UTF-8 cannot hold"):
        write_text(path, "\ud800")
    assert path.read_text() == "old"


def test_link_within_repository(tmp_path: Path) -> None:
    """A link in the repository stays a link, and its target is written."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "reports").mkdir()
    path, target = tmp_path / "reports" / "README.md", tmp_path / "report.md"
    target.write_text("old")
    path.symlink_to("../report.md")
    write_text(path, TEXT)
    assert path.is_symlink()
    assert target.read_bytes() == TEXT.encode()


def test_link_to_elsewhere(tmp_path: Path) -> None:
    """A target outside the repository, or outside the folder without one, is not written."""
    (tmp_path / "reports").mkdir()
    path, target = tmp_path / "reports" / "README.md", tmp_path / "secret.md"
    target.write_text("old")
    path.symlink_to(target)
    with pytest.raises(HostError, match="outside the repository"):
        write_text(path, TEXT)
    assert target.read_text() == "old"


def test_no_place(tmp_path: Path) -> None:
    """A folder, a pipe, a dangling link and a missing folder are errors."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("nowhere")
    (tmp_path / "folder").mkdir()
    for name, words in (
        ("folder", "this is a folder: name a file in it"),
        ("pipe", "this file cannot be written"),
        ("link", "there is no such file"),
        ("none/README.md", "its folder does not exist: create it first"),
    ):
        with pytest.raises(HostError, match=words):
            write_text(tmp_path / name, TEXT)


def test_read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A read-only file is not replaced either."""
    path = tmp_path / "README.md"
    path.write_text("old")
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everything
    with pytest.raises(HostError, match="permission denied"):
        write_text(path, TEXT)
    assert path.read_text() == "old"


def test_parent_that_is_a_link_to_elsewhere(tmp_path: Path) -> None:
    """A parent folder that is a link out of the repository is an error."""
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    target = tmp_path / "elsewhere" / "README.md"
    target.write_text("old")
    (tmp_path / "repository" / "reports").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(HostError, match="outside the repository"):
        write_text(tmp_path / "repository" / "reports" / "README.md", TEXT)
    assert target.read_text() == "old"


def test_read_only_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For a read-only folder, the message names the folder."""

    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    with pytest.raises(HostError, match="you may not write to its folder"):
        write_text(tmp_path / "README.md", TEXT)


def test_interrupt_straight_after_creation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupt leaves no file behind, not even one between creating the new file and writing to it."""
    really_open = os.open

    def interrupted(*arguments: Any) -> None:  # noqa: ANN401  # those of `os.open`
        os.close(really_open(*arguments))
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "open", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_text(tmp_path / "README.md", TEXT)
    assert not [*tmp_path.iterdir()]


def test_hard_links(tmp_path: Path) -> None:
    """A file with a hard link keeps both names, and both have the new text."""
    path, other = tmp_path / "README.md", tmp_path / "other.md"
    path.write_text("old and longer")
    os.link(path, other)
    write_text(path, "new")
    assert other.read_text() == "new"
    assert path.stat().st_ino == other.stat().st_ino
    assert sorted(tmp_path.iterdir()) == sorted([path, other])


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="no extended attributes on this system")
def test_extended_attributes(tmp_path: Path) -> None:
    """Extended attributes are kept."""
    path = tmp_path / "README.md"
    path.write_text("old")
    try:
        os.setxattr(path, "user.note", b"kept")
    except OSError:
        pytest.skip("no extended attributes on this file system")
    write_text(path, "new")
    assert os.getxattr(path, "user.note") == b"kept"


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only the superuser may give files away")
def test_owner(tmp_path: Path) -> None:
    """The owner is kept."""
    path = tmp_path / "README.md"
    path.write_text("old")
    os.chown(path, 1234, 1234)
    write_text(path, "new")
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 1234)


def test_owner_that_may_not_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the owner cannot be set on a new file, the old file is overwritten in place and keeps its owner."""
    path = tmp_path / "README.md"
    path.write_text("old")
    before = path.stat()
    real = os.stat

    def stat(name: object, *arguments: object, **options: object) -> os.stat_result:
        status = real(name, *arguments, **options)  # type: ignore[arg-type]
        return os.stat_result((*status[:4], 4321, *status[5:])) if str(name).endswith(".tmp") else status

    monkeypatch.setattr(os, "stat", stat)
    write_text(path, "new")
    assert (path.read_text(), path.stat().st_ino) == ("new", before.st_ino)


@pytest.mark.parametrize("is_replaced", [False, True], ids=["saved in place", "replaced"])
def test_save_in_the_meantime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_replaced: bool) -> None:
    """A save by an editor during a fix is kept, and the message says what to do."""
    path = tmp_path / "README.md"
    path.write_text("old")
    sync = os.fsync

    def saved_meanwhile(descriptor: int) -> None:
        sync(descriptor)
        target = tmp_path / "new" if is_replaced else path
        target.write_text("saved")
        if is_replaced:
            target.replace(path)

    monkeypatch.setattr(os, "fsync", saved_meanwhile)
    with pytest.raises(HostError, match=r"README\.md: somebody else saved this file in the meantime"):
        write_text(path, "fixed", replacing="old")
    assert path.read_text() == "saved"
    assert list(tmp_path.iterdir()) == [path]


def test_file_gone_in_the_meantime(tmp_path: Path) -> None:
    """A file that was removed since it was read is not created again."""
    path = tmp_path / "README.md"
    with pytest.raises(HostError, match="in the meantime"):
        write_text(path, "fixed", replacing="old")
    assert list(tmp_path.iterdir()) == []


def test_full_disk_while_writing_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the disk is full while a hard-linked file is overwritten, both names keep the old text."""
    path, other = tmp_path / "README.md", tmp_path / "other.md"
    path.write_text("old")
    os.link(path, other)

    def full(_: object, file: object) -> None:
        file.write(b"ne")  # type: ignore[attr-defined]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfileobj", full)
    with pytest.raises(HostError, match="no space left"):
        write_text(path, "new")
    assert (path.read_text(), other.read_text()) == ("old", "old")
    assert sorted(tmp_path.iterdir()) == sorted([path, other])
