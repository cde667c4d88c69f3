"""The group's number, study numbers, and who of its members did what."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from reportls.editions.edition import Role
from reportls.findings.finding import Fix, Problem, Related, Severity, Tag
from reportls.findings.rule import question_rule, report_rule
from reportls.report.form import FORM
from reportls.report.study_numbers import DIGITS, is_slip, study_numbers
from reportls.text import Edit, Span, pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from reportls.findings.context import QuestionContext, ReportContext
    from reportls.report.question import Question
    from reportls.report.study_numbers import StudyNumber

_APART = pattern(r"(?<![^\W_])(?<!['\u2019])[sS](?P<between>[ \t\u00a0:.#-]{1,3})\Z")
_LONGEST_APART = 4
"""An `s` and the characters that may come between it and its digits."""
_MOST_NAMED = 5
"""Numbers listed in one message."""
_MOST_COMPARED = 100
"""More than any group's members."""


@question_rule(Severity.WARNING, tags={Tag.EDITION}, of={"role"})
def group_number(ctx: QuestionContext) -> Iterator[Problem]:
    """The answer to the question that asks for the group number is empty or contains no digit.

    Reports are told apart by this number, and a name alone does not say whose report it is. Write the number, with or
    without words around it:

        Group 54
    """
    question = ctx.question
    if ctx.role is not Role.GROUP_NUMBER or (question.placeholders and not question.is_answered):
        return
    answer = question[question.content]
    if not any(map(str.isdigit, FORM.fill_here.sub("", answer))):
        what = "no digit in the answer" if answer else "no answer"
        yield Problem(question.layout.number, f"{what}: write the group's number")


@question_rule(Severity.WARNING, fix="offered", tags={Tag.EDITION}, of={"role"})
def study_number(ctx: QuestionContext) -> Iterator[Problem]:
    """The group's study numbers are missing, or one is not an `s` and six digits.

    Study numbers decide who takes part in the exam, so a wrong one may cost a member the exam. Write all of them in
    full:

        s123456, s234567

    A number that looks wrong is a hint. Numbers of other universities, which have other lengths and no `s`, are not
    reported.
    """
    question = ctx.question
    if ctx.role is not Role.STUDY_NUMBERS:
        return
    if not question[question.content]:
        yield Problem(question.layout.number, "no answer: write the study numbers of all members")
    for number in study_numbers(question):
        if number.has_letter and len(number.digits) != DIGITS:
            message = f"{len(number.digits)} digits after the `s`, {DIGITS} wanted"
            yield Problem(number.span, message, severity=Severity.HINT)
        elif not number.has_letter and len(number.digits) == DIGITS:
            yield _bare(question, number)._replace(severity=Severity.HINT)


def _bare(question: Question, number: StudyNumber) -> Problem:
    at = number.span.start
    line = question.source.line_spans[question.source.line_at(at)].start
    apart = _APART.search(question.text, max(at - _LONGEST_APART, line, question.layout.answer.start), at)
    if apart:
        joined = Fix("join it to the `s`", (Edit(Span(*apart.span("between")), ""),))
        return Problem(
            Span(apart.start(), number.span.end), f"the `s` is separated from its {DIGITS} digits", (joined,)
        )
    fix = Fix("add the `s`", (Edit(Span(at, at), "s"),))
    return Problem(number.span, f"{DIGITS} digits without an `s` before them", (fix,))


class _Number(NamedTuple):
    """A study number; its place counts from the start of the report."""

    span: Span
    digits: str
    written: str
    has_letter: bool


