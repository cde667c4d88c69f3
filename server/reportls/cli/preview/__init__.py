"""`reportls preview`: shows a report's page in a browser and updates it after every save."""

from __future__ import annotations

import os
import sys
from argparse import BooleanOptionalAction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NoReturn

from reportls.cli.output import INTERRUPTED, UsageError, complain, say, warn, write_out
from reportls.cli.preview.pages import Board, in_words, pages_of
from reportls.cli.preview.server import Server
from reportls.cli.sources import STANDARD_INPUT, Watch, only_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportls.cli.arguments import Parser

_ABOUT = """\
Shows a report as a page in the browser. If the course makes a page of its own, both are shown side by side, with their
differences marked. The page is updated at every save and keeps its place.
"""
_MORE = """\
Only this machine can reach the page, and only at the address that is printed. Ctrl-C ends the command.

exit code:
  2    there is no report or more than one, it cannot be read, or the port cannot be used
  130  interrupted with Ctrl-C

examples:
  reportls preview                   show the report in reports/, report/ or this folder
  reportls preview my-report.md --no-open
"""


def declare(parser: Parser) -> None:
    """Add the arguments of `preview`."""
    parser.description, parser.epilog = _ABOUT, _MORE
    parser.usage = "reportls preview [PATH] [OPTION ...]"
    parser.add_report()
    parser.add_argument("--port", type=int, default=0, help="the port (default: any free one)")
    parser.add_template()
    opening = "open the browser, or do not (default: open it if there is a screen)"
    parser.add_argument("--open", action=BooleanOptionalAction, help=opening)


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Serve the page of one report until interrupted, and return the exit code of an interrupted command.

    Raises:
        UsageError: there is no report, there are several, or the port cannot be used.
    """
    values = parser.parse(arguments)
    if values.path == STANDARD_INPUT:
        raise UsageError("standard input does not change: name the file, or use `reportls html -`")
    # Choose the report only once, so that a second one that is added to the folder later does not end the preview.
    found = only_report(values.path, values.template)
    path = str(found.loaded.path)
    watched = Watch((path,))
    opened = only_report(path, values.template)
    board = Board(pages_of(opened))
    watched.found((opened,))
    try:
        with Server(board, values.port) as server, TemporaryDirectory(prefix="reportls-") as private:
            write_out(f"{opened.path}: {server.address}\n")
            say("the page follows each save; Ctrl-C ends")
            if _has_screen() if values.open is None else values.open:
                _open_browser(_page_to(server.address, Path(private)))
            _follow(board, watched, path, values.template)
    except KeyboardInterrupt:
        return INTERRUPTED


def _follow(board: Board, watched: Watch, path: str, template: Path | None) -> NoReturn:
    while True:
        watched.wait()
        try:
            opened = only_report(path, template)
            pages = pages_of(opened)
            watched.found((opened,))
            board.show(pages)
        except Exception as error:  # noqa: BLE001  # whatever goes wrong while a report is half saved, go on
            message = in_words(error)
            complain(message)
            board.show_problem(message)


def _has_screen() -> bool:
    """Return whether a browser would open its own window; a text browser would take over the terminal."""
    if sys.platform == "win32":
        return True
    if sys.platform == "darwin":
        return "SSH_CONNECTION" not in os.environ
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _page_to(address: str, folder: Path) -> str:
    """Write a page into the folder that leads to the address; return its own address.

    Every user of the machine can read a browser's command line, so the secret in the address must not be there.
    """
    page = folder / "preview.html"
    page.touch(mode=0o600)
    page.write_text(f'<!doctype html><meta http-equiv="refresh" content="0;url={address}">\n', "utf-8")
    return page.as_uri()


def _open_browser(address: str) -> None:
    """Open the page in the user's browser, or print that no browser can be started."""
    import webbrowser

    try:
        is_open = webbrowser.open(address)
    except (webbrowser.Error, OSError):
        is_open = False
    if not is_open:
        warn("no browser can be started: open the address above")
