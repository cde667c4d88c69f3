"""Writes the start of the page: title, verdict, and each question with its state and a bar of its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.features.checklist import progress
from reportls.features.verdicts import in_words
from reportls.render.html import Safe, tag
from reportls.render.parts import title_of
from reportls.report.form import FORM
from reportls.report.kinds import KINDS, NOTHING, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportls.features.verdicts import VerdictRow
    from reportls.render.parts import Entry
    from reportls.report.kinds import Limit
    from reportls.snapshot import Snapshot

WIDTH = 160
"""Width of a bar, in CSS pixels."""
_HEIGHT = 12
_ROOM = 1.25
"""End of the scale, as a multiple of the highest limit: an answer that is far too long must not dwarf the others."""
_FALLBACK = 100


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
    return header(title_of(introduction) or name, facts)


def header(title: str, facts: Iterable[str]) -> Safe:
    """Return the title of a page and the facts below it."""
    return tag("header", tag("h1", title), tag("ul", *(tag("li", fact) for fact in facts), class_="facts"))


def contents(entries: Sequence[Entry]) -> Safe:
    """Return the table of contents, with the bar and state of each answer."""
    scale = scale_of(entry.row for entry in entries if entry.row)
    legend = tag("p", "Bars show the words of each answer; the band behind them is the limit.", class_="legend")
    return glance((_line(entry, scale) for entry in entries), legend)


def glance(lines: Iterable[Safe], *before: Safe) -> Safe:
    """Return a table of contents with these items."""
    heading = tag("h2", "At a glance", id="contents")
    return tag("nav", heading, *before, tag("ol", *lines), aria_labelledby="contents", class_="contents")


def _line(entry: Entry, scale: float) -> Safe:
    number = tag("span", tag("span", f"{FORM.word} ", class_="spoken"), str(entry.number), class_="number")
    link = tag("a", number, " ", tag("span", entry.words), href=f"#{entry.id}")
    state = (state_of(entry.row) if entry.row else NOT_COUNTED).html
    if not entry.row:
        return tag("li", link, state)
    # Screen readers get the numbers from the row; the bar's title would repeat them.
    numbers = tag("span", in_brief(entry.row), class_="numbers", aria_hidden="true")
    return tag("li", link, tag("span", bar(entry.row, scale), numbers, class_="count"), state)


def scale_of(rows: Iterable[VerdictRow]) -> float:
    """Return the number of words that the whole width of a bar stands for, shared by all answers of a report."""
    limits = [row.constraints[WORDS] for row in rows]
    # If the only limit is "no words", its scale would have no length.
    return max((limit.high or 2 * limit.low for limit in limits if limit), default=_FALLBACK) * _ROOM or _FALLBACK


def bar(row: VerdictRow, scale: float) -> Safe:
    """Draw the bar of one answer: a band for the limits, a line for the words, and a title with the numbers."""
    limit = row.constraints[WORDS]
    words = (row.counted or NOTHING)[WORDS]
    parts = [tag("title", in_numbers(row) or "not counted"), _rect("track", 0, WIDTH, 5, 2)]
    if limit:
        end = scale if limit.high is None else limit.high
        parts.append(_rect("band", _at(limit.low, scale), _at(end, scale), 1, 10))
    if words:
        parts.append(_rect("line", 0, max(_at(words, scale), 2), 4, 4))
    if words > scale:
        parts.append(tag("path", class_="beyond", d=f"M{WIDTH - 7} 0L{WIDTH} 6L{WIDTH - 7} 12Z"))
    return tag("svg", *parts, role="img", class_="bar", viewBox=f"0 0 {WIDTH} {_HEIGHT}")


def in_numbers(row: VerdictRow) -> str:
    """Return counts and limits as `47 words, 20-60 wanted`; empty if the check crashes."""
    return "; ".join(f"{found}, {limit} wanted" if limit else found for found, limit in _counts(row))


def in_brief(row: VerdictRow) -> str:
    """Return counts and limits as `47 words (20-60)`, with no line break within a count."""
    counts = (f"{found} ({limit})" if limit else found for found, limit in _counts(row))
    # A word joiner keeps browsers from breaking the line after the hyphen.
    return ", ".join(count.replace(" ", "\u00a0").replace("-", "-\u2060") for count in counts)


def _counts(row: VerdictRow) -> Iterator[tuple[str, Limit | None]]:
    """Yield words always, other kinds where they are limited or found; nothing if the check crashes."""
    if row.counted is None:
        return
    for kind, found, limit in zip(KINDS, row.counted, row.constraints, strict=True):
        if kind is WORDS or limit or found:
            yield kind.amount(found), limit


def _at(words: float, scale: float) -> float:
    return min(words / scale, 1) * WIDTH


def _rect(kind: str, start: float, end: float, top: int, height: int) -> Safe:
    # A band from a number to itself must still be seen.
    width = max(end - start, 1.5)
    return tag("rect", class_=kind, x=f"{start:.1f}", y=str(top), width=f"{width:.1f}", height=str(height))