@report_rule(Severity.WARNING, fix="offered", tags={Tag.EDITION}, of="answers")
def member_without_contribution(ctx: ReportContext) -> Iterator[Problem]:
    """The last answer says who did what, by study number, but leaves out a member of the group.

    A member whose contribution is not described may fail. The group's study numbers are looked for in the answer
    on contributions; case and the `s` do not matter. If that answer names nobody by number, nothing is reported.

    Describe what each member did:

        Student s123456 trained the model, and s234567 deployed it.

    A number counts as a mistyped number of a member if it differs in one digit, has one digit too many or too few, or
    has two digits swapped.
    """
    if Role.CONTRIBUTIONS not in ctx.edition.roles.values():
        return
    given = _numbers(ctx, Role.STUDY_NUMBERS)
    # Other numbers without an `s` may be anything, such as a year.
    members = {number.digits: number for number in given if number.has_letter or len(number.digits) == DIGITS}
    named = [number for number in _numbers(ctx, Role.CONTRIBUTIONS) if _is_meant(number, members)]
    if not named:
        return
    mentioned = {number.digits for number in named}
    missing = [number for number in members.values() if number.digits not in mentioned]
    strangers = [number for number in named if number.digits not in members]
    missing, strangers = _without_misspelled_members(missing, strangers)
    slips = dict(_slips(missing, strangers, members))
    if slips:
        meant = {number.digits for number in slips.values()}
        unnamed = [number for number in missing if number.digits not in meant]
        for digits, member in slips.items():
            yield _mistyped([number for number in strangers if number.digits == digits], member, unnamed)
            unnamed = []
        return
    if missing:
        yield _missing(missing, strangers)


def _numbers(ctx: ReportContext, role: Role) -> Iterator[_Number]:
    """Yield the study numbers in the answer to the question with that role."""
    for start, context in ctx.placed:
        if context.role is role:
            if context.question.is_answered:
                for span, digits, has_letter in study_numbers(context.question):
                    yield _Number(span.shifted(start), digits, context.question[span], has_letter)
            return


def _is_meant(number: _Number, members: Collection[str]) -> bool:
    """Return whether it is meant as a study number; without an `s`, it may be any count."""
    if number.has_letter or number.digits in members:
        return True
    return any(is_slip(number.digits, digits) for digits in islice(members, _MOST_COMPARED))


def _without_misspelled_members(
    missing: list[_Number], strangers: list[_Number]
) -> tuple[list[_Number], list[_Number]]:
    """Leave out members with a digit too many or too few, whom `study-number` reports, and their right numbers."""
    misspelled = [number for number in missing[:_MOST_COMPARED] if len(number.digits) != DIGITS]
    pairs = [
        (number, stranger)
        for number in misspelled
        for stranger in strangers[:_MOST_COMPARED]
        if len(stranger.digits) == DIGITS and is_slip(number.digits, stranger.digits)
    ]
    known = {number for pair in pairs for number in pair}
    return [number for number in missing if number not in known], [
        number for number in strangers if number not in known
    ]


def _slips(
    missing: Sequence[_Number], strangers: Sequence[_Number], members: dict[str, _Number]
) -> Iterator[tuple[str, _Number]]:
    """Yield mistyped digits with the member that they are meant for, a member whom nobody named if there is one."""
    candidates = (*missing, *members.values())[:_MOST_COMPARED]
    for digits in dict.fromkeys(stranger.digits for stranger in strangers[:_MOST_COMPARED]):
        meant = next((number for number in candidates if is_slip(digits, number.digits)), None)
        if meant:
            yield digits, meant


def _mistyped(alike: Sequence[_Number], meant: _Number, missing: Sequence[_Number]) -> Problem:
    ends = [number.span.end for number in alike]
    edits = tuple(Edit(Span(end - len(alike[0].digits), end), meant.digits) for end in ends)
    more = f"; {_list(missing)} {_are(missing)} not named at all" if missing else ""
    return Problem(
        alike[0].span,
        f"{alike[0].written} is not a member's number, but close to {meant.written}{more}",
        (Fix(f"correct it to {meant.written}", edits),),
        (Related(meant.span, "the member's number"),),
    )


def _missing(missing: Sequence[_Number], strangers: Sequence[_Number]) -> Problem:
    related = tuple(Related(stranger.span, "not a member's number") for stranger in strangers[:_MOST_NAMED])
    more = f"; {_list(strangers)} there {_are(strangers)} not among the members" if strangers else ""
    return Problem(
        missing[0].span,
        f"the answer on who did what names study numbers, but not {_list(missing)}{more}",
        related=related,
    )


def _list(numbers: Sequence[_Number]) -> str:
    names = list({number.digits: number.written for number in numbers}.values())
    if len(names) > _MOST_NAMED:
        names[_MOST_NAMED:] = [f"{len(names) - _MOST_NAMED} more"]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _are(numbers: Sequence[_Number]) -> str:
    return "is" if len({number.digits for number in numbers}) == 1 else "are"
