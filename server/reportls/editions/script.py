"""What a `report.py` beside a report says: read with `ast`, literals only, never executed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reportls.report.checker import Form
    from reportls.report.constraints import Constraints


class Script(NamedTuple):
    """The course's checker as the script has it."""

    form: Form
    limits: tuple[Constraints, ...]
    """As many as the form expects answers."""


class NotUnderstoodError(Exception):
    """The script is in no known form."""

    def __init__(self, message: str, line: int) -> None:
        """Say what is not understood, and on which line, from 0."""
        super().__init__(message)
        self.line = line


def is_script(text: str) -> bool:
    """Whether the text looks like a course's checker at all, and not like any other program of that name."""
    return "constrain" in text or "Answer:" in text


def read_script(text: str) -> Script:
    """The limits and the form of a checker whose source this is.

    Raises:
        NotUnderstoodError: it is in no known form.
    """
    from reportls.editions.script_source import read  # noqa: PLC0415  # few reports have a checker beside them

    return read(text)
