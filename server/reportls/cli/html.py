"""`reportls html`: writes a report as a web page in one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportls.cli.exits import FINE, UsageError
from reportls.cli.output import write_out
from reportls.cli.sources import STANDARD_INPUT, only_report
from reportls.host.error import shown
from reportls.host.read import reader_beside
from reportls.host.write import is_same_file, write_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportls.cli.arguments import Parser
    from reportls.cli.sources import Opened

_ABOUT = """\
Makes a web page of a report, in one file that loads nothing: figures, every question's state, words against limits.
"""
_MORE = """\
exit code:
  0  the page is written
  2  there is no report, several, one that cannot be read, or a page that cannot be written

examples:
  reportls html                      write report.html beside the report
  reportls html my-report.md -o page.html
  reportls html --checker            the page that the course makes, to the byte
  reportls html --checker -o -       print that page to standard output
"""
_OUT = "the file to write; `-`: standard output (default: report.html beside the report)"

PAGE = "report.html"
"""Default file name of the page, beside the report; the course's script uses it too."""


def declare(parser: Parser) -> None:
    """Add the arguments of `html`."""
    parser.description, parser.epilog = _ABOUT, _MORE
    parser.usage = "reportls html [PATH] [OPTION ...]"
    parser.add_report("; `-`: standard input")
    parser.add_argument("-o", dest="out", metavar="OUT", help=_OUT)
    parser.add_argument("--checker", action="store_true", help="the course's own page, to the byte")


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Write the page."""
    values = parser.parse(arguments)
    return write_html(values.path, values.out, checker=values.checker)


def write_html(path: str | None, out: str | None, *, checker: bool) -> int:
    """Write the page of the one report at `path`; `out` is the page's file, or `-` for standard output.

    Raises:
        UsageError: there is no report, there are several, or the page would overwrite the report.
        HostError: the page cannot be written.
    """
    opened = only_report(path)
    target = _target(opened, out)
    page = _checker_page(opened) if checker else _page(opened)
    if target is None:
        write_out(page, as_utf8=True)
        return FINE
    write_text(target, page)
    write_out(f"{shown(target)}: written\n")
    return FINE


def _target(opened: Opened, out: str | None) -> Path | None:
    """Return the file to write; None for standard output, the default if the report comes from standard input."""
    report = opened.loaded.path
    if out == STANDARD_INPUT or (out is None and opened.path == STANDARD_INPUT):
        return None
    target = report.with_name(PAGE) if out is None else Path(out)
    if is_same_file(target, report):
        message = f"{shown(target)}: this is the report itself: name another file for the page"
        raise UsageError(message)
    return target


def _checker_page(opened: Opened) -> str:
    from reportls.render.checker_page import checker_page

    try:
        return checker_page(opened.loaded.text)
    except RecursionError:
        message = f"{opened.path}: the course's script crashes: lists or quotes are nested too deep"
        raise UsageError(message) from None


def _page(opened: Opened) -> str:
    from reportls.render.page import page_of
    from reportls.render.pictures import LARGEST
    from reportls.snapshot import take

    snapshot = take(opened.report, opened.loaded.environment)
    path = opened.loaded.path
    name = "standard input" if opened.path == STANDARD_INPUT else shown(Path(path.name))
    return page_of(snapshot, name, reader_beside(path, LARGEST))
