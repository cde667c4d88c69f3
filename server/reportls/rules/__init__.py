"""The rules, one module for each subject, and how they are run. A new rule is a function and an entry in `ALL`."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from reportls.analysis.fixes import without_harm
from reportls.analysis.numbering import numbering
from reportls.findings.finding import Finding, Problem, Tag
from reportls.findings.rule import QuestionRule, ReportRule, ReportSubject, Rule, Subject
from reportls.findings.settings import Settings
from reportls.report.report import MOST_READ
from reportls.rules import (
    answer_end,
    answer_place,
    checklist,
    course_texts,
    files,
    group,
    headings,
    html,
    image_files,
    image_markup,
    limits,
    links,
    markers,
    placeholders,
    questions,
    rendering,
    words,
)
from reportls.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportls.findings.context import FormContext, QuestionContext, ReportContext, SlotContext


ALL: tuple[Rule, ...] = (
    limits.answer_too_short,
    limits.answer_too_long,
    limits.too_few_images,
    limits.too_many_images,
    placeholders.unanswered,
    placeholders.placeholder_left,
    placeholders.placeholder_dashes,
    headings.unintended_heading,
    markers.missing_marker,
    markers.extra_marker,
    answer_end.answer_cut_off,
    answer_place.answer_in_quote,
    answer_place.answer_outside,
    words.answer_repeated,
    course_texts.template_not_followed,
    questions.missing_question,
    questions.duplicate_question,
    questions.question_out_of_order,
    headings.heading_changed,
    answer_end.text_after_last_answer,
    course_texts.title_changed,
    course_texts.prompt_changed,
    course_texts.course_text_outdated,
    limits.limit_mismatch,
    limits.limit_not_understood,
    image_files.image_not_found,
    image_files.image_case_mismatch,
    image_files.image_format,
    image_files.image_outside_figures,
    image_markup.image_not_embedded,
    image_markup.image_not_counted,
    image_markup.image_not_rendered,
    image_markup.image_without_text,
    image_markup.sample_image_text,
    image_files.figure_repeated,
    image_files.image_not_in_git,
    links.link_demanded,
    links.link_not_found,
    image_files.sample_figure,
    rendering.unclosed_fence,
    html.unclosed_html,
    html.words_not_shown,
    words.word_divided,
    rendering.renders_differently,
    words.counted_markup,
    files.conflict_marker,
    files.not_readable_on_windows,
    files.report_not_handed_in,
    group.group_number,
    group.study_number,
    group.member_without_contribution,
    checklist.checklist_mark,
    checklist.checklist_changed,
    files.checked_in_part,
    files.configuration,
)
"""Every rule, in the order in which they are listed."""

BY_NAME = {rule.name: rule for rule in ALL}

_QUESTION_RULES = tuple(rule for rule in ALL if isinstance(rule, QuestionRule))
_REPORT_RULES = tuple(rule for rule in ALL if isinstance(rule, ReportRule))
_SLOT_RULES = tuple(rule for rule in ALL if rule.check_slot)
_SHARED_RULES = tuple(rule for rule in _QUESTION_RULES if Tag.IN_SLOTS in rule.tags)
_FORM_RULES = tuple(rule for rule in ALL if rule.check_form)
MOST_FINDINGS = 1000
"""Findings of a report that are listed; a real one has a tenth at most."""
_MOST_KEPT = 256
"""Enough for all combinations of subjects in one report; each new combination costs a pass over all rules."""
_log = logging.getLogger(__name__)


_Context = TypeVar("_Context")
_Steps = Iterator["Finding | None"]
"""Findings as they come, with None wherever the caller may pause: after each problem and each rule."""


def check_question(ctx: QuestionContext) -> tuple[Finding, ...]:
    """Return what the rules for one question find in it; offsets count from the start of its block."""
    return tuple(finding for finding in checking_question(ctx) if finding)


def checking_question(ctx: QuestionContext) -> _Steps:
    """Yield what `check_question` returns, step by step; it stops soon after `MOST_FINDINGS`."""
    settings, position, found = ctx.settings, ctx.position, 0
    for rule in _asked(_QUESTION_RULES, settings.select, settings.ignore, _subjects(ctx)):
        problems: list[Problem] = []
        yield from _fenced(rule.name, rule.check, ctx, problems)
        yield None
        # Only a fix that is applied in bulk can fail a question without its author seeing it.
        if problems and rule.fix == "safe":
            problems = without_harm(ctx, problems)
        for problem in problems:
            yield _finding(rule, problem, position, ctx.question.number, settings)
        found += len(problems)
        if found > MOST_FINDINGS:
            return


def _subjects(ctx: QuestionContext) -> frozenset[Subject]:
    """Return the subjects of a question."""
    found: set[Subject] = {"words"}
    if not ctx.judged or not all(judged.passed for judged in ctx.judged):
        found.add("failures")
    if ctx.is_unanswered:
        found.add("gap")
    if ctx.role:
        found.add("role")
    # Triggers make rules read the Markdown, and nothing limits what that costs in so long a text.
    return frozenset(found) if ctx.surroundings.is_too_long else ctx.question.triggers | found


@lru_cache(_MOST_KEPT)
def _asked(
    rules: tuple[QuestionRule, ...],
    select: frozenset[str] | None,
    ignore: frozenset[str],
    subjects: frozenset[Subject],
) -> tuple[QuestionRule, ...]:
    """Return the listed rules that may find something."""
    settings = Settings(select=select, ignore=ignore)
    return tuple(rule for rule in rules if rule.of & subjects and settings.lists(rule.name))


def check_frame(ctx: ReportContext) -> tuple[Finding, ...]:
    """Return what rules find in a report that does not depend on the words of answers; offsets count from its start."""
    found = () if ctx.report.is_too_long else _check_report(ctx, ("frame",))
    return within_budget(found, ctx.settings)


def check_answers(ctx: ReportContext) -> tuple[Finding, ...]:
    """Return what all other rules for the whole report find; offsets count from its start."""
    odd: tuple[ReportSubject, ...] = ("irregularities",) if _is_irregular(ctx) else ()
    if ctx.report.is_too_long:
        return (*_check_report(ctx, odd), *_too_long(ctx))
    return _check_report(ctx, (*odd, "answers"))


def check_slot(ctx: SlotContext) -> tuple[Finding, ...]:
    """Return what rules find in one slot of a report with a template; offsets count from the start of the slot."""
    settings, blank, answer = ctx.settings, ctx.filled.blank, ctx.answer
    found: list[tuple[Rule, Problem]] = []
    for rule in _SLOT_RULES:
        if rule.check_slot and settings.lists(rule.name):
            found += [(rule, problem) for problem in _problems(rule.name, rule.check_slot, ctx)]
    triggers: frozenset[Subject] = frozenset(answer.question.triggers)
    for shared in _asked(_SHARED_RULES, settings.select, settings.ignore, triggers):
        found += [(shared, problem) for problem in _problems(shared.name, shared.check, answer)]
    return tuple(
        _finding(rule, problem, blank.number + 1, None, settings)._replace(slot=blank.slot.name)
        for rule, problem in found
    )


def check_form(ctx: FormContext, subject: ReportSubject) -> tuple[Finding, ...]:
    """Return what rules that look at `subject` find in a report with a template; offsets count from its start."""
    return tuple(
        # Without a checker, there is no check that could crash.
        _finding(rule, problem, _slot_number(ctx, problem), None, ctx.settings)._replace(tags=rule.tags - {Tag.CRASH})
        for rule in _FORM_RULES
        if rule.check_form and rule.form_subject == subject and ctx.settings.lists(rule.name)
        for problem in _problems(rule.name, rule.check_form, ctx)
    )


def _problems(name: str, check: Callable[[_Context], Iterator[Problem]], ctx: _Context) -> list[Problem]:
    """Return the rule's problems; see `_fenced`."""
    problems: list[Problem] = []
    deque(_fenced(name, check, ctx, problems), maxlen=0)
    return problems


