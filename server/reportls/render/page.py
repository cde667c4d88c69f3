"""Writes a report as a page to read, in one file that loads, runs and sends nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.features.checklist import progress
from reportls.features.verdicts import rows_of
from reportls.render.chart import in_numbers
from reportls.render.ci_safe import inert
from reportls.render.document import CLOSING, opening
from reportls.render.html import Safe, escaped, joined, tag
from reportls.render.markdown import Markdown
from reportls.render.parts import Entry, answer_of, entries_of, ids_of, prompt_of, prose_of, section_after, title_of
from reportls.render.pictures import Pictures
from reportls.render.sanitize import cleaned
from reportls.render.summary import NOT_COUNTED, contents, head_of, state_of
from reportls.report.form import FORM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.render.pictures import ReadFile
    from reportls.report.question import Question
    from reportls.snapshot import Snapshot

_LONGEST_OPEN = 1200
"""Most characters of an introduction that is shown unfolded."""


def page_of(snapshot: Snapshot, name: str, read: ReadFile) -> str:
    """Return the whole page; `name` is the report's file, and `read` returns the content of a file beside it."""
    rows = rows_of(snapshot.report, snapshot.edition, snapshot.verdict)
    entries = entries_of(snapshot.report, rows)
    main = tag("main", joined(_Body(snapshot, read).parts(entries)), id="main")
    course = " The course's script makes a page of its own." if snapshot.edition.id else ""
    foot = tag("footer", f"Made by reportls from {name}.{course}")
    title = title_of(snapshot.report.introduction) or name
    skip = tag("a", "Skip to the answers", href="#main", class_="skip")
    body = joined((skip, head_of(snapshot, name, rows), contents(entries), main, foot))
    return inert(f"{opening(title)}{body}{CLOSING}")


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

    def parts(self, entries: list[Entry]) -> Iterator[Safe]:
        yield self._introduction()
        by_id: dict[str, list[Entry]] = {}
        for entry in entries:
            by_id.setdefault(entry.id, []).append(entry)
        yield self._section(0) or tag("h2", "Questions")
        for index, name in enumerate(ids_of(self._report)[1:], start=1):
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
        return cleaned(self._markdown.html_of(text), self._pictures.shown, heading) if text.strip() else escaped("")
