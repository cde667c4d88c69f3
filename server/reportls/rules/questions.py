"""Questions that are missing, repeated or out of order."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from reportls.analysis.limits import first_line
from reportls.analysis.numbering import (
    Displaced,
    Gap,
    LostHeading,
    Repeated,
    costs_question,
    last_number,
    lost_headings,
    numbering,
    own_position,
    with_consequence,
)
from reportls.findings.finding import Fix, Problem, Related, Severity, Tag, short_name
from reportls.findings.rule import report_rule
from reportls.forms.filled import mark_in
from reportls.report.form import FORM
from reportls.report.kinds import WORDS, count
from reportls.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import FormContext, ReportContext
    from reportls.report.question import Question
    from reportls.report.report import Report

_MOST_INSERTED = 5
"""If more are missing, the author should copy them from the template."""


@report_rule(Severity.ERROR, fix="offered", tags={Tag.CRASH}, of="frame")
def missing_question(ctx: ReportContext) -> Iterator[Problem]:
    """A question of the course is missing from the report, or its heading is.

    The checker goes by position. It takes the first answer for question 1, the second for question 2, and so on, and
    crashes unless there are exactly as many answers as questions. So every question must be there, answered or not.

    If only the heading is missing, put it back above the prompt. It reads

        ### Question 7

    and nothing else. If the whole question is missing, copy it from the course's template; the fix inserts a heading,
    an `Answer:` and a placeholder, which is all that the checker needs.

    With a template, a section that the report does not have is a warning, and the fix inserts it from the template.
    """
    for gap in numbering(ctx).gaps:
        place = _place(ctx.report, gap)
        if place:
            lost = lost_headings(ctx.report, gap)
            yield _without_heading(ctx, gap, lost, place) if lost else _gone(ctx, gap, place)


@missing_question.in_forms(of="frame")
def _missing_sections(ctx: FormContext) -> Iterator[Problem]:
    form = ctx.form
    if not form.follows:
        return
    wanted = {slot.anchor: slot.slot.name for slot in form.missing if not slot.slot.is_optional}
    for run in _runs(form.alignment.missing):
        names = [wanted[anchor] for anchor in run if anchor in wanted]
        if names:
            place, edit = _section(ctx, run)
            title = f'insert "{short_name(names[0])}"' if len(names) == 1 else f"insert these {len(names)} sections"
            fixes = (Fix(f"{title} from the template", (edit,)),)
            yield Problem(place, _missing(names), fixes, severity=Severity.WARNING)


def _missing(names: list[str]) -> str:
    shown = ", ".join(map(short_name, names[:_MOST_INSERTED]))
    more = f" and {len(names) - _MOST_INSERTED} more" if len(names) > _MOST_INSERTED else ""
    return f"{shown}{more}: {'this section is' if len(names) == 1 else 'these sections are'} missing"


def _runs(missing: tuple[int, ...]) -> Iterator[list[int]]:
    """Yield the stretches of neighbours among the anchors that are missing."""
    run: list[int] = []
    for anchor in missing:
        if run and anchor != run[-1] + 1:
            yield run
            run = []
        run.append(anchor)
    if run:
        yield run


def _section(ctx: FormContext, run: list[int]) -> tuple[Span, Edit]:
    """Return where to report missing anchors of the template, and the edit that inserts their sections."""
    template, found = ctx.form.blank.template, ctx.form.anchors
    start = template.anchors[run[0]].span.start
    following = template.anchors[run[-1] + 1].span.start if run[-1] + 1 < len(template.anchors) else len(template.text)
    section = template.text[start:following].rstrip()
    above = next((found[anchor] for anchor in range(run[0] - 1, -1, -1) if anchor in found), None)
    later = sorted(span.start for span in found.values())
    at = next((each for each in later if above is None or each > above.start), len(ctx.text))
    place = mark_in(ctx.text, above) if above else first_line(ctx.text)
    newline = "\r\n" if "\r\n" in ctx.text else "\n"
    opening = _blank_line_before(ctx.text[:at], newline)
    section = newline.join(section.splitlines())
    return place, Edit(Span(at, at), f"{opening}{section}{newline * 2}")


def _place(report: Report, gap: Gap) -> Span | None:
    """Return the number of the question before the gap, or of the first question, or the first line."""
    if report.questions:
        block = max(gap.after, 1)
        return report.questions[block - 1].layout.number.shifted(report.starts[block])
    source = report.introduction.source
    return next((span for span in source.line_spans if not source[span].isspace() and span.end > span.start), None)


def _gone(ctx: ReportContext, gap: Gap, place: Span) -> Problem:
    what = f"{_name(gap)} {'is' if gap.first == gap.last else 'are'} missing"
    few = gap.last - gap.first < _MOST_INSERTED
    fixes = (Fix(f"insert {_name(gap)}", (_insertion(ctx.report, gap),)),) if few else ()
    severity = Severity.WARNING if ctx.edition.is_known_by_report_alone else None
    return with_consequence(ctx, gap.after + 1, Problem(place, what, fixes, severity=severity))


def _name(gap: Gap) -> str:
    if gap.first == gap.last:
        return f"question {gap.first}"
    return f"questions {gap.first} {'and' if gap.last == gap.first + 1 else 'to'} {gap.last}"


def _insertion(report: Report, gap: Gap) -> Edit:
    newline = report.blocks[gap.after].newline
    end = report.starts[gap.after + 1]
    lines: list[str] = []
    for number in range(gap.first, gap.last + 1):
        lines += [FORM.heading_of(number), "", f"> {FORM.marker}", "", FORM.placeholder_of(number), ""]
    opening = _blank_line_before(report.blocks[gap.after].text, newline)
    return Edit(Span(end, end), opening + newline.join([*lines, ""]))


def _blank_line_before(text: str, newline: str) -> str:
    """Return the line breaks to add so that the text ends with a blank line."""
    if not text or text.endswith((newline * 2, "\n\n", "\r\n\r\n")):
        return ""
    return newline if text.endswith(("\n", "\r")) else newline * 2


def _without_heading(ctx: ReportContext, gap: Gap, lost: tuple[LostHeading, ...], place: Span) -> Problem:
    what = f"the heading of question {gap.first} is missing: `{FORM.heading_of(gap.first)}` belongs above its prompt"
    if gap.first != gap.last:
        what = f"the headings of {_name(gap)} are missing above their prompts"
    drops = not all(_keeps_answer_above(ctx, heading) for heading in lost)
    if drops:
        what += ", or the checker drops an answer"
    edits = tuple(edit for heading in lost for edit in _restored(ctx.report, heading))
    title = f"restore the heading of {_name(gap)}"
    problem = Problem(place, what, (Fix(title, edits),))
    # The checker of a course known by the report alone expects as many answers as there are headings.
    if drops or ctx.edition.is_known_by_report_alone:
        return with_consequence(ctx, gap.after + 1, problem)
    return problem._replace(severity=Severity.WARNING)


def _keeps_answer_above(ctx: ReportContext, lost: LostHeading) -> bool:
    return lost.separates or (lost.is_first and not ctx.edition.variant.first_part_counts)


def _restored(report: Report, lost: LostHeading) -> Iterator[Edit]:
    block = report.blocks[lost.block]
    start = report.starts[lost.block]
    heading = FORM.heading_of(lost.number)
    if lost.heading:
        yield Edit(lost.heading.shifted(start), heading)
    else:
        yield Edit(Span(lost.prompt, lost.prompt).shifted(start), heading + block.newline * 2)


@report_rule(Severity.ERROR, fix="offered", tags={Tag.CRASH}, of="irregularities")
def duplicate_question(ctx: ReportContext) -> Iterator[Problem]:
    """Two headings have the same question number.

    The checker ignores the numbers and counts answers. A question that is there twice is one answer too many, and the
    check crashes. A second heading without an `Answer:` of its own also does harm: it ends the answer above, and the
    checker never sees what comes after it.

    Correct the number if it is a typo. Delete one copy if the question was pasted twice. If it is only a heading within
    the answer, delete it or write it as a bold line.

    With a template, one of its headings that occurs twice on the same level is a warning. Only the answer below the
    first one is judged.
    """
    for repeated in numbering(ctx).repeated:
        question = ctx.report.questions[repeated.block - 1]
        if repeated.wanted:
            yield _misnumbered(ctx, repeated, question)
        elif question.has_marker:
            yield _twice(ctx, repeated, question)
        else:
            yield _heading_within(ctx, repeated, question)


@duplicate_question.in_forms(of="frame")
def _repeated_sections(ctx: FormContext) -> Iterator[Problem]:
    for span in ctx.form.doubles if ctx.form.follows else ():
        first = mark_in(ctx.text, span)
        name = short_name(ctx.text[first.start : first.end])
        message = f"{name}: this heading appears twice, and only the first counts"
        yield Problem(first, message, severity=Severity.WARNING)


def _misnumbered(ctx: ReportContext, repeated: Repeated, question: Question) -> Problem:
    span = ctx.number_of(repeated.block)
    fix = Fix(f"renumber it to question {repeated.wanted}", (Edit(span, str(repeated.wanted)),), safe=False)
    message = f"question {question.number} is repeated where question {repeated.wanted} is missing"
    return Problem(span, message, (fix,), _related(ctx, repeated), Severity.WARNING)


def _twice(ctx: ReportContext, repeated: Repeated, question: Question) -> Problem:
    message = f"question {question.number} is repeated, and the checker counts one more answer"
    fixes = (_removal(ctx, repeated),) if _is_copy(ctx, repeated, question) else ()
    problem = Problem(ctx.number_of(repeated.block), message, fixes, _related(ctx, repeated))
    return with_consequence(ctx, repeated.block, problem)


def _is_copy(ctx: ReportContext, repeated: Repeated, question: Question) -> bool:
    """Return whether removing the question loses nothing: it is unanswered, or its answer is in the other one."""
    other = ctx.report.questions[repeated.other - 1]
    return not question.is_answered or question[question.content] == other[other.content]


def _removal(ctx: ReportContext, repeated: Repeated) -> Fix:
    question = ctx.report.questions[repeated.block - 1]
    other = ctx.report.questions[repeated.other - 1]
    # The heading of the next section goes too if the other copy has it.
    end = question.tail.end if question[question.tail] == other[other.tail] else question.tail.start
    span = Span(0, end).shifted(ctx.report.starts[repeated.block])
    return Fix(f"remove the second question {question.number}", (Edit(span, ""),))


def _heading_within(ctx: ReportContext, repeated: Repeated, question: Question) -> Problem:
    title = f"remove the second heading of question {question.number}"
    removed = Span(0, _end_of_copy(ctx, repeated, question)).shifted(ctx.report.starts[repeated.block])
    message = f"question {question.number} is repeated without an `{FORM.marker}`"
    problem = Problem(
        ctx.number_of(repeated.block),
        message,
        (Fix(title, (Edit(removed, ""),)),),
        _related(ctx, repeated),
        Severity.WARNING,
    )
    return _with_effect(ctx, repeated.block, question, problem)


def _with_effect(ctx: ReportContext, block: int, question: Question, problem: Problem) -> Problem:
    """Add the heading's effect on the answer above, and the matching severity."""
    layout = question.layout
    if ctx.report.structure.last_marked < block:
        if layout.level < len(FORM.kept):
            return problem
        effect = f": because of the `{FORM.kept}` the checker takes the last answer twice"
        costly = problem._replace(message=problem.message + effect, severity=None)
        return with_consequence(ctx, block, costly)
    if layout.level < len(FORM.cut):
        return problem
    lost = count(question.text[layout.heading.end : question.tail.start])
    effect = f": the checker cuts off the answer above and never sees the {lost[WORDS]} words from here on"
    severity = None if costs_question(ctx, ctx.report.structure.marked_before(block), lost) else Severity.WARNING
    return problem._replace(message=problem.message + effect, severity=severity)


