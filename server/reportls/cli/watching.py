"""`check --watch`: check again whenever a report, its figures, its `report.py` or its configuration changes."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from reportls.cli.check import check_once
from reportls.cli.exits import NOT_AS_ASKED
from reportls.cli.output import say, write_out
from reportls.cli.sources import paths_given
from reportls.cli.terminal import terminal_of
from reportls.host.loading import SCRIPT
from reportls.host.roots import absolute
from reportls.host.stamps import Stamp, configurations, stamps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reportls.cli.options import Options
    from reportls.cli.sources import Opened

_INTERVAL = 0.25
"""Seconds between looks."""
_SETTLING = 0.1
"""Seconds to wait for an editor or git to finish what it writes."""
_MOST_FIGURES = 2000

_State = dict[str, Stamp | None]


def watch(options: Options) -> int:
    """Check until interrupted; the exit code of the last check."""
    seen = _state(options, ())
    done = check_once(options)
    if done.exit_code == NOT_AS_ASKED and not done.opened:
        return done.exit_code
    opened = done.opened
    try:
        while True:
            say(f"watching {_names(opened)}; Ctrl-C ends")
            # What was saved while the check ran counts as a change: what was seen before it is what to compare with.
            before = {path: seen.get(path, stamp) for path, stamp in _state(options, opened).items()}
            seen = _after_change(options, opened, before)
            write_out(_separator())
            done = check_once(options)
            # A file that is gone for a moment, while it is being saved, is watched on.
            opened = done.opened or opened
    except KeyboardInterrupt:
        return done.exit_code


def _names(opened: Sequence[Opened]) -> str:
    return opened[0].path if len(opened) == 1 else f"{len(opened)} reports"


def _after_change(options: Options, opened: Sequence[Opened], before: _State) -> _State:
    """Wait for something to change, and then until nothing does any more; how things are then."""
    while (now := _state(options, opened)) == before:
        time.sleep(_INTERVAL)
    while True:
        time.sleep(_SETTLING)
        settled = _state(options, opened)
        if settled == now:
            return settled
        now = settled


def _separator() -> str:
    import sys

    terminal = terminal_of(sys.stdout)
    line = "-" if terminal.is_ascii else "─"
    heading = f"{line * 2} checked again at {time.strftime('%H:%M:%S')} "
    return f"\n{terminal.paint('bold', heading.ljust(min(terminal.width, 80), line))}\n\n"


def _state(options: Options, opened: Sequence[Opened]) -> _State:
    """What each file that matters is like now; None for one that is not there."""
    return stamps(_watched(options, opened))


def _watched(options: Options, opened: Sequence[Opened]) -> Iterator[str]:
    yield from map(str, paths_given(options.paths))  # a folder changes when a report is added
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
