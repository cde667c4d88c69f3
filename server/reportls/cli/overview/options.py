"""Arguments and options of `overview`."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, NamedTuple

from reportls.cli.arguments import filled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reportls.cli.arguments import Parser

_FORMATS = ("text", "csv", "json", "html")
_SECONDS = 60.0
_ABOUT = """\
Makes one table of all groups of a course: verdicts, what is missing, and which questions fail.
"""
_MORE = """\
Every folder directly in FOLDER is a group, and its report may be anywhere in it. A FOLDER that is itself a repository
is one group.

exit code:
  0    every group was judged, whatever the verdicts
  1    some groups were not judged; their rows say why
  2    no group was judged, or bad usage
  130  interrupted with Ctrl-C

examples:
  reportls overview groups/
  reportls overview groups/ --format csv -o course.csv
  reportls overview groups/ --html pages    write pages/index.html, and a page for each group
  reportls overview --list groups.csv       read lines of the form `name,path` or `path`
  reportls overview groups/ --class-list class.csv --format csv --columns "Group,passed=Points" -o grades.csv
  reportls overview groups/ --watch         serve a page that follows the folders
  reportls overview groups/ --shared 30     also list answers of 30 words or more that groups share
"""


class Options(NamedTuple):
    """The options of `overview`."""

    folders: tuple[str, ...]
    listed: str | None
    """The file that lists the groups; `-` for standard input."""
    form: str | None
    """`text`, `csv`, `json` or `html`; None for text, or with `pages` for a summary alone."""
    out: Path | None
    """The file to write; None for standard output."""
    pages: str | None
    """The folder for the pages of all groups."""
    edition: str | None
    template: Path | None
    """The blank file that all reports begin from; None to leave it to the groups' configuration."""
    shared: int | None
    """The minimum number of words of shared answers to list; None to compare no answers."""
    class_list: str | None
    """The file of the class list."""
    newest: str | None
    """Where the course's newest template and script are."""
    columns: str | None
    """The columns of `--format csv`; None for our own."""
    has_past: bool
    """Whether to show each group's course over time."""
    is_watching: bool
    """Whether to serve the page and follow the folders."""
    port: int
    """The port of the page; 0 for any that is free."""
    jobs: int | None
    """Number of processes that judge; None for one per processor."""
    seconds: float
    """Time limit for one group."""


def declare(parser: Parser) -> None:
    """Add the arguments of `overview`."""
    parser.description, parser.epilog = _ABOUT, _MORE
    parser.usage = "reportls overview [FOLDER ...] [OPTION ...]"
    add = parser.add_argument
    folders = "a folder that has a folder for each group, or one group's repository"
    add("folders", nargs="*", metavar="FOLDER", help=folders)
    listed = "a list of groups, `path` or `name,path` on each line; `-` for standard input"
    add("--list", dest="listed", metavar="FILE", help=listed)
    add("--format", dest="form", choices=_FORMATS, help="output format (default: text)")
    parser.add_output_file("the file to write (default: standard output)")
    add("--html", dest="pages", metavar="DIR", help="write a page of the overview and of each group into this folder")
    parser.add_edition("use the limits of this edition for all groups")
    parser.add_template()
    add("--shared", type=_words, metavar="WORDS", help="list answers of at least this many words that groups share")
    class_list = "compare with this list of groups, their repositories or folders, and their members"
    add("--class-list", metavar="CSV", help=class_list)
    parser.add_newest()
    add("--columns", metavar="NAMES", help="the columns of --format csv: NAME or NAME=HEADING, separated by commas")
    add("--history", dest="has_past", action="store_true", help="show each group's progress over time, from git")
    watch = "serve the page on this machine and check a group again when it changes"
    add("--watch", dest="is_watching", action="store_true", help=watch)
    add("--port", type=int, default=0, help="the port of --watch (default: any free one)")
    add("--jobs", type=int, metavar="N", help="number of processes (default: one for each processor)")
    limit = f"time limit for one group, in seconds (default: {_SECONDS:g})"
    add("--timeout", dest="seconds", type=float, default=_SECONDS, metavar="SECONDS", help=limit)


def options_of(parser: Parser, arguments: Sequence[str]) -> Options:
    """Parse the arguments."""
    values = parser.parse_mixed(arguments, "folders")
    # Messages of groups, which are in other folders, name both.
    values.template = values.template and values.template.absolute()
    values.newest = values.newest and os.path.abspath(values.newest)  # noqa: PTH100  # `@REF` may follow
    return filled(Options, values)


def _words(number: str) -> int:
    from reportls.features.course.shared_answers import FEWEST

    if not (number.isascii() and number.isdigit()) or int(number[:9]) < FEWEST:
        raise argparse.ArgumentTypeError(
            f"write a number of words, at least {FEWEST}: shorter answers are often the same by chance"
        )
    return int(number[:9])
