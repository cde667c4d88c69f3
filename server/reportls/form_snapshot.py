"""A report at one version, judged by its template: the counterpart of `Snapshot` where no checker decides."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from reportls.findings.context import FormContext, SlotContext
from reportls.forms.anchors import candidates_of
from reportls.forms.blank import Blank
from reportls.forms.filled import fill
from reportls.forms.rows import Demands, SlotRow, SlotState, state_of
from reportls.forms.sections import SectionedReport, parse_sections
from reportls.forms.template import read_template
from reportls.lazy import cached_property
from reportls.report.report import parse
from reportls.rules import check_form, check_slot, within_budget
from reportls.snapshot import Environment, JudgedReport, Snapshot, take

if TYPE_CHECKING:
    from reportls.findings.finding import Finding
    from reportls.forms.filled import FilledForm
    from reportls.forms.template import Template
    from reportls.report.report import Change, Report
    from reportls.text import Edit


class _Judge:
    """What all versions of a report with one template and environment share."""

    def __init__(self, environment: Environment, template: Template, origin: _Judge | None = None) -> None:
        self.origin = origin or self
        """The judge that takes all lists of questions for places to answer."""
        self.environment = environment
        self.blank = Blank(template)
        settings = environment.settings
        self.demands = Demands(self.blank.slots, settings.slots, settings.counting or "visible")
        self._fitting: tuple[frozenset[int], _Judge] | None = None

    def fill(self, text: str, before: FilledForm | None) -> tuple[_Judge, FilledForm]:
        """Align a text with the template, and return the judge that fits: some lists of questions may be prompts.

        An author either answers each question of a list below it, or all of them below their heading.
        """
        keeps_prose = self.environment.keeps_prose
        outline = candidates_of(text)
        form = fill(self.blank, text, outline, keeps_prose=keeps_prose, before=before)
        prompts = form.replaced_lists
        if not prompts:
            return self, form
        if not self._fitting or self._fitting[0] != prompts:
            template = read_template(self.blank.template.text, prompts)
            self._fitting = prompts, _Judge(self.environment, template, self)
        fitting = self._fitting[1]
        return fitting, fill(fitting.blank, text, outline, keeps_prose=keeps_prose, before=before)

    def slot(self, form: FilledForm, index: int) -> tuple[Finding, ...]:
        """Return what is found in one slot; offsets count from its start."""
        filled = form.slots[index]
        context = SlotContext(filled, self.demands.measured(filled), self.demands, self.environment.settings)
        return check_slot(context)


class _Kept(NamedTuple):
    """What a version keeps of the one before if only words of an answer changed."""

    frame: object
    by_block: tuple[tuple[Finding, ...], ...]
    changed: range
    """The blocks whose findings may be others."""


class FormSnapshot(JudgedReport):
    """A report judged by its template. Immutable; `edited` returns the next one."""

    def __init__(
        self,
        report: SectionedReport,
        judge: _Judge,
        form: FilledForm,
        slot_findings: tuple[tuple[Finding, ...], ...],
        kept: _Kept | None = None,
    ) -> None:
        """Store the parts; use `snapshot_of` or `edited` to make a snapshot."""
        self.report = report
        self.environment = judge.environment
        self.form = form
        self.demands = judge.demands
        self.slot_findings = slot_findings
        """The findings of each slot of `form`; offsets count from its start."""
        self.frame = kept.frame if kept else object()
        """The same object in versions between which only words of answers have changed."""
        self._judge = judge
        changed = kept.changed if kept else range(len(report.blocks))
        before = kept.by_block if kept else ()
        self._by_block = (*before[: changed.start], *map(self._of_block, changed), *before[changed.stop :])
        self.block_findings = self._by_block[1:]
        """The findings of the slots of each section but the first; offsets count from the start of its block.

        A section keeps the same tuple while an edit of words elsewhere leaves it as it was.
        """
        self.answer_findings = self._by_block[0] + check_form(self._context, "answers")

    @property
    def template(self) -> Template:
        """The blank file."""
        return self.form.blank.template

    @cached_property
    def frame_findings(self) -> tuple[Finding, ...]:
        """The findings in the structure of the report; offsets count from its start."""
        return check_form(self._context, "frame")

    @cached_property
    def _context(self) -> FormContext:
        return FormContext(self.form, self.demands, self.environment.settings, self.report.text)

    def _of_block(self, block: int) -> tuple[Finding, ...]:
        """Return the findings of slots that lie in a block of the report; offsets count from its start."""
        first, end = self.report.starts[block : block + 2]
        found: list[Finding] = []
        starts = self.form.starts
        # A slot ends where the next begins, so only one that began before can reach into the block.
        for index in range(max(bisect_right(starts, first) - 1, 0), bisect_left(starts, end)):
            shift = starts[index] - first
            found += [
                finding.shifted(shift)
                for finding in self.slot_findings[index]
                if first <= starts[index] + finding.span.start < end
            ]
        return tuple(found)

    @cached_property
    def rows(self) -> tuple[SlotRow, ...]:
        """One row for each slot of the template."""
        found = {slot.blank.number: index for index, slot in enumerate(self.form.slots)}
        return tuple(self._row(number, found.get(number)) for number in range(len(self.template.slots)))

    def _row(self, number: int, index: int | None) -> SlotRow:
        slot = self.template.slots[number]
        if index is None:
            return SlotRow(slot.name, number + 1, None, None, SlotState.MISSING, slot.is_optional, 0, 0, ())
        filled, start = self.form.slots[index], self.form.starts[index]
        measured, source = self.demands.measured(filled), filled.answer.source
        return SlotRow(
            slot.name,
            number + 1,
            self.report.line_col(start).line,
            filled.anchor.shifted(start),
            state_of(filled, measured),
            slot.is_optional,
            int(self.demands.count("words", source)),
            int(self.demands.count("images", source)),
            measured,
        )

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings that are listed, in the order of the text."""
        frame = within_budget(self.frame_findings, self.environment.settings)
        return tuple(sorted(frame + self.body_findings, key=lambda finding: finding.span))

    def edited(self, edit: Edit) -> FormSnapshot:
        """Return the next version."""
        change = self.report.change(edit)
        return self.changed(change, self.report.after(change))

    def changed(self, change: Change, report: Report) -> FormSnapshot:
        """Return the next version; `report` is the report after the change.

        An edit of words, as nearly all are, costs its slot. Any other aligns the report with its template again.
        """
        assert isinstance(report, SectionedReport)
        form = self.form.reworded(change.edit)
        if form is None:
            return _judged(report, self._judge.origin, self)
        index = self.form.slot_at(change.edit.span.start)
        assert index is not None
        found = self._judge.slot(form, index)
        slot_findings = (*self.slot_findings[:index], found, *self.slot_findings[index + 1 :])
        start = form.starts[index]
        first, last = report.block_at(start), report.block_at(start + len(form.slots[index].text))
        kept = _Kept(self.frame, self._by_block, range(first, last + 1))
        return FormSnapshot(report, self._judge, form, slot_findings, kept)


def _judged(report: SectionedReport, origin: _Judge, before: FormSnapshot | None) -> FormSnapshot:
    judge, form = origin.fill(report.text, before.form if before else None)
    known = (
        {id(slot): found for slot, found in zip(before.form.slots, before.slot_findings, strict=True)} if before else {}
    )
    found = tuple(
        known[id(slot)] if id(slot) in known else judge.slot(form, index) for index, slot in enumerate(form.slots)
    )
    return FormSnapshot(report, judge, form, found)


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
    if isinstance(before, FormSnapshot) and before.environment is environment:
        return _judged(report, before._judge.origin, before)  # noqa: SLF001  # made here
    return _judged(report, _Judge(environment, template), None)
