"""Reads the command line, with argparse: each command has a module here that declares its arguments and runs it."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn, Protocol, cast

from reportls import __version__
from reportls.cli.arguments.parser import Parser
from reportls.cli.exits import NOT_AS_ASKED

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "check": "judge reports",
    "html": "make a web page of a report",
    "preview": "show the page in a browser, beside the course's own; it follows each save",
    "overview": "one table over all groups of a course",
    "rule": "list the rules, or explain one",
    "edition": "list the editions, or the questions of one",
    "serve": "the language server, which editors start",
    "demo": "write a sample report to try things on, and judge it",
}
"""What each command does; its module here has its name."""

_ABOUT = """\
Checks exam reports written in Markdown as the course's own checker will, and says what is wrong and how to mend it.
"""
_MORE = """\
commands:
{commands}

examples:
  reportls check                     judge the report in reports/, report/ or this folder
  reportls check my-report.md        judge this file
  reportls check --fix               mend what can be mended without losing a word
  reportls html                      make a page of it to read, print or pass on
  reportls rule answer-too-short     what a rule is about
  reportls demo sample               write a small report to try things on, and judge it

`reportls COMMAND --help` says more about a command.
"""


class _Command(Protocol):
    """What the module of a command has."""

    @staticmethod
    def declare(parser: Parser) -> None:
        """Say what arguments there are."""

    @staticmethod
    def run(parser: Parser, arguments: Sequence[str]) -> int:
        """Read the arguments behind the command's name and run it; its exit code."""


def run_command(argv: Sequence[str]) -> int:
    """Read the arguments and run the command that they name; its exit code.

    Raises:
        SystemExit: help or the version was asked for, or the arguments make no sense; all is printed.
    """
    name = argv[0] if argv else ""
    if name not in COMMANDS:
        _leave(argv)
    # One command imports what it needs and no more.
    command = cast("_Command", import_module(f"{__name__}.{name}"))
    parser = Parser(prog=f"reportls {name}")
    command.declare(parser)
    parser.add_argument("--traceback", action="store_true", help="if reportls itself fails, show where")
    return command.run(parser, argv[1:])


def _leave(argv: Sequence[str]) -> NoReturn:
    """Give help, or say that there is no such command."""
    width = max(map(len, COMMANDS))
    commands = "\n".join(f"  {name:{width}}  {what}" for name, what in COMMANDS.items())
    parser = Parser(prog="reportls", description=_ABOUT, epilog=_MORE.format(commands=commands))
    parser.usage = "reportls [--help] [--version] COMMAND ..."
    parser.add_argument("--version", action="version", version=f"reportls {__version__}")
    if not argv:
        parser.print_help(sys.stderr)
        parser.exit(NOT_AS_ASKED)
    _, rest = parser.parse_known_args(argv)
    words = [word for word in rest if not word.startswith("-")]
    if not words:
        parser.error("name a command")
    if words[0] in COMMANDS:
        parser.error(f"write the command first: `reportls {words[0]} ...`")
    from reportls.cli.names import unknown_command

    parser.error(unknown_command(words[0], COMMANDS))