def _end_of_copy(ctx: ReportContext, repeated: Repeated, question: Question) -> int:
    """Return the end of the duplicated part: the heading, and the prompt if that was copied too."""
    layout = question.layout
    if layout.prompt is None:
        return layout.answer.start
    other = ctx.report.questions[repeated.other - 1]
    return layout.prompt.end if question.prompt_print == other.prompt_print else layout.heading.end


def _related(ctx: ReportContext, repeated: Repeated) -> tuple[Related, ...]:
    return (Related(ctx.number_of(repeated.other), "the other one"),)


@report_rule(Severity.ERROR, fix="offered", tags={Tag.CRASH}, of="irregularities")
def question_out_of_order(ctx: ReportContext) -> Iterator[Problem]:
    """The question is not where its number belongs.

    The checker never reads the numbers. It takes the first answer for question 1, the second for question 2, and so on.
    An answer in the wrong place is therefore judged by the limits of another question, and graders do not find it.

    Move the question together with its heading, or correct its number.

    With a template, this is a warning, because readers look for a section where the template has it.
    """
    found = numbering(ctx)
    if not found.displaced:
        return
    last, costs = last_number(ctx), _order_costs(ctx)
    wrong = {*(displaced.block for displaced in found.displaced), *(repeated.block for repeated in found.repeated)}
    in_order = _in_order(ctx, wrong, last)
    judged_as = {judged.answer.block: judged.position for judged in reversed(ctx.verdict.judged)}
    for displaced in found.displaced:
        question = ctx.report.questions[displaced.block - 1]
        span = ctx.number_of(displaced.block)
        if displaced.wanted:
            message = f"question {question.number} is where question {displaced.wanted} belongs"
            # Not safe: only the author knows whether the number is wrong or the place.
            fix = Fix(f"renumber it to question {displaced.wanted}", (Edit(span, str(displaced.wanted)),))
            yield Problem(span, message, (fix,), severity=Severity.WARNING)
        elif question.number == 0 or question.number > last:
            yield Problem(span, f"the course has no question {question.number}", severity=Severity.WARNING)
        else:
            target = _target(ctx, question.number, in_order)
            problem = _moved(ctx, displaced, span, target, judged_as.get(displaced.block))
            yield problem if costs else problem._replace(severity=Severity.WARNING)


