"""The output formats of `check`. Each module has one function that turns an outcome into text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportls.cli.result import Outcome
    from reportls.cli.terminal import Terminal

FORMATS = ("text", "concise", "json", "sarif", "github", "junit")
MACHINE_FORMATS = frozenset({"json", "sarif", "github", "junit"})
"""Formats for programs, written as UTF-8 whatever the terminal's encoding."""


def rendered(outcome: Outcome, form: str, terminal: Terminal, *, is_quiet: bool = False) -> str:
    """Return the outcome in one of `FORMATS`; with `is_quiet`, the formats for people contain findings only."""
    # Import only the module that is needed: most users only ever see `text`.
    match form:
        case "concise":
            from reportls.cli.formats.text import concise

            return concise(outcome, terminal, is_quiet=is_quiet)
        case "json":
            from reportls.cli.formats.json import as_json

            return as_json(outcome)
        case "sarif":
            from reportls.cli.formats.sarif import sarif

            return sarif(outcome)
        case "github":
            from reportls.cli.formats.github import github

            return github(outcome)
        case "junit":
            from reportls.cli.formats.junit import junit

            return junit(outcome)
        case _:
            from reportls.cli.formats.text import text

            return text(outcome, terminal, is_quiet=is_quiet)
