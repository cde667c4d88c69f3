"""`reportls history`: shows the state of each question in each version of a report, and which commit changed that."""

from __future__ import annotations

import re
import sys
import time
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from reportls.cli.arguments import filled
from reportls.cli.history.formats import Shown, as_csv, as_json, as_text
from reportls.cli.output import FINE, UsageError, progress_of, refuse_source, without_commands, write_out
from reportls.cli.sources import only_report
from reportls.cli.terminal import terminal_of
from reportls.features.history import judge_of
from reportls.host.history import history_of, place_of
from reportls.host.history import since as since_commit
from reportls.host.paths import shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reportls.cli.arguments import Parser
    from reportls.cli.sources import Opened
    from reportls.features.history import History

_FORMATS = ("text", "csv", "json", "html")
_ABOUT = """\
Reads a report's versions from git and shows the state of each question in each version, and which commits broke or
repaired it. All versions are judged by the current limits. Nothing in the repository is run or changed.
"""
_MORE = """\
exit code:
  0    the history was read, whatever the verdicts
  2    bad usage, or the report is not in git or cannot be read
  130  interrupted with Ctrl-C

examples:
  reportls history                           show the report in reports/, report/ or this folder
  reportls history --question 14             show only one question
  reportls history --since 2026-01-15        show only versions from that day on
  reportls history --since origin/main       show only versions that this branch adds
  reportls history --format html -o history.html
"""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class _Options(NamedTuple):
    path: str | None
    form: str
    out: Path | None
    since: str | None
    question: int | None
    edition: str | None
    template: Path | None
    is_first_parent: bool


def declare(parser: Parser) -> None:
    """Add the arguments of `history`."""
    parser.description, parser.epilog = _ABOUT, _MORE
    parser.usage = "reportls history [PATH] [OPTION ...]"
    add = parser.add_argument
    parser.add_report()
    add("--format", dest="form", choices=_FORMATS, default="text", help="output format (default: text)")
    parser.add_output_file("the file to write (default: standard output)")
    since = "only versions after this commit, branch or tag, or from this day on (2026-01-31)"
    add("--since", metavar="WHEN", help=since)
    add("--question", type=int, metavar="N", help="only this question")
    first_parent = "follow only the main line, where a merge counts as one version"
    add("--first-parent", dest="is_first_parent", action="store_true", help=first_parent)
    parser.add_edition("use the limits of this edition")
    parser.add_template()


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Write the history of one report.

    Raises:
        UsageError: there is no report, there are several, there is no such question, or the output would replace a
            source.
        HostError: the report is not in git, git refuses, or the file cannot be written.
    """
    options = filled(_Options, parser.parse(arguments))
    if options.out:
        refuse_source(options.out)
    opened = only_report(options.path, options.template, options.edition)
    history = _history(opened, options)
    questions = len(history.standings[-1].states) or history.standings[-1].total
    if options.question is not None and not 0 < options.question <= questions:
        raise UsageError(f"--question {options.question}: the report has questions 1-{questions}")
    _write(Shown(opened.path, history, _indices(opened, history, options), options.question), options)
    return FINE


def _history(opened: Opened, options: _Options) -> History:
    return history_of(
        place_of(opened.loaded.path),
        opened.loaded.text,
        judge_of(opened.report, opened.loaded.environment),
        is_first_parent=options.is_first_parent,
        progress=lambda texts, total: progress_of(texts, total, "versions"),
    )


def _indices(opened: Opened, history: History, options: _Options) -> tuple[int, ...]:
    """Return the versions to show."""
    versions = history.versions
    if options.since is None:
        return tuple(range(len(versions)))
    if _DAY.fullmatch(options.since):
        start = _start_of(options.since)
        return tuple(index for index, version in enumerate(versions) if version.seconds >= start)
    newer = since_commit(place_of(opened.loaded.path), options.since, versions)
    return tuple(index for index, version in enumerate(versions) if not version.commit or version.commit in newer)


def _start_of(day: str) -> float:
    try:
        # `mktime` knows when that day began where the user is.
        return time.mktime(datetime.strptime(day, "%Y-%m-%d").timetuple())  # noqa: DTZ007  # a day of the user's
    except (ValueError, OverflowError):
        raise UsageError(f"--since {day}: no such day") from None


def _write(shown_: Shown, options: _Options) -> None:
    if options.form == "text":
        text = as_text(shown_, terminal_of(sys.stdout))
        text = without_commands(text) if options.out is None else text
    elif options.form == "html":
        from reportls.render.ci_safe import inert
        from reportls.render.history import history_page

        text = inert(history_page(shown_.path, shown_.history, shown_.indices, shown_.question))
    else:
        text = {"csv": as_csv, "json": as_json}[options.form](shown_)
    if options.out is None:
        write_out(text, as_utf8=options.form != "text")
        return
    from reportls.host.write import write_text

    write_text(options.out, text)
    write_out(f"{shown(options.out)}: written\n")
