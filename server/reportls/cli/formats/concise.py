"""The format `concise`: a line `path:line:column: severity rule message` for each finding, counted from 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.cli.text_width import printable
from reportls.host.error import shown
from reportls.rules.configuration import configuration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.cli.result import Outcome
    from reportls.cli.terminal import Terminal


def concise(outcome: Outcome, terminal: Terminal) -> str:
    """Return one line for each finding, those in configuration files first."""
    return "".join(f"{terminal.shows(line)}\n" for line in _lines(outcome))


def _lines(outcome: Outcome) -> Iterator[str]:
    for path, problem, severity, _ in outcome.configuration:
        place = f"{printable(shown(path))}:{problem.line + 1}:{problem.column + 1}"
        yield f"{place}: {severity.word} {configuration.name} {printable(problem.message)}"
    for checked in outcome.checked:
        for finding in checked.findings:
            line, column, _, _ = checked.place(finding.span)
            place = f"{printable(checked.path)}:{line + 1}:{column + 1}"
            yield f"{place}: {finding.severity.word} {finding.rule} {printable(finding.message)}"
