"""Writes an overview in one of its formats, piece by piece, as courses may be large; each format has a module here."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from reportls.cli.output import without_commands, write_out
from reportls.cli.terminal import Terminal, terminal_of
from reportls.features.course.statistics import summary
from reportls.host.paths import shown
from reportls.host.write import write_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportls.cli.overview.options import Options
    from reportls.features.course.records import GroupRow
    from reportls.features.course.shared_answers import Shared
    from reportls.features.course.statistics import Tallies

FOLDER = "groups"
"""The folder of the groups' pages, inside the folder of the overview."""
INDEX = "index.html"

_LONGEST = 60
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\Z", re.IGNORECASE)
"""Names of devices on Windows, which no file may have, whatever its extension."""
_ENOUGH = 65_536
"""Minimum size in characters of one write."""


class Course(NamedTuple):
    """All groups of a course, judged: the input of every format."""

    rows: tuple[GroupRow, ...]
    """The groups in their order."""
    tallies: Tallies
    headings: tuple[str, ...] = ()
    """The columns of the class list."""
    shared: tuple[Shared, ...] | None = None
    """The answers that several groups share, the longest first; None if answers were not compared."""


def page_names(names: Iterable[str]) -> Iterator[str]:
    """Yield a file name for each group; all differ, also where case is ignored."""
    taken: set[str] = set()
    for name in names:
        plain = _plain(name)
        number, unique = 1, plain
        while unique.lower() in taken:
            number += 1
            unique = f"{plain}-{number}"
        taken.add(unique.lower())
        yield f"{unique}.html"


def _plain(name: str) -> str:
    # NFKD parts a letter from its accent, which is then dropped as no ASCII.
    without_accents = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = _UNSAFE.sub("-", without_accents)[:_LONGEST].strip("-")
    return f"group-{plain}".rstrip("-") if not plain or _RESERVED.match(plain) else plain


def write_all(course: Course, options: Options) -> None:
    """Write the page of the overview beside the groups' own pages, and the table in its format.

    Raises:
        UsageError: standard output cannot be written.
        HostError: a file cannot be written.
    """
    if options.pages is not None:
        index = Path(options.pages, INDEX)
        write_pieces(index, _html(course, f"{FOLDER}/"), is_private=True)
        if options.form is None:
            write_out(f"{shown(index)}: written\n{summary(course.tallies)}\n")
            return
    terminal = terminal_of(sys.stdout) if options.out is None else Terminal()
    pieces = _pieces(course, options, terminal)
    if options.out:
        write_pieces(options.out, pieces, is_private=True)
        write_out(f"{shown(options.out)}: written\n")
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
    from reportls.render.overview import course_page

    return map(inert, course_page(course.rows, course.tallies, links, course.shared))


def _link_to_pages(options: Options) -> str | None:
    """Return the URL of the folder of pages, relative to the file that is written."""
    if options.pages is None:
        return None
    base = options.out.parent if options.out else Path()
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
