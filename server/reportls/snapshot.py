"""A report at one version, with its verdict and findings. Snapshots are immutable; `edited` returns the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from reportls.analysis.image_paths import unused_figures, use_same_figures
from reportls.editions.recognise import likeness_of
from reportls.editions.resolve import Wishes, resolve
from reportls.findings.context import QuestionContext, ReportContext, Surroundings
from reportls.findings.files import Files, NoFiles
from reportls.findings.repository import NoRepository, Repository
from reportls.findings.settings import Settings
from reportls.lazy import cached_property
from reportls.report.checker import (
    Judged,
    Verdict,
    answers_in,
    judge,
    recount_words,
    segments_of,
)
from reportls.report.form import FORM
from reportls.report.handin_page.dropped import after_dropped, most_dropped
from reportls.report.report import Report, parse
from reportls.rules import check_answers, check_frame, check_question

if TYPE_CHECKING:
    from reportls.editions.edition import Edition
    from reportls.editions.recognise import Likeness
    from reportls.editions.script import Script
    from reportls.findings.finding import Finding
    from reportls.forms.template import Template
    from reportls.report.checker import Segment, Variant
    from reportls.report.report import Change
    from reportls.text import Edit


_Value = TypeVar("_Value")


class Environment(NamedTuple):
    """Everything besides its text that a report's findings depend on."""

    settings: Settings = Settings()
    files: Files = NoFiles()
    script: Script | None = None
    """The `report.py` beside the report."""
    named: str | None = None
    """The id that `--edition` names."""
    repository: Repository = NoRepository()
    template: Template | None = None
    """The blank file that the report fills in; None if an edition or the report's own words say what is asked."""
    template_name: str = ""
    """The template as outputs name it, such as its path."""
    keeps_prose: bool = False
    """Whether prose of the template may be an answer, because it is a first version that may have been begun."""

    @property
    def has_form(self) -> bool:
        """Whether the template decides, since no edition is asked for and no checker lies beside the report."""
        return self.template is not None and not (self.named or self.settings.edition or self.script)

    @property
    def wishes(self) -> Wishes:
        """The sources that can choose an edition or limits besides the report."""
        return Wishes(self.named, self.settings.edition, self.settings.questions, self.script)


class Snapshot:
    """A judged report."""

    def __init__(
        self,
        ctx: ReportContext,
        environment: Environment,
        block_findings: tuple[tuple[Finding, ...], ...],
        likeness: Likeness,
        frame: object = None,
    ) -> None:
        """Store the parts; use `take` or `edited` to make a snapshot."""
        self.environment = environment
        self.context = ctx
        """The input of the rules for the whole report."""
        self.report = ctx.report
        self.edition = ctx.edition
        self.verdict = ctx.verdict
        self.questions = ctx.questions
        self.block_findings = block_findings
        """The findings of each question; offsets count from the start of its block.

        An unchanged question keeps the same tuple from version to version, which makes it cheap to find what changed.
        """
        self.answer_findings = check_answers(ctx)
        """The findings of the report as a whole that words of answers may change; offsets count from its start."""
        self.likeness = likeness
        """The similarity of the report to each built-in edition."""
        self.frame = frame or object()
        """The same object in versions between which only words of answers have changed.

        Of `frame_findings` only the offsets differ between them: on which line they are, and what they say, does not
        change unless the lines of the blocks do.
        """

    @cached_property
    def frame_findings(self) -> tuple[Finding, ...]:
        """All other findings of the report as a whole: computed when somebody asks, which most edits do not."""
        return check_frame(self.context)

    @cached_property
    def report_findings(self) -> tuple[Finding, ...]:
        """The findings of the report as a whole; offsets count from its start."""
        return self.frame_findings + self.answer_findings

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in the order of the text."""
        starts = self.report.starts
        found = [*self.report_findings]
        for start, findings in zip(starts[1:-1], self.block_findings, strict=True):
            found += [finding.shifted(start) for finding in findings]
        return tuple(sorted(found, key=lambda finding: finding.span))

    def edited(self, edit: Edit) -> Snapshot:
        """Return the next version."""
        change = self.report.change(edit)
        return self.changed(change, self.report.after(change))

    def changed(self, change: Change, report: Report) -> Snapshot:
        """Return the next version; `report` is the report after the change.

        Nearly all edits change words in one answer; they only check that question and the report-wide rules again. Any
        other edit judges the whole report again and reuses the findings of unchanged questions.
        """
        after = _reworded(self, change, report) if change.is_of_words else None
        return after or take(report, self.environment, self)


def assess(report: Report, environment: Environment) -> tuple[Edition, Verdict]:
    """Return the edition that the report is judged by, and the checker's verdict."""
    edition = resolve(report, environment.wishes)
    return edition, _verdict(report, edition)


