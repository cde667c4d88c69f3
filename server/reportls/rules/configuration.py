"""What is wrong with a configuration file or a `report.py`. It is found where they are read, and stands in those files."""

from __future__ import annotations

from reportls.findings.finding import Severity
from reportls.findings.rule import file_rule


@file_rule(Severity.WARNING)
def configuration() -> None:
    """A configuration file or `report.py` has something that is not understood.

    STUB
    """
