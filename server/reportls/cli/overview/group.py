"""Judges one group, in a process that may be lost: whatever comes of it, comes of this group alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportls import __version__
from reportls.features.course.collect import for_judging, judgement_of
from reportls.features.course.records import GroupRow, as_line
from reportls.host.discovery import find_reports
from reportls.host.error import HostError, shown
from reportls.host.fingerprint import condition, fingerprint
from reportls.host.groups import likeliest
from reportls.host.loading import Flags, load
from reportls.host.roots import absolute
from reportls.report.report import parse
from reportls.snapshot import take

if TYPE_CHECKING:
    from reportls.host.loading import Loaded
    from reportls.snapshot import Snapshot

_MOST_OTHERS = 20
_LONGEST = 300
_NO_REPORT = "no report"
_LINK = "a link, which is not followed: name the folder itself"


class Task(NamedTuple):
    """A group that is to be judged."""

    name: str
    path: str
    page: str | None
    """The file for its page; None for none."""
    known: str | None
    """The fingerprint of the row that is there already."""


class Done(NamedTuple):
    """What came of it."""

    fingerprint: str | None
    """None if the group is to be judged again next time, whatever it is like then."""
    line: str | None
    """The row as one line; None if the one that is there already still holds."""


class Judge(NamedTuple):
    """How all groups are judged."""

    edition: str | None
    is_sharing: bool

    def judge(self, task: Task) -> Done:
        """Judge one group, unless it is as it was."""
        try:
            before = fingerprint(Path(task.path), __version__, *map(str, self), task.name, str(task.page))
            if task.known and task.known == _with_page(before, task.page):
                return Done(task.known, None)
            row = self._row(task)
        except HostError as error:
            return _failed(task, str(error))
        except RecursionError:
            return _failed(task, "the report is nested too deep")
        except Exception as error:  # noqa: BLE001  # one group's row says so, the others go on
            return _failed(task, f"a mistake in reportls, please report it ({type(error).__name__}: {error})")
        # What could not be read may be readable next time without having changed.
        return Done(_with_page(before, task.page) if row.judgement else None, as_line(row))

    def _row(self, task: Task) -> GroupRow:
        path = absolute(Path(task.path))
        if path.is_symlink():
            return _row(task, problem=_LINK)
        if not path.is_dir():
            return self._judged(task, path, path, ())
        closed: list[str] = []
        reports = likeliest(path, find_reports(path, closed))
        if not reports:
            return _row(task, problem="; ".join((_NO_REPORT, *closed))[:_LONGEST])
        others = tuple(_seen_from(path, other) for other in reports[1 : _MOST_OTHERS + 1])
        return self._judged(task, path, reports[0], others)

    def _judged(self, task: Task, top: Path, report: Path, others: tuple[str, ...]) -> GroupRow:
        if top == report:
            top = report.parent
        row = _row(task, report=_seen_from(top, report), others=others)
        try:
            loaded = load(report, Flags(self.edition), top=top)
        except HostError as error:
            return row._replace(problem=_within(top, str(error)))
        parsed = parse(loaded.text)
        if not (parsed.is_recognisable or loaded.is_named):
            return row._replace(report=None, problem=_NO_REPORT)
        snapshot = take(parsed, for_judging(loaded.environment))
        if task.page:
            _write_page(Path(task.page), snapshot, loaded, f"{task.name}, {row.report}", top)
        page = Path(task.page).name if task.page else None
        return row._replace(judgement=judgement_of(snapshot, is_sharing=self.is_sharing), page=page)


def lost(task: Task, why: str) -> Done:
    """What is to be said of a group whose process was lost."""
    return _failed(task, why)


def _with_page(before: str, page: str | None) -> str:
    """The fingerprint together with the page: if somebody has changed or deleted it, it is written again."""
    return f"{before} {condition(Path(page))}" if page else before


def _row(task: Task, report: str | None = None, others: tuple[str, ...] = (), problem: str | None = None) -> GroupRow:
    path = os.fsencode(task.path).decode("utf-8", "replace")
    return GroupRow(task.name, path, report, others, problem=problem)


def _failed(task: Task, why: str) -> Done:
    return Done(None, as_line(_row(task, problem=_within(absolute(Path(task.path)), why))))


def _within(top: Path, message: str) -> str:
    """The message with paths as seen from the group's folder."""
    return message.replace(f"{shown(top)}{os.sep}", "").removeprefix(f"{shown(top)}: ")[:_LONGEST]


def _seen_from(top: Path, path: Path) -> str:
    return os.fsencode(path.relative_to(top).as_posix()).decode("utf-8", "replace")


def _write_page(target: Path, snapshot: Snapshot, loaded: Loaded, name: str, top: Path) -> None:
    from reportls.host.read import reader_beside
    from reportls.host.write import write_text
    from reportls.render.page import page_of
    from reportls.render.pictures import LARGEST

    write_text(target, page_of(snapshot, name, reader_beside(loaded.path, LARGEST, top)))
