"""The command line: `main` takes the arguments and gives the exit code. No error shows a traceback unless asked to."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from reportls.cli.exits import BROKEN_PIPE, INTERRUPTED, NOT_AS_ASKED, UsageError
from reportls.cli.output import drop_output, open_missing_streams, say
from reportls.host.error import HostError

if TYPE_CHECKING:
    from collections.abc import Sequence

_OBJECTS_BETWEEN_COLLECTIONS = 100_000
_TRACEBACK = "REPORTLS_TRACEBACK"
_LONGEST = 300
"""Characters of an exception that are shown."""


def main(argv: Sequence[str]) -> int:
    """Run one command; `argv` is without the program's name.

    Whatever happens, standard output gets only what was asked for, standard error says what went wrong in a line or
    two, and the exit code is one of `exits`.
    """
    # Start-up makes many objects and next to no garbage: looking for it takes a tenth of the time.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    open_missing_streams()
    try:
        return _run(argv)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        drop_output()
        return BROKEN_PIPE


def _command(argv: Sequence[str]) -> int:
    from reportls.cli.options import simple_options

    options = simple_options([*argv[1:]]) if argv and argv[0] == "check" else None
    if options:
        from reportls.cli.check import run

        return run(options)
    from reportls.cli.arguments import run_command

    return run_command(argv)


def _run(argv: Sequence[str]) -> int:
    try:
        code = _command(argv)
        sys.stdout.flush()
    except SystemExit as leaving:  # argparse leaves so after --help, --version and bad usage
        return leaving.code if isinstance(leaving.code, int) else NOT_AS_ASKED
    except (UsageError, HostError) as error:
        say(str(error))
        return NOT_AS_ASKED
    except BrokenPipeError:
        raise
    except Exception as error:
        if "--traceback" in argv or os.environ.get(_TRACEBACK):
            raise
        if isinstance(error, OSError) and not _has_current_folder():
            say("the current folder does not exist any more, or may not be read: change to another one")
            return NOT_AS_ASKED
        what = f"{type(error).__name__}: {error}"[:_LONGEST]
        say(f"a mistake in reportls itself, not in your report ({what}): please report it; --traceback says more")
        return NOT_AS_ASKED
    return code


def _has_current_folder() -> bool:
    try:
        os.getcwd()  # noqa: PTH109  # whether there is one, not which
    except OSError:
        return False
    return True
