"""One version of one report with all that is known of it. A snapshot never changes; `edited` gives the next one."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from reportls.editions.resolve import Wishes, resolve
from reportls.findings.context import QuestionContext, ReportContext, Surroundings
from reportls.findings.files import Files, NoFiles
from reportls.findings.images import unused_figures
from reportls.findings.settings import Settings
from reportls.report.checker import Judged, Verdict, answers_in, judge, pieces_of
from reportls.report.handin import after_dropped
from reportls.report.report import Report, parse
from reportls.rules import check_question, check_report

if TYPE_CHECKING:
    from reportls.editions.edition import Edition
    from reportls.editions.script import Script
    from reportls.findings.finding import Finding
    from reportls.report.checker import Form, Piece
    from reportls.text import Edit


class Environment(NamedTuple):
    """All that a report's findings depend on besides its text."""

    settings: Settings = Settings()
    files: Files = NoFiles()
    script: Script | None = None
    """The `report.py` beside the report."""
    named: str | None = None
    """The id of the edition that `--edition` asks for."""

    @property
    def wishes(self) -> Wishes:
        """What it says about the edition."""
        return Wishes(self.named, self.settings.edition, self.settings.questions, self.script)


class Snapshot:
    """A report, judged."""

    def __init__(self, ctx: ReportContext, environment: Environment, checked: tuple[tuple[Finding, ...], ...]) -> None:
        """Take what was found in each question, and look at the report as a whole."""
        self.environment = environment
        self.report = ctx.report
        self.edition = ctx.edition
        self.verdict = ctx.verdict
        self.questions = ctx.questions
        self.question_findings = checked
        """Of each question; offsets count from the start of its block."""
        self.report_findings = check_report(ctx)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything found, in the order of the text."""
        starts = self.report.starts
        found = [*self.report_findings]
        for start, findings in zip(starts[1:], self.question_findings):
            found += [finding.shifted(start) for finding in findings]
        return tuple(sorted(found, key=lambda finding: finding.span))

    def edited(self, edit: Edit) -> Snapshot:
        """The next version."""
        return take(self.report.edited(edit), self.environment, self)


def assess(report: Report, environment: Environment) -> tuple[Edition, Verdict]:
    """The edition that the report is judged by, and what its checker says."""
    edition = resolve(report, environment.wishes)
    form = edition.form
    return edition, judge(answers_in(_pieces(report, form), form), form, edition.limits)


def take(report: Report | str, environment: Environment, before: Snapshot | None = None) -> Snapshot:
    """Judge a report; what `before` found in questions that did not change is taken over."""
    report = parse(report) if isinstance(report, str) else report
    edition, verdict = assess(report, environment)
    if before and before.edition == edition:
        edition = before.edition  # the very same object, so that comparing contexts costs nothing
    contexts = _contexts(report, environment, edition, verdict)
    ctx = ReportContext(report, verdict, edition, environment.files, environment.settings, contexts)
    return Snapshot(ctx, environment, _checked(contexts, before))


def _pieces(report: Report, form: Form) -> list[tuple[Piece, ...]]:
    """The pieces of each block, less the characters that the checker drops from the start of the file."""
    pieces = [block.pieces for block in report.blocks]
    drop = form.drops
    for index, block in enumerate(report.blocks):
        if drop <= 0:
            break
        dropped = after_dropped(block.text, drop)
        pieces[index] = tuple(piece._replace(start=piece.start + dropped) for piece in pieces_of(block.text[dropped:]))
        drop -= len(block.text[:dropped].replace("\r\n", "\n"))
    return pieces


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
        completed=verdict.completed,
        defined=frozenset().union(*(block.definitions for block in report.blocks)),
        unused=unused_figures(environment.files, environment.settings, report.questions),
    )
    return tuple(
        QuestionContext(question, tuple(judged.get(index, ())), surroundings)
        for index, question in enumerate(report.questions, start=1)
    )


def _checked(contexts: tuple[QuestionContext, ...], before: Snapshot | None) -> tuple[tuple[Finding, ...], ...]:
    known = (
        {id(ctx.question): (ctx, found) for ctx, found in zip(before.questions, before.question_findings)}
        if before
        else {}
    )
    checked = []
    for ctx in contexts:
        old = known.get(id(ctx.question))
        checked.append(old[1] if old and old[0].is_like(ctx) else check_question(ctx))
    return tuple(checked)