@question_out_of_order.in_forms(of="frame")
def _displaced_sections(ctx: FormContext) -> Iterator[Problem]:
    if not ctx.form.follows:
        return
    for start, slot in zip(ctx.form.starts, ctx.form.slots, strict=True):
        if slot.is_displaced:
            message = f"{short_name(slot.name)}: not in the template's order"
            yield Problem(slot.mark.shifted(start), message, severity=Severity.WARNING)


def _moved(ctx: ReportContext, displaced: Displaced, span: Span, target: int, position: int | None) -> Problem:
    report = ctx.report
    number = report.questions[displaced.block - 1].number
    message = f"question {number} is out of order"
    if position and position != own_position(ctx, displaced.block):
        message += f": its answer is judged as question {position}"
    fixes = (Fix(f"move question {number} to its place", _moving(report, displaced.block, target)),)
    return Problem(span, message, fixes)


def _order_costs(ctx: ReportContext) -> bool:
    """Return whether an answer's verdict differs from the one it would have in its own place."""
    if ctx.edition.is_known_by_report_alone:
        return False
    return any(
        judged.passed != ctx.edition.limits_at(own_position(ctx, judged.answer.block)).allow(judged.answer.counted)
        for judged in ctx.verdict.judged
    )


def _in_order(ctx: ReportContext, wrong: set[int], last: int) -> list[tuple[int, int]]:
    """Return number and block of the course's questions that are in order.

    These are the questions whose number is higher than all before.
    """
    found: list[tuple[int, int]] = []
    for block, question in enumerate(ctx.report.questions, start=1):
        if block not in wrong and (found[-1][0] if found else 0) < question.number <= last:
            found.append((question.number, block))
    return found


def _target(ctx: ReportContext, number: int, in_order: list[tuple[int, int]]) -> int:
    """Return the block before which the question belongs; one past the last if it belongs at the end."""
    at = bisect_right(in_order, (number, len(ctx.report.blocks)))
    return in_order[at][1] if at < len(in_order) else len(ctx.report.blocks)


def _moving(report: Report, block: int, target: int) -> tuple[Edit, ...]:
    question = report.questions[block - 1]
    body = Span(0, question.tail.start)
    text = question[body]
    # The last question may end without a line break.
    if not text.endswith(("\n", "\r")):
        text += question.newline * 2
    place = report.starts[target]
    before = report.blocks[target - 1]
    if target == len(report.blocks) and not before.text.endswith(("\n", "\r")):
        text = question.newline * 2 + text
    return (Edit(body.shifted(report.starts[block]), ""), Edit(Span(place, place), text))
