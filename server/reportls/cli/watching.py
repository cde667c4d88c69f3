"""`check --watch`: check again whenever a report, its figures, its `report.py` or its configuration changes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from reportls.cli.changes import after_change, state
from reportls.cli.check import check_once
from reportls.cli.exits import NOT_AS_ASKED
from reportls.cli.output import say, write_out
from reportls.cli.terminal import terminal_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportls.cli.options import Options
    from reportls.cli.sources import Opened


def watch(options: Options) -> int:
    """Check until interrupted; the exit code of the last check."""
    seen = state(options.paths, ())
    done = check_once(options)
    if done.exit_code == NOT_AS_ASKED and not done.opened:
        return done.exit_code
    opened = done.opened
    try:
        while True:
            say(f"watching {_names(opened)}; Ctrl-C ends")
            seen = after_change(options.paths, opened, seen)
            write_out(_separator())
            done = check_once(options)
            # A file that is gone for a moment, while it is being saved, is watched on.
            opened = done.opened or opened
    except KeyboardInterrupt:
        return done.exit_code


def _names(opened: Sequence[Opened]) -> str:
    return opened[0].path if len(opened) == 1 else f"{len(opened)} reports"


def _separator() -> str:
    import sys

    terminal = terminal_of(sys.stdout)
    line = "-" if terminal.is_ascii else "─"
    heading = f"{line * 2} checked again at {time.strftime('%H:%M:%S')} "
    return f"\n{terminal.paint('bold', heading.ljust(min(terminal.width, 80), line))}\n\n"