def _slot_number(ctx: FormContext, problem: Problem) -> int | None:
    index = ctx.form.slot_at(problem.span.start)
    return None if index is None else ctx.form.slots[index].blank.number + 1


def _is_irregular(ctx: ReportContext) -> bool:
    """Return whether there can be anything for rules that look at irregularities."""
    structure = ctx.report.structure
    is_odd = structure.without_marker or structure.with_extra_marker or structure.cut or structure.goes_on
    return bool(is_odd or any(numbering(ctx)))


def _check_report(ctx: ReportContext, subjects: tuple[ReportSubject, ...]) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for rule in _of_report(subjects, ctx.settings.select, ctx.settings.ignore):
        problems = _problems(rule.name, rule.check, ctx)
        found += [_finding(rule, problem, *_place(ctx, problem), ctx.settings) for problem in problems]
    return tuple(found)


@lru_cache(_MOST_KEPT)
def _of_report(
    subjects: tuple[ReportSubject, ...], select: frozenset[str] | None, ignore: frozenset[str]
) -> tuple[ReportRule, ...]:
    """Return the listed rules that look at one of the subjects."""
    settings = Settings(select=select, ignore=ignore)
    return tuple(rule for rule in _REPORT_RULES if rule.of in subjects and settings.lists(rule.name))


