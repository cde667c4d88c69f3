"""Arguments of `reportls rule`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportls.cli.arguments.parser import Parser


def declare(parser: Parser) -> None:
    """Say what arguments there are."""
    parser.description = "Lists all rules, or prints the page of one: what is wrong, why it matters, how to mend it."
    parser.add_argument("name", nargs="?", metavar="RULE", help="such as answer-too-short")


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """List the rules, or print one's page."""
    from reportls.cli.rule import show_rules

    return show_rules(parser.parse_args(arguments).name)
