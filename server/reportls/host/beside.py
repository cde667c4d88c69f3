"""Reads files beside a report, and never what lies outside its repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.host.error import HostError
from reportls.host.read import read_bytes
from reportls.host.roots import absolute, is_inside, repository_root

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def reader_beside(report: Path, most: int, top: Path | None = None) -> Callable[[str], bytes | None]:
    """A function that gives what is in a file, by its path from the report's folder.

    It gives None if there is no such file, if it has more than `most` bytes, or lies outside the report's repository
    (without a repository, its folder). A repository is not looked for above the folder `top`, if that is given.
    """
    folder = absolute(report).parent
    border = repository_root(folder, top) or folder

    def read(path: str) -> bytes | None:
        try:
            return read_bytes(folder / path, most) if is_inside(folder / path, border) else None
        except HostError:
            return None

    return read
