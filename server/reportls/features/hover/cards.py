"""Hover content for findings, placeholders, markers and tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.limits import amount
from reportls.features.checklist import is_done, progress
from reportls.features.hover.content import Card, Items, Paragraph, RuleLine, code, plain, strong, told
from reportls.features.verdicts import wanted
from reportls.report.form import FORM
from reportls.rules import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.features.hover.content import Line, Part
    from reportls.findings.context import QuestionContext
    from reportls.form_snapshot import AnySnapshot
    from reportls.report.introduction import Introduction, Task
    from reportls.text import Span

_OPEN = " "


def placeholder_parts(ctx: QuestionContext, placeholder: Span) -> tuple[Part, ...]:
    """Describe a placeholder, or what is left of it."""
    question = ctx.question
    if placeholder in question.placeholder_dashes:
        said = "Left over from the placeholder: the hand-in page shows them, the checker counts them. Remove them."
        return _card(f"Dashes of question {question.number}", said)
    title = f"Placeholder of question {question.number}"
    if question.is_answered:
        words = amount(len(question[placeholder].split()), "word")
        return _card(title, f"It is next to the answer, and the checker counts its {words}: remove it.")
    return _card(title, f"Replace it, including the dashes, with the answer{_wanted(ctx)}.")


def _wanted(ctx: QuestionContext) -> str:
    limits = wanted(ctx.constraints)
    return f": {limits} wanted" if limits else ""


def marker_parts(ctx: QuestionContext | None, marker: Span) -> tuple[Part, ...]:
    """Describe a marker; `ctx` is None before the first question."""
    if ctx and marker == ctx.question.layout.marker:
        return _card(f"Marker of question {ctx.question.number}", *_own_marker(ctx))
    said = (
        f"The checker starts an answer at every `{FORM.marker}`, also here, and counts them in order. "
        "Unless a question is answered here, use other words."
    )
    return _card("A marker" if ctx is None else f"Another marker in question {ctx.question.number}", said)


def _own_marker(ctx: QuestionContext) -> Iterator[str]:
    yield (
        "The checker starts an answer here and tells answers apart by the order of their markers. "
        "It belongs to the course: leave it as it is and write below it, after a blank line."
    )
    if ctx.is_shifted:
        yield f"The checker takes what follows for the answer to question {ctx.position}."
    elif ctx.surroundings.completed and not ctx.judged:
        yield "The checker drops the answer that follows."


def task_parts(introduction: Introduction, task: Task) -> tuple[Part, ...]:
    """Describe a task of the checklist."""
    odd = sum(_is_odd(introduction, other) for other in introduction.tasks)
    items: list[Line] = [(plain(progress(introduction, introduction.tasks)),)]
    if odd:
        items.append((plain(f"{amount(odd, 'task')} with a mark other than `[ ]` or `[x]`"),))
    return (Paragraph((strong("Task"), plain(" · "), *_state(introduction, task))), Items(tuple(items)))


def _is_odd(introduction: Introduction, task: Task) -> bool:
    return not is_done(introduction, task) and introduction[task.mark] != _OPEN


def _state(introduction: Introduction, task: Task) -> Line:
    if is_done(introduction, task):
        return (plain("done"),)
    if not _is_odd(introduction, task):
        return plain("not done: write "), code("[x]"), plain(" when it is done")
    mark = introduction[task.mark]
    return (
        *(plain("marked "), code(f"[{mark}]"), plain(", which is not a box: write "), code("[x]")),
        *(plain(" if it is done, "), code("[ ]"), plain(" if not")),
    )


def _card(title: str, *paragraphs: str) -> tuple[Part, ...]:
    return (Paragraph((strong(title),)), *(Paragraph(told(paragraph)) for paragraph in paragraphs))


_MOST_RULES = 5


def finding_cards(snapshot: AnySnapshot, offset: int) -> Iterator[Card]:
    """Yield a card for each rule that has a finding at the offset, the most severe first.

    The finding's own message is left out: every editor shows it at the same place.
    """
    found = [finding for finding in snapshot.findings if finding.span.start <= offset <= finding.span.end]
    found.sort(key=lambda finding: (finding.severity, finding.span))
    by_rule = {finding.rule: finding for finding in reversed(found)}
    first = [finding for finding in found if by_rule[finding.rule] is finding]
    for finding in first[:_MOST_RULES]:
        yield Card(finding.span, (RuleLine(told(BY_NAME[finding.rule].title), finding.rule),))
