"""Arguments of `reportls edition`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportls.cli.arguments.parser import Parser


def declare(parser: Parser) -> None:
    """Say what arguments there are."""
    parser.description = "Lists the editions of the course that are built in, or the questions and limits of one."
    parser.add_argument("id", nargs="?", metavar="ID", help="such as dtu-02476-2026")


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """List the editions, or the questions of one."""
    from reportls.cli.edition import show_editions

    return show_editions(parser.parse_args(arguments).id)
