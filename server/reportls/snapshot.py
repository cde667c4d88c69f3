"""A report at one version, with its verdict and findings. Snapshots are immutable; `edited` returns the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from reportls.analysis.image_paths import figure_use, use_same_figures
from reportls.editions.resolve import Wishes, likeness_of, resolve
from reportls.findings.context import FigureUse, Newest, QuestionContext, ReportContext, Surroundings
from reportls.findings.files import Files, NoFiles, NoRepository, Repository
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
from reportls.report.introduction import after_dropped, most_dropped
from reportls.report.report import Report, parse
from reportls.rules import (
    MOST_FINDINGS,
    check_answers,
    check_frame,
    check_question,
    checking_question,
    within_budget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.editions.edition import Edition
    from reportls.editions.resolve import Likeness
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
    newest: Newest | None = None
    """The course's newest texts; None if nobody says where they are."""
    keeps_prose: bool = False
    """Whether prose of the template may be an answer, because it is a first version that may have been begun."""

    @property
    def has_form(self) -> bool:
        """Whether the template decides, since no edition is asked for and no checker lies beside the report."""
        return self.template is not None and not (self.named or self.settings.edition or self.script)

    @property
    def formats(self) -> tuple[str, ...]:
        """The extensions that a figure may have."""
        return self.settings.figure_formats(has_form=self.has_form)

    @property
    def wishes(self) -> Wishes:
        """The sources that can choose an edition or limits besides the report."""
        return Wishes(self.named, self.settings.edition, self.settings.questions, self.script)


class JudgedReport:
    """The part that both kinds of snapshot share: findings by block, and findings in the report as a whole."""

    report: Report
    environment: Environment
    block_findings: tuple[tuple[Finding, ...], ...]
    """The findings of each block but the first; offsets count from the start of the block."""
    answer_findings: tuple[Finding, ...]
    """The findings of the report as a whole that words of answers may change; offsets count from its start."""
    questions: tuple[QuestionContext, ...]
    """The places to answer: the questions, or the slots of the form."""

    @property
    def question_starts(self) -> Sequence[int]:
        """The offset at which each question begins."""
        return self.report.starts[1:-1]

    def question_at(self, offset: int) -> int | None:
        """Return the index of the one around an offset, which may be past the text's end; None if there is none."""
        if not 0 <= offset <= self.report.starts[-1]:
            return None
        block = self.report.block_at(offset)
        return block - 1 if block else None

    @property
    def has_too_many(self) -> bool:
        """Whether there are more findings than are listed, not counting `frame_findings`."""
        return len(self.answer_findings) + sum(map(len, self.block_findings)) > MOST_FINDINGS

    @cached_property
    def body_findings(self) -> tuple[Finding, ...]:
        """All findings that are listed except `frame_findings`; offsets count from the report's start."""
        found = [*self.answer_findings]
        for start, findings in zip(self.report.starts[1:-1], self.block_findings, strict=True):
            found += [finding.shifted(start) for finding in findings]
        return within_budget(tuple(found), self.environment.settings)


class Snapshot(JudgedReport):
    """A report that is judged by an edition."""

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
        """A marker object that versions share as long as only words of answers change.

        Their `frame_findings` then differ in offsets only: the messages stay, and so do the lines unless blocks move.
        """

    @cached_property
    def frame_findings(self) -> tuple[Finding, ...]:
        """All other findings in the report as a whole, computed on demand because most edits do not need them."""
        return check_frame(self.context)

    @cached_property
    def report_findings(self) -> tuple[Finding, ...]:
        """The findings of the report as a whole; offsets count from its start."""
        return self.frame_findings + self.answer_findings

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings that are listed, in the order of the text."""
        return tuple(sorted(self.frame_findings + self.body_findings, key=lambda finding: finding.span))

    def edited(self, edit: Edit) -> Snapshot:
        """Return the next version."""
        change = self.report.change(edit)
        return self.changed(change, self.report.after(change))

    def changed(self, change: Change, report: Report) -> Snapshot:
        """Return the next version; `report` is the report after the change.

        Nearly all edits change words in one answer; they only check that question and the report-wide rules again. Any
        other edit judges the whole report again and reuses the findings of unchanged questions.
        """
        return next(filter(None, self.changing(change, report)))

    def changing(self, change: Change, report: Report) -> Iterator[Snapshot | None]:
        """Do as `changed` does, and yield as `judging` does."""
        if change.is_of_words and (after := _reworded(self, change, report)):
            yield after
        else:
            yield from judging(report, self.environment, self)


def assess(report: Report, environment: Environment) -> tuple[Edition, Verdict]:
    """Return the edition that the report is judged by, and the checker's verdict."""
    edition = resolve(report, environment.wishes)
    return edition, judged_by(edition, report)


