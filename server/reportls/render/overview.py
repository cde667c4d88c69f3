"""The page of a course in one file, written piece by piece; without its script it is a plain table."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import quote

from reportls.analysis.limits import amount
from reportls.features.course.records import GroupOutcome
from reportls.features.course.statistics import alike_in_words, crash_in_words, summary
from reportls.features.history import when
from reportls.features.verdicts import numbers
from reportls.render.html import CLOSING, Safe, escaped, joined, opening, rect, tag
from reportls.render.overview_chart import charts
from reportls.render.summary import State
from reportls.report.form import FORM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportls.features.course.records import GroupRow, Judgement, Past
    from reportls.features.course.shared_answers import Place, Shared
    from reportls.features.course.statistics import Tallies

_TITLE = "Overview of all groups"
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
_FINE = {GroupOutcome.PASSES, GroupOutcome.COMPLETE}
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


def course_page(
    rows: Iterable[GroupRow], tallies: Tallies, links: str | None, shared: Iterable[Shared] | None
) -> Iterator[str]:
    """The whole page.

    `links` is the way to the folder of the groups' pages, as a URL that ends with `/`; None if there are none. `shared`
    are the answers that groups share; None if that was not looked for.
    """
    yield opening(_TITLE, ("style.css", "overview.css"), "overview.js", "course")
    yield _head(tallies, has_shared=shared is not None)
    yield f'<main id="main">{charts(tallies)}'
    yield f'<section id="groups" aria-labelledby="groups-heading">{_filters(tallies)}{BEFORE_ROWS}'
    for row in rows:
        yield f"{row_of(row, links)}\n"
    yield "</tbody></table></div></section>"
    if shared is not None:
        yield from _shared(shared)
    yield f"</main>{_foot()}{CLOSING}"


def _head(tallies: Tallies, *, has_shared: bool) -> Safe:
    places = {"questions": "Questions", "groups": "Groups", **({"shared": "Shared answers"} if has_shared else {})}
    links = joined(tag("li", tag("a", words, href=f"#{place}")) for place, words in places.items())
    skip = tag("a", "Skip to the groups", href="#groups", class_="skip")
    facts = tag("p", summary(tallies), class_="summary")
    ways = tag("nav", tag("ul", links, class_="facts"), aria_label="On this page")
    return joined((skip, tag("header", tag("h1", _TITLE), facts, ways)))


def _filters(tallies: Tallies) -> Safe:
    """Return the controls that filter the groups; they stay hidden unless the page's script runs."""
    editions = [(edition or "", edition or "none of the course's") for edition in tallies.editions]
    has_editions = len(editions) > 1
    questions = [
        (
            f"{tally.edition or ''}:{tally.number}",
            f"question {tally.number}{f', {tally.edition}' if has_editions else ''} ({tally.failing})",
        )
        for tally in tallies.questions()
        if tally.failing
    ]
    verdicts = [(outcome.value, outcome.value) for outcome in GroupOutcome if tallies.outcomes[outcome]]
    fields = (
        tag("label", "Search ", tag("input", type="search", name="search", autocomplete="off")),
        _choice("Verdict", "verdict", verdicts),
        _choice("Edition", "edition", editions),
        _choice("Fails", "failing", questions),
        tag("button", "Show all", type="reset"),
    )
    heading = tag("h2", "Groups", id="groups-heading")
    status = tag("p", amount(tallies.groups, "group"), role="status", class_="legend")
    return joined((heading, tag("form", joined(fields), id="filters", hidden="", aria_label="Show some"), status))


def _choice(words: str, name: str, values: list[tuple[str, str]]) -> Safe:
    # A report without an edition has an empty one, so "all" needs a sign of its own.
    options = [tag("option", "all", value="*"), *(tag("option", shown, value=value) for value, shown in values)]
    return tag("label", f"{words} ", tag("select", joined(options), name=name))


_MOST_SHARED = 100
"""Most pairs on the page, the most similar first: if there are more, everybody was given the same text."""


