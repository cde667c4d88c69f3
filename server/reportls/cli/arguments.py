"""The parser for a command's arguments, based on argparse."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from reportls.cli.exits import NOT_AS_ASKED
from reportls.cli.output import say
from reportls.cli.terminal import terminal_of

if TYPE_CHECKING:
    from collections.abc import Sequence

DEFAULT = "(default: reports/, report/ or this folder)"
"""Help text for an optional path."""
_WIDEST_HELP = 100


class Parser(argparse.ArgumentParser):
    """An argparse parser that keeps line breaks in help, rejects abbreviated options and prints one-line errors."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  # the base class's
        super().__init__(formatter_class=_Formatter, allow_abbrev=False, **options)

    def add_report(self, also: str = "") -> None:
        """Add the optional path of one report, as `path`; `also` extends its help."""
        what = f"a file, or a folder with one report{also} {DEFAULT}"
        self.add_argument("path", nargs="?", metavar="PATH", help=what)

    def add_edition(self, what: str) -> None:
        """Add the option `--edition`; `what` is its help text."""
        self.add_argument("--edition", type=_edition, metavar="ID", help=f"{what}; `reportls edition` lists them")

    def parse_mixed(self, arguments: Sequence[str]) -> tuple[argparse.Namespace, tuple[str, ...]]:
        """Parse options and positional arguments in any order; also return the arguments after `--`, unparsed.

        argparse supports only one of the two: `parse_intermixed_args` takes options between paths, but not `--`.
        """
        end = arguments.index("--") if "--" in arguments else len(arguments)
        return self.parse_intermixed_args(arguments[:end]), tuple(arguments[end + 1 :])

    def error(self, message: str) -> NoReturn:
        """Print the message and how to get help, and exit with code 2."""
        say(message)
        self.exit(NOT_AS_ASKED, f"`{self.prog} --help` shows the arguments\n")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    # argparse creates a formatter for every option, and without a given width each imports shutil to ask the terminal.
    def __init__(self, prog: str, **options: Any) -> None:  # noqa: ANN401  # the base class's
        options.setdefault("width", min(terminal_of(sys.stdout).width, _WIDEST_HELP))
        super().__init__(prog, **options)


def _edition(name: str) -> str:
    from reportls.configuration.complaint import unknown
    from reportls.editions.builtin import IDS

    if name not in IDS:
        raise argparse.ArgumentTypeError(unknown("edition", name, IDS))
    return name
