"""Reads the command line, with argparse."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from reportls import __version__
from reportls.cli.exits import NOT_AS_ASKED
from reportls.cli.formats import FORMATS
from reportls.cli.options import SWITCHES, Options
from reportls.cli.output import say
from reportls.cli.terminal import terminal_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_WIDEST_HELP = 100
_ABOUT = """\
Checks exam reports written in Markdown as the course's own checker will, and says what is wrong and how to mend it.
"""
_MORE = """\
commands:
  check     judge reports
  html      make a web page of a report
  rule      list the rules, or explain one
  edition   list the editions, or the questions of one
  serve     the language server, which editors start
  demo      write a sample report to try things on, and judge it

examples:
  reportls check                     judge the report in reports/, report/ or this folder
  reportls check my-report.md        judge this file
  reportls check --fix               mend what can be mended without losing a word
  reportls html                      make a page of it to read, print or pass on
  reportls rule answer-too-short     what a rule is about
  reportls demo sample               write a small report to try things on, and judge it

`reportls COMMAND --help` says more about a command.
"""
_CHECK = """\
Judges reports: what the course's checker will say about every question, what else is wrong, and how to mend it.
"""
_CHECK_MORE = """\
exit code:
  0  the check completes, every question passes and no warning or error is left
  1  something is left to do
  2  nothing could be judged as asked: bad usage, no report, a file that cannot be read, a broken configuration

examples:
  reportls check reports/README.md
  reportls check groups/ --format concise
  reportls check --diff              what --fix would change
  reportls check --watch             again at every save
  reportls check --checker           the course's verdict alone
  reportls check - --stdin-filename reports/README.md < draft.md
  reportls check - --fix < draft.md  print the mended report; findings go to standard error
"""
_HTML = """\
Makes a web page of a report, in one file that loads nothing: figures, every question's state, words against limits.
"""
_HTML_MORE = """\
exit code:
  0  the page is written
  2  there is no report, several, one that cannot be read, or a page that cannot be written

examples:
  reportls html                      reports/report.html, say, beside the report
  reportls html my-report.md -o page.html
  reportls html --checker            the page that the course makes, to the byte
  reportls html --checker -o -       the same, on standard output
"""
_TRANSPORTS = {
    "stdio": "talk over standard input and output (default)",
    "tcp": "listen on a port, for any number of clients",
    "ws": "listen on a port for web sockets",
}


def run_command(argv: Sequence[str]) -> int:
    """Read the arguments and run the command that they name; its exit code.

    Raises:
        SystemExit: help or the version was asked for, or the arguments make no sense; all is printed.
    """
    command = argv[0] if argv else ""
    if command not in _PARSERS:
        _leave(argv)
    parser = _Parser(prog=f"reportls {command}")
    _PARSERS[command](parser)
    parser.add_argument("--traceback", action="store_true", help="if reportls itself fails, show where")
    if command == "check":
        return _run_check(parser, [*argv[1:]])
    return _run_other(command, parser.parse_args(argv[1:]))


def _run_check(parser: _Parser, arguments: list[str]) -> int:
    from reportls.cli.check import run

    # Options may stand between paths, and whatever stands behind `--` is a path: argparse can do either, not both.
    end = arguments.index("--") if "--" in arguments else len(arguments)
    values = parser.parse_intermixed_args(arguments[:end])
    return run(_check_options(values, (*values.paths, *arguments[end + 1 :])))


def _run_other(command: str, values: argparse.Namespace) -> int:
    # Each command imports what it needs and no more.
    match command:
        case "rule":
            from reportls.cli.rule import show_rules

            return show_rules(values.name)
        case "edition":
            from reportls.cli.edition import show_editions

            return show_editions(values.id)
        case "html":
            from reportls.cli.html import write_html

            return write_html(values.path, values.out, checker=values.checker)
        case "serve":
            from reportls.cli.serve import Serving, serve

            return serve(Serving(values.transport, values.host, values.port, values.expose, values.log))
        case _:
            from reportls.cli.demo import write_demo

            return write_demo(values.folder)


def _leave(argv: Sequence[str]) -> NoReturn:
    """Give help, or say that there is no such command."""
    parser = _Parser(prog="reportls", description=_ABOUT, epilog=_MORE)
    parser.usage = "reportls [--help] [--version] COMMAND ..."
    parser.add_argument("--version", action="version", version=f"reportls {__version__}")
    if not argv:
        parser.print_help(sys.stderr)
        parser.exit(NOT_AS_ASKED)
    _, rest = parser.parse_known_args(argv)
    words = [word for word in rest if not word.startswith("-")]
    if not words:
        parser.error("name a command")
    if words[0] in _PARSERS:
        parser.error(f"write the command first: `reportls {words[0]} ...`")
    from reportls.cli.names import unknown_command

    parser.error(unknown_command(words[0], _PARSERS))


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Knows how wide the terminal is: argparse makes a formatter for every option, and would import shutil to ask."""

    def __init__(self, prog: str, **options: Any) -> None:  # noqa: ANN401  # the base class's
        options.setdefault("width", min(terminal_of(sys.stdout).width, _WIDEST_HELP))
        super().__init__(prog, **options)


