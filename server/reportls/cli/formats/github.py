"""The format `github`: workflow commands, which GitHub shows as annotations on the files of a pull request.

GitHub's runner decodes `%25`, `%0D` and `%0A` everywhere and `%3A` and `%2C` in properties, so these are escaped.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from reportls.cli.text_width import printable
from reportls.findings.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.cli.result import Outcome

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def github(outcome: Outcome) -> str:
    """Return a workflow command for each finding and for each failure to judge."""
    return "".join(f"{line}\n" for line in _commands(outcome))


def _commands(outcome: Outcome) -> Iterator[str]:
    for failure in outcome.failures:
        yield f"::error title=reportls::{_data(failure)}"
    for path, place, severity, rule, message, _ in outcome.listed():
        properties = {
            "file": _seen_from_workspace(path),
            "line": place.line + 1,
            "endLine": place.end_line + 1,
            "col": place.column + 1,
            "endColumn": place.end_column + 1,
            "title": rule,
        }
        written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
        yield f"::{_COMMANDS.get(severity, 'notice')} {written}::{_data(message)}"


def _seen_from_workspace(path: str) -> str:
    """Return the path relative to GitHub's workspace; unchanged if it lies elsewhere or this is not GitHub."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    place = Path(os.path.abspath(path))  # noqa: PTH100  # `resolve` would follow links, and the link is in the repository
    if workspace and place.is_relative_to(workspace):
        return place.relative_to(workspace).as_posix()
    return Path(path).as_posix()


def _data(text: str) -> str:
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