def _fenced(
    name: str, check: Callable[[_Context], Iterator[Problem]], ctx: _Context, problems: list[Problem]
) -> Iterator[None]:
    """Add the rule's problems to the list, one a step; a rule that raises is logged and costs its own problems only."""
    try:
        # One more than is listed, to tell whether some are left out.
        for problem in islice(check(ctx), MOST_FINDINGS + 1):
            problems.append(problem)
            yield None
    except MemoryError:
        raise  # no rule is to blame, and a verdict without its findings would be wrong
    except Exception:  # noqa: BLE001  # rules must not be able to stop a check
        _log.exception("the rule %s failed", name)
        problems.clear()


def within_budget(findings: tuple[Finding, ...], settings: Settings) -> tuple[Finding, ...]:
    """Return the findings, or the worst of too many and one that says so; offsets count from the report's start."""
    if len(findings) <= MOST_FINDINGS:
        return findings
    by_gravity = sorted(findings, key=lambda finding: (finding.severity, finding.span))
    first = min(by_gravity[MOST_FINDINGS:], key=lambda finding: finding.span)
    message = f"more than {MOST_FINDINGS:,} findings: the rest is not shown"
    return (*by_gravity[:MOST_FINDINGS], *_in_part(settings, first.span, message))


def _too_long(ctx: ReportContext) -> Iterator[Finding]:
    """Yield the finding of a report that is too long for most rules, at the first question's number."""
    questions = ctx.report.questions
    place = questions[0].layout.number.shifted(ctx.report.starts[1]) if questions else Span(0, 1)
    size, most = ctx.report.starts[-1] / 1_000_000, MOST_READ // 1_000_000
    message = f"{size:.1f} million characters: above {most} million only limits and crashes are checked"
    yield from _in_part(ctx.settings, place, message)


def _in_part(settings: Settings, span: Span, message: str) -> Iterator[Finding]:
    if settings.lists(files.checked_in_part.name):
        yield _finding(files.checked_in_part, Problem(span, message), None, None, settings)


def _finding(rule: Rule, problem: Problem, question: int | None, heading: int | None, settings: Settings) -> Finding:
    severity = settings.severities.get(rule.name)
    if severity is None:
        severity = problem.severity or rule.severity
    return Finding(
        rule.name,
        severity,
        question,
        problem.span,
        problem.message,
        problem.fixes,
        problem.related,
        rule.tags,
        problem.consequence,
        problem.is_crash,
        heading,
    )


def _place(ctx: ReportContext, problem: Problem) -> tuple[int | None, int | None]:
    """Return the position of the question that a problem is in, and the number in its heading; None outside."""
    block = ctx.report.block_at(problem.span.start)
    own = ctx.questions[block - 1] if block else None
    return (own.position, own.question.number) if own else (None, None)
