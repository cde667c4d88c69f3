"""`reportls html`: writes a report as a web page in one file."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reportls.cli.output import FINE, UsageError, write_out
from reportls.cli.sources import STANDARD_INPUT, only_report
from reportls.host.paths import is_same_file, shown
from reportls.host.read import read_start, reader_beside
from reportls.host.write import write_text
from reportls.render.html import GENERATOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportls.cli.arguments import Parser
    from reportls.cli.sources import Opened

_ABOUT = """\
Writes a report as a web page: one file with its figures, every question's state, and words against limits.
"""
_MORE = """\
exit code:
  0    the page was written
  2    there is no report or more than one, it cannot be read, or the page cannot be written
  130  interrupted with Ctrl-C

examples:
  reportls html                      write report.html beside the report
  reportls html my-report.md -o page.html
  reportls html --checker            write hand-in.html: the course's own page, byte for byte
  reportls html --checker -o -       print that page to standard output
"""
_OUT = "the file to write; `-` for standard output (default: report.html or hand-in.html beside the report)"

PAGE = "report.html"
"""Default file name of the page, beside the report; the course's script uses it too, for its own page."""
HAND_IN_PAGE = "hand-in.html"
"""Default file name of the course's own page."""
_START = 4000
"""Bytes of a file that show whether it is one of our pages."""
_MARKED = re.compile(rb'<!DOCTYPE html>.*?<meta name="generator" content="%b"' % GENERATOR.encode(), re.DOTALL)
_RENDERED = re.compile(rb"\s*<(?:h[1-6r]|p|ul|ol|blockquote|pre|!--)[\s>]")


def declare(parser: Parser) -> None:
    """Add the arguments of `html`."""
    parser.description, parser.epilog = _ABOUT, _MORE
    parser.usage = "reportls html [PATH] [OPTION ...]"
    parser.add_report("; `-` for standard input")
    parser.add_argument("-o", "--output-file", dest="out", metavar="FILE", help=_OUT)
    parser.add_argument("--checker", action="store_true", help="write the course's own page, byte for byte")
    parser.add_argument(
        "--force", action="store_true", help="overwrite a page that reportls did not make, without asking"
    )
    parser.add_template()


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Write the page."""
    values = parser.parse(arguments)
    return write_html(values.path, values.out, values.template, checker=values.checker, force=values.force)


def write_html(
    path: str | None, out: str | None, template: Path | None = None, *, checker: bool, force: bool = False
) -> int:
    """Write the page of the one report at `path`; `out` is the page's file, or `-` for standard output.

    `template` is the blank file that the report begins from, if it is not left to the configuration. With `checker`, it
    is the course's own page. With `force`, any file is overwritten except the report.

    Raises:
        UsageError: there is no report, there are several, or the page would overwrite something else.
        HostError: the page cannot be written.
    """
    opened = only_report(path, template)
    target = _target(opened, out, HAND_IN_PAGE if checker else PAGE)
    page = _checker_page(opened) if checker else _page(opened)
    if target is None:
        write_out(page, as_utf8=True)
        return FINE
    if not (force or is_ours(target, checker=checker)):
        _ask(target)
    write_text(target, page)
    write_out(f"{shown(target)}: written\n")
    return FINE


def _target(opened: Opened, out: str | None, name: str) -> Path | None:
    """Return the file to write; None for standard output, the default if the report comes from standard input."""
    report = opened.loaded.path
    if out == STANDARD_INPUT or (out is None and opened.path == STANDARD_INPUT):
        return None
    target = report.with_name(name) if out is None else Path(out)
    if is_same_file(target, report):
        raise UsageError(f"{shown(target)}: this is the report itself: name another file for the page")
    return target


def is_ours(target: Path, *, checker: bool = False) -> bool:
    """Return whether the file may be overwritten: it does not exist, is empty, or looks like the page to be written."""
    if not os.path.isfile(target):  # noqa: PTH113  # `Path.is_file` raises where a folder may not be looked into
        return True
    size, start = read_start(target, _START)
    # The course's page has no head, only what the Markdown becomes, so there is no better sign of it.
    mark = _RENDERED if checker else _MARKED
    return not size or mark.match(start) is not None


def _ask(target: Path) -> None:
    """Ask whether to overwrite the file.

    Raises:
        UsageError: the answer is no, or nobody can be asked.
    """
    if sys.stdin and sys.stdin.isatty() and sys.stderr.isatty():
        print(f"{shown(target)} was not made by reportls. Overwrite it? [y/N] ", end="", file=sys.stderr, flush=True)
        if sys.stdin.readline().strip().lower() in ("y", "yes"):
            return
        raise UsageError(f"{shown(target)}: left as it was")
    raise UsageError(
        f"{shown(target)}: this page was not made by reportls: overwrite it with --force, or name another with -o"
    )


def _checker_page(opened: Opened) -> str:
    from reportls.render.markdown import checker_page

    try:
        return checker_page(opened.loaded.text)
    except RecursionError:
        raise UsageError(f"{opened.path}: the course's script crashes: lists or quotes are nested too deep") from None


def _page(opened: Opened) -> str:
    from reportls.form_snapshot import snapshot_of
    from reportls.render.page import page_of
    from reportls.render.pictures import LARGEST

    snapshot = snapshot_of(opened.report, opened.loaded.environment)
    path = opened.loaded.path
    name = "standard input" if opened.path == STANDARD_INPUT else shown(Path(path.name))
    return page_of(snapshot, name, reader_beside(path, LARGEST))
