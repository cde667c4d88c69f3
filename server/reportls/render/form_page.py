"""Writes a report that fills in a template as a page to read: how each slot is answered, then the whole text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.features.forms import form_in_words, tally
from reportls.forms.rows import SlotState
from reportls.render.ci_safe import inert
from reportls.render.document import CLOSING, opening
from reportls.render.html import Safe, joined, tag
from reportls.render.markdown import Markdown
from reportls.render.page import page_of
from reportls.render.parts import title_of, without_front_matter
from reportls.render.pictures import Pictures
from reportls.render.sanitize import cleaned
from reportls.render.summary import State
from reportls.snapshot import Snapshot

if TYPE_CHECKING:
    from reportls.form_snapshot import AnySnapshot, FormSnapshot
    from reportls.forms.rows import SlotRow
    from reportls.render.pictures import ReadFile

_STATES = {
    SlotState.MISSING: ("failed", "\u2717"),
    SlotState.UNANSWERED: ("open", "\u25cb"),
    SlotState.ANSWERED: ("passed", "\u2713"),
    SlotState.WITHIN_LIMITS: ("passed", "\u2713"),
    SlotState.OUTSIDE_LIMITS: ("failed", "\u2717"),
}


def any_page_of(snapshot: AnySnapshot, name: str, read: ReadFile) -> str:
    """Return the page of any report; see `form_page_of` and `page.page_of`."""
    if isinstance(snapshot, Snapshot):
        return page_of(snapshot, name, read)
    return form_page_of(snapshot, name, read)


def form_page_of(snapshot: FormSnapshot, name: str, read: ReadFile) -> str:
    """Return the whole page; `name` is the report's file, and `read` returns the content of a file beside it."""
    report = snapshot.report
    title = title_of(report.introduction) or name
    counted = tally(snapshot)
    facts = [form_in_words(snapshot), f"{counted.answered} of {counted.total} answered", f"by {snapshot.form_said}"]
    head = tag("header", tag("h1", title), tag("ul", joined(tag("li", fact) for fact in facts), class_="facts"))
    markdown = Markdown([block.text for block in report.blocks if block.definitions])
    pictures = Pictures(snapshot.environment.files, read)
    text = markdown.html_of(without_front_matter(report.text))
    main = tag("main", tag("div", cleaned(text, pictures.shown, "h2"), class_="answer"), id="main")
    foot = tag("footer", f"Made by reportls from {name}.")
    skip = tag("a", "Skip to the text", href="#main", class_="skip")
    return inert(f"{opening(title)}{joined((skip, head, _glance(snapshot), main, foot))}{CLOSING}")


def _glance(snapshot: FormSnapshot) -> Safe:
    heading = tag("h2", "At a glance", id="contents")
    lines = joined(_line(row) for row in snapshot.rows)
    return tag("nav", heading, tag("ol", lines), aria_labelledby="contents", class_="contents")


def _line(row: SlotRow) -> Safe:
    style, sign = _STATES[row.state]
    numbers = ", ".join(each.in_words() for each in row.measured)
    optional = " (optional)" if row.is_optional else ""
    state = State(style, sign, f"{row.state.value}{optional}").html
    return tag("li", tag("span", row.name), tag("span", numbers, class_="count"), state)
