"""`reportls edition`: lists the built-in editions, or the questions and limits of one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from reportls.cli.output import FINE, UsageError, write_out
from reportls.cli.terminal import Styled, cut, terminal_of
from reportls.configuration.complaint import unknown
from reportls.editions.edition import IDS, builtin
from reportls.host.paths import shown
from reportls.report.form import FORM
from reportls.report.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.cli.arguments import Parser
    from reportls.cli.terminal import Terminal
    from reportls.editions.edition import Edition


_ABOUT = """\
Lists the built-in editions, prints the questions and limits of one, or drafts a new one.
"""
_MORE = """\
examples:
  reportls edition dtu-02476-2026
  reportls edition botany-2027 --draft blank.md report.py > botany-2027.json
"""


def declare(parser: Parser) -> None:
    """Add the arguments of `edition`."""
    parser.description, parser.epilog = _ABOUT, _MORE
    parser.usage = "reportls edition [ID] [--draft TEMPLATE [SCRIPT]]"
    parser.add_argument("id", nargs="?", metavar="ID", help="the name of an edition, such as dtu-02476-2026")
    draft = "print a new edition as JSON, made from a blank report and, if given, the course's script"
    parser.add_argument("--draft", nargs="+", metavar="FILE", help=draft)


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Print the list of editions or the questions of one.

    Raises:
        UsageError: there is no such edition, or there are too many files to make one from.
        HostError: a file to make one from cannot be read.
    """
    values = parser.parse(arguments)
    if values.draft is not None:
        return _draft(values.id, values.draft)
    if values.id not in (None, *IDS):
        raise UsageError(unknown("edition", values.id, IDS))
    terminal = terminal_of(sys.stdout)
    lines = _edition(builtin(values.id), terminal) if values.id else _list(terminal)
    cut_lines = (part for line in lines for part in cut([Styled(line)], terminal))
    write_out("".join(f"{line}\n" for line in cut_lines))
    return FINE


def _draft(name: str | None, files: Sequence[str]) -> int:
    """Print the JSON of a new edition, in which nothing of the template's text is left."""
    from datetime import date
    from json import dumps
    from pathlib import Path

    from reportls.editions.resolve import Wishes, own_words, resolve
    from reportls.features.blank_report import draft
    from reportls.host.loading import script_at
    from reportls.host.read import read_report_text
    from reportls.report.report import parse

    template, *scripts = map(Path, files)
    if len(scripts) > 1:
        raise UsageError("--draft takes a blank report and at most one script")
    report = parse(read_report_text(template))
    if not report.is_recognisable:
        raise UsageError(f"{shown(template)}: no blank report: its questions have headings `{FORM.name_of('N')}`")
    script = script_at(scripts[0]) if scripts else None
    edition = resolve(report, Wishes(script=script)) if script else own_words(report)
    today = date.today().isoformat()  # noqa: DTZ011  # the day where the course is
    write_out(dumps(draft(report, edition, name or "course-year", today), indent=1) + "\n", as_utf8=True)
    return FINE


def _list(terminal: Terminal) -> Iterator[str]:
    yield terminal.paint("dim", f"{'edition':<16}  {'from':<10}  questions")
    for edition in map(builtin, IDS):
        name = terminal.paint("bold", f"{edition.id or '':<16}")
        yield f"{name}  {edition.since:<10}  {edition.variant.answers_expected:>9}"
    yield ""
    yield "`reportls edition ID` lists an edition's limits, `reportls check --edition ID` judges by them"


def _edition(edition: Edition, terminal: Terminal) -> Iterator[str]:
    yield f"{terminal.paint('bold', edition.id or '')}, in use from {edition.since}"
    yield ""
    yield from _variant(edition)
    yield ""
    headings = "  ".join(f"{kind.plural:<8}" for kind in KINDS)
    yield terminal.paint("dim", f"question  {headings}  asks for").rstrip()
    for position, constraints in enumerate(edition.limits, start=1):
        role = edition.roles.get(position)
        asked = role.value.replace("-", " ") if role else ""
        limits = "  ".join(f"{limit or 'any'!s:<8}" for limit in constraints)
        yield f"{position:>8}  {limits}  {asked}".rstrip()


def _variant(edition: Edition) -> Iterator[str]:
    """Describe how the edition's checker splits a report into answers."""
    variant = edition.variant
    expected = variant.answers_expected
    yield f"The checker splits the file at every `{FORM.marker}` and crashes unless it finds {expected} answers."
    if variant.drops:
        yield f"It drops the first {variant.drops} characters of the file before that."
    if variant.first_part_counts:
        yield f"The text above the first `{FORM.marker}` is split like the rest; the first answer is then dropped."
    yield "The first answer is question 1, the second question 2, whatever the headings say."
    yield f"An answer ends at its first `{FORM.cut}`, and a part without a `{FORM.kept}` is dropped, but for the last."
