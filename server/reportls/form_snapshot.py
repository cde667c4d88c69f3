"""A report at one version, judged by its template: the counterpart of `Snapshot` where no checker decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from reportls.forms.sections import SectionedReport, parse_sections
from reportls.lazy import cached_property
from reportls.report.report import Report, parse
from reportls.snapshot import Environment, Snapshot, take

if TYPE_CHECKING:
    from reportls.findings.finding import Finding
    from reportls.forms.rows import SlotRow
    from reportls.forms.template import Template
    from reportls.report.report import Change
    from reportls.text import Edit


class FormSnapshot:
    """A report judged by its template. Immutable; `edited` returns the next one."""

    def __init__(self, report: SectionedReport, environment: Environment, template: Template) -> None:
        """Store the parts; use `snapshot_of` or `edited` to make a snapshot."""
        self.report = report
        self.environment = environment
        self.template = template
        self.block_findings: tuple[tuple[Finding, ...], ...] = ((),) * (len(report.blocks) - 1)
        """The findings of each section but the first; offsets count from the start of its block."""
        self.answer_findings: tuple[Finding, ...] = ()
        """The findings of the report as a whole that words of answers may change; offsets count from its start."""
        self.frame: object = object()
        """The same object in versions between which only words of answers have changed."""

    @cached_property
    def frame_findings(self) -> tuple[Finding, ...]:
        """All other findings of the report as a whole."""
        return ()

    @cached_property
    def rows(self) -> tuple[SlotRow, ...]:
        """One row for each slot of the template."""
        return ()

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in the order of the text."""
        found = [*self.frame_findings, *self.answer_findings]
        for start, findings in zip(self.report.starts[1:-1], self.block_findings, strict=True):
            found += [finding.shifted(start) for finding in findings]
        return tuple(sorted(found, key=lambda finding: finding.span))

    def edited(self, edit: Edit) -> FormSnapshot:
        """Return the next version."""
        change = self.report.change(edit)
        return self.changed(change, self.report.after(change))

    def changed(self, change: Change, report: Report) -> FormSnapshot:  # noqa: ARG002  # the interface of `Snapshot`
        """Return the next version; `report` is the report after the change."""
        assert isinstance(report, SectionedReport)
        return FormSnapshot(report, self.environment, self.template)


AnySnapshot: TypeAlias = Snapshot | FormSnapshot
"""A judged report: by a checker or an edition, or by a template."""


def parse_for(text: str, environment: Environment) -> Report:
    """Split a text as its snapshot needs it: into sections if a template decides, else into questions."""
    return parse_sections(text) if environment.has_form else parse(text)


def snapshot_of(report: Report | str, environment: Environment, before: AnySnapshot | None = None) -> AnySnapshot:
    """Judge a report by its template if it has one, else as the course's checker does.

    What can be kept of `before`, an earlier version, is.
    """
    template = environment.template
    if template is None or not environment.has_form:
        known = before if isinstance(before, Snapshot) else None
        report = parse(report.text) if isinstance(report, SectionedReport) else report
        return take(report, environment, known)
    if not isinstance(report, SectionedReport):
        report = parse_sections(report if isinstance(report, str) else report.text)
    return FormSnapshot(report, environment, template)
