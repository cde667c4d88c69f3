"""`reportls preview`: shows the page of a report in a browser and shows it anew whenever something is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from reportls.cli.changes import after_change, state
from reportls.cli.exits import FINE, UsageError
from reportls.cli.output import say, write_out
from reportls.cli.preview.board import Board
from reportls.cli.preview.browser import has_screen, open_browser
from reportls.cli.preview.pages import FAILURES, in_words, pages_of
from reportls.cli.preview.server import Server
from reportls.cli.sources import STANDARD_INPUT, only_report

if TYPE_CHECKING:
    from reportls.cli.changes import State
    from reportls.cli.sources import Opened


def preview(path: str | None, port: int, *, is_opened: bool | None) -> int:
    """Serve the page of the one report that `path` means until interrupted; the exit code.

    `port` 0 is any that is free. `is_opened`: whether a browser is started; None: if there is a screen.

    Raises:
        UsageError: there is no report, there are several, or the port cannot be had.
    """
    if path == STANDARD_INPUT:
        message = "standard input does not change: name the file, or use `reportls html -`"
        raise UsageError(message)
    # Which report it is is settled here: another one in the same folder changes nothing.
    found = only_report(path)
    seen = state((str(found.loaded.path),), (found,))
    opened = only_report(str(found.loaded.path))
    board = Board(pages_of(opened))
    try:
        with Server(board, port) as server:
            write_out(f"{opened.path}: {server.address}\n")
            say("the page follows each save; Ctrl-C ends")
            if has_screen() if is_opened is None else is_opened:
                open_browser(server.address)
            _follow(board, opened, seen)
    except KeyboardInterrupt:
        return FINE


def _follow(board: Board, opened: Opened, seen: State) -> NoReturn:
    path = str(opened.loaded.path)
    while True:
        seen = after_change((path,), (opened,), seen)
        try:
            opened = only_report(path)
            board.show(pages_of(opened))
        except FAILURES as error:
            message = in_words(error)
            say(message)
            board.show_problem(message)
