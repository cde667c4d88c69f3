"""Detects changes of reports, their figures, their `report.py` and their configuration, by polling."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from reportls.cli.sources import paths_given
from reportls.host.loading import SCRIPT
from reportls.host.mtimes import Stamp, configurations, stamps
from reportls.host.roots import absolute

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reportls.cli.sources import Opened

State = dict[str, Stamp | None]
"""The stamp of each watched file; None for a file that does not exist."""

_INTERVAL = 0.25
"""Seconds between two polls."""
_SETTLING = 0.1
"""Seconds to wait for an editor or git to finish writing."""
_MOST_FIGURES = 2000


def state(paths: Sequence[str], opened: Sequence[Opened]) -> State:
    """Return the current stamps of all files that the reports depend on, as far as these have been opened."""
    return stamps(_watched(paths, opened))


def after_change(paths: Sequence[str], opened: Sequence[Opened], seen: State) -> State:
    """Wait until something differs from `seen` and then until nothing changes any more; return the new state.

    `seen` must be from before the reports were read, so that a save during the check counts as a change.
    """
    before = {path: seen.get(path, stamp) for path, stamp in state(paths, opened).items()}
    while (now := state(paths, opened)) == before:
        time.sleep(_INTERVAL)
    while True:
        time.sleep(_SETTLING)
        settled = state(paths, opened)
        if settled == now:
            return settled
        now = settled


def _watched(paths: Sequence[str], opened: Sequence[Opened]) -> Iterator[str]:
    yield from map(str, paths_given(paths))  # a folder changes when a report is added
    for report in opened:
        folder = absolute(report.loaded.path).parent
        yield str(report.loaded.path)
        yield str(folder / SCRIPT)
        if template := report.loaded.choice.path:
            yield str(template)
        yield from configurations(folder)
        yield from filter(None, [report.loaded.configuration_path and str(report.loaded.configuration_path)])
        yield from _figures(folder / report.loaded.environment.settings.figures)


def _figures(folder: Path) -> Iterator[str]:
    """Yield the figures folder, its subfolders and their files."""
    left = _MOST_FIGURES
    for parent, _, files in os.walk(folder):
        yield parent
        yield from (os.path.join(parent, name) for name in files[:left])  # noqa: PTH118  # many times a second
        left -= len(files)
        if left <= 0:
            return
