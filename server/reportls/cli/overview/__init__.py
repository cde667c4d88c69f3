"""`reportls overview`: one table over all groups of a course. Each group is judged in a process that may be lost."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from reportls.cli.exits import FINE, NOT_AS_ASKED, NOT_YET, UsageError
from reportls.cli.overview.course import Course, key_of
from reportls.cli.overview.group import Done, Judge, Task, lost
from reportls.cli.overview.listing import groups_of
from reportls.cli.overview.options import declare, options_of
from reportls.cli.overview.pages import FOLDER, page_names
from reportls.cli.overview.workers import Lost, Workers
from reportls.cli.overview.writing import write_all
from reportls.cli.progress import progress_of
from reportls.features.course.records import Standing, from_line
from reportls.host.error import failure
from reportls.host.ledger import Entry, Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.cli.arguments import Parser
    from reportls.cli.overview.options import Options
    from reportls.features.course.statistics import Tallies
    from reportls.host.groups import Group

__all__ = ["declare", "run"]

_KEPT = ".reportls-overview"
"""What a folder of pages keeps for the next run; beside a file, the file's name stands in front."""


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Judge all groups, or those that have changed, and write the table and the pages.

    Raises:
        UsageError: this cannot be done as asked.
        HostError: something that the whole table needs cannot be read or written.
    """
    options = options_of(parser, arguments)
    _refuse_contradictions(options)
    groups = groups_of(options)
    pages = _folder_for_pages(options)
    with closing(Ledger(_kept(options), is_fresh=options.fresh)) as ledger:
        _judge(groups, pages, ledger, options)
        course = Course(groups, ledger, options.shared)
        tallies = course.tallies()
        write_all(course, tallies, options)
    return _code(tallies)


def _refuse_contradictions(options: Options) -> None:
    contradictions = {
        "name a folder with a folder for each group, or a list with --list": not options.folders
        and options.listed is None,
        "-o goes with --format; the page of --html DIR lies in DIR": options.out is not None
        and options.pages is not None
        and options.form is None,
        "--jobs: at least one process": options.jobs is not None and options.jobs < 1,
        "--timeout: more than 0 seconds": not options.seconds > 0,
    }
    for message, holds in contradictions.items():
        if holds:
            raise UsageError(message)


def _folder_for_pages(options: Options) -> Path | None:
    if options.pages is None:
        return None
    folder = Path(options.pages, FOLDER)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise failure(folder, error) from None
    return folder


def _kept(options: Options) -> Path | None:
    """Where to keep rows for the next run; None if nothing lasting is written."""
    if options.pages is not None:
        return Path(options.pages, _KEPT)
    if options.out is not None and options.out != "-":
        out = Path(options.out)
        return out.with_name(f".{out.name}{_KEPT}")
    return None


def _judge(groups: Sequence[Group], pages: Path | None, ledger: Ledger, options: Options) -> None:
    size = min(options.jobs or _processors(), len(groups))
    judge = Judge(options.edition, options.shared is not None).judge
    workers: Workers[Task, Done] = Workers(judge, size, options.seconds)
    with workers:
        results = workers.results(_tasks(groups, pages, ledger))
        for task, result in progress_of(results, len(groups), "groups"):
            done = lost(task, result.why) if isinstance(result, Lost) else result
            _keep(ledger, key_of(task.path), done)


def _tasks(groups: Sequence[Group], pages: Path | None, ledger: Ledger) -> Iterator[Task]:
    for group, page in zip(groups, page_names(group.name for group in groups)):
        entry = ledger.get(key_of(group.path))
        target = str(pages.absolute() / page) if pages else None
        yield Task(group.name, os.fspath(group.path), target, _known(entry) if entry else None)


def _known(entry: Entry) -> str | None:
    """What the group was like, if its row can still be read."""
    try:
        from_line(entry.line)
    except ValueError:
        return None
    return entry.fingerprint


def _keep(ledger: Ledger, key: bytes, done: Done) -> None:
    if done.line is not None:
        ledger.put(key, Entry(done.fingerprint, done.line))


def _processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _code(tallies: Tallies) -> int:
    missing = tallies.standings[Standing.NOT_JUDGED]
    if missing == tallies.groups:
        return NOT_AS_ASKED
    return NOT_YET if missing else FINE
