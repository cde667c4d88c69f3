"""Hover texts: findings at an offset, and the question, image, placeholder, marker or task there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.limits import amount
from reportls.features.checklist import is_done, progress, task_at
from reportls.features.hover.content import (
    Card,
    Divider,
    Items,
    Paragraph,
    RuleLine,
    code,
    in_markdown,
    in_plain,
    plain,
    strong,
    told,
)
from reportls.features.hover.image import image_card
from reportls.features.hover.question import question_parts, slot_parts
from reportls.features.verdicts import wanted
from reportls.form_snapshot import FormSnapshot
from reportls.report.form import FORM
from reportls.rules import BY_NAME
from reportls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportls.features.hover.content import AddressOf, Line, Part
    from reportls.findings.context import QuestionContext
    from reportls.form_snapshot import AnySnapshot
    from reportls.report.block import Block
    from reportls.report.introduction import Introduction, Task
    from reportls.report.question import Question
    from reportls.snapshot import Snapshot

_EMPTY_BOX = " "


class Hover(NamedTuple):
    """A hover text and the span it describes."""

    span: Span
    """Offsets count from the start of the report."""
    parts: tuple[Part, ...]
    figure: str | None = None
    """A figure that exists and is safe to show above the text: its path relative to the report's folder."""

    @property
    def markdown(self) -> str:
        """The text as Markdown, in which nothing from the report is active."""
        return in_markdown(self.parts)

    def with_links(self, address_of: AddressOf) -> str:
        """Return the text as Markdown with links to the pages of rules."""
        return in_markdown(self.parts, address_of)

    @property
    def plain(self) -> str:
        """The text for clients that do not show Markdown."""
        return in_plain(self.parts)


def hover(snapshot: AnySnapshot, offset: int) -> Hover | None:
    """Return the hover text at `offset`: the item there, then the rules of its findings; None if there is neither."""
    if not 0 <= offset <= snapshot.report.starts[-1]:
        return None
    items = _slot_at(snapshot, offset) if isinstance(snapshot, FormSnapshot) else item_at(snapshot, offset)
    cards = [*items, *finding_cards(snapshot, offset)]
    if not cards:
        return None
    smallest = min((card.span for card in cards), key=lambda span: (span.end - span.start, span))
    return Hover(smallest, _joined(cards), next((card.figure for card in cards if card.figure), None))


def _slot_at(snapshot: FormSnapshot, offset: int) -> Iterator[Card]:
    """Yield the card of the slot whose anchor is at the offset."""
    index = slot_at(snapshot, offset)
    if index is not None:
        yield Card(_anchor(snapshot, index), slot_parts(snapshot, index))


def slot_at(snapshot: FormSnapshot, offset: int) -> int | None:
    """Return the index of the slot whose anchor is at the offset; None if there is none."""
    index = snapshot.form.slot_at(offset)
    return index if index is not None and _anchor(snapshot, index).touches(Span(offset, offset)) else None


def _anchor(snapshot: FormSnapshot, index: int) -> Span:
    return snapshot.form.slots[index].anchor.shifted(snapshot.form.starts[index])


def _joined(cards: list[Card]) -> tuple[Part, ...]:
    rules = [part for card in cards for part in card.parts if isinstance(part, RuleLine)]
    parts = [part for card in cards for part in card.parts if not isinstance(part, RuleLine)]
    return (*parts, *([Divider()] if parts and rules else []), *rules)


def item_at(snapshot: Snapshot, offset: int) -> Iterator[Card]:
    """Yield the card of the smallest item at the offset, if there is one."""
    report = snapshot.report
    block = report.block_at(offset)
    start = report.starts[block]
    found = _in_question(snapshot, block, offset - start) if block else _in_introduction(snapshot, offset)
    if found:
        yield found._replace(span=found.span.shifted(start))


def _in_introduction(snapshot: Snapshot, offset: int) -> Card | None:
    introduction = snapshot.report.introduction
    if marker := _at(_markers(introduction), offset):
        return Card(marker, marker_parts(None, marker))
    task = task_at(snapshot, offset)
    if not task:
        return None
    source = introduction.source
    start = source.line_starts[source.line_at(task.mark.start)]
    return Card(Span(start, task.words.end), task_parts(introduction, task))


def _in_question(snapshot: Snapshot, block: int, offset: int) -> Card | None:
    """Return the card at an offset from the start of the block."""
    ctx = snapshot.questions[block - 1]
    question = ctx.question
    images = {image.span: image for image in question.images}
    if span := _at(images, offset):
        return Card(span, *image_card(snapshot, block, images[span]))
    if placeholder := _at((*question.placeholders, *question.placeholder_dashes), offset):
        return Card(placeholder, placeholder_parts(ctx, placeholder))
    if marker := _at(_markers(question), offset):
        return Card(marker, marker_parts(ctx, marker))
    place = _at(_about_question(question, offset), offset)
    return Card(place, question_parts(snapshot, block)) if place else None


def _markers(block: Block) -> Iterator[Span]:
    for segment in block.segments[1:]:
        yield Span(segment.start - len(FORM.marker), segment.start)


def _about_question(question: Question, offset: int) -> Iterator[Span]:
    """Yield the spans that stand for the whole question: a limit in its prompt, its heading, a line of its prompt."""
    layout, stated = question.layout, question.stated
    for limit in filter(None, stated):
        if limit.span.start <= offset <= limit.span.end:
            yield limit.span
            return
    yield layout.heading
    line = question.source.line_span(question.source.line_at(offset))
    if layout.prompt and layout.prompt.covers(line):
        yield line


def _at(spans: Iterable[Span], offset: int) -> Span | None:
    """Return the span around the offset, ends included; the later one if two meet there."""
    found = [span for span in spans if span.start <= offset <= span.end]
    return max(found, default=None)


def placeholder_parts(ctx: QuestionContext, placeholder: Span) -> tuple[Part, ...]:
    """Describe a placeholder, or what is left of it."""
    question = ctx.question
    if placeholder in question.placeholder_dashes:
        said = "Left over from the placeholder: the hand-in page shows them, the checker counts them. Remove them."
        return _paragraphs(f"Dashes of question {question.number}", said)
    title = f"Placeholder of question {question.number}"
    if question.is_answered:
        words = amount(len(question[placeholder].split()), "word")
        return _paragraphs(title, f"It is next to the answer, and the checker counts its {words}: remove it.")
    return _paragraphs(title, f"Replace it, including the dashes, with the answer{_wanted(ctx)}.")


def _wanted(ctx: QuestionContext) -> str:
    limits = wanted(ctx.constraints)
    return f": {limits} wanted" if limits else ""


def marker_parts(ctx: QuestionContext | None, marker: Span) -> tuple[Part, ...]:
    """Describe a marker; `ctx` is None before the first question."""
    if ctx and marker == ctx.question.layout.marker:
        return _paragraphs(f"Marker of question {ctx.question.number}", *_own_marker(ctx))
    said = (
        f"The checker starts an answer at every `{FORM.marker}`, also here, and counts them in order. "
        "Unless a question is answered here, use other words."
    )
    return _paragraphs("A marker" if ctx is None else f"Another marker in question {ctx.question.number}", said)


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
    return not is_done(introduction, task) and introduction[task.mark] != _EMPTY_BOX


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


def _paragraphs(title: str, *paragraphs: str) -> tuple[Part, ...]:
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
