"""A report as its author has written it and as the course shows it, side by side, with the places where they differ."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from reportls.render.blocks import IMAGE, blocks_of, marked
from reportls.render.checker_page import checker_page
from reportls.render.compare import compare
from reportls.render.differing import in_words
from reportls.render.html import Safe, joined, tag
from reportls.render.markdown import Markdown
from reportls.render.parts import ids_of, without_front_matter
from reportls.render.pictures import Pictures
from reportls.render.sanitize import can_clean, cleaned
from reportls.render.sanitize_course_page import disarmed
from reportls.report.form import FORM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportls.render.blocks import Block
    from reportls.render.pictures import ReadFile
    from reportls.snapshot import Snapshot
    from reportls.text import Span

_CRASHES = "There will be no page: the course's script crashes, for lists or quotes are nested too deep."
_TAKES_LONG = "The page is not made here: the course's script would take minutes for the report's {} brackets."
_MOST_BRACKETS = 10_000
"""For each one, Python-Markdown looks for the other; with none there, time grows by the square."""
_WRITTEN, _COURSE = "The report as written", "The report as the course shows it"
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What the browser is told never to do. A report may style itself, as on the course's page."""


class Place(NamedTuple):
    """A place where the two pages differ."""

    question: int | None
    """The number in the heading of the question; None before the first."""
    in_answer: bool
    """Whether it is in what the author wrote; else it is in the course's own text, or in the introduction."""
    words: str
    """What differs."""


class Sides(NamedTuple):
    """The two pages, each a whole document that runs, loads and sends nothing.

    In both, `data-place` is on all that belongs to a place that differs, `data-pair` on what looks the same in both,
    each numbered from 0.
    """

    written: str
    course: str
    places: tuple[Place, ...]
    """Those in answers first."""


class _Page(NamedTuple):
    html: Safe
    blocks: list[Block]


class _Section(NamedTuple):
    """A question or the introduction, by itself."""

    number: int | None
    page: _Page

    @property
    def answer(self) -> int:
        """Which of its blocks the answer begins with."""
        texts = [block.look.text for block in self.page.blocks]
        if self.number is None:
            return len(texts)
        marker = next((index for index, text in enumerate(texts) if FORM.marker in text), 0)
        return marker + (not texts or texts[marker].endswith(FORM.marker))


def sides_of(snapshot: Snapshot, read: ReadFile) -> Sides:
    """Both pages; `read` gives what is in a file beside the report.

    If the course's script crashes on the report, or takes too long, its page says so, and no place differs.
    """
    sections = [*_sections(snapshot, read)]
    written = _joined(sections)
    text = snapshot.report.text
    brackets = text.count("[") + text.count("<")
    if brackets > _MOST_BRACKETS:
        return _alone(written, _TAKES_LONG.format(brackets))
    try:
        html = disarmed(checker_page(text), Pictures(snapshot.environment.files, read).address)
    except RecursionError:
        return _alone(written, _CRASHES)
    return _compared(sections, written, _Page(html, blocks_of(html)))


def _alone(written: _Page, message: str) -> Sides:
    return Sides(_document(written.html, _WRITTEN), _document(tag("p", message), _COURSE), ())


def _compared(sections: list[_Section], written: _Page, course: _Page) -> Sides:
    ours, theirs = ([block.look for block in page.blocks] for page in (written, course))
    differences, pairs = compare(ours, theirs)
    belonging = [
        (section.number, index >= section.answer) for section in sections for index in range(len(section.page.blocks))
    ]
    belonging.append((sections[-1].number, True))
    # The last block that differs tells: a difference may begin in the prompt.
    found = [(*belonging[max(mine.start, mine.end - 1)], mine, other) for mine, other in differences]
    found.sort(key=lambda difference: not difference[1])
    return Sides(
        _document(_marked(written, [mine for _, _, mine, _ in found], [one for one, _ in pairs]), _WRITTEN),
        _document(_marked(course, [other for _, _, _, other in found], [two for _, two in pairs]), _COURSE),
        tuple(
            Place(number, in_answer, in_words(ours[slice(*mine)], theirs[slice(*other)]))
            for number, in_answer, mine, other in found
        ),
    )


def _sections(snapshot: Snapshot, read: ReadFile) -> Iterator[_Section]:
    """The report as GitHub shows it, but each question by itself: nothing that is left open swallows the next."""
    report = snapshot.report
    pictures = Pictures(snapshot.environment.files, read)
    markdown = Markdown(has_html=can_clean(), defining=[block.text for block in report.blocks if block.definitions])

    def shown(path: str, words: str) -> Safe:
        return tag("span", pictures.shown(path, words), **{IMAGE: path})

    for number, block, name in zip((None, *report.numbers), report.blocks, ids_of(report)):
        text = block.text if number is not None else without_front_matter(block.text)
        html = tag("section", cleaned(markdown.html_of(text), shown, None), "\n", id=name)
        yield _Section(number, _Page(html, blocks_of(html)))


def _joined(sections: list[_Section]) -> _Page:
    pages = [section.page for section in sections]
    starts = accumulate((len(page.html) for page in pages), initial=0)
    blocks = [block._replace(at=start + block.at) for page, start in zip(pages, starts) for block in page.blocks]
    return _Page(Safe("".join(page.html for page in pages)), blocks)


def _marked(page: _Page, places: Iterable[Span], pairs: Iterable[int]) -> Safe:
    differing = [(block, f'data-place="{n}"') for n, place in enumerate(places) for block in page.blocks[slice(*place)]]
    same = [(page.blocks[index], f'data-pair="{n}"') for n, index in enumerate(pairs)]
    return marked(page.html, [*differing, *same])


def _document(body: Safe, side: str) -> str:
    from importlib.resources import files  # noqa: PLC0415  # it loads slowly

    folder = files("reportls.render")
    names = ("style.css", "ours.css", "marks.css") if side == _WRITTEN else ("course.css", "marks.css")
    style = "".join(folder.joinpath(name).read_text("utf-8") for name in names)
    head = (
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", side),
        tag("style", Safe(style)),
    )
    page = tag("html", tag("head", joined(head)), "\n", tag("body", tag("main", body)), "\n", lang="en")
    # The course's page has no such line, and browsers lay out pages without one as they did long ago.
    return f"{'<!DOCTYPE html>' if side == _WRITTEN else ''}{page}\n"
