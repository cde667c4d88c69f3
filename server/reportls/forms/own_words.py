"""The form of a report without template and checker: its own questions, as their headings and prompts ask them.

Its template is the report without its answers. Where each slot is follows from the questions, so nothing has to be
aligned: a slot is its question, up to the heading of the next section.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.forms import form_words
from reportls.forms.alignment import Alignment, Double, Found
from reportls.forms.anchors import QUESTION_LEVEL, Anchor, Outline, outline_of
from reportls.forms.answers import Place
from reportls.forms.filled import UNREAD, FilledForm, FilledSlot, answered
from reportls.forms.template import read_outline
from reportls.report.form import FORM
from reportls.text import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportls.forms.blank import Blank
    from reportls.forms.template import Template
    from reportls.report.question import Question
    from reportls.report.report import Report


def blank_text(report: Report) -> str:
    """Return the report's questions without their answers; the first of each number counts."""
    return "".join(map(_unanswered, _asked(report).values()))


def own_template(report: Report) -> Template:
    """Return what the report's own headings and prompts ask, as `read_template` does for a blank file."""
    anchors: list[Anchor] = []
    start = 0
    for question in _asked(report).values():
        anchors += _anchors_of(question, start)
        start += len(_unanswered(question))
    text = blank_text(report)
    source, markup, _ = outline_of(text)
    return read_outline(Outline(source, markup, tuple(anchors)), text)


def fill_own(blank: Blank, report: Report, before: FilledForm | None = None) -> FilledForm:
    """Read the report as its own template filled in; answers that are as they were in `before` are shared with it."""
    known = {slot.text: slot for slot in before.slots} if before and before.blank is blank else {}
    numbers = {number: index for index, number in enumerate(_asked(report))}
    slots: dict[int, tuple[int, FilledSlot]] = {}
    doubles: list[Double] = []
    for question, start in zip(report.questions, report.starts[1:], strict=False):
        index = numbers[question.number]
        heading = question.layout.heading
        if index in slots:
            doubles.append(Double(index, heading.shifted(start)))
            continue
        old = known.get(_text_of(question))
        slots[index] = start, old if old and old.blank.number == index else _slot(blank, index, question)
    starts = tuple(start for start, _ in slots.values())
    found = tuple(
        Found(index, slot.anchor.shifted(start), len(FORM.marks), None) for index, (start, slot) in slots.items()
    )
    return FilledForm(
        blank,
        tuple(slot for _, slot in slots.values()),
        starts,
        missing=(),
        alignment=Alignment(found, (), tuple(doubles), (), follows=True),
        anchor_starts=starts,
        loose=(),
        doubles=tuple(double.span for double in doubles),
    )


def _asked(report: Report) -> Mapping[int, Question]:
    """Return the first question of each number, in the order of the text."""
    asked: dict[int, Question] = {}
    for question in report.questions:
        asked.setdefault(question.number, question)
    return asked


def _unanswered(question: Question) -> str:
    """Return the text of a question up to its answer, with the placeholder for that."""
    above = question.text[: question.layout.answer.start].rstrip()
    return f"{above}\n\n{FORM.placeholder_of(question.number)}\n\n"


def _anchors_of(question: Question, start: int) -> list[Anchor]:
    """Return the anchor of a question, and its marker, in a text in which it begins at `start`."""
    heading, marker = question.layout.heading, question.layout.marker
    optional = form_words.OPTIONAL.search(question[heading])
    name = FORM.name_of(question.number)
    words = f"{name} {optional[0]}" if optional else name
    anchors = [Anchor("heading", len(FORM.marks), heading.shifted(start), words)]
    if marker:
        line = question.source.line_span(question.source.line_at(marker.start))
        span = Span(line.start, question.layout.answer.start).shifted(start)
        anchors.append(Anchor("marker", QUESTION_LEVEL, span, question[marker]))
    return anchors


def _slot(blank: Blank, index: int, question: Question) -> FilledSlot:
    layout = question.layout
    place = Place(layout.answer.start, layout.answer.end)
    # Only what stands below the marker is read, and that may well sound like the prompt above it.
    own = blank.slots[index]._replace(lines=frozenset(), paragraphs=frozenset(), openings={}, marker="")
    return answered(FilledSlot(own, _text_of(question), layout.heading, place, UNREAD, is_displaced=False))


def _text_of(question: Question) -> str:
    """Return the text of a question without the heading of the section that the next one opens."""
    return question.text[: question.layout.answer.end]
