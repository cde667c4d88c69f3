"""A report at one version, judged by its template: the counterpart of `Snapshot` where no checker decides."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from reportls.analysis.image_paths import figure_use, use_same_figures
from reportls.editions.edition import Edition
from reportls.findings.context import FigureUse, FormContext, QuestionContext, SlotContext, Surroundings
from reportls.forms.blank import Blank
from reportls.forms.filled import aligning_with, filling, replaced_lists
from reportls.forms.rows import Demands, SlotRow, SlotState, state_of
from reportls.forms.sections import SectionedReport, parse_sections
from reportls.forms.template import read_template
from reportls.lazy import cached_property
from reportls.report.checker import Variant
from reportls.report.question import Place
from reportls.report.report import parse
from reportls.rules import check_form, check_slot, within_budget
from reportls.snapshot import Environment, JudgedReport, Snapshot, judging
from reportls.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from reportls.findings.finding import Finding
    from reportls.forms.filled import FilledForm, FilledSlot
    from reportls.forms.rows import Measured
    from reportls.forms.template import Template
    from reportls.report.question import Question
    from reportls.report.report import Change, Report
    from reportls.text import Edit


class _Judge:
    """The judge of all versions of a report that have one template and one environment."""

    def __init__(self, environment: Environment, template: Template, origin: _Judge | None = None) -> None:
        self.origin = origin or self
        """The judge that takes all lists of questions for places to answer."""
        self.environment = environment
        self.blank: Blank = Blank(template, origin.blank.template if origin else None)
        settings = environment.settings
        self.demands = Demands(self.blank.slots, settings.slots, settings.counting or "visible")
        self._fitting: tuple[frozenset[int], _Judge] | None = None

    def filling(self, text: str, before: FilledForm | None) -> Generator[None, None, tuple[_Judge, FilledForm]]:
        """Align a text with the template, and return the judge that fits: some lists of questions may be prompts.

        An author either answers each question of a list below it, or all of them below their heading. Yield where the
        caller may pause.
        """
        whole = yield from aligning_with(self.blank, text, before.whole if before else None)
        judge = self._fitting_to(replaced_lists(self.blank, whole))
        before = before if before and before.blank is judge.blank else None
        alignment = whole
        if judge is not self:
            alignment = yield from aligning_with(judge.blank, text, before.alignment if before else None)
        keeps_prose = self.environment.keeps_prose
        form = yield from filling(judge.blank, text, (alignment, whole), before, keeps_prose=keeps_prose)
        return judge, form

    def _fitting_to(self, prompts: frozenset[int]) -> _Judge:
        if not prompts:
            return self
        if not self._fitting or self._fitting[0] != prompts:
            template = read_template(self.blank.template.text, prompts)
            self._fitting = prompts, _Judge(self.environment, template, self)
        return self._fitting[1]

    def slot(self, filled: FilledSlot, answer: QuestionContext) -> tuple[Finding, ...]:
        """Return what is found in one slot; offsets count from its start."""
        context = SlotContext(filled, answer, self.demands.measured(filled), self.demands, self.environment.settings)
        return check_slot(context)


class _JudgedSlot(NamedTuple):
    """A slot of the report with its findings; offsets count from the start of the slot."""

    answer: QuestionContext
    """The answer as rules on images and links look at it."""
    findings: tuple[Finding, ...]


class _Kept(NamedTuple):
    """The parts of the previous version that stay valid when only words of an answer change."""

    frame: object
    by_block: tuple[tuple[Finding, ...], ...]
    changed: range
    """The blocks whose findings may have changed."""


class FormSnapshot(JudgedReport):
    """A report judged by its template. Immutable; `edited` returns the next one."""

    def __init__(
        self,
        report: Report,
        judge: _Judge,
        form: FilledForm,
        slots: tuple[_JudgedSlot, ...],
        kept: _Kept | None = None,
    ) -> None:
        """Store the parts; use `snapshot_of` or `edited` to make a snapshot."""
        self.report = report
        self.environment = judge.environment
        self.form = form
        self.demands = judge.demands
        self._slots = slots
        self.frame = kept.frame if kept else object()
        """A marker object that versions share as long as only words of answers change."""
        self._judge = judge
        changed = kept.changed if kept else range(len(report.blocks))
        before = kept.by_block if kept else ()
        self._by_block = (*before[: changed.start], *map(self._of_block, changed), *before[changed.stop :])
        self.block_findings = self._by_block[1:]
        """The findings of the slots of each section but the first; offsets count from the start of its block.

        A section keeps the same tuple while an edit of words elsewhere leaves it as it was.
        """
        self.answer_findings = self._by_block[0] + check_form(self._context, "answers")

    @cached_property
    def questions(self) -> tuple[QuestionContext, ...]:  # type: ignore[override]  # most edits do not ask for it
        """The answer in each slot that the report has, as rules on images and links look at it."""
        return tuple(slot.answer for slot in self._slots)

    @property
    def question_starts(self) -> Sequence[int]:
        """The offset at which each slot in `questions` begins."""
        return self.form.starts

    def question_at(self, offset: int) -> int | None:
        """Return the index of the slot around an offset; None if it lies outside all."""
        return self.form.slot_at(offset)

    @property
    def template(self) -> Template:
        """The blank file."""
        return self.form.blank.template

    @property
    def form_said(self) -> str:
        """The form in a sentence."""
        return f"the template {self.environment.template_name}"

    @cached_property
    def frame_findings(self) -> tuple[Finding, ...]:
        """The findings in the structure of the report; offsets count from its start."""
        return check_form(self._context, "frame")

    @cached_property
    def _context(self) -> FormContext:
        environment = self.environment
        return FormContext(self.form, self.demands, environment.settings, self.report.text, environment.newest)

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
                for finding in self._slots[index].findings
                if first <= starts[index] + finding.span.start < end
            ]
        return tuple(found)

    @cached_property
    def rows(self) -> tuple[SlotRow, ...]:
        """One row for each slot of the template."""
        found = {slot.blank.number: index for index, slot in enumerate(self.form.slots)}
        return tuple(self._row(number, found.get(number)) for number in range(len(self.template.slots)))

    @cached_property
    def together(self) -> tuple[Measured, ...]:
        """The amount for each limit of several slots together, in the order of the template."""
        return tuple(self.demands.measured_together(self.form, part) for part in self.template.parts)

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

    def edited(self, edit: Edit) -> AnySnapshot:
        """Return the next version."""
        change = self.report.change(edit)
        return next(step for step in self.changing(change, self.report.after(change)) if step)

    def changing(self, change: Change, report: Report) -> Iterator[AnySnapshot | None]:
        """Yield the next version; `report` is the report after the change.

        An edit that leaves all lines that may be anchors, as nearly all are, costs its slot, or its section if Markdown
        has to be read. Any other aligns the report with its template again.
        """
        form = self.form.reworded(change.edit) or self.form.rearranged(change, self.report, report)
        after = self._reworded(change, report, form) if form else None
        if after:
            yield after
        else:
            yield from judging_any(report, self.environment, self)

    def _reworded(self, change: Change, report: Report, form: FilledForm) -> FormSnapshot | None:
        index = self.form.slot_at(change.edit.span.start)
        assert index is not None
        old, filled = self._slots[index].answer, form.slots[index]
        answer = QuestionContext(_place(filled), (), old.surroundings)
        environment = self.environment
        if not use_same_figures(
            environment.files, environment.settings, environment.formats, old.question, answer.question
        ):
            return None  # other slots report unused figures
        replaced = self.report.blocks[change.first : change.last]
        if len({(each.definitions, bool(each.conflicts)) for each in (*replaced, *change.blocks)}) > 1:
            return None  # images and links in other slots look different
        judged = _JudgedSlot(answer, self._judge.slot(filled, answer))
        start = form.starts[index]
        first, last = report.block_at(start), report.block_at(start + len(form.slots[index].text))
        kept = _Kept(self.frame, self._by_block, range(first, last + 1))
        slots = (*self._slots[:index], judged, *self._slots[index + 1 :])
        return FormSnapshot(report, self._judge, form, slots, kept)


def _judging(
    report: Report, judge: _Judge, form: FilledForm, before: FormSnapshot | None
) -> Iterator[FormSnapshot | None]:
    known = {}
    if before:
        kept = zip(before.form.slots, before._slots, strict=True)  # noqa: SLF001  # made here
        known = {id(slot): judged for slot, judged in kept}
    places = tuple(known[id(slot)].answer.question if id(slot) in known else _place(slot) for slot in form.slots)
    surroundings = _surroundings(report, judge.environment, places)
    judged: list[_JudgedSlot] = []
    for slot, place in zip(form.slots, places, strict=True):
        old, new = known.get(id(slot)), QuestionContext(place, (), surroundings)
        if old and old.answer.is_like(new):
            judged.append(old)
        else:
            judged.append(_JudgedSlot(new, judge.slot(slot, new)))
            yield None
    yield FormSnapshot(report, judge, form, tuple(judged))


def _place(slot: FilledSlot) -> Place:
    """Return the text of a slot as rules on images and links look at it."""
    return Place(
        slot.text, slot.blank.number + 1, slot.name, slot.anchor, Span(slot.place.start, slot.answer.content.end)
    )


def _surroundings(report: Report, environment: Environment, answers: tuple[Question, ...]) -> Surroundings:
    return Surroundings(
        edition=_NO_EDITION,
        files=environment.files,
        settings=environment.settings,
        repository=environment.repository,
        completed=True,
        defined=frozenset().union(*(block.definitions for block in report.blocks)),
        has_conflict=any(block.conflicts for block in report.blocks),
        figure_use=FigureUse()
        if report.is_too_long
        else figure_use(environment.files, environment.settings, environment.formats, answers),
        has_form=True,
    )


AnySnapshot: TypeAlias = Snapshot | FormSnapshot
"""A judged report: by a checker or an edition, or by its template."""

_NO_EDITION = Edition(None, "", Variant(0), (), ())


def parse_for(text: str, environment: Environment) -> Report:
    """Split a text as its snapshot needs it: into sections if a template decides, else into questions."""
    return parse_sections(text) if environment.has_form else parse(text)


def snapshot_of(
    report: Report | str,
    environment: Environment,
    before: AnySnapshot | None = None,
    pause: Callable[[], object] = lambda: None,
) -> AnySnapshot:
    """Judge a report as the course's checker does if it has one, else by its template.

    What can be kept of `before`, an earlier version, is. `pause` is called between the steps; it may raise to give up.
    """
    steps = judging_any(report, environment, before)
    while not (snapshot := next(steps)):
        pause()
    return snapshot


def judging_any(
    report: Report | str, environment: Environment, before: AnySnapshot | None = None
) -> Iterator[AnySnapshot | None]:
    """Judge a report as `snapshot_of` does: yield None where the caller may pause, and last the result."""
    if isinstance(report, str) or isinstance(report, SectionedReport) != environment.has_form:
        report = parse_for(report if isinstance(report, str) else report.text, environment)
    known = before if before and before.environment is environment else None
    if environment.has_form:
        yield from _by_template(report, environment, known if isinstance(known, FormSnapshot) else None)
    else:
        yield from judging(report, environment, before if isinstance(before, Snapshot) else None)


def _by_template(
    report: Report, environment: Environment, before: FormSnapshot | None
) -> Iterator[FormSnapshot | None]:
    assert environment.template
    origin = before._judge.origin if before else _Judge(environment, environment.template)  # noqa: SLF001  # made here
    judge, form = yield from origin.filling(report.text, before.form if before else None)
    yield from _judging(report, judge, form, before)
