"""A parser of arguments that prints as we do."""

from __future__ import annotations

import argparse
import sys
from typing import Any, NoReturn

from reportls.cli.exits import NOT_AS_ASKED
from reportls.cli.output import say
from reportls.cli.terminal import terminal_of

DEFAULT = "(default: reports/, report/ or this folder)"
"""What is said of a path that may be left out."""
_WIDEST_HELP = 100


class Parser(argparse.ArgumentParser):
    """A parser that keeps our line breaks and knows no abbreviations."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  # the base class's
        super().__init__(formatter_class=_Formatter, allow_abbrev=False, **options)

    def add_report(self, also: str = "") -> None:
        """Take the path of one report, which may be left out, as `path`; `also` says what else it may be."""
        what = f"a file, or a folder with one report{also} {DEFAULT}"
        self.add_argument("path", nargs="?", metavar="PATH", help=what)

    def error(self, message: str) -> NoReturn:
        """Say what makes no sense, and where help is; leave."""
        say(message)
        self.exit(NOT_AS_ASKED, f"`{self.prog} --help` shows what there is\n")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Knows how wide the terminal is: argparse makes a formatter for every option, and would import shutil to ask."""

    def __init__(self, prog: str, **options: Any) -> None:  # noqa: ANN401  # the base class's
        options.setdefault("width", min(terminal_of(sys.stdout).width, _WIDEST_HELP))
        super().__init__(prog, **options)
