"""`reportls overview`: writes a table of all groups of a course, and a page for each group."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from reportls.cli.html import is_ours
from reportls.cli.output import FINE, NOT_AS_ASKED, NOT_YET, UsageError, progress_of, refuse, refuse_source
from reportls.cli.overview.formats import FOLDER, INDEX, Course, page_alone, page_names, write_all
from reportls.cli.overview.group import Judge, Task, failed
from reportls.cli.overview.listing import class_list_of, compared, groups_of
from reportls.cli.overview.options import declare, options_of
from reportls.cli.overview.processes import Lost, results
from reportls.features.course.records import GroupOutcome
from reportls.features.course.shared_answers import shared_answers
from reportls.features.course.statistics import Tallies
from reportls.host.newest import Named, reader_of
from reportls.host.paths import failure, shown
from reportls.host.templates import template_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.cli.arguments import Parser
    from reportls.cli.overview.options import Options
    from reportls.features.course.class_list import ClassList
    from reportls.features.course.records import GroupRow
    from reportls.host.groups import Group

__all__ = ["declare", "run"]


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Judge all groups and write the table and the pages.

    Raises:
        UsageError: the options contradict each other, or there is no group.
        HostError: a folder or file that all groups need cannot be read or written.
    """
    options = options_of(parser, arguments)
    _refuse_contradictions(options)
    if options.out:
        refuse_source(options.out, (options.listed, options.class_list, options.template))
    class_list = class_list_of(options.class_list) if options.class_list is not None else None
    if options.template:
        template_at(options.template)
    if options.newest:
        reader_of(Named(options.newest, Path.cwd(), None))
    if options.is_watching:
        return _watch(options, class_list)
    groups = groups_of(options)
    pages = _folder_for_pages(options)
    course = _course(_judge([*_tasks(groups, pages)], options), class_list, options)
    write_all(course, options)
    tallies = course.tallies
    missing = tallies.outcomes[GroupOutcome.NOT_JUDGED]
    if missing == tallies.groups:
        return NOT_AS_ASKED
    return NOT_YET if missing else FINE


def _watch(options: Options, class_list: ClassList | None) -> int:
    from reportls.cli.overview.watching import Watched, refuse_contradictions, watch

    refuse_contradictions(options)
    watched = Watched(options, lambda groups: _judge([*_tasks(groups, None)], options))
    return watch(watched, lambda rows: page_alone(_course(rows, class_list, options)), options.port)


def _course(rows: Sequence[GroupRow], class_list: ClassList | None, options: Options) -> Course:
    """Return the input of the formats: the rows, compared with the class list, and the statistics over all of them."""
    rows = compared(rows, class_list) if class_list else tuple(rows)
    tallies = Tallies()
    for row in rows:
        tallies.add(row)
    shared = None if options.shared is None else shared_answers(rows, options.shared)
    return Course(rows, tallies, class_list.headings if class_list else (), shared)


def _refuse_contradictions(options: Options) -> None:
    contradictions = {
        "name a folder with a folder for each group, or a list with --list": not options.folders
        and options.listed is None,
        "-o is for --format: the pages of --html DIR are in DIR": options.out is not None
        and options.pages is not None
        and options.form is None,
        "--columns goes with --format csv": options.columns is not None and options.form != "csv",
        "--list and --class-list: only one can be standard input": options.listed == options.class_list == "-",
        "a class list and shared answers are personal, but this log is public: name a file with -o": bool(
            os.environ.get("GITHUB_ACTIONS")
        )
        and options.out is None
        and (options.class_list is not None or options.shared is not None),
        "--jobs: at least one process": options.jobs is not None and options.jobs < 1,
        "--timeout: more than 0 seconds": not options.seconds > 0,
    }
    refuse(contradictions)


def _folder_for_pages(options: Options) -> Path | None:
    if options.pages is None:
        return None
    folder, index = Path(options.pages, FOLDER), Path(options.pages, INDEX)
    if os.path.isfile(options.pages):  # noqa: PTH113  # `Path.is_file` may raise
        raise failure(Path(options.pages), NotADirectoryError())
    if not is_ours(index):
        raise UsageError(f"{shown(index)}: this page was not made by reportls: name another folder for the pages")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise failure(folder, error) from None
    return folder


def _tasks(groups: Sequence[Group], pages: Path | None) -> Iterator[Task]:
    for group, page in zip(groups, page_names(group.name for group in groups), strict=True):
        yield Task(group.name, os.fspath(group.path), str(pages.absolute() / page) if pages else None)


def _judge(tasks: Sequence[Task], options: Options) -> tuple[GroupRow, ...]:
    rows: dict[int, GroupRow] = {}
    judged = results(Judge(options).judge, tasks, options.jobs or _processors(), options.seconds)
    for index, row in progress_of(judged, len(tasks), "groups"):
        rows[index] = failed(tasks[index], row.why) if isinstance(row, Lost) else row
    return tuple(rows[index] for index in range(len(tasks)))


def _processors() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
