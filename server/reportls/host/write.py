"""Writes text files: all or nothing."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE, S_ISREG
from typing import TYPE_CHECKING

from reportls.host.error import HostError, failure, shown
from reportls.host.roots import absolute, is_inside, repository_root

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_text(path: Path, text: str) -> None:
    """Put `text` in place of what is in the file, or make the file; line ends stay as they are.

    See `write_pieces` for all else.
    """
    write_pieces(path, (text,))


def write_pieces(path: Path, pieces: Iterable[str]) -> None:
    """Put the pieces of a text, one after another, in place of what is in the file, or make the file.

    Whoever reads the file sees the old text or the new, never half of it. A symbolic link is kept and the file it leads
    to is written. Whatever links there are on the way, the file must lie in the same repository, or else in the same
    folder.

    Raises:
        HostError: that did not work; the file is as it was.
    """
    try:
        _replace(_target(path), (piece.encode("utf-8") for piece in pieces))
    except UnicodeEncodeError:
        message = f"{shown(path)}: the text has characters that UTF-8 cannot hold"
        raise HostError(message) from None
    except (OSError, ValueError) as error:
        raise failure(path, error) from None


def _target(path: Path) -> Path:
    """The file to write: the path, or where its link leads."""
    folder = absolute(path).parent
    target = path.resolve(strict=True) if path.is_symlink() else path
    if not is_inside(target, repository_root(folder) or folder):
        real = Path(os.path.realpath(target))
        message = (
            f"{shown(path)}: a link leads to {shown(real)}, which is outside the repository: name that file itself"
        )
        raise HostError(message)
    return target


def _replace(target: Path, data: Iterable[bytes]) -> None:
    before = _status(target)
    descriptor, name = _new_file_beside(target)
    temporary = target.with_name(Path(name).name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(data)
            file.flush()
            os.fsync(file.fileno())
        _take_after(temporary, before)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _new_file_beside(target: Path) -> tuple[int, str]:
    from tempfile import mkstemp  # noqa: PLC0415  # few runs write

    try:
        return mkstemp(prefix=f".{target.name[:100]}.", suffix=".tmp", dir=target.parent)
    except PermissionError:
        message = f"{shown(target)}: you may not write to its folder, {shown(absolute(target).parent)}"
        raise HostError(message) from None


def _status(target: Path) -> os.stat_result | None:
    """What the file is like; None if there is none yet."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if not S_ISREG(status.st_mode):
        message = f"{shown(target)}: this is no file that can be written"
        raise HostError(message)
    if not os.access(target, os.W_OK):
        raise PermissionError
    return status


def _take_after(temporary: Path, before: os.stat_result | None) -> None:
    """Give the new file the mode and, where one may, the owner of the old."""
    if before is None:
        temporary.chmod(0o666 & ~_umask())
        return
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(temporary, before.st_uid, before.st_gid)
    temporary.chmod(S_IMODE(before.st_mode))


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
