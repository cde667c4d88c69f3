"""The command line: `main` takes the arguments and returns the exit code. Each command has a module in this package.

The module has the command's name and two functions: `declare(parser)` adds its arguments, and `run(parser, arguments)`
parses them, does the work and returns the exit code. Only the module of the command that runs is imported.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn, Protocol, cast

from reportls import __version__
from reportls.cli.arguments import Parser
from reportls.cli.output import (
    BROKEN_PIPE,
    INTERRUPTED,
    NOT_AS_ASKED,
    UsageError,
    complain,
    drop_output,
    open_missing_streams,
)
from reportls.host.paths import HostError

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "check": "check reports and print the verdict",
    "html": "write a report as a web page",
    "preview": "show the report as a page in the browser, updated at every save",
    "overview": "make one table of all groups of a course",
    "history": "show which commit broke or repaired each question",
    "rule": "list all rules, or explain one",
    "edition": "list the built-in editions, or the questions of one",
    "template": "print what a blank file asks for",
    "serve": "run the language server, which editors start",
    "completion": "print a script for your shell that completes commands with Tab",
    "debug": "print versions and settings for a bug report, without your text",
    "demo": "write a sample report to try things out on, and check it",
}
"""The name of each command, which is also the name of its module, and its line in the help."""

_ABOUT = """\
Checks reports written in Markdown against the limits of their course, and says what is wrong and how to fix it.
"""
_MORE = """\
commands:
{commands}

examples:
  reportls check                     check the report in reports/, report/ or this folder
  reportls check my-report.md        check this file
  reportls check --fix               fix what can be fixed without losing a word
  reportls html                      make a page to read, print or pass on
  reportls rule answer-too-short     explain a rule
  reportls demo sample               write a sample report to try things out on, and check it

Run `reportls help COMMAND` for the help of a command.
"""
_ALSO = {"help": "print the help of a command", "version": "print the version"}
"""Words that other programs accept as commands; here they stand for options."""

_OBJECTS_BETWEEN_COLLECTIONS = 10_000
"""More would keep 5 MB of garbage in a server: attrs makes each class of the protocol twice."""
_COMPLETING = "_ARGCOMPLETE"
"""Set by the shell that asks for completions."""
_TRACEBACK = "REPORTLS_TRACEBACK"
_LONGEST = 300
"""Characters of an exception that are printed."""


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code; `argv` does not include the program's name.

    Standard output gets only what was asked for. Errors go to standard error in a line or two, without a traceback
    unless `--traceback` or the environment variable `REPORTLS_TRACEBACK` asks for one.
    """
    # Start-up makes many objects and hardly any garbage; Python's own threshold would cost a tenth of the run time.
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    open_missing_streams()
    try:
        if _COMPLETING in os.environ:
            from reportls.cli.completion import complete

            complete(COMMANDS, _ALSO)
        code = _run_command(argv)
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:
        drop_output()
        code = BROKEN_PIPE
    except SystemExit as leaving:  # argparse exits this way after --help, --version and bad usage
        code = leaving.code if isinstance(leaving.code, int) else NOT_AS_ASKED
    except Exception as error:
        is_foreseen = isinstance(error, (UsageError, HostError, MemoryError))
        if not is_foreseen and ("--traceback" in argv or os.environ.get(_TRACEBACK)):
            raise
        complain(_in_words(error))
        code = NOT_AS_ASKED
    return code


def _in_words(error: Exception) -> str:
    if isinstance(error, (UsageError, HostError)):
        return str(error)
    if isinstance(error, MemoryError):
        return "there is not enough memory: close other programs, or check fewer reports at a time"
    if isinstance(error, OSError) and not _has_current_folder():
        return "the current folder does not exist any more, or may not be read: change to another one"
    what = f"{type(error).__name__}: {error}"[:_LONGEST]
    return f"a bug in reportls, not in your report ({what}): please report it; --traceback shows where"


class _Command(Protocol):
    @staticmethod
    def declare(parser: Parser) -> None: ...

    @staticmethod
    def run(parser: Parser, arguments: Sequence[str]) -> int: ...


def _run_command(argv: Sequence[str]) -> int:
    name, *rest = _spelt_out(argv) or [""]
    if name not in COMMANDS:
        _leave(_spelt_out(argv))
    command = cast("_Command", import_module(f"{__name__}.{name}"))
    parser = Parser(prog=f"reportls {name}")
    command.declare(parser)
    parser.add_common()
    return command.run(parser, rest)


def _spelt_out(argv: Sequence[str]) -> list[str]:
    """Return the arguments with `help COMMAND` and `version` as the options that they stand for."""
    match [*argv]:
        case ["help", "help" | "version"] | ["version", "-h" | "--help"]:
            return ["--help"]
        case ["help", *command]:
            return [*command, "--help"]
        case ["version", *rest]:
            return ["--version", *rest]
        case [*same]:
            return same


def _leave(argv: Sequence[str]) -> NoReturn:
    """Print help or the version, or an error about the command, and exit."""
    known = {**COMMANDS, **_ALSO}
    width = max(map(len, known))
    commands = "\n".join(f"  {name:{width}}  {what}" for name, what in known.items())
    parser = Parser(prog="reportls", description=_ABOUT, epilog=_MORE.format(commands=commands))
    parser.usage = "reportls [--help] [--version] COMMAND ..."
    parser.add_argument("-V", "--version", action="version", version=f"reportls {__version__}")
    if not argv:
        parser.print_help(sys.stderr)
        parser.exit(NOT_AS_ASKED)
    if argv[0].startswith("-") or not argv[0]:
        _, rest = parser.parse_known_args(argv)
    else:
        # `chekc --help` asks for the help of a command that does not exist.
        rest = [*argv]
    words = [word for word in rest if not word.startswith("-")]
    if not words:
        parser.parse(argv)
    if words[0] in COMMANDS:
        parser.error(f"write the command first: `reportls {words[0]} ...`")
    from reportls.configuration.complaint import unknown

    parser.error(unknown("command", words[0], known))


def _has_current_folder() -> bool:
    try:
        os.getcwd()  # noqa: PTH109  # whether there is one, not which
    except OSError:
        return False
    return True
