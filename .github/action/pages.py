"""Makes the hand-in page of each report, with its figures beside it, as the course's script finds them."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

from command import reportls
from runner import new_folder, workspace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_FIGURES = "figures"


def hand_in_pages(reports: Sequence[str]) -> Path | None:
    """The folder with the pages, of several reports each in a folder of its own; None if none could be made."""
    folder = new_folder("page")
    places = [folder] if len(reports) == 1 else [folder / str(number) for number in range(1, len(reports) + 1)]
    made = [_make(report, place) for report, place in zip(reports, places)]
    return folder if any(made) else None


def _make(report: str, place: Path) -> bool:
    place.mkdir(exist_ok=True)
    ran = reportls("html", "--checker", "-o", str(place / "report.html"), "--", report)
    if ran.code:
        sys.stderr.write(ran.err)
        return False
    figures = (workspace() / report).with_name(_FIGURES)
    if figures.is_dir() and not figures.is_symlink():
        shutil.copytree(figures, place / _FIGURES, ignore=_odd)
    return True


def _odd(folder: str, names: list[str]) -> set[str]:
    """What is neither a file nor a folder: a link may lead out of the repository, to the runner's own files."""
    with os.scandir(folder) as entries:
        plain = {entry.name for entry in entries if not entry.is_symlink() and (entry.is_file() or entry.is_dir())}
    return {*names} - plain
