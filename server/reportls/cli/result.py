"""What a check found: the record that every format takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.cli.exits import FINE, NOT_AS_ASKED, NOT_YET
from reportls.features.verdicts import Row, passes, rows_of
from reportls.findings.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportls.findings.finding import Finding
    from reportls.host.loading import FileFinding, Loaded
    from reportls.report.checker import Verdict
    from reportls.report.report import Report
    from reportls.snapshot import Snapshot
    from reportls.text import Span


class Place(NamedTuple):
    """Where something stands; lines and code points from 0, the end on the same line or a later one."""

    line: int
    column: int
    end_line: int
    end_column: int


class Counts(NamedTuple):
    """How many findings of each severity."""

    errors: int
    warnings: int
    information: int
    hints: int

    @classmethod
    def of(cls, severities: Iterable[Severity]) -> Counts:
        """Count them."""
        found = [*severities]
        return cls(*(found.count(severity) for severity in Severity))


class Checked(NamedTuple):
    """One report, judged."""

    path: str
    """As given or found."""
    loaded: Loaded
    snapshot: Snapshot

    @property
    def report(self) -> Report:
        """The report itself."""
        return self.snapshot.report

    @property
    def verdict(self) -> Verdict:
        """What the checker says."""
        return self.snapshot.verdict

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything found, in the order of the text."""
        return self.snapshot.findings

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every question."""
        return rows_of(self.report, self.snapshot.edition, self.verdict)

    @property
    def counts(self) -> Counts:
        """Its findings."""
        return Counts.of(finding.severity for finding in self.findings)

    def place(self, span: Span) -> Place:
        """Where the span lies."""
        return Place(*self.report.line_col(span.start), *self.report.line_col(span.end))


class Outcome(NamedTuple):
    """What became of everything that was to be judged."""

    checked: tuple[Checked, ...]
    configuration: tuple[FileFinding, ...] = ()
    """What is wrong in configuration files and scripts beside the reports, each once."""
    failures: tuple[str, ...] = ()
    """What could not be judged as asked, and why."""
    is_nothing_fine: bool = False
    """Whether it is all right that there is no report."""

    @property
    def counts(self) -> Counts:
        """The findings in all reports and files."""
        found = [finding.severity for checked in self.checked for finding in checked.findings]
        return Counts.of([*found, *(finding.severity for finding in self.configuration)])

    @property
    def completed(self) -> int:
        """How many reports the checker reaches a verdict on."""
        return sum(checked.verdict.completed for checked in self.checked)

    @property
    def exit_code(self) -> int:
        """The exit code that says all this."""
        if self.failures or not (self.checked or self.is_nothing_fine):
            return NOT_AS_ASKED
        counts = self.counts
        if counts.errors or counts.warnings or not all(passes(checked.verdict) for checked in self.checked):
            return NOT_YET
        return FINE
