"""The rules, one module each, and how they are run. A new rule is a module here and an entry in `ALL`."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from reportls.analysis.harm import without_harm
from reportls.analysis.numbering import numbering
from reportls.findings.finding import Finding, Problem, Tag
from reportls.findings.rule import QuestionRule, ReportRule, Rule
from reportls.findings.settings import Settings
from reportls.report.report import MOST_READ
from reportls.rules.answer_end import answer_cut_off, text_after_last_answer
from reportls.rules.answer_place import answer_in_quote, answer_outside
from reportls.rules.checklist import checklist_changed, checklist_mark
from reportls.rules.course_texts import course_text_outdated, prompt_changed, template_not_followed, title_changed
from reportls.rules.files import (
    checked_in_part,
    configuration,
    conflict_marker,
    not_readable_on_windows,
    report_not_handed_in,
)
from reportls.rules.group import group_number, member_without_contribution, study_number
from reportls.rules.headings import heading_changed, unintended_heading
from reportls.rules.html import unclosed_html, words_not_shown
from reportls.rules.image_files import (
    figure_repeated,
    image_case_mismatch,
    image_format,
    image_not_found,
    image_not_in_git,
    image_outside_figures,
    sample_figure,
)
from reportls.rules.image_markup import (
    image_not_counted,
    image_not_embedded,
    image_not_rendered,
    image_without_text,
    sample_image_text,
)
from reportls.rules.limits import (
    answer_too_long,
    answer_too_short,
    limit_mismatch,
    limit_not_understood,
    too_few_images,
    too_many_images,
)
from reportls.rules.links import link_demanded, link_not_found
from reportls.rules.markers import extra_marker, missing_marker
from reportls.rules.placeholders import placeholder_dashes, placeholder_left, unanswered
from reportls.rules.questions import duplicate_question, missing_question, question_out_of_order
from reportls.rules.rendering import renders_differently, unclosed_fence
from reportls.rules.words import answer_repeated, counted_markup, word_divided
from reportls.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportls.findings.context import FormContext, QuestionContext, ReportContext, SlotContext
    from reportls.findings.rule import ReportSubject, Subject

ALL: tuple[Rule, ...] = (
    answer_too_short,
    answer_too_long,
    too_few_images,
    too_many_images,
    unanswered,
    placeholder_left,
    placeholder_dashes,
    unintended_heading,
    missing_marker,
    extra_marker,
    answer_cut_off,
    answer_in_quote,
    answer_outside,
    answer_repeated,
    template_not_followed,
    missing_question,
    duplicate_question,
    question_out_of_order,
    heading_changed,
    text_after_last_answer,
    title_changed,
    prompt_changed,
    course_text_outdated,
    limit_mismatch,
    limit_not_understood,
    image_not_found,
    image_case_mismatch,
    image_format,
    image_outside_figures,
    image_not_embedded,
    image_not_counted,
    image_not_rendered,
    image_without_text,
    sample_image_text,
    figure_repeated,
    image_not_in_git,
    link_demanded,
    link_not_found,
    sample_figure,
    unclosed_fence,
    unclosed_html,
    words_not_shown,
    word_divided,
    renders_differently,
    counted_markup,
    conflict_marker,
    not_readable_on_windows,
    report_not_handed_in,
    group_number,
    study_number,
    member_without_contribution,
    checklist_mark,
    checklist_changed,
    checked_in_part,
    configuration,
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
    if settings.lists(checked_in_part.name):
        yield _finding(checked_in_part, Problem(span, message), None, None, settings)


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
