"""Serves an overview on this machine, and judges a group again whenever something in its folder changes."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from reportls.cli.output import INTERRUPTED, complain, refuse, say, write_out
from reportls.cli.overview.listing import groups_of
from reportls.cli.preview.pages import Board, Pages, in_words
from reportls.cli.preview.server import Server
from reportls.host.mtimes import stamps, surroundings, with_found
from reportls.host.paths import absolute

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportls.cli.overview.options import Options
    from reportls.features.course.records import GroupRow
    from reportls.host.groups import Group
    from reportls.host.mtimes import Stamps

_INTERVAL = 0.5
"""Seconds between two polls of the folders."""
_TITLE = "Overview"
_USUAL = ("reports", "report")
_FIGURES = "figures"


class Watched:
    """The groups with their rows, judged again one by one as they change."""

    def __init__(self, options: Options, judge: Callable[[Sequence[Group]], Sequence[GroupRow]]) -> None:
        """Judge all groups.

        Raises:
            UsageError: there is no group.
            HostError: a folder cannot be read.
        """
        self._options = options
        self._judge = judge
        self._rows: dict[Group, GroupRow] = {}
        self._seen: dict[Group, Stamps] = {}
        self._groups = groups_of(options)
        self.refresh()

    @property
    def rows(self) -> tuple[GroupRow, ...]:
        """The row of each group, in the order of the groups."""
        return tuple(self._rows[group] for group in self._groups)

    def refresh(self) -> bool:
        """Judge the groups that have changed or are new; return whether any has or is gone."""
        began = time.time_ns()
        groups = groups_of(self._options)
        now = {group: _stamps(group, self._rows.get(group)) for group in groups}
        changed = [group for group in groups if self._seen.get(group) != now[group]]
        is_same = groups == self._groups and not changed
        self._groups = groups
        for group, row in zip(changed, self._judge(changed) if changed else (), strict=True):
            self._rows[group] = row
            self._seen[group] = with_found(now[group], began, _stamps(group, row))
        return not is_same


def watch(watched: Watched, page_of: Callable[[Sequence[GroupRow]], str], port: int) -> int:
    """Serve the page until interrupted, and return the exit code of an interrupted command.

    `page_of` renders the rows of all groups.

    Raises:
        UsageError: the port cannot be used.
    """
    board = Board(_pages(page_of(watched.rows)))
    try:
        with Server(board, port) as server:
            write_out(f"{_TITLE}: {server.address}\n")
            say("the table follows the folder; Ctrl-C ends")
            _follow(watched, page_of, board)
    except KeyboardInterrupt:
        return INTERRUPTED


def _follow(watched: Watched, page_of: Callable[[Sequence[GroupRow]], str], board: Board) -> NoReturn:
    while True:
        time.sleep(_INTERVAL)
        try:
            if watched.refresh():
                board.show(_pages(page_of(watched.rows)))
        except Exception as error:  # noqa: BLE001  # whatever goes wrong while files are half written, go on
            message = in_words(error)
            if board.now.problem != message:
                complain(message)
                board.show_problem(message)


def _pages(page: str) -> Pages:
    return Pages(_TITLE, {"ours": page.encode("utf-8", "replace")}, (), has_course=False)


def _stamps(group: Group, row: GroupRow | None) -> Stamps:
    # The places where a report may appear.
    places = [group.path, *(group.path / name for name in _USUAL)]
    return stamps(map(os.fspath, places)) | (_of_report(group, row.report) if row and row.report else {})


def _of_report(group: Group, report: str) -> Stamps:
    path = absolute(Path(group.path) / report if group.path.is_dir() else group.path)
    return stamps([str(path)]) | surroundings(path.parent, _FIGURES)


def refuse_contradictions(options: Options) -> None:
    """Refuse options that do not go with `--watch`.

    Raises:
        UsageError: there are any.
    """
    refuse(
        {
            "--watch serves the page: leave out --format, -o and --html": any(
                given is not None for given in (options.form, options.out, options.pages)
            ),
            "--watch reads the lists again: name a file instead of standard input": "-"
            in (options.listed, options.class_list),
        }
    )
