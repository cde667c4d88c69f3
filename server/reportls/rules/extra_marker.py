"""STUB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.finding import Problem, Severity
from reportls.findings.rule import report_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import ReportContext


@report_rule(Severity.ERROR)
def extra_marker(ctx: ReportContext) -> Iterator[Problem]:
    """STUB."""
    yield from ()
