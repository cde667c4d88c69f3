"""`reportls edition`: lists the built-in editions, or the questions and limits of one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from reportls.cli.exits import FINE, UsageError
from reportls.cli.output import write_out
from reportls.cli.terminal import terminal_of
from reportls.configuration.complaint import unknown
from reportls.editions.builtin import IDS, builtin
from reportls.report.form import FORM
from reportls.report.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.cli.arguments import Parser
    from reportls.cli.terminal import Terminal
    from reportls.editions.edition import Edition


def declare(parser: Parser) -> None:
    """Add the arguments of `edition`."""
    parser.description = "Lists the editions of the course that are built in, or the questions and limits of one."
    parser.add_argument("id", nargs="?", metavar="ID", help="such as dtu-02476-2026")


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Print the list of editions or the questions of one.

    Raises:
        UsageError: there is no such edition.
    """
    edition_id = parser.parse(arguments).id
    terminal = terminal_of(sys.stdout)
    if edition_id is None:
        lines = _list(terminal)
    elif edition_id in IDS:
        lines = _edition(builtin(edition_id), terminal)
    else:
        raise UsageError(unknown("edition", edition_id, IDS))
    write_out("".join(f"{line}\n" for line in lines))
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