def _shared(shared: Iterable[Shared]) -> Iterator[str]:
    about = (
        "Pairs of answers that share runs of five words, apart from case and punctuation; what both have is "
        "marked. This is a reason to look at them, and proves nothing."
    )
    yield '<section id="shared" aria-labelledby="shared-heading">'
    yield joined((tag("h2", "Shared answers", id="shared-heading"), tag("p", about, class_="legend")))
    yield '<ul class="shared">'
    rest = iter(shared)
    pairs = [*islice(rest, _MOST_SHARED)]
    for one in pairs:
        pair = tag("div", *map(_place, one.places), class_="pair")
        yield f"{tag('li', tag('details', tag('summary', alike_in_words(one)), pair))}\n"
    yield "</ul>"
    if more := sum(1 for _ in rest):
        yield tag("p", f"{amount(more, 'pair')} that are less similar are not listed here; --format json has them all.")
    if not pairs:
        yield tag("p", "There are none.")
    yield "</section>"


def _place(place: Place) -> Safe:
    pieces = (tag("mark", text) if is_shared else text for text, is_shared in place.pieces)
    return tag("div", tag("strong", place.group), tag("p", *pieces))


def _foot() -> Safe:
    what = "It holds names of groups, study numbers and file names, and is for those who grade."
    return tag("footer", f"Made by reportls. {what}")


def row_of(row: GroupRow, links: str | None) -> Safe:
    """One group; `links` as for the page."""
    judgement = row.judgement
    edition = judgement.edition or "" if judgement else ""
    cells = _cells(row, judgement) if judgement else _none(row)
    failing = " ".join(f"{edition}:{number}" for number in judgement.failing) if judgement else ""
    return tag(
        "tr",
        tag("th", _name(row, links), scope="row"),
        *cells,
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
    shares = (None if passed is None else passed / max(past.total, 1) for passed in past.passed)
    bars = [_bar(index * step, step, share) for index, share in enumerate(shares)]
    words = f"last commit {when(past.last)}, {amount(len(past.passed), 'version')}"
    view = f"0 0 {_PAST_WIDTH} {_PAST_HEIGHT}"
    drawing = tag("svg", tag("title", words), *bars, role="img", class_="past", viewBox=view)
    return joined((drawing, tag("span", words, class_="note")))


def _bar(x: float, width: float, share: float | None) -> Safe:
    height = _PAST_HEIGHT if share is None else max(share * _PAST_HEIGHT, 1)
    return rect("lost" if share is None else "good", x, _PAST_HEIGHT - height, max(width, 0.5), height)


def _cells(row: GroupRow, judgement: Judgement) -> tuple[Safe, ...]:
    done, total = judgement.tasks
    tasks = tag("span", f"{done} of {total}", class_="count") if total else ""
    images = tuple(dict.fromkeys(image.question for image in judgement.missing if image.question))
    return (
        tag("td", judgement.edition or "", class_="edition"),
        _verdict(row, judgement),
        _numbers(len(judgement.failing), judgement.failing),
        _numbers(len(judgement.unanswered), judgement.unanswered),
        _numbers(len(judgement.missing), images),
        tag("td", str(judgement.words), class_="count", data_value=str(judgement.words)),
        tag("td", tasks, data_value=str(done)),
        tag("td", *(joined((tag("span", word, class_="code"), " ")) for word in judgement.study_numbers)),
    )


def _verdict(row: GroupRow, judgement: Judgement) -> Safe:
    if judgement.crash:
        why = tag("span", crash_in_words(judgement.crash), class_="note")
        return tag("td", State("failed", "\u2717", "crashes").html, why, data_value="-1")
    passed, total = judgement.passed or 0, judgement.total
    name, sign = ("passed", "\u2713") if row.outcome in _FINE else ("failed", "\u2717")
    state = State(name, sign, f"{passed} of {total}").html
    return tag("td", state, data_value=f"{passed / total if total else 1:.4f}")


def _numbers(count: int, found: tuple[int, ...]) -> Safe:
    """Return the number of questions and their numbers in words."""
    if not count:
        return tag("td", data_value="0")
    which = tag("span", f"({numbers(found)})", class_="which") if found else ""
    return tag("td", tag("span", str(count), class_="count"), " ", which, data_value=str(count))


def _none(row: GroupRow) -> tuple[Safe, ...]:
    # The page's script sorts by `data-value`: groups that were not judged come after all others.
    why = tag("span", row.problem or "", class_="note")
    return (tag("td"), tag("td", _NOT_JUDGED.html, why, data_value="-2"), *(tag("td") for _ in range(6)))