def _verdict(report: Report, edition: Edition) -> Verdict:
    variant = edition.variant
    return judge(answers_in(_segments(report, variant), variant), variant, edition.limits)


def take(report: Report | str, environment: Environment, before: Snapshot | None = None) -> Snapshot:
    """Judge a report and reuse the findings of questions that are the same as in `before`."""
    report = parse(report) if isinstance(report, str) else report
    likeness = likeness_of(report.blocks)
    edition = resolve(report, environment.wishes, likeness)
    verdict = _verdict(report, edition)
    if before and before.edition == edition:
        edition = before.edition  # comparing contexts is free if it is the same object
    contexts, found = _checked(_contexts(report, environment, edition, verdict), before)
    ctx = ReportContext(
        report, verdict, edition, environment.files, environment.settings, contexts, environment.repository
    )
    return Snapshot(ctx, environment, found, likeness)


def _segments(report: Report, variant: Variant) -> list[tuple[Segment, ...]]:
    """Return the segments of each block without the characters that the checker drops from the start of the file."""
    segments = [block.segments for block in report.blocks]
    drop = variant.drops
    for index, block in enumerate(report.blocks):
        if drop <= 0:
            break
        dropped = after_dropped(block.text, drop)
        segments[index] = tuple(
            segment._replace(start=segment.start + dropped) for segment in segments_of(block.text[dropped:])
        )
        drop -= len(block.text[:dropped].replace("\r\n", "\n"))
    return segments


def _contexts(
    report: Report, environment: Environment, edition: Edition, verdict: Verdict
) -> tuple[QuestionContext, ...]:
    judged: dict[int, list[Judged]] = {}
    for judgement in verdict.judged:
        judged.setdefault(judgement.answer.block, []).append(judgement)
    surroundings = Surroundings(
        edition=edition,
        files=environment.files,
        settings=environment.settings,
        repository=environment.repository,
        completed=verdict.completed,
        defined=frozenset().union(*(block.definitions for block in report.blocks)),
        has_conflict=any(block.conflicts for block in report.blocks),
        unused=unused_figures(environment.files, environment.settings, report.questions),
    )
    return tuple(
        QuestionContext(question, tuple(judged.get(index, ())), surroundings)
        for index, question in enumerate(report.questions, start=1)
    )


def _checked(
    contexts: tuple[QuestionContext, ...], before: Snapshot | None
) -> tuple[tuple[QuestionContext, ...], tuple[tuple[Finding, ...], ...]]:
    """Return the contexts and the findings in each, those that are as they were from the version before."""
    known = (
        {id(ctx.question): (ctx, found) for ctx, found in zip(before.questions, before.block_findings, strict=True)}
        if before
        else {}
    )
    checked = []
    for ctx in contexts:
        old = known.get(id(ctx.question))
        checked.append(old if old and old[0].is_like(ctx) else (ctx, check_question(ctx)))
    return tuple([ctx for ctx, _ in checked]), tuple([found for _, found in checked])


def _reworded(before: Snapshot, change: Change, report: Report) -> Snapshot | None:
    """Judge the report after an edit of words in one answer; None if more than its question may be affected."""
    block, environment = change.first, before.environment
    context = before.questions[block - 1]
    old, new = context.question, report.questions[block - 1]
    if report.starts[block] < most_dropped(before.edition.variant.drops):
        return None  # part of the block may be dropped by the checker
    if change.edit.span.start < most_dropped(FORM.dropped):
        return None  # the hand-in page may lose these words
    if not use_same_figures(environment.files, environment.settings, old, new):
        return None  # other questions report unused figures
    verdict = recount_words(before.verdict, block, old.segments[-1], new.segments[-1])
    own = QuestionContext(new, verdict.judged_in(block), context.surroundings)
    questions = _with(before.questions, block - 1, own)
    ctx = before.context._replace(report=report, verdict=verdict, questions=questions)
    found = _with(before.block_findings, block - 1, check_question(own))
    return Snapshot(ctx, environment, found, before.likeness, before.frame)


def _with(values: tuple[_Value, ...], index: int, value: _Value) -> tuple[_Value, ...]:
    return (*values[:index], value, *values[index + 1 :])
