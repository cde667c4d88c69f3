"""Writes an overview to standard output or, atomically, to files."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from reportls.cli.output import without_commands, write_out
from reportls.cli.overview.pages import FOLDER, INDEX
from reportls.cli.terminal import Terminal, terminal_of
from reportls.features.course.wording import summary
from reportls.host.error import shown
from reportls.host.write import write_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportls.cli.overview.formats import Course
    from reportls.cli.overview.options import Options

_ENOUGH = 65_536
"""Minimum size in characters of one write."""


def write_all(course: Course, options: Options) -> None:
    """Write the page of the overview beside the groups' own pages, and the table in its format.

    Raises:
        UsageError: standard output cannot be written.
        HostError: a file cannot be written.
    """
    out = None if options.out in (None, "-") else Path(options.out or "")
    if options.pages is not None:
        index = Path(options.pages, INDEX)
        write_pieces(index, _html(course, f"{FOLDER}/"), is_private=True)
        if options.form is None:
            write_out(f"{shown(index)}: written\n{summary(course.tallies)}\n")
            return
    terminal = terminal_of(sys.stdout) if out is None else Terminal()
    pieces = _pieces(course, options, terminal)
    if out:
        write_pieces(out, pieces, is_private=True)
        write_out(f"{shown(out)}: written\n")
        return
    is_text = options.form in (None, "text")
    for piece in _gathered(pieces):
        write_out(without_commands(piece) if is_text else piece, as_utf8=not is_text)


def _pieces(course: Course, options: Options, terminal: Terminal) -> Iterator[str]:
    # Import only the module of the format that is needed.
    match options.form:
        case "csv":
            from reportls.cli.overview.formats.csv import as_csv

            return as_csv(course, options.columns)
        case "json":
            from reportls.cli.overview.formats.json import as_json

            return as_json(course)
        case "html":
            return _html(course, _link_to_pages(options))
        case _:
            from reportls.cli.overview.formats.text import as_text

            return as_text(course, terminal)


def page_alone(course: Course) -> str:
    """Return the page of the overview without links to pages of groups."""
    return "".join(_html(course, None))


def _html(course: Course, links: str | None) -> Iterator[str]:
    from reportls.render.ci_safe import inert
    from reportls.render.course.page import course_page

    return map(inert, course_page(course.rows, course.tallies, links, course.shared))


def _link_to_pages(options: Options) -> str | None:
    """Return the URL of the folder of pages, relative to the file that is written."""
    if options.pages is None:
        return None
    base = Path(options.out).parent if options.out not in (None, "-") else Path()
    pages = Path(options.pages, FOLDER)
    try:
        way = Path(os.path.relpath(pages, base)).as_posix()
    except ValueError:  # on another drive
        return f"{pages.absolute().as_uri()}/"
    return f"{quote(way)}/"


def _gathered(pieces: Iterable[str]) -> Iterator[str]:
    """Join small pieces into larger ones, as each write has a cost."""
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _ENOUGH:
            yield "".join(waiting)
            waiting, size = [], 0
    yield "".join(waiting)
