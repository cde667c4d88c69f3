"""The page of a course in one file, written piece by piece; without its script it is a plain table."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from reportls.analysis.limits import amount
from reportls.features.course.records import GroupOutcome
from reportls.features.course.wording import alike_in_words, summary
from reportls.render.course.chart import charts
from reportls.render.course.table import BEFORE_ROWS, row_of
from reportls.render.document import CLOSING, opening
from reportls.render.html import Safe, joined, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportls.features.course.records import GroupRow
    from reportls.features.course.shared_answers import Place, Shared
    from reportls.features.course.statistics import Tallies

_TITLE = "Overview of all groups"


def course_page(
    rows: Iterable[GroupRow], tallies: Tallies, links: str | None, shared: Iterable[Shared] | None
) -> Iterator[str]:
    """The whole page.

    `links` is the way to the folder of the groups' pages, as a URL that ends with `/`; None if there are none. `shared`
    are the answers that groups share; None if that was not looked for.
    """
    yield opening(_TITLE, ("style.css", "course/course.css"), "course/course.js", "course")
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
    failed = [tally for tally in tallies.questions() if tally.failing]
    questions = [
        (
            f"{tally.edition or ''}:{tally.number}",
            f"question {tally.number}{f', {tally.edition}' if has_editions else ''} ({tally.failing})",
        )
        for tally in failed
    ]
    verdicts = [(outcome.value, outcome.value) for outcome in GroupOutcome if tallies.outcomes[outcome]]
    search = tag("label", "Search ", tag("input", type="search", name="search", autocomplete="off"))
    fields = (
        search,
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
        texts = joined(tag("div", tag("strong", place.group), tag("p", _marked(place))) for place in one.places)
        pair = tag("div", texts, class_="pair")
        yield f"{tag('li', tag('details', tag('summary', alike_in_words(one)), pair))}\n"
    yield "</ul>"
    if more := sum(1 for _ in rest):
        yield tag("p", f"{amount(more, 'pair')} that are less similar are not listed here; --format json has them all.")
    if not pairs:
        yield tag("p", "There are none.")
    yield "</section>"


def _marked(place: Place) -> Safe:
    return joined(tag("mark", text) if is_shared else text for text, is_shared in place.pieces)


def _foot() -> Safe:
    what = "It holds names of groups, study numbers and file names, and is for those who grade."
    return tag("footer", f"Made by reportls. {what}")
