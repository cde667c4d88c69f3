"""Notices when a report changes, or its figures, its `report.py` or its configuration."""

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
"""What each file that matters was like; None for one that was not there."""

_INTERVAL = 0.25
"""Seconds between looks."""
_SETTLING = 0.1
"""Seconds to wait for an editor or git to finish what it writes."""
_MOST_FIGURES = 2000


def state(paths: Sequence[str], opened: Sequence[Opened]) -> State:
    """What everything is like now on which the reports at these paths depend, as far as they have been opened."""
    return stamps(_watched(paths, opened))


def after_change(paths: Sequence[str], opened: Sequence[Opened], seen: State) -> State:
    """Wait until something is not as it was `seen`, and then until nothing changes any more; how things are then.

    `seen` is from before the reports were read: what was saved while that went on counts as a change.
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
        yield from configurations(folder)
        yield from _figures(folder / report.loaded.environment.settings.figures)


def _figures(folder: Path) -> Iterator[str]:
    """The folders and files below the folder of figures."""
    left = _MOST_FIGURES
    for parent, _, files in os.walk(folder):
        yield parent
        yield from (os.path.join(parent, name) for name in files[:left])  # noqa: PTH118  # many times a second
        left -= len(files)
        if left <= 0:
            return
