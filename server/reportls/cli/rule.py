"""`reportls rule`: lists the rules, or prints the page of one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from reportls.cli.output import FINE, UsageError, write_out
from reportls.cli.terminal import terminal_of
from reportls.configuration.complaint import unknown_rule
from reportls.rules import ALL, BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.cli.arguments import Parser
    from reportls.cli.terminal import Terminal
    from reportls.findings.rule import Rule

_LEGEND = "safe: `reportls check --fix` applies it; offered: an editor does. `reportls rule NAME` explains a rule"
_FIXES = {"safe": "a fix that `reportls check --fix` applies", "offered": "a fix that an editor offers"}


def declare(parser: Parser) -> None:
    """Add the arguments of `rule`."""
    parser.description = "Lists all rules, or prints the page of one: what is wrong, why it matters, and how to fix it."
    parser.usage = "reportls rule [RULE] [OPTION ...]"
    parser.add_argument("name", nargs="?", metavar="RULE", help="the name of a rule, such as answer-too-short")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="output format (default: text)")


def run(parser: Parser, arguments: Sequence[str]) -> int:
    """Print the list of rules or the page of one.

    Raises:
        UsageError: there is no such rule.
    """
    values = parser.parse(arguments)
    name = values.name
    if name is not None and name not in BY_NAME:
        raise UsageError(unknown_rule(name))
    if values.format == "json":
        write_out(_json(name), as_utf8=True)
    elif name is None:
        terminal = terminal_of(sys.stdout)
        write_out("".join(f"{line}\n" for line in _list(terminal)))
    else:
        _print_page(BY_NAME[name])
    return FINE


def _json(name: str | None) -> str:
    """Return the rule as an object, or all rules as a list of objects."""
    from json import dumps

    found = [
        {
            "name": rule.name,
            "title": rule.title,
            "severity": rule.severity.word,
            "fix": rule.fix,
            "needs": rule.needs,
            "page": rule.page,
        }
        for rule in ALL
        if name in (None, rule.name)
    ]
    return dumps(found if name is None else found[0], ensure_ascii=False, indent=2) + "\n"


def _list(terminal: Terminal) -> Iterator[str]:
    from textwrap import wrap

    rows = [(rule.name, rule.severity.word, rule.fix or "") for rule in ALL]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    indent = sum(widths) + 2 * len(widths)
    for rule, row in zip(ALL, rows, strict=True):
        name, severity, fix = (text.ljust(width) for text, width in zip(row, widths, strict=True))
        title = terminal.shows(rule.title)
        # What goes to a file or a pipe stays on one line, which is easy to search.
        first, *more = wrap(title, max(terminal.width - indent, 30)) if terminal.is_terminal else [title]
        painted = terminal.paint(rule.severity.word, severity)
        yield f"{terminal.paint('bold', name)}  {painted}  {terminal.paint('help', fix)}  {first}"
        yield from (" " * indent + line for line in more)
    yield ""
    yield from wrap(_LEGEND, terminal.width)


def page_of(rule: Rule) -> str:
    """Return the rule's page as Markdown, under a heading with its name."""
    fix = f", has {_FIXES[rule.fix]}" if rule.fix else ""
    return f"# {rule.name}\n\n*{rule.severity.word}{fix}{needs_in_words(rule)}*\n\n{rule.page}\n"


def needs_in_words(rule: Rule) -> str:
    """Return what the rule needs as the end of a line, such as `; needs a checker or a form`; empty if nothing."""
    named = " or ".join(f"{'an' if need == 'edition' else 'a'} {need}" for need in rule.needs)
    return f"; needs {named}" if named else ""


def _print_page(rule: Rule) -> None:
    terminal = terminal_of(sys.stdout)
    if not terminal.is_terminal:
        write_out(terminal.shows(page_of(rule)))
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console(width=min(terminal.width, 100), height=25).print(Markdown(page_of(rule)))
