"""The format `concise`: a line `path:line:column: severity rule [*] message` for each finding, and then the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.cli.formats.text import last_line
from reportls.cli.terminal import cut
from reportls.cli.text_width import printable
from reportls.host.error import shown
from reportls.rules.files import configuration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.cli.result import Outcome
    from reportls.cli.terminal import Terminal

_FIXABLE = "[*] "
"""Marks a finding that `--fix` repairs."""


def concise(outcome: Outcome, terminal: Terminal, *, is_quiet: bool) -> str:
    """Return one line for each finding, those in configuration files first, and a last line with the verdict.

    Lines and columns count from 1. With `is_quiet`, there is no last line.
    """
    lines = [*_lines(outcome)]
    if not is_quiet:
        lines += filter(None, cut(last_line(outcome), terminal))
    return "".join(f"{terminal.shows(line)}\n" for line in lines)


def _lines(outcome: Outcome) -> Iterator[str]:
    for path, problem, severity, _ in outcome.configuration:
        place = f"{printable(shown(path))}:{problem.line + 1}:{problem.column + 1}"
        yield f"{place}: {severity.word} {configuration.name} {printable(problem.message)}"
    for checked in outcome.checked:
        for finding in checked.findings:
            line, column, _, _ = checked.place(finding.span)
            place = f"{printable(checked.path)}:{line + 1}:{column + 1}"
            mark = _FIXABLE if any(fix.safe for fix in finding.fixes) else ""
            yield f"{place}: {finding.severity.word} {finding.rule} {mark}{printable(finding.message)}"
