"""The chart of all questions: how many groups fail each, with too much above the line and with too little below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.limits import amount
from reportls.features.course.statistics import BANDS, tally_in_words
from reportls.render.html import Safe, joined, key_of, rect, tag
from reportls.report.form import FORM
from reportls.report.kinds import KINDS, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportls.features.course.statistics import Misses, QuestionTally, Tallies

_COLUMN = 24
"""Points from one question to the next."""
_BAR = 16
_BARS = 150
"""Points of the tallest bars above and below the line together, at most."""
_TALLEST = 16
"""Points of one group in a bar, at most: otherwise three groups would fill the page."""
_LEAST = 16
"""Least points on each side."""
_LABELS = 22
"""Points of the line of numbers between what is above and what is below."""
_LEFT = 64
_LEAST_COLUMNS = 27
"""Least number of columns to leave room for: the chart is as wide as its page, so few questions would be huge."""


class _Part(NamedTuple):
    """A piece of a bar."""

    kind: str
    groups: int


def _alone(side: str) -> str:
    """Return what is wrong without the number of groups: `too few images`."""
    return side.removeprefix("with ")


_BY_WORDS = [f"{low}-{high} words" if high else f"more than {low - 1} words" for low, high in BANDS]
_OTHERS = [kind for kind in KINDS if kind is not WORDS]
_PIECES = {
    **{f"many-{kind.key}": _alone(kind.too_many) for kind in reversed(_OTHERS)},
    **{f"many-{band}": f"{words} {WORDS.too_many}" for band, words in reversed([*enumerate(_BY_WORDS, start=1)])},
    **{f"few-{band}": f"{words} {WORDS.too_few}" for band, words in enumerate(_BY_WORDS, start=1)},
    **{f"few-{kind.key}": _alone(kind.too_few) for kind in _OTHERS},
    "open": "unanswered",
}
"""Every kind of piece and its meaning, from the top to the bottom; `overview.css` has their colours."""


def charts(tallies: Tallies) -> Safe:
    """A chart for each edition, and all of it in numbers."""
    questions = tallies.questions()
    heading = tag("h2", "Questions", id="questions-heading")
    if not any(tally.failing for tally in questions):
        none = tag("p", "No group fails a question." if questions else "There is no verdict on any group.")
        return tag("section", heading, none, id="questions", aria_labelledby="questions-heading")
    figures = joined(
        _figure(edition, own, number) for number, (edition, own) in enumerate(_by_edition(tallies, questions))
    )
    details = tag("details", tag("summary", tag("h3", "In numbers")), _in_numbers(questions, tallies))
    return tag("section", heading, _legend(), figures, details, id="questions", aria_labelledby="questions-heading")


def _by_edition(
    tallies: Tallies, questions: Sequence[QuestionTally]
) -> Iterator[tuple[str | None, list[QuestionTally]]]:
    for edition in tallies.editions:
        if own := [tally for tally in questions if tally.edition == edition]:
            yield edition, own


def _legend() -> Safe:
    words = "How many groups fail each question: too much above the line, too little below it."
    return joined((tag("p", words, class_="legend"), key_of(_PIECES)))


def _figure(edition: str | None, tallies: Sequence[QuestionTally], number: int) -> Safe:
    """The chart of one edition."""
    scale = _scale(tallies)
    name = edition or "Questions known by the reports alone"
    width, height = _LEFT + max(len(tallies), _LEAST_COLUMNS) * _COLUMN, scale.height
    columns = joined(_column(tally, index, scale) for index, tally in enumerate(tallies))
    above = tag("text", "\u2191 too much", x="0", y=f"{scale.above - 2:.1f}")
    below = tag("text", "\u2193 too little", x="0", y=f"{scale.above + _LABELS + 10:.1f}")
    view = f"0 0 {width} {height:.1f}"
    drawing = tag("svg", above, below, columns, role="group", aria_labelledby=f"chart-{number}", viewBox=view)
    judged = amount(max(tally.groups for tally in tallies), "verdict")
    caption = tag("figcaption", f"{name}: {judged}", id=f"chart-{number}")
    return tag("figure", caption, tag("div", drawing, class_="wide"), class_="questions")


class _Scale(NamedTuple):
    """Heights in the chart, in points."""

    group: float
    """One group in a bar."""
    above: float
    """All that is above the line of numbers."""
    below: float

    @property
    def height(self) -> float:
        """All together."""
        return self.above + _LABELS + self.below


def _scale(tallies: Sequence[QuestionTally]) -> _Scale:
    above, below = (max(_size(side(tally)) for tally in tallies) for side in (_above, _below))
    # All bars of an edition share the scale, so that they can be compared.
    group = min(_BARS / max(above + below, 1), _TALLEST)
    return _Scale(group, max(above * group, _LEAST), max(below * group, _LEAST))


def _column(tally: QuestionTally, index: int, scale: _Scale) -> Safe:
    x = _LEFT + index * _COLUMN
    said = f"{FORM.name_of(tally.number)}: {tally_in_words(tally)}"
    pieces = [
        tag("title", said),
        rect("back", x, 0, _COLUMN, scale.height),
        *_stacked(_above(tally), x, scale.above, -scale.group),
        *_stacked(_below(tally), x, scale.above + _LABELS, scale.group),
        tag("text", str(tally.number), x=str(x + _COLUMN // 2), y=f"{scale.above + 15:.1f}", class_="number"),
    ]
    return tag("a", *pieces, href=f"#{_place(tally)}", data_question=_key(tally), aria_label=said)


def _stacked(parts: Iterable[_Part], x: float, start: float, unit: float) -> Iterator[Safe]:
    """The pieces, from the line outwards."""
    for part in parts:
        end = start + part.groups * unit
        if part.groups:
            yield rect(part.kind, x + (_COLUMN - _BAR) / 2, min(start, end), _BAR, abs(end - start))
        start = end


def _above(tally: QuestionTally) -> list[_Part]:
    return _parts("many", tally.too_many)


def _below(tally: QuestionTally) -> list[_Part]:
    return [*_parts("few", tally.too_few), _Part("open", tally.unanswered)]


def _parts(side: str, misses: tuple[Misses, ...]) -> list[_Part]:
    """Words by how many are lacking or too many, every other kind as one piece."""
    bands = [_Part(f"{side}-{band}", groups) for band, groups in enumerate(misses[WORDS].bands, start=1)]
    return bands + [_Part(f"{side}-{kind.key}", misses[kind].groups) for kind in _OTHERS]


def _size(parts: Iterable[_Part]) -> int:
    return sum(part.groups for part in parts)


def _in_numbers(tallies: Sequence[QuestionTally], all_groups: Tallies) -> Safe:
    headings = [
        *(["Edition"] if len(all_groups.editions) > 1 else []),
        *("Question", "Wanted", "Groups", "Fail", "Unanswered"),
        *(_alone(side).capitalize() for kind in KINDS for side in (kind.too_few, kind.too_many)),
    ]
    first = joined(tag("th", words, scope="col", data_kind=_kind(words)) for words in headings)
    rows = joined(_row(tally, has_edition=len(all_groups.editions) > 1) for tally in tallies)
    about = "In brackets: half of these groups miss the limit by at most this much."
    table = tag("table", tag("caption", about), tag("thead", tag("tr", first)), tag("tbody", rows), class_="sortable")
    return tag("div", table, class_="wide", role="region", tabindex="0", aria_label="Questions in numbers")


def _kind(heading: str) -> str:
    return "text" if heading in ("Edition", "Wanted") else "number"


def _row(tally: QuestionTally, *, has_edition: bool) -> Safe:
    wanted = ", ".join(f"{limit} {kind.plural}" for kind, limit in tally.wanted.limits)
    sides = [misses for kind in KINDS for misses in (tally.too_few[kind], tally.too_many[kind])]
    return tag(
        "tr",
        tag("td", tally.edition or "") if has_edition else "",
        tag("th", str(tally.number), scope="row", id=_place(tally), data_value=str(tally.number)),
        tag("td", wanted),
        *(_count(number) for number in (tally.groups, tally.failing, tally.unanswered)),
        *(_count(side.groups, f" ({side.median})" if side.groups else "") for side in sides),
    )


def _count(number: int, more: str = "") -> Safe:
    return tag("td", f"{number}{more}" if number else "", data_value=str(number))


def _key(tally: QuestionTally) -> str:
    """Return the key by which the page's script finds the question."""
    return f"{tally.edition or ''}:{tally.number}"


def _place(tally: QuestionTally) -> str:
    return f"question-{tally.edition or 'own'}-{tally.number}"
