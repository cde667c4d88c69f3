"""Arguments of `reportls demo`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportls.cli.arguments.parser import Parser


def declare(parser: Parser) -> None:
    """Say what arguments there are."""
    where = "where to; a folder that is new or empty (default: reportls-demo)"
    parser.description = "Writes a small report with some mistakes and a few figures, and judges it."
    parser.add_argument("folder", nargs="?", default="reportls-demo", metavar="FOLDER", help=where)


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Write the sample and judge it."""
    from reportls.cli.demo import write_demo

    return write_demo(parser.parse_args(arguments).folder)
