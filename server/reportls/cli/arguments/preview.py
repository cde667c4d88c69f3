"""Arguments of `reportls preview`."""

from __future__ import annotations

from argparse import BooleanOptionalAction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportls.cli.arguments.parser import Parser

_ABOUT = """\
Shows the page of a report in a browser, beside the course's own if you like, with the places where the two differ.
Whenever the report or what belongs to it is saved, the page is made anew; you stay where you are in it.
"""
_MORE = """\
Only this machine can reach the page, and only at the address that is printed. Ctrl-C ends.

exit code:
  0  it was ended
  2  there is no report, several, one that cannot be read, or the port cannot be had

examples:
  reportls preview                   of the report in reports/, report/ or this folder
  reportls preview my-report.md --no-open
"""
_PORT = "the port (default: any that is free)"
_OPEN = "open it in the browser, or do not (default: if there is a screen)"


def declare(parser: Parser) -> None:
    """Say what arguments there are."""
    parser.description, parser.epilog = _ABOUT, _MORE
    parser.usage = "reportls preview [PATH] [OPTION ...]"
    parser.add_report()
    parser.add_argument("--port", type=int, default=0, help=_PORT)
    parser.add_argument("--open", action=BooleanOptionalAction, help=_OPEN)


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Serve the page until interrupted."""
    from reportls.cli.preview import preview

    values = parser.parse_args(arguments)
    return preview(values.path, values.port, is_opened=values.open)
