"""Writes what was asked for: to a file, all or nothing, or to standard output as it comes."""

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

    from reportls.cli.overview.course import Course
    from reportls.cli.overview.options import Options
    from reportls.features.course.statistics import Tallies

_ENOUGH = 65_536
"""Characters that are worth writing at once."""


def write_all(course: Course, tallies: Tallies, options: Options) -> None:
    """Write the page of the overview beside the groups' own, and the table in the form that was asked for.

    Raises:
        UsageError: standard output cannot be written.
        HostError: a file cannot be written.
    """
    out = None if options.out in (None, "-") else Path(options.out or "")
    if options.pages is not None:
        index = Path(options.pages, INDEX)
        write_pieces(index, _html(course, tallies, f"{FOLDER}/"))
        if options.form is None:
            write_out(f"{shown(index)}: written\n{summary(tallies)}\n")
            return
    terminal = terminal_of(sys.stdout) if out is None else Terminal()
    pieces = _pieces(course, tallies, options, terminal)
    if out:
        write_pieces(out, pieces)
        write_out(f"{shown(out)}: written\n")
        return
    is_text = options.form in (None, "text")
    for piece in _gathered(pieces):
        write_out(without_commands(piece) if is_text else piece, as_utf8=not is_text)


def _pieces(course: Course, tallies: Tallies, options: Options, terminal: Terminal) -> Iterator[str]:
    # Each format imports what it needs.
    match options.form:
        case "csv":
            from reportls.cli.overview.formats.csv import as_csv

            return as_csv(course)
        case "json":
            from reportls.cli.overview.formats.json import as_json

            return as_json(course, tallies)
        case "html":
            return _html(course, tallies, _link_to_pages(options))
        case _:
            from reportls.cli.overview.formats.text import as_text

            return as_text(course, tallies, terminal)


def _html(course: Course, tallies: Tallies, links: str | None) -> Iterator[str]:
    from reportls.render.ci_safe import inert
    from reportls.render.course.page import course_page

    shared = course.shared() if course.shared_words is not None else None
    return map(inert, course_page(course.rows(), tallies, links, shared))


def _link_to_pages(options: Options) -> str | None:
    """The way from the file that is written to the folder of pages, as a page has it."""
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
    """The same text in fewer pieces."""
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _ENOUGH:
            yield "".join(waiting)
            waiting, size = [], 0
    yield "".join(waiting)
