"""One version of one report with all that is known of it. A snapshot never changes; `edited` gives the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.image_paths import unused_figures, use_same_figures
from reportls.analysis.plain import is_quiet, singled_out
from reportls.editions.recognise import likeness_of
from reportls.editions.resolve import Wishes, resolve
from reportls.findings.context import QuestionContext, ReportContext, Surroundings
from reportls.findings.files import Files, NoFiles
from reportls.findings.moved import are_shown_before, moved
from reportls.findings.settings import Settings
from reportls.lazy import cached_property
from reportls.report.checker import (
    Judged,
    Verdict,
    answers_in,
    judge,
    opens_before,
    recount,
    recount_words,
    segments_of,
)
from reportls.report.frame import asked_in, frame_of
from reportls.report.handin_page.dropped import after_dropped, most_dropped
from reportls.report.question import Question
from reportls.report.report import Report, parse
from reportls.rules import check_question, check_report, of_prompt
from reportls.text import Span

if TYPE_CHECKING:
    from reportls.editions.edition import Edition
    from reportls.editions.recognise import Likeness
    from reportls.editions.script import Script
    from reportls.findings.finding import Finding
    from reportls.report.block import Block
    from reportls.report.checker import Form, Segment
    from reportls.report.report import Change
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

    def __init__(
        self,
        ctx: ReportContext,
        environment: Environment,
        question_findings: tuple[tuple[Finding, ...], ...],
        report_findings: tuple[Finding, ...],
        likeness: Likeness,
    ) -> None:
        """Put together what was found; `take` and `edited` are the ways to come by it."""
        self.environment = environment
        self.context = ctx
        """What the rules for the whole report are given."""
        self.report = ctx.report
        self.edition = ctx.edition
        self.verdict = ctx.verdict
        self.questions = ctx.questions
        self.question_findings = question_findings
        """Of each question; offsets count from the start of its block.

        The very same tuple as in the version before where it is equal, and all of it on the same lines and columns.
        """
        self.report_findings = report_findings
        """Of the report as a whole; offsets count from its start."""
        self.likeness = likeness
        """How much of the report is as the built-in editions have it."""

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
        change = self.report.change(edit)
        return self.changed(change, self.report.after(change))

    def changed(self, change: Change, report: Report) -> Snapshot:
        """The next version, of which it is known what changed: the report after the change.

        While the frames of all blocks stay, many questions cost little more than few. What is asked may change as long
        as the edition stays: a checklist is ticked, and a prompt is touched by mistake.
        """
        if not _keeps_answers(self, change, report):
            return take(report, self.environment, self)
        likeness = _likeness_if_same_edition(self, change, report)
        if likeness is None:
            return take(report, self.environment, self)
        return _adjusted(self, change, report, likeness)

    @cached_property
    def singled_out(self) -> frozenset[int]:
        """The blocks that rules for the whole report look into because of where they stand."""
        return singled_out(self.context)


def assess(report: Report, environment: Environment) -> tuple[Edition, Verdict]:
    """The edition that the report is judged by, and what its checker says."""
    edition = resolve(report, environment.wishes)
    return edition, _verdict(report, edition)


def _verdict(report: Report, edition: Edition) -> Verdict:
    form = edition.form
    return judge(answers_in(_segments(report, form), form), form, edition.limits)


def take(report: Report | str, environment: Environment, before: Snapshot | None = None) -> Snapshot:
    """Judge a report; what `before` found in questions that did not change is taken over."""
    report = parse(report) if isinstance(report, str) else report
    likeness = likeness_of(report.blocks)
    edition = resolve(report, environment.wishes, likeness)
    verdict = _verdict(report, edition)
    if before and before.edition == edition:
        edition = before.edition  # the very same object, so that comparing contexts costs nothing
    contexts = _contexts(report, environment, edition, verdict)
    ctx = ReportContext(report, verdict, edition, environment.files, environment.settings, contexts)
    return Snapshot(ctx, environment, _checked(contexts, before), check_report(ctx), likeness)


def _segments(report: Report, form: Form) -> list[tuple[Segment, ...]]:
    """The segments of each block, less the characters that the checker drops from the start of the file."""
    segments = [block.segments for block in report.blocks]
    drop = form.drops
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


def _keeps_answers(before: Snapshot, change: Change, report: Report) -> bool:
    """Whether an edit that keeps the edition changes nothing but the blocks that it touches and the counts there."""
    old, new = before.report.blocks[change.first : change.last], change.blocks
    dropped = most_dropped(before.edition.form.drops)
    if len(old) != len(new) or report.starts[opens_before(report.blocks, change.first)] < dropped:
        return False
    frames_stay = change.is_of_words or all(frame_of(one) == frame_of(other) for one, other in zip(old, new))
    return frames_stay and all(_use_same(before, one, other) for one, other in zip(old, new))


def _asks_same(before: Snapshot, change: Change) -> bool:
    old = before.report.blocks[change.first : change.last]
    return all(asked_in(one) == asked_in(other) for one, other in zip(old, change.blocks))


def _likeness_if_same_edition(before: Snapshot, change: Change, report: Report) -> Likeness | None:
    """The likeness after an edit that keeps the edition; None if it does not."""
    if change.is_of_words or _asks_same(before, change):
        return before.likeness
    old = before.report.blocks[change.first : change.last]
    likeness = before.likeness.changed(old, change.blocks)
    if likeness == before.likeness and all(map(_states_same, old, change.blocks)):
        return likeness
    return likeness if resolve(report, before.environment.wishes, likeness) == before.edition else None


def _states_same(old: Block, new: Block) -> bool:
    return not isinstance(old, Question) or not isinstance(new, Question) or old.stated == new.stated


def _use_same(before: Snapshot, old: Block, new: Block) -> bool:
    if isinstance(old, Question) and isinstance(new, Question):
        return use_same_figures(before.environment.files, before.environment.settings, old, new)
    return True


def _adjusted(before: Snapshot, change: Change, report: Report, likeness: Likeness) -> Snapshot:
    """The next version after an edit that keeps the edition and the frames of all blocks."""
    verdict = _recounted(before, change, report)
    blocks = _with_other_answers(before.verdict, verdict, report, change)
    questions, checked = list(before.questions), list(before.question_findings)
    for block in blocks:
        question = report.blocks[block]
        if isinstance(question, Question):
            old, found = questions[block - 1], checked[block - 1]
            questions[block - 1] = own = old.replaced(question, verdict.judged_in(block))
            if own is not old:
                again = _checked_again(old, own, found, asks_same=change.is_of_words)
                first = change.edit.span.start - report.starts[block]
                checked[block - 1] = found if again == found and are_shown_before(found, first) else again
    ctx = before.context._replace(report=report, verdict=verdict, questions=tuple(questions))
    is_same = is_quiet(before.context, ctx, blocks, before.singled_out)
    kept = _moved_along(before, change) if is_same else None
    if kept is None:
        return Snapshot(ctx, before.environment, tuple(checked), check_report(ctx), likeness)
    after = Snapshot(ctx, before.environment, tuple(checked), kept, likeness)
    after.singled_out = before.singled_out
    return after


def _recounted(before: Snapshot, change: Change, report: Report) -> Verdict:
    first = change.first
    if change.is_of_words:
        own = before.report.blocks[first].segments[-1]
        return recount_words(before.verdict, first, own, report.blocks[first].segments[-1])
    return recount(before.verdict, report.blocks, first, change.last, before.edition.form)


def _checked_again(
    old: QuestionContext, new: QuestionContext, found: tuple[Finding, ...], *, asks_same: bool
) -> tuple[Finding, ...]:
    """What is found now in place of that."""
    return check_question(new, of_prompt(found) if asks_same and new.position == old.position else None)


def _with_other_answers(before: Verdict, after: Verdict, report: Report, change: Change) -> list[int]:
    """The blocks that changed; with them the one that opens the answer reaching into them, if its count changed."""
    if change.is_of_words:
        return [change.first]
    opening = opens_before(report.blocks, change.first)
    is_other = before.answers_in(opening) != after.answers_in(opening)
    return [*([opening] if is_other else ()), *range(change.first, change.last)]


def _moved_along(before: Snapshot, change: Change) -> tuple[Finding, ...] | None:
    """What was found in the report as a whole, where it stands after the change; None if some of it lies within."""
    starts = before.report.starts
    around = Span(starts[change.first], starts[change.last])
    found = [moved(finding, change.edit, around) for finding in before.report_findings]
    kept = tuple(finding for finding in found if finding)
    return kept if len(kept) == len(found) else None
