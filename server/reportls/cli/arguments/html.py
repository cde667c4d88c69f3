"""Arguments of `reportls html`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportls.cli.arguments.parser import Parser

_ABOUT = """\
Makes a web page of a report, in one file that loads nothing: figures, every question's state, words against limits.
"""
_MORE = """\
exit code:
  0  the page is written
  2  there is no report, several, one that cannot be read, or a page that cannot be written

examples:
  reportls html                      reports/report.html, say, beside the report
  reportls html my-report.md -o page.html
  reportls html --checker            the page that the course makes, to the byte
  reportls html --checker -o -       the same, on standard output
"""
_OUT = "where to; `-`: standard output (default: report.html beside the report)"


def declare(parser: Parser) -> None:
    """Say what arguments there are."""
    parser.description, parser.epilog = _ABOUT, _MORE
    parser.usage = "reportls html [PATH] [OPTION ...]"
    parser.add_report("; `-`: standard input")
    parser.add_argument("-o", dest="out", metavar="OUT", help=_OUT)
    parser.add_argument("--checker", action="store_true", help="the course's own page, to the byte")


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Write the page."""
    from reportls.cli.html import write_html

    values = parser.parse_args(arguments)
    return write_html(values.path, values.out, checker=values.checker)
