"""The table of all groups, one row at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from reportls.analysis.limits import amount
from reportls.features.course.records import GroupOutcome
from reportls.features.course.wording import crash_in_words, numbers
from reportls.features.history import when
from reportls.render.html import Safe, escaped, joined, tag
from reportls.render.summary import State
from reportls.report.form import FORM

if TYPE_CHECKING:
    from reportls.features.course.records import GroupRow, Judgement, Past

_COLUMNS = (
    ("Group", "text"),
    ("Edition", "text"),
    ("Verdict", "number"),
    ("Fails", "number"),
    ("Unanswered", "number"),
    ("Images missing", "number"),
    ("Words", "number"),
    ("Tasks", "number"),
    ("Study numbers", "text"),
)
_PAST_WIDTH = 120
_PAST_HEIGHT = 18
_NOT_JUDGED = State("open", "\u25cb", "not judged")

_HEADINGS = joined(tag("th", words, scope="col", data_kind=kind) for words, kind in _COLUMNS)
_ABOUT = (
    "Verdict: how many questions pass. Fails, Unanswered, Images missing: numbers of questions. "
    "Tasks: ticked in the checklist."
)
BEFORE_ROWS = Safe(
    f'<div class="wide" role="region" aria-label="Table of groups" tabindex="0"><table class="sortable">'
    f"{tag('caption', _ABOUT)}{tag('thead', tag('tr', _HEADINGS))}<tbody>\n"
)
"""All of the table that comes before its rows."""


def row_of(row: GroupRow, links: str | None) -> Safe:
    """One group; `links` as for the page."""
    judgement = row.judgement
    edition = judgement.edition or "" if judgement else ""
    cells = (
        tag("th", _name(row, links), scope="row"),
        *(_cells(row, judgement) if judgement else _none(row)),
    )
    failing = " ".join(f"{edition}:{number}" for number in judgement.failing) if judgement else ""
    return tag(
        "tr",
        joined(cells),
        data_verdict=row.outcome.value,
        # Without a verdict there is no edition either, not even an empty one.
        data_edition=edition if judgement else None,
        data_failing=failing or None,
    )


def _name(row: GroupRow, links: str | None) -> Safe:
    name = row.name or "?"
    shown = tag("a", name, href=f"{links}{quote(row.page)}") if row.page and links is not None else escaped(name)
    notes = [*row.notes]
    if row.report and row.report != FORM.path and not row.path.endswith(row.report):
        notes.insert(0, row.report)
    return joined((shown, _past(row.past), *(tag("span", note, class_="note") for note in notes)))


def _past(past: Past | None) -> Safe:
    """Draw how many questions passed in each version, with gaps where there was no verdict."""
    if past is None or past.last is None:
        return Safe("")
    step = _PAST_WIDTH / len(past.passed)
    bars = [
        _bar(index * step, step, passed / max(past.total, 1)) if passed is not None else _bar(index * step, step, None)
        for index, passed in enumerate(past.passed)
    ]
    words = f"last commit {when(past.last)}, {amount(len(past.passed), 'version')}"
    view = f"0 0 {_PAST_WIDTH} {_PAST_HEIGHT}"
    drawing = tag("svg", tag("title", words), *bars, role="img", class_="past", viewBox=view)
    return joined((drawing, tag("span", words, class_="note")))


def _bar(x: float, width: float, share: float | None) -> Safe:
    height = _PAST_HEIGHT if share is None else max(share * _PAST_HEIGHT, 1)
    kind = "lost" if share is None else "good"
    y = f"{_PAST_HEIGHT - height:.1f}"
    return tag("rect", class_=kind, x=f"{x:.1f}", y=y, width=f"{max(width, 0.5):.1f}", height=f"{height:.1f}")


def _cells(row: GroupRow, judgement: Judgement) -> tuple[Safe, ...]:
    images = tuple(dict.fromkeys(image.question for image in judgement.missing if image.question))
    return (
        tag("td", judgement.edition or "", class_="edition"),
        _verdict(row, judgement),
        _numbers(len(judgement.failing), judgement.failing),
        _numbers(len(judgement.unanswered), judgement.unanswered),
        _numbers(len(judgement.missing), images),
        tag("td", str(judgement.words), class_="count", data_value=str(judgement.words)),
        _tasks(judgement),
        tag("td", joined(_codes(judgement.study_numbers))),
    )


def _tasks(judgement: Judgement) -> Safe:
    done, total = judgement.tasks
    words = tag("span", f"{done} of {total}", class_="count") if total else ""
    return tag("td", words, data_value=str(done))


def _codes(words: tuple[str, ...]) -> list[Safe]:
    return [joined((tag("span", word, class_="code"), " ")) for word in words]


def _verdict(row: GroupRow, judgement: Judgement) -> Safe:
    if judgement.crash:
        why = tag("span", crash_in_words(judgement.crash), class_="note")
        return tag("td", State("failed", "\u2717", "crashes").html, why, data_value="-1")
    passed, total = judgement.passed or 0, judgement.total
    name, sign = ("passed", "\u2713") if row.outcome is GroupOutcome.PASSES else ("failed", "\u2717")
    state = State(name, sign, f"{passed} of {total}").html
    return tag("td", state, data_value=f"{passed / total if total else 1:.4f}")


def _numbers(count: int, found: tuple[int, ...]) -> Safe:
    """Return the number of questions and their numbers in words."""
    if not count:
        return tag("td", data_value="0")
    which = tag("span", f"({numbers(found)})", class_="which") if found else ""
    return tag("td", tag("span", str(count), class_="count"), " ", which, data_value=str(count))


def _none(row: GroupRow) -> tuple[Safe, ...]:
    why = tag("span", row.problem or "", class_="note")
    return (tag("td"), tag("td", _NOT_JUDGED.html, why, data_value="-2"), *(tag("td") for _ in range(6)))
