"""The page of a report's history: a chart of all versions, a strip for each question, and what each version changed."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from reportls.analysis.limits import amount
from reportls.features.history import State, in_lines, when
from reportls.findings.finding import in_sentence_case
from reportls.render.html import CLOSING, Safe, joined, key_of, opening, rect, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportls.features.history import Event, History, Standing

_WIDTH = 960
"""Points of the chart and of a strip."""
_HEIGHT = 180
_STRIP = 14
_ORDER = (State.PASSED, State.FAILED, State.UNANSWERED)
"""The parts of a column, from the bottom."""
_CRASH = "crash"
_NONE = "none"


def history_page(path: str, history: History, indices: Sequence[int], question: int | None) -> str:
    """Return the page; `indices` are the versions to show, and `question` the only question to show, if any."""
    title = f"History of {path}"
    last = history.standings[-1]
    count = max((len(standing.states) for standing in history.standings), default=0)
    questions = [question] if question else range(1, count + 1)
    body = joined(
        (
            tag("header", tag("h1", title), tag("p", in_sentence_case(_summary(history, indices)), class_="summary")),
            _legend(history),
            _chart(history, indices, last.total),
            _strips(history, indices, questions),
            _changes(history, indices, question),
        )
    )
    foot = tag("footer", "Made by reportls. All versions are judged by the limits that held when this page was made.")
    return f'{opening(title, ("style.css", "history.css"), kind="history")}<main id="main">{body}</main>{foot}{CLOSING}'


def _summary(history: History, indices: Sequence[int]) -> str:
    said = [history.standings[-1].in_words, amount(len(indices), "version")]
    if history.better_before:
        said.append(f"better before: {history.better_before}")
    if history.is_shallow:
        said.append("older versions are not in this clone")
    return "; ".join(said)


def _legend(history: History) -> Safe:
    meanings = {state.value: history.word_for(state) for state in _ORDER}
    meanings |= ({} if history.names else {_CRASH: "the check crashes"}) | {_NONE: "no verdict"}
    return key_of(meanings)


def _chart(history: History, indices: Sequence[int], total: int) -> Safe:
    """Draw how many questions pass, fail and are unanswered in each version."""
    if not indices:
        return tag("p", "There is no version to show.")
    step, unit = _WIDTH / len(indices), _HEIGHT / max(total, 1)
    pieces: list[Safe] = []
    place = 0
    for _, run in groupby(indices, key=lambda index: _counts(history.standings[index])):
        run_of = [*run]
        pieces += _column(history.standings[run_of[0]], place * step, len(run_of) * step, unit)
        place += len(run_of)
    first, last = (when(history.versions[index].seconds) for index in (indices[0], indices[-1]))
    what = "Places that are complete" if history.names else "Questions that pass"
    words = f"{what} in each version, from {first} to {last}"
    drawing = tag("svg", *pieces, role="img", aria_label=words, viewBox=f"0 0 {_WIDTH} {_HEIGHT}")
    return tag("figure", tag("figcaption", words), drawing, class_="versions")


def _counts(standing: Standing) -> tuple[object, ...]:
    return (standing.error is None, standing.why is None, *map(standing.count, _ORDER))


def _column(standing: Standing, x: float, width: float, unit: float) -> Iterator[Safe]:
    if not standing.states:
        yield rect(_CRASH if standing.error else _NONE, x, 0, width, _HEIGHT)
        return
    top = float(_HEIGHT)
    for state in _ORDER:
        height = standing.count(state) * unit
        top -= height
        if height:
            yield rect(state.value, x, top, width, height)


def _strips(history: History, indices: Sequence[int], questions: Sequence[int]) -> Safe:
    thing = "Place to answer" if history.names else "Question"
    heading = tag("h2", "Places to answer" if history.names else "Questions", id="questions")
    rows = (_strip(history, indices, number) for number in questions)
    return tag("section", heading, _table((thing, "Versions, the newest on the right", "Now"), rows))


def _table(headings: Sequence[str], rows: Iterable[Safe]) -> Safe:
    head = tag("tr", *(tag("th", words, scope="col") for words in headings))
    return tag("div", tag("table", tag("thead", head), tag("tbody", *rows)), class_="wide")


def _strip(history: History, indices: Sequence[int], number: int) -> Safe:
    pieces: list[Safe] = []
    step, place = _WIDTH / max(len(indices), 1), 0
    for kind, run in groupby(_kind(history.standings[index], number) for index in indices):
        size = sum(1 for _ in run)
        pieces.append(rect(kind, place * step, 0, size * step, _STRIP))
        place += size
    words = _now(history, number)
    view = f"0 0 {_WIDTH} {_STRIP}"
    drawing = tag("svg", *pieces, role="img", aria_label=words, viewBox=view, preserveAspectRatio="none")
    name = history.name_of(number) if history.names else str(number)
    return tag("tr", tag("th", name, scope="row"), tag("td", drawing, class_="strip"), tag("td", words))


def _kind(standing: Standing, number: int) -> str:
    if number <= len(standing.states):
        return standing.states[number - 1].value
    return _CRASH if standing.error else _NONE


def _now(history: History, number: int) -> str:
    index = history.since(number)
    if index is None:
        return "no verdict"
    version = history.versions[index]
    word = history.word_for(history.standings[-1].states[number - 1])
    return f"{word} since {version.name}, {when(version.seconds)}"


def _changes(history: History, indices: Sequence[int], question: int | None) -> Safe:
    rows = [
        _change(history, index, events)
        for index in reversed(indices)
        if (events := [each for each in history.events(index) if question is None or each.question in (None, question)])
    ]
    heading = tag("h2", "What each version changed", id="changes")
    if not rows:
        return tag("section", heading, tag("p", "No version changed a verdict."))
    return tag("section", heading, _table(("Version", "Verdict", "Since here"), rows))


def _change(history: History, index: int, events: Sequence[Event]) -> Safe:
    version, standing = history.versions[index], history.standings[index]
    notes = (tag("span", words, class_="note") for words in (when(version.seconds), version.subject))
    name = joined((tag("code", version.name), *notes))
    items = tag("ul", joined(tag("li", words, class_=effect.value) for effect, words in in_lines(events)))
    return tag("tr", tag("th", name, scope="row"), tag("td", standing.in_words), tag("td", items))
