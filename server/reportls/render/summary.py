"""Writes the start of the page: title, verdict, and each question with its state and its words against the limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.features.checklist import progress
from reportls.features.verdicts import in_words
from reportls.render.chart import bar, in_brief, scale_of
from reportls.render.html import Safe, joined, tag
from reportls.render.parts import title_of
from reportls.report.form import FORM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportls.features.verdicts import VerdictRow
    from reportls.render.parts import Entry
    from reportls.snapshot import Snapshot


class State(NamedTuple):
    """State of a question as pages show it, never by colour alone."""

    name: str
    """The class in the style sheet."""
    sign: str
    words: str

    @property
    def html(self) -> Safe:
        """HTML with sign and words."""
        return tag("span", tag("span", self.sign, aria_hidden="true"), f" {self.words}", class_=f"state {self.name}")


NO_VERDICT = State("unknown", "\u2013", "no verdict")
NOT_COUNTED = State("unknown", "\u2013", "not counted by the checker")
_PASSED = State("passed", "\u2713", "passed")
_NOT_MET = State("failed", "\u2717", "failed")
_OPEN = State("open", "\u25cb", "not answered")


def state_of(row: VerdictRow) -> State:
    """Return the state of an answer; it names the other question if the answer has the limits of one."""
    state = _state(row)
    if row.passed is None or row.heading in (None, row.number):
        return state
    return state._replace(words=f"{state.words}, judged as question {row.number}")


def _state(row: VerdictRow) -> State:
    if not row.is_answered:
        return _OPEN
    if row.passed is None:
        return NO_VERDICT
    return _PASSED if row.passed else _NOT_MET


def head_of(snapshot: Snapshot, name: str, rows: Sequence[VerdictRow]) -> Safe:
    """Return title, verdict and numbers of the whole report; `name` replaces a missing title."""
    facts = [in_words(snapshot.verdict), f"{sum(row.is_answered for row in rows)} of {len(rows)} answered"]
    introduction = snapshot.report.introduction
    if introduction.tasks:
        facts.append(progress(introduction, introduction.tasks))
    title = tag("h1", title_of(introduction) or name)
    return tag("header", title, tag("ul", joined(tag("li", fact) for fact in facts), class_="facts"))


def contents(entries: Sequence[Entry]) -> Safe:
    """Return the table of contents, with the bar and state of each answer."""
    scale = scale_of(entry.row for entry in entries if entry.row)
    lines = joined(_line(entry, scale) for entry in entries)
    heading = tag("h2", "At a glance", id="contents")
    legend = tag("p", "Bars show the words of each answer; the band behind them is the limit.", class_="legend")
    return tag("nav", heading, legend, tag("ol", lines), aria_labelledby="contents", class_="contents")


def _line(entry: Entry, scale: float) -> Safe:
    number = tag("span", tag("span", f"{FORM.word} ", class_="spoken"), str(entry.number), class_="number")
    link = tag("a", number, " ", tag("span", entry.words), href=f"#{entry.id}")
    state = (state_of(entry.row) if entry.row else NOT_COUNTED).html
    if not entry.row:
        return tag("li", link, state)
    # Screen readers get the numbers from the row; the bar's title would repeat them.
    numbers = tag("span", in_brief(entry.row), class_="numbers", aria_hidden="true")
    return tag("li", link, tag("span", bar(entry.row, scale), numbers, class_="count"), state)
