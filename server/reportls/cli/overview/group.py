"""Judges one group: finds its report, judges it and writes its page. Every error becomes part of the group's row."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportls.features.course.collect import for_judging, judgement_of
from reportls.features.course.records import GroupRow, Past
from reportls.features.history import judge_of
from reportls.features.verdicts import numbers
from reportls.form_snapshot import parse_for, snapshot_of
from reportls.host.discovery import find_reports
from reportls.host.groups import likeliest
from reportls.host.history import LFS, history_of, place_of
from reportls.host.loading import Flags, load
from reportls.host.paths import HostError, absolute, as_text, is_inside, shown
from reportls.host.read import read_report_text, reader_beside
from reportls.report.form import FORM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.cli.overview.options import Options
    from reportls.form_snapshot import AnySnapshot
    from reportls.host.loading import Loaded
    from reportls.report.report import Report

_MOST_BRANCHES = 3
_MOST_OTHERS = 20
_LONGEST = 300
_NO_REPORT = "no report"
_LINK = "a link, which is not followed: name the folder itself"


class Task(NamedTuple):
    """A group to judge."""

    name: str
    path: str
    page: str | None
    """The file for the group's page; None for no page."""


class Judge(NamedTuple):
    """Judges groups in a worker, by the options of the command."""

    options: Options

    def judge(self, task: Task) -> GroupRow:
        """Judge one group."""
        try:
            return self._row(task)
        except HostError as error:
            return failed(task, str(error))
        except RecursionError:
            return failed(task, "the report is nested too deep")
        except MemoryError:
            return failed(task, "judging it needs too much memory")
        except Exception as error:  # noqa: BLE001  # one group's row says so, the others go on
            return failed(task, f"a bug in reportls, please report it ({type(error).__name__}: {error})")

    def _row(self, task: Task) -> GroupRow:
        path = absolute(Path(task.path))
        # A link could lead to the report of another group, or anywhere on this machine.
        if path.is_symlink():
            return _row(task, problem=_LINK)
        if not path.is_dir():
            return self._judged(task, path, path, ())
        closed: list[str] = []
        reports = likeliest(path, find_reports(path, closed, self.options.template))
        if not reports:
            return _row(
                task, problem="; ".join((_NO_REPORT, *_at_its_place(path), *_on_branches(path), *closed))[:_LONGEST]
            )
        others = tuple(_relative(other, path) for other in reports[1 : _MOST_OTHERS + 1])
        return self._judged(task, path, reports[0], others)

    def _judged(self, task: Task, top: Path, report: Path, others: tuple[str, ...]) -> GroupRow:
        options = self.options
        top = report.parent if top == report else top
        row = _row(task, report=_relative(report, top), others=others)
        try:
            flags = Flags(options.edition, template=options.template, newest=options.newest)
            loaded = load(report, flags, top=top)
        except HostError as error:
            return row._replace(problem=_shortened(str(error), top))
        if loaded.choice.refusal:
            return row._replace(problem=_shortened(loaded.choice.refusal, top))
        environment = loaded.environment
        parsed = parse_for(loaded.text, environment)
        if not (parsed.is_recognisable or loaded.is_named or environment.has_form):
            return row._replace(report=None, others=(), problem=_NO_REPORT)
        snapshot = snapshot_of(parsed, environment if environment.has_form else for_judging(environment))
        if task.page:
            _write_page(Path(task.page), snapshot, loaded, f"{task.name}, {row.report}", top)
        page = Path(task.page).name if task.page else None
        past = _past(snapshot, loaded, top) if options.has_past else None
        row = row._replace(past=past, remarks=tuple(_drift(parsed, loaded)) if options.newest else ())
        return row._replace(judgement=judgement_of(snapshot, is_sharing=options.shared is not None), page=page)


def _drift(report: Report, loaded: Loaded) -> Iterator[str]:
    """Yield the course's texts of which the group has another version than the newest, or why that is not known."""
    newest = loaded.environment.newest
    if loaded.newest_refusal:
        yield loaded.newest_refusal
    if newest is None:
        return
    for file in newest.files:
        yield f"{file.name} is not the course's newest"
    if loaded.environment.has_form:
        return
    if changed := [question.number for _, question in newest.outdated_in(report)]:
        yield f"not the newest template's prompts: {numbers(tuple(changed))}"
    if missing := newest.missing_in(report):
        yield f"the newest template has questions that are not here: {numbers(tuple(missing))}"


def _past(snapshot: AnySnapshot, loaded: Loaded, top: Path) -> Past | None:
    """Return the group's course over time; None outside git."""
    try:
        history = history_of(place_of(loaded.path, top), loaded.text, judge_of(snapshot.report, snapshot.environment))
    except HostError:
        return None
    commits = [version for version in history.versions if version.commit]
    passed = tuple(standing.passed for standing in history.standings)
    total = history.standings[-1].total
    return Past(passed, total, commits[-1].seconds if commits else None, history.better_before)


def _at_its_place(group: Path) -> list[str]:
    """Describe in words the thing that lies where the report should be."""
    if os.path.isfile(group / "HEAD") and os.path.isdir(group / "objects"):  # noqa: PTH112, PTH113  # both may raise
        return ["a bare clone has no files: clone it without `--bare`"]
    path = group / FORM.path
    if not os.path.isfile(path) or not is_inside(path, group):  # noqa: PTH113  # `Path.is_file` may raise
        return []
    try:
        text = read_report_text(path)
    except HostError as error:
        return [_shortened(str(error), group)]
    if text.startswith(LFS):
        return [f"{FORM.path} is in Git LFS and was not downloaded: `git lfs pull` does that"]
    return [f"{FORM.path} has no questions of a report" if text.strip() else f"{FORM.path} is empty"]


def _on_branches(group: Path) -> list[str]:
    """Say which other branches have a report if the one that is checked out has none."""
    if not os.path.lexists(group / ".git"):
        return []
    from reportls.host.git import branches_with

    found = branches_with(Path(os.path.realpath(group)), FORM.path)
    return [f"{FORM.path} is on the branch {' and '.join(found[:_MOST_BRANCHES])}"] if found else []


def failed(task: Task, why: str) -> GroupRow:
    """Return the row of a group that could not be judged."""
    return _row(task, problem=_shortened(why, absolute(Path(task.path))))


def _row(task: Task, report: str | None = None, others: tuple[str, ...] = (), problem: str | None = None) -> GroupRow:
    return GroupRow(task.name, as_text(task.path), report, others, problem=problem)


def _shortened(message: str, top: Path) -> str:
    """Return the message with paths relative to the group's folder."""
    return message.replace(f"{shown(top)}{os.sep}", "").removeprefix(f"{shown(top)}: ")[:_LONGEST]


def _relative(path: Path, top: Path) -> str:
    return as_text(path.relative_to(top).as_posix())


def _write_page(target: Path, snapshot: AnySnapshot, loaded: Loaded, name: str, top: Path) -> None:
    from reportls.host.write import write_text
    from reportls.render.page import page_of
    from reportls.render.pictures import LARGEST

    write_text(target, page_of(snapshot, name, reader_beside(loaded.path, LARGEST, top)), is_private=True)
