"""Writes a report, with a checker or with a template, as a page to read that loads, runs and sends nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.features.checklist import progress
from reportls.features.verdicts import form_in_words, rows_of, tally
from reportls.forms.anchors import sections_in
from reportls.forms.rows import SlotState
from reportls.render.ci_safe import inert
from reportls.render.html import CLOSING, Safe, escaped, joined, opening, tag
from reportls.render.markdown import Markdown
from reportls.render.parts import (
    Entry,
    answer_of,
    entries_of,
    ids_of,
    prompt_of,
    prose_of,
    section_after,
    title_of,
    without_front_matter,
)
from reportls.render.pictures import Pictures
from reportls.render.sanitize import cleaned, leaves_open
from reportls.render.summary import NOT_COUNTED, State, contents, glance, head_of, header, in_numbers, state_of
from reportls.report.form import FORM
from reportls.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportls.form_snapshot import AnySnapshot, FormSnapshot
    from reportls.forms.rows import SlotRow
    from reportls.render.pictures import ReadFile
    from reportls.render.sanitize import ShowImage
    from reportls.report.question import Question

_LONGEST_OPEN = 1200
"""Most characters of an introduction that is shown unfolded."""
_STATES = {
    SlotState.MISSING: ("failed", "\u2717"),
    SlotState.UNANSWERED: ("open", "\u25cb"),
    SlotState.ANSWERED: ("passed", "\u2713"),
    SlotState.WITHIN_LIMITS: ("passed", "\u2713"),
    SlotState.OUTSIDE_LIMITS: ("failed", "\u2717"),
}


def page_of(snapshot: AnySnapshot, name: str, read: ReadFile, pause: Callable[[], object] = lambda: None) -> str:
    """Return the whole page.

    Args:
        snapshot: the report.
        name: the report's file.
        read: returns the content of a file beside it.
        pause: called before each question or section; may raise to give up.
    """
    if isinstance(snapshot, Snapshot):
        parts = _by_questions(snapshot, name, read, pause)
    else:
        parts = _by_slots(snapshot, name, read, pause)
    title = title_of(snapshot.report.introduction) or name
    return inert(f"{opening(title)}{joined(parts)}{CLOSING}")


def _by_questions(snapshot: Snapshot, name: str, read: ReadFile, pause: Callable[[], object]) -> Iterator[Safe]:
    rows = rows_of(snapshot.report, snapshot.edition, snapshot.verdict)
    entries = entries_of(snapshot.report, rows)
    yield tag("a", "Skip to the answers", href="#main", class_="skip")
    yield head_of(snapshot, name, rows)
    yield contents(entries)
    yield tag("main", *_Body(snapshot, read).parts(entries, pause), id="main")
    course = " The course's script makes a page of its own." if snapshot.edition.id else ""
    yield tag("footer", f"Made by reportls from {name}.{course}")


def _by_slots(snapshot: FormSnapshot, name: str, read: ReadFile, pause: Callable[[], object]) -> Iterator[Safe]:
    """Yield how each slot of a template is answered, then the whole text."""
    report, counted = snapshot.report, tally(snapshot)
    said, answered = form_in_words(snapshot), f"{counted.answered} of {counted.total} answered"
    facts = [said, *([] if answered in said else [answered]), f"by {snapshot.form_said}"]
    yield tag("a", "Skip to the text", href="#main", class_="skip")
    yield header(title_of(report.introduction) or name, facts)
    yield glance(map(_slot_line, snapshot.rows))
    markdown = Markdown([block.text for block in report.blocks if block.definitions])
    shown = Pictures(snapshot.environment.files, read).shown
    text = _section_by_section(without_front_matter(report.text), markdown, shown, pause)
    yield tag("main", tag("div", *text, class_="answer"), id="main")
    yield tag("footer", f"Made by reportls from {name}.")


def _section_by_section(text: str, markdown: Markdown, shown: ShowImage, pause: Callable[[], object]) -> Iterator[Safe]:
    """Yield the HTML of each section; of the whole text at once if an element goes on from one to the next."""
    pieces: list[str] = []
    headings = _Headings()
    for section in sections_in(text):
        pause()
        pieces.append(markdown.html_of(section))
    if any(map(leaves_open, pieces)):
        pieces = [markdown.html_of(text)]
    for piece in pieces:
        pause()
        yield cleaned(piece, shown, headings.below)


class _Headings:
    """The headings of a report below the title of its page: no level is left out, as readers by ear expect."""

    def __init__(self) -> None:
        self._open: list[str] = []

    def below(self, name: str) -> str:
        """Return the element for the next heading of the report, which is `name` there."""
        while self._open and self._open[-1] >= name:
            self._open.pop()
        self._open.append(name)
        return f"h{min(len(self._open) + 1, 4)}"


def _standing(entry: Entry) -> Safe:
    if not entry.row:
        return NOT_COUNTED.html
    return tag("span", tag("span", in_numbers(entry.row), class_="numbers"), " ", state_of(entry.row).html)


class _Body:
    """Writes introduction, sections and questions."""

    def __init__(self, snapshot: Snapshot, read: ReadFile) -> None:
        self._report = snapshot.report
        self._pictures = Pictures(snapshot.environment.files, read)
        defining = [block.text for block in self._report.blocks if block.definitions]
        self._markdown = Markdown(defining)

    def parts(self, entries: list[Entry], pause: Callable[[], object]) -> Iterator[Safe]:
        yield self._introduction()
        by_id: dict[str, list[Entry]] = {}
        for entry in entries:
            by_id.setdefault(entry.id, []).append(entry)
        yield self._section(0) or tag("h2", "Questions")
        for index, name in enumerate(ids_of(self._report)[1:], start=1):
            pause()
            yield self._question(self._report.questions[index - 1], by_id[name])
            yield self._section(index)

    def _introduction(self) -> Safe:
        introduction = self._report.introduction
        prose = prose_of(introduction)
        tasks = f": {progress(introduction, introduction.tasks)}" if introduction.tasks else ""
        heading = tag("summary", tag("h2", f"Introduction{tasks}"))
        is_open = "" if len(prose) <= _LONGEST_OPEN else None
        content = tag("div", self._html(prose, "h3"), class_="prose")
        return (
            tag("details", heading, content, id="introduction", open=is_open)
            if prose.strip()
            else tag("div", id="introduction")
        )

    def _section(self, index: int) -> Safe:
        section = section_after(self._report.blocks[index])
        if not section:
            return Safe()
        rest = tag("div", self._html(section.rest, "h3"), class_="prompt") if section.rest.strip() else ""
        return joined((tag("h2", section.title or "Questions"), rest))

    def _question(self, question: Question, entries: list[Entry]) -> Safe:
        name = entries[0].id
        heading = tag("h3", FORM.name_of(question.number), id=f"{name}-heading")
        return tag(
            "section",
            tag("div", heading, joined(_standing(entry) for entry in entries), class_="top"),
            tag("div", self._html(prompt_of(question), "h4"), class_="prompt", role="note", aria_label="What is asked"),
            tag("div", self._answer(question), class_="answer"),
            id=name,
            aria_labelledby=f"{name}-heading",
            class_="question",
        )

    def _answer(self, question: Question) -> Safe:
        if not question.is_answered:
            return tag("p", "There is no answer yet.", class_="none")
        return self._html(answer_of(question), "h4")

    def _html(self, text: str, heading: str) -> Safe:
        if not text.strip():
            return escaped("")
        return cleaned(self._markdown.html_of(text), self._pictures.shown, lambda _: heading)


def _slot_line(row: SlotRow) -> Safe:
    style, sign = _STATES[row.state]
    numbers = ", ".join(each.in_words() for each in row.measured)
    optional = " (optional)" if row.is_optional else ""
    state = State(style, sign, f"{row.state.value}{optional}").html
    return tag("li", tag("span", row.name), tag("span", numbers, class_="amounts"), state, class_="slot")
