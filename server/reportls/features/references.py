"""References to files in the answers: images, links, definitions and bare paths."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Literal, NamedTuple

from reportls.analysis.embedding import bare_paths
from reportls.analysis.image_paths import is_figure, is_picture
from reportls.report.commonmark.parse import attributes_of
from reportls.report.target import address_of, target_of
from reportls.text import LINE_START, Span, is_covered, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportls.findings.rule import QuestionContext
    from reportls.report.commonmark.nodes import Image
    from reportls.report.question import Question
    from reportls.snapshot import JudgedReport

Form = Literal["image", "tag", "link", "definition", "text"]
"""`tag` is an `<img>`, `definition` a line `[label]: path`, `text` a bare path."""

_DEFINITION = pattern(LINE_START + r" {0,3}\[[^\]\r\n]{1,200}\]:[ \t]*(?P<path><[^<>\r\n]*>|[^\s<]\S*)", re.MULTILINE)
_QUERY = pattern(r"(?<!&)\\?[?#]")
"""Except in an entity such as `&#32;`."""
_ESCAPED = pattern(r"\\([!-/:-@\[-`{-~])")


class Place(NamedTuple):
    """A path in an answer."""

    span: Span
    """Offsets count from the start of the report."""
    path: str
    """The relative path, decoded and normalised. The file need not exist."""
    form: Form


class _Written(NamedTuple):
    """A path as written; its span counts from the start of the question's block."""

    span: Span
    path: str
    """With entities, backslashes and percent signs decoded, the last as `address_of` does."""
    form: Form


def all_places(snapshot: JudgedReport) -> Iterator[Place]:
    """Yield the relative paths in the answers, in the order of the text; no two overlap."""
    for index in range(len(snapshot.questions)):
        yield from places_in(snapshot, index)


def places_in(snapshot: JudgedReport, index: int) -> Iterator[Place]:
    """Yield the relative paths in the question at an index."""
    ctx, start = snapshot.questions[index], snapshot.question_starts[index]
    for written in _apart([*_in_markup(ctx.question), *_in_text(ctx)]):
        if (meant := _meant(ctx, written)) is not None:
            yield Place(meant.span.shifted(start), meant.path, meant.form)


def _apart(places: Iterable[_Written]) -> Iterator[_Written]:
    """Sort the paths and drop overlaps: the views of author and checker may disagree on what an image is."""
    end = -1
    for place in sorted(places, key=lambda place: place.span):
        if place.span.start > end:
            end = place.span.end
            yield place


def _in_markup(question: Question) -> Iterator[_Written]:
    for image in question.markup.images:
        if written := _from_image(question, image):
            yield written
    for counted in question.images:
        if counted.target and counted.form != "html":
            yield _Written(counted.target, counted.path, "image")
    for link in question.markup.links:
        if link.target:
            yield _Written(link.target, link.path, "link")
    yield from _definitions(question)


def _from_image(question: Question, image: Image) -> _Written | None:
    if image.form == "html":
        source = attributes_of(question[image.span]).get("src")
        return _Written(source.shifted(image.span.start), address_of(image.path), "tag") if source else None
    return _Written(image.target, image.path, "image") if image.target else None


def _definitions(question: Question) -> Iterator[_Written]:
    if not question.definitions:
        return
    # The hand-in page reads definitions even in a fence, but the author means them as code.
    code = [element.span for element in question.markup.elements if element.kind in ("code", "fence")]
    for match in _DEFINITION.finditer(question.text, *question.layout.answer):
        span = Span(*match.span("path"))
        if question.text[span.start] == "<":
            span = Span(span.start + 1, span.end - 1)
        area = question.hidden_areas.around(span)
        if (not area or area.hiding == "definition") and not is_covered(span, code):
            yield _Written(span, address_of(unescape(_ESCAPED.sub(r"\1", question[span]))), "definition")


def _in_text(ctx: QuestionContext) -> Iterator[_Written]:
    for span in bare_paths(ctx):
        yield _Written(span, address_of(ctx.question[span]), "text")


def _meant(ctx: QuestionContext, written: _Written) -> _Written | None:
    """Return the part that names a file, without blanks around it and without a query."""
    text = ctx.question[written.span]
    start = written.span.start + len(text) - len(text.lstrip())
    target, query = target_of(written.path), _QUERY.search(text)
    if query and not ctx.files.info(target.path):
        text = text[: query.start()]
        target = target_of(_without(written.path, ctx.question[written.span][query.start() :]))
    span = Span(start, max(start, start + len(text.strip())))
    is_inside = target.kind == "relative" and target.path.split("/", 1)[0] not in (".", "..", "")
    return _Written(span, target.path, written.form) if is_inside and span.end > span.start else None


def _without(path: str, query: str) -> str:
    rest = path.removesuffix(address_of(query))
    return rest if rest != path else re.split("[?#]", path, maxsplit=1)[0]


def figure_at(snapshot: JudgedReport, offset: int) -> Place | None:
    """Return the figure whose path is at `offset`, end included. The file need not exist."""
    index = snapshot.question_at(offset)
    if index is None:
        return None
    places = places_in(snapshot, index)
    found = next((place for place in places if place.span.start <= offset <= place.span.end), None)
    return found if found and _is_picture(snapshot, found) else None


def uses_of(snapshot: JudgedReport, path: str) -> tuple[Place, ...]:
    """Return all uses of the figure in the answers, in the order of the text.

    An image by reference counts where its label is defined, as the path is there.
    """
    return tuple(place for place in all_places(snapshot) if place.path == path)


def _is_picture(snapshot: JudgedReport, place: Place) -> bool:
    return (
        place.form in ("image", "tag") or is_figure(snapshot.environment.settings, place.path) or is_picture(place.path)
    )


class Link(NamedTuple):
    """A link to a file."""

    span: Span
    """The path as written in the report."""
    path: str
    """The decoded path from the report's folder, with `/`, of a file that exists."""
    tooltip: str


def links(snapshot: JudgedReport) -> tuple[Link, ...]:
    """Return the images, links and definitions in the answers that lead to a file in the repository.

    In the order of the text. Web addresses are left out, as editors find them themselves.
    """
    files = snapshot.environment.files
    return tuple(
        Link(place.span, place.path, f"open {place.path}")
        for place in all_places(snapshot)
        if place.form != "text" and files.info(place.path)
    )
