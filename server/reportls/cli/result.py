"""The result of a check: the input of every output format."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.cli.output import FINE, NOT_AS_ASKED, NOT_YET
from reportls.features.verdicts import VerdictRow, rows_of, standing
from reportls.findings.finding import Severity
from reportls.host.paths import shown
from reportls.rules.files import configuration
from reportls.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportls.cli.against import Against
    from reportls.findings.finding import Finding
    from reportls.form_snapshot import AnySnapshot
    from reportls.host.loading import FileFinding, Loaded
    from reportls.report.report import Report
    from reportls.text import Span


class Place(NamedTuple):
    """The start and end of a span; lines and code points count from 0, and the end may be on a later line."""

    line: int
    column: int
    end_line: int
    end_column: int


class Counts(NamedTuple):
    """The number of findings of each severity."""

    errors: int
    warnings: int
    information: int
    hints: int

    @classmethod
    def of(cls, severities: Iterable[Severity]) -> Counts:
        """Count the severities."""
        found = [*severities]
        return cls(*(found.count(severity) for severity in Severity))


class Checked(NamedTuple):
    """A judged report."""

    path: str
    """The path as given or found."""
    loaded: Loaded
    snapshot: AnySnapshot
    against: Against | None = None
    """The comparison with an earlier version; None if none is asked for."""

    @property
    def answers(self) -> Snapshot | None:
        """The snapshot if the report is judged question by question; None if by its template."""
        return self.snapshot if isinstance(self.snapshot, Snapshot) else None

    @property
    def passes(self) -> bool:
        """Whether nothing is left to do: every question passes, or every place is answered within its limits."""
        return standing(self.snapshot)[1]

    @property
    def report(self) -> Report:
        """The parsed report."""
        return self.snapshot.report

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in the order of the text."""
        return self.snapshot.findings

    @property
    def rows(self) -> tuple[VerdictRow, ...]:
        """One row for each question; none if the report is judged by its template."""
        answers = self.answers
        return rows_of(answers.report, answers.edition, answers.verdict) if answers else ()

    @property
    def counts(self) -> Counts:
        """The number of findings in this report by severity."""
        return Counts.of(finding.severity for finding in self.findings)

    def place(self, span: Span) -> Place:
        """Return the lines and columns of a span."""
        return Place(*self.report.line_col(span.start), *self.report.line_col(span.end))


class Listed(NamedTuple):
    """A finding in a report or a configuration file, for formats that have a line for each."""

    path: str
    place: Place
    severity: Severity
    rule: str
    message: str
    is_fixable: bool = False
    """Whether `--fix` repairs it."""


class Outcome(NamedTuple):
    """The results for all reports of one run."""

    checked: tuple[Checked, ...]
    configuration: tuple[FileFinding, ...] = ()
    """Problems in configuration files and scripts beside the reports, each listed once."""
    failures: tuple[str, ...] = ()
    """Messages about paths that could not be judged."""
    is_nothing_fine: bool = False
    """Whether finding no report at all is a success."""

    @property
    def counts(self) -> Counts:
        """The number of findings in all reports and configuration files by severity."""
        found = [finding.severity for checked in self.checked for finding in checked.findings]
        return Counts.of([*found, *(finding.severity for finding in self.configuration)])

    def listed(self) -> Iterator[Listed]:
        """Yield all findings, those in configuration files first."""
        for path, problem, severity, _ in self.configuration:
            place = Place(problem.line, problem.column, problem.line, max(problem.end_column, problem.column + 1))
            yield Listed(shown(path), place, severity, configuration.name, problem.message)
        for checked in self.checked:
            for found in checked.findings:
                is_fixable = any(fix.safe for fix in found.fixes)
                place = checked.place(found.span)
                yield Listed(checked.path, place, found.severity, found.rule, found.message, is_fixable)

    @property
    def completed(self) -> int:
        """The number of reports on which the checker completes."""
        return sum(checked.answers.verdict.completed for checked in self.checked if checked.answers)

    @property
    def exit_code(self) -> int:
        """The exit code of the run."""
        if self.failures or not (self.checked or self.is_nothing_fine):
            return NOT_AS_ASKED
        counts = self.counts
        if counts.errors or counts.warnings or not all(checked.passes for checked in self.checked):
            return NOT_YET
        return FINE
