"""Writes text files atomically and refuses to overwrite a text that somebody else has just saved."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE, S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from reportls.host.paths import HostError, absolute, failure, is_inside, repository_root, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

_OWNER_ALONE = 0o600
_NO_ATTRIBUTES = frozenset({errno.ENOTSUP, errno.EOPNOTSUPP})
"""Errors of a file system without extended attributes."""


def write_text(path: Path, text: str, *, replacing: str | None = None, is_private: bool = False) -> None:
    """Replace the file's content by `text`, or create the file; line ends stay as they are.

    `replacing` is the text that was read from the file and that `text` was made from, empty if there was no file. If
    the file has another content by now, it is left alone. `write_pieces` describes everything else.
    """
    write_pieces(path, (text,), replacing=replacing, is_private=is_private)


def write_pieces(path: Path, pieces: Iterable[str], *, replacing: str | None = None, is_private: bool = False) -> None:
    """Replace the file's content by a text that comes in pieces, or create the file.

    Readers of the file see the old text or the new, never half of it. Mode, owner, extended attributes and hard links
    stay. A symbolic link is kept and the file that it leads to is written. That file must lie in the repository of
    `path`, or in its folder if there is no repository. What `is_private` can be read by its owner alone, whatever the
    mode of an old file.

    Raises:
        HostError: the file could not be written, or changed in the meantime; its content is unchanged.
    """
    try:
        expected = None if replacing is None else replacing.encode("utf-8")
        _replace(_target(path), (piece.encode("utf-8") for piece in pieces), expected, is_private=is_private)
    except UnicodeEncodeError:
        raise HostError(f"{shown(path)}: the text has characters that UTF-8 cannot hold") from None
    except (OSError, ValueError) as error:
        raise failure(path, error) from None


def _target(path: Path) -> Path:
    """Return the file to write: the path itself or the target of the link."""
    folder = absolute(path).parent
    target = path.resolve(strict=True) if path.is_symlink() else path
    if not is_inside(target, repository_root(folder) or folder):
        real = Path(os.path.realpath(target))
        raise HostError(
            f"{shown(path)}: a link leads to {shown(real)}, which is outside the repository: name that file itself"
        )
    return target


def _replace(target: Path, data: Iterable[bytes], expected: bytes | None, *, is_private: bool) -> None:
    before = _status(target)
    # The name is known before the file exists, so that wherever an interrupt hits, no file is left behind.
    temporary = target.with_name(f".{target.name[:100]}.{os.urandom(8).hex()}.tmp")
    try:
        with os.fdopen(_created(temporary, target), "wb") as file:
            file.writelines(data)
            file.flush()
            os.fsync(file.fileno())
        if before is not None and is_private:
            target.chmod(_OWNER_ALONE)
            before = target.stat()
        is_alike = _take_after(temporary, target, before)
        if is_private:
            temporary.chmod(_OWNER_ALONE)
        # This comes last, to leave as little time as possible for a save in between.
        _refuse_changed(target, before, expected)
        # A new file in its place would part a hard link from the others.
        if before is None or (is_alike and before.st_nlink == 1):
            temporary.replace(target)
        else:
            _copy_into(target, temporary)
        _sync_folder(target.parent)
    finally:
        with suppress(OSError):
            temporary.unlink()


def _refuse_changed(target: Path, before: os.stat_result | None, expected: bytes | None) -> None:
    now = _status(target)
    is_same_file = (before is None) == (now is None) and (
        before is None or now is None or (before.st_dev, before.st_ino) == (now.st_dev, now.st_ino)
    )
    if is_same_file and (expected is None or (target.read_bytes() if now else b"") == expected):
        return
    raise HostError(
        f"{shown(target)}: somebody else saved this file in the meantime, so nothing was written: run this again"
    )


def _copy_into(target: Path, temporary: Path) -> None:
    """Overwrite the file in place, which keeps its hard links and an owner that we may not set.

    The new text is on the disk in full by then, so only a crash of the machine can leave the file half written.
    """
    old = target.read_bytes()
    with target.open("r+b") as file:
        try:
            with temporary.open("rb") as new:
                shutil.copyfileobj(new, file)
            file.truncate()
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            file.seek(0)
            file.write(old)
            file.truncate()
            raise


def _sync_folder(folder: Path) -> None:
    """Flush the folder to disk where the system can, so that the new name survives a power cut."""
    with suppress(OSError):  # Windows opens no folders
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _created(temporary: Path, target: Path) -> int:
    """Create a file that the owner alone may read; return its descriptor."""
    try:
        return os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), _OWNER_ALONE)
    except PermissionError:
        raise HostError(f"{shown(target)}: you may not write to its folder, {shown(absolute(target).parent)}") from None
    except FileNotFoundError:
        raise HostError(f"{shown(target)}: its folder does not exist: create it first") from None


def _status(target: Path) -> os.stat_result | None:
    """Return the file's status; None if it does not exist yet. Raise an error if it cannot be written."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if S_ISDIR(status.st_mode):
        raise HostError(f"{shown(target)}: this is a folder: name a file in it")
    if not S_ISREG(status.st_mode):
        raise HostError(f"{shown(target)}: this file cannot be written")
    if not os.access(target, os.W_OK):
        raise PermissionError
    return status


def _take_after(temporary: Path, target: Path, before: os.stat_result | None) -> bool:
    """Copy owner, mode and extended attributes from the old file; return whether all could be copied."""
    if before is None:
        temporary.chmod(0o666 & ~_umask())
        return True
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(temporary, before.st_uid, before.st_gid)
    has_attributes = _copy_attributes(target, temporary)
    temporary.chmod(S_IMODE(before.st_mode))  # last, because a change of owner drops bits of the mode
    now = temporary.stat()
    return has_attributes and (now.st_uid, now.st_gid, now.st_mode) == (before.st_uid, before.st_gid, before.st_mode)


def _copy_attributes(source: Path, target: Path) -> bool:
    """Copy extended attributes, access control lists included; return whether all could be copied."""
    if not hasattr(os, "listxattr"):
        return True
    try:
        for name in os.listxattr(source):
            os.setxattr(target, name, os.getxattr(source, name))
    except OSError as error:
        return error.errno in _NO_ATTRIBUTES
    return True


def _umask() -> int:
    # No system call only reads it.
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