def judged_by(edition: Edition, report: Report) -> Verdict:
    """Return the checker's verdict on a report by an edition, whichever its text would choose."""
    variant = edition.variant
    return judge(answers_in(_segments(report, variant), variant), variant, edition.limits)


def take(report: Report | str, environment: Environment, before: Snapshot | None = None) -> Snapshot:
    """Judge a report and reuse the findings of questions that are the same as in `before`."""
    report = parse(report) if isinstance(report, str) else report
    return next(filter(None, judging(report, environment, before)))


def judging(report: Report, environment: Environment, before: Snapshot | None = None) -> Iterator[Snapshot | None]:
    """Judge a report as `take` does: yield None between findings, where the caller may pause, and last the result."""
    likeness = likeness_of(report.blocks)
    edition = resolve(report, environment.wishes, likeness)
    verdict = judged_by(edition, report)
    if before and before.edition == edition:
        edition = before.edition  # comparing contexts is free if it is the same object
    known = _known(before) if before else {}
    contexts: list[QuestionContext] = []
    found: list[tuple[Finding, ...]] = []
    for ctx in _contexts(report, environment, edition, verdict):
        old, findings = known.get(id(ctx.question), (None, ()))
        if old and old.is_like(ctx):
            contexts.append(old)
            found.append(findings)
            continue
        new: list[Finding] = []
        for finding in checking_question(ctx):
            if finding:
                new.append(finding)
            else:
                yield None
        contexts.append(ctx)
        found.append(tuple(new))
    whole = ReportContext(
        report,
        verdict,
        edition,
        environment.files,
        environment.settings,
        tuple(contexts),
        environment.repository,
        environment.newest,
    )
    yield Snapshot(whole, environment, tuple(found), likeness)


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
        figure_use=FigureUse()
        if report.is_too_long
        else figure_use(environment.files, environment.settings, environment.formats, report.questions),
        is_too_long=report.is_too_long,
        template=environment.template,
    )
    return tuple(
        QuestionContext(question, tuple(judged.get(index, ())), surroundings)
        for index, question in enumerate(report.questions, start=1)
    )


def _known(before: Snapshot) -> dict[int, tuple[QuestionContext, tuple[Finding, ...]]]:
    """Return the contexts and findings of a version by the `id` of the question, which is shared with the next."""
    pairs = zip(before.questions, before.block_findings, strict=True)
    return {id(ctx.question): (ctx, found) for ctx, found in pairs}


def _reworded(before: Snapshot, change: Change, report: Report) -> Snapshot | None:
    """Judge the report after an edit of words in one answer; None if more than its question may be affected."""
    block, environment = change.first, before.environment
    context = before.questions[block - 1]
    old, new = context.question, report.questions[block - 1]
    if report.is_too_long != context.surroundings.is_too_long:
        return None  # all questions are affected
    if report.starts[block] < most_dropped(before.edition.variant.drops):
        return None  # part of the block may be dropped by the checker
    if change.edit.span.start < most_dropped(FORM.dropped):
        return None  # the hand-in page may lose these words
    if not use_same_figures(environment.files, environment.settings, environment.formats, old, new):
        return None  # other questions report unused figures
    verdict = recount_words(before.verdict, block, old.segments[-1], new.segments[-1])
    own = QuestionContext(new, verdict.judged_in(block), context.surroundings)
    questions = _with(before.questions, block - 1, own)
    ctx = before.context._replace(report=report, verdict=verdict, questions=questions)
    found = _with(before.block_findings, block - 1, check_question(own))
    return Snapshot(ctx, environment, found, before.likeness, before.frame)


def _with(values: tuple[_Value, ...], index: int, value: _Value) -> tuple[_Value, ...]:
    return (*values[:index], value, *values[index + 1 :])
