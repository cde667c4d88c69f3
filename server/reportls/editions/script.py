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


class NotUnderstoodError(Exception):
    """The script is in no known form."""

    def __init__(self, message: str, line: int) -> None:
        """Say what is not understood, and on which line, from 0."""
        super().__init__(message)
        self.line = line
