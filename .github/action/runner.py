"""The interface to GitHub's runner: the workspace, outputs, the summary and annotations."""

from __future__ import annotations

import os
from pathlib import Path
from secrets import token_hex
from tempfile import mkdtemp

_LONGEST_SUMMARY = 1_000_000
"""Maximum bytes of a summary; GitHub drops the whole summary of a step if it is longer than 1 MiB."""
_CUT = "\n\nThe rest is left out.\n"


def workspace() -> Path:
    """Return the folder with the repository that is checked."""
    return Path(os.environ["GITHUB_WORKSPACE"])


def new_folder(name: str) -> Path:
    """Create a folder that the runner removes at the end of the job."""
    return Path(mkdtemp(prefix=f"reportls-{name}-", dir=os.environ["RUNNER_TEMP"]))


def set_outputs(**values: object) -> None:
    """Set outputs of the step; later steps read them as text, true and false as `true` and `false`."""
    for name, value in values.items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        # The delimiter is random, so that no value can contain it, end early and set another output.
        end = token_hex(16)
        _append("GITHUB_OUTPUT", f"{name}<<{end}\n{text}\n{end}\n")


def add_summary(markdown: str) -> None:
    """Add Markdown to the job summary, as far as it fits."""
    kept = markdown.encode()[:_LONGEST_SUMMARY].decode(errors="ignore")
    if kept != markdown:
        kept = kept[: kept.rindex("\n")] + _CUT
    _append("GITHUB_STEP_SUMMARY", kept)


def annotate(message: str) -> None:
    """Print an error that belongs to no line."""
    escaped = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    print(f"::error title=reportls::{escaped}", flush=True)  # noqa: T201  # how the runner is told


def notice(message: str) -> None:
    """Print a remark that belongs to no line."""
    escaped = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    print(f"::notice title=reportls::{escaped}", flush=True)  # noqa: T201  # how the runner is told


def _append(variable: str, text: str) -> None:
    with Path(os.environ[variable]).open("a", encoding="utf-8", newline="\n") as file:
        file.write(text)
