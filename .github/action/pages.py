"""Makes each report's hand-in page: the course's own, with the figures beside it, as the course's script finds them.

A course without such a script gets our page, with embedded figures.
"""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Any

from command import reportls, template_options
from runner import new_folder, workspace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_FIGURES = "figures"
_SCRIPT = "report.py"


def hand_in_pages(reports: Sequence[Mapping[str, Any]]) -> Path | None:
    """Return the folder with the pages, in subfolders if there are several reports; None if no page could be made.

    Each report is an object of the output of `reportls check --format json`.
    """
    folder = new_folder("page")
    places = [folder] if len(reports) == 1 else [folder / str(number) for number in range(1, len(reports) + 1)]
    made = [_make(report, place) for report, place in zip(reports, places, strict=True)]
    return folder if any(made) else None


def _make(report: Mapping[str, Any], place: Path) -> bool:
    path = workspace() / report["path"]
    is_courses = report["edition"] is not None or path.with_name(_SCRIPT).is_file()
    place.mkdir(exist_ok=True)
    kind = ["--checker"] if is_courses else template_options()
    ran = reportls("html", *kind, "-o", str(place / "report.html"), "--", report["path"])
    if ran.code:
        sys.stderr.write(ran.err)
        return False
    figures = path.with_name(_FIGURES)
    if is_courses and figures.is_dir() and not figures.is_symlink():
        shutil.copytree(figures, place / _FIGURES, ignore=_odd)
    return True


def _odd(folder: str, names: list[str]) -> set[str]:
    """Return the names that are neither a file nor a folder: a link may lead to the runner's own files."""
    with os.scandir(folder) as entries:
        plain = {entry.name for entry in entries if not entry.is_symlink() and (entry.is_file() or entry.is_dir())}
    return {*names} - plain
