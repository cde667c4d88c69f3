"""Renders a report as written and as the course shows it, with marks where the two pages differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.render.blocks import blocks_of, compare, in_words, mark
from reportls.render.html import Safe, joined, tag
from reportls.render.markdown import Markdown, checker_page_or_problem
from reportls.render.parts import ids_of, without_front_matter
from reportls.render.pictures import Pictures
from reportls.render.sanitize import can_be_parsed, course_html_of, course_tree, html_of, report_tree
from reportls.report.form import FORM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from justhtml import Node

    from reportls.render.blocks import Block
    from reportls.render.pictures import ReadFile
    from reportls.snapshot import Snapshot
    from reportls.text import Span

_TANGLED = "The page is not shown here: it has too much HTML that is opened and not closed, or closed and not opened."
_WRITTEN, _COURSE = "The report as written", "The report as the course shows it"
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Content-Security-Policy of both pages. On the course's page a report may have style attributes."""


class Place(NamedTuple):
    """A place where the two pages differ."""

    question: int | None
    """Number in the heading of the question; None before the first."""
    in_answer: bool
    """Whether the place is in an answer rather than in the course's text or the introduction."""
    words: str
    """Description of the difference."""


class Sides(NamedTuple):
    """Both pages, each a whole document that runs, loads and sends nothing.

    In both, `data-place` is on the blocks of each place that differs, `data-pair` on those that look the same, each
    numbered from 0.
    """

    written: str
    course: str
    places: tuple[Place, ...]
    """Places in answers first."""


class _Section(NamedTuple):
    """A question or the introduction, by itself."""

    number: int | None
    id: str
    tree: Node
    blocks: list[Block]

    @property
    def answer(self) -> int:
        """Index of the block that the answer begins with."""
        texts = [block.look.text for block in self.blocks]
        if self.number is None:
            return len(texts)
        marker = next((index for index, text in enumerate(texts) if FORM.marker in text), 0)
        return marker + (not texts or texts[marker].endswith(FORM.marker))


def sides_of(snapshot: Snapshot, read: ReadFile) -> Sides:
    """Return both pages; `read` returns the content of a file beside the report.

    If the course's script crashes on the report, or takes too long, its page says so, and no place differs.
    """
    sections = [*_sections(snapshot)]
    tree = _course_tree(snapshot.report.text)
    places: tuple[Place, ...] = ()
    if isinstance(tree, str):
        course = tag("p", tree)
    else:
        places = _mark_places(sections, tree)
        course = course_html_of(tree, Pictures(snapshot.environment.files, read).address)
    shown = Pictures(snapshot.environment.files, read).shown
    written = joined(tag("section", html_of(section.tree, shown), "\n", id=section.id) for section in sections)
    return Sides(_document(written, _WRITTEN), _document(course, _COURSE), places)


def _course_tree(text: str) -> Node | str:
    """Return the course's page of a report, or why there is none."""
    page, problem = checker_page_or_problem(text)
    if problem:
        return problem
    return course_tree(page) if can_be_parsed(page) else _TANGLED


def _sections(snapshot: Snapshot) -> Iterator[_Section]:
    """Yield the report as GitHub shows it, but each question by itself: nothing left open swallows the next."""
    report = snapshot.report
    markdown = Markdown([block.text for block in report.blocks if block.definitions])
    for number, block, name in zip((None, *report.numbers), report.blocks, ids_of(report), strict=True):
        text = block.text if number is not None else without_front_matter(block.text)
        tree = report_tree(markdown.html_of(text))
        yield _Section(number, name, tree, blocks_of(tree))


def _mark_places(sections: list[_Section], tree: Node) -> tuple[Place, ...]:
    """Mark in all trees what differs and what is the same; return what differs."""
    written = [block for section in sections for block in section.blocks]
    course = blocks_of(tree)
    ours, theirs = [block.look for block in written], [block.look for block in course]
    differences, pairs = compare(ours, theirs)
    belonging = [
        (section.number, index >= section.answer) for section in sections for index in range(len(section.blocks))
    ]
    belonging.append((sections[-1].number, True))
    # The last block that differs tells: a difference may begin in the prompt.
    found = [(*belonging[max(mine.start, mine.end - 1)], mine, other) for mine, other in differences]
    found.sort(key=lambda difference: not difference[1])
    _mark(written, [mine for _, _, mine, _ in found], [one for one, _ in pairs])
    _mark(course, [other for _, _, _, other in found], [two for _, two in pairs])
    return tuple(
        Place(number, in_answer, in_words(ours[slice(*mine)], theirs[slice(*other)]))
        for number, in_answer, mine, other in found
    )


def _mark(blocks: list[Block], places: Iterable[Span], pairs: Iterable[int]) -> None:
    differing = [(block, "data-place", str(n)) for n, place in enumerate(places) for block in blocks[slice(*place)]]
    mark([*differing, *((blocks[index], "data-pair", str(n)) for n, index in enumerate(pairs))])


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
