"""Missing questions and headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.consequences import with_consequence
from reportls.analysis.form_limits import first_line
from reportls.analysis.numbering import Gap, LostHeading, lost_headings, numbering
from reportls.findings.finding import Fix, Problem, Severity, Tag, short_name
from reportls.findings.rule import report_rule
from reportls.forms.filled import mark_in
from reportls.report.form import FORM
from reportls.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import FormContext, ReportContext
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
def _in_form(ctx: FormContext) -> Iterator[Problem]:
    form = ctx.form
    if not form.follows:
        return
    wanted = {slot.anchor: slot.slot.name for slot in form.missing if not slot.slot.is_optional}
    for run in _runs(form.alignment.missing):
        names = [wanted[anchor] for anchor in run if anchor in wanted]
        if names:
            place, edit = _section(ctx, run)
            title = f"insert {short_name(names[0])}" if len(names) == 1 else f"insert these {len(names)} sections"
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
