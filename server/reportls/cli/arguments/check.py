"""Arguments of `reportls check`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from reportls.cli.arguments.parser import DEFAULT
from reportls.cli.formats import FORMATS
from reportls.cli.options import SWITCHES, Options

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportls.cli.arguments.parser import Parser

_ABOUT = """\
Judges reports: what the course's checker will say about every question, what else is wrong, and how to mend it.
"""
_MORE = """\
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
_PATHS = f"files, or folders to search for reports; `-`: standard input {DEFAULT}"


def declare(parser: Parser) -> None:
    """Say what arguments there are."""
    parser.description, parser.epilog = _ABOUT, _MORE
    parser.usage = "reportls check [PATH ...] [OPTION ...]"
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help=_PATHS)
    add("--format", choices=FORMATS, default="text", help="how to print what is found (default: text)")
    for name, switch in SWITCHES.items():
        add(name, dest=switch.field, action="store_true", help=switch.help)
    only = "list findings of these rules only: NAME,NAME ..."
    add("--select", action="append", type=_rules, metavar="RULES", help=only)
    add("--ignore", action="append", type=_rules, metavar="RULES", help="do not list findings of these rules")
    add("--edition", type=edition, metavar="ID", help="judge by this edition; `reportls edition` lists them")
    add("--stdin-filename", metavar="PATH", help="where the report on standard input belongs")


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Judge; options may stand between paths, and whatever stands behind `--` is a path."""
    from reportls.cli.check import run as check

    # Argparse can do either, not both.
    end = arguments.index("--") if "--" in arguments else len(arguments)
    values = parser.parse_intermixed_args(arguments[:end])
    return check(_options(values, (*values.paths, *arguments[end + 1 :])))


def edition(name: str) -> str:
    """The edition's name, as argparse reads it.

    Raises:
        argparse.ArgumentTypeError: there is none of that name.
    """
    from reportls.cli.names import unknown_edition
    from reportls.editions.builtin import IDS

    if name not in IDS:
        raise argparse.ArgumentTypeError(unknown_edition(name))
    return name


def _options(values: argparse.Namespace, paths: tuple[str, ...]) -> Options:
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