class _Parser(argparse.ArgumentParser):
    """A parser that keeps our line breaks and knows no abbreviations."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401  # the base class's
        super().__init__(formatter_class=_Formatter, allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        say(message)
        self.exit(NOT_AS_ASKED, f"`{self.prog} --help` shows what there is\n")


def _check(parser: _Parser) -> None:
    parser.description, parser.epilog = _CHECK, _CHECK_MORE
    parser.usage = "reportls check [PATH ...] [OPTION ...]"
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="files, or folders to search for reports; `-`: standard input (default: reports/, report/ or this folder)",
    )
    add = parser.add_argument
    add("--format", choices=FORMATS, default="text", help="how to print what is found (default: text)")
    for name, switch in SWITCHES.items():
        add(name, dest=switch.field, action="store_true", help=switch.help)
    add(
        "--select",
        action="append",
        type=_rules,
        metavar="RULES",
        help="list findings of these rules only: NAME,NAME ...",
    )
    add("--ignore", action="append", type=_rules, metavar="RULES", help="do not list findings of these rules")
    add("--edition", type=_edition, metavar="ID", help="judge by this edition; `reportls edition` lists them")
    add("--stdin-filename", metavar="PATH", help="where the report on standard input belongs")


def _html(parser: _Parser) -> None:
    parser.description, parser.epilog = _HTML, _HTML_MORE
    parser.usage = "reportls html [PATH] [OPTION ...]"
    parser.add_argument(
        "path",
        nargs="?",
        metavar="PATH",
        help="a file, or a folder with one report; `-`: standard input (default: reports/, report/ or this folder)",
    )
    out = "where to; `-`: standard output (default: report.html beside the report)"
    parser.add_argument("-o", dest="out", metavar="OUT", help=out)
    parser.add_argument("--checker", action="store_true", help="the course's own page, to the byte")


def _rule(parser: _Parser) -> None:
    parser.description = "Lists all rules, or prints the page of one: what is wrong, why it matters, how to mend it."
    parser.add_argument("name", nargs="?", metavar="RULE", help="such as answer-too-short")


def _edition_parser(parser: _Parser) -> None:
    parser.description = "Lists the editions of the course that are built in, or the questions and limits of one."
    parser.add_argument("id", nargs="?", metavar="ID", help="such as dtu-02476-2026")


def _serve(parser: _Parser) -> None:
    from reportls.cli.serve import DEFAULT_PORT, LOOPBACK

    parser.description = "Starts the language server. Editors do that by themselves."
    parser.usage = "reportls serve [--stdio | --tcp | --ws] [OPTION ...]"
    add = parser.add_mutually_exclusive_group().add_argument
    for name, what in _TRANSPORTS.items():
        add(f"--{name}", dest="transport", action="store_const", const=name, default="stdio", help=what)
    parser.add_argument("--host", default=LOOPBACK, help=f"for --tcp and --ws: the address (default: {LOOPBACK})")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"the port (default: {DEFAULT_PORT}; 0: any)")
    parser.add_argument("--expose", action="store_true", help="allow an address that other machines can reach")
    parser.add_argument("--log", metavar="FILE", help="write a log there, with all messages and the text in them")
    # Editors that start a server give it their own process id, which the protocol tells us anyway.
    parser.add_argument("--clientProcessId", dest="client", help=argparse.SUPPRESS)


def _demo(parser: _Parser) -> None:
    parser.description = "Writes a small report with some mistakes and a few figures, and judges it."
    parser.add_argument(
        "folder",
        nargs="?",
        default="reportls-demo",
        metavar="FOLDER",
        help="where to; a folder that is new or empty (default: reportls-demo)",
    )


_PARSERS: dict[str, Callable[[_Parser], None]] = {
    "check": _check,
    "html": _html,
    "rule": _rule,
    "edition": _edition_parser,
    "serve": _serve,
    "demo": _demo,
}


def _check_options(values: argparse.Namespace, paths: tuple[str, ...]) -> Options:
    options = Options(
        paths=paths,
        form=values.format,
        edition=values.edition,
        select=_all(values.select),
        ignore=_all(values.ignore),
        stdin_filename=values.stdin_filename,
    )
    return options.switched(name for name, switch in SWITCHES.items() if getattr(values, switch.field))


def _all(groups: Iterable[frozenset[str]] | None) -> frozenset[str] | None:
    return None if groups is None else frozenset().union(*groups)


def _rules(words: str) -> frozenset[str]:
    """The rules named, separated by commas."""
    from reportls.cli.names import unknown_rule
    from reportls.rules import BY_NAME

    names = [name.strip() for name in words.split(",") if name.strip()]
    if not names:
        message = "name at least one rule: `reportls rule` lists all"
        raise argparse.ArgumentTypeError(message)
    for name in names:
        if name not in BY_NAME:
            raise argparse.ArgumentTypeError(unknown_rule(name))
    return frozenset(names)


def _edition(name: str) -> str:
    from reportls.cli.names import unknown_edition
    from reportls.editions.builtin import IDS

    if name not in IDS:
        raise argparse.ArgumentTypeError(unknown_edition(name))
    return name
