"""Reads the Markdown of an answer stretch by stretch, so that typing in one paragraph costs that paragraph alone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reportls.lazy import cached_property
from reportls.report.commonmark.nodes import SIGNS, VERBATIM, Element, Markup
from reportls.report.commonmark.parse import MOST_LINES, read_paragraph, read_stretch
from reportls.text import LINE_BREAK, SourceText, Span, line_breaks_in, pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reportls.report.commonmark.nodes import Image, Link

_STAND_IN = "x"
_BORDER = pattern(r"(?:\n|\r(?!\n))[ \t]*" + LINE_BREAK + r"(?=[^\s`~>*+\-_#<0-9|:=\[])")
"""A blank line, and after it one that begins with none of the signs that make it more than text.

There every list and quote ends, and a new paragraph begins, whatever comes before.
"""
_BORDERLESS = ("```", "~~~", "]:")
_HTML = pattern(r"[\r\n][ \t>*+\-0-9.)]*<")
"""Constructs that a blank line does not end or that are referred to from elsewhere: fences, definitions, HTML."""
_TEXT = r"[^\s`~>*+\-_#<0-9|:=\[][^\r\n]*"
_PARAGRAPH = pattern(rf"(?:[ \t]*{LINE_BREAK})*(?P<text>{_TEXT}(?:{LINE_BREAK}{_TEXT})*)[ \t\r\n]*\Z")
"""A paragraph and nothing else: no line begins with one of those signs."""
_ABOVE_LIST = pattern(r"(?:\n|\r(?!\n))[ \t]*" + LINE_BREAK + r"(?=(?:[*+\-]|[0-9]{1,9}[.)])[ \t])")
"""A blank line, and after it an item of a list."""
_MOST_KEPT = 1000
_LONGEST_KEPT = 20_000


class _Stretch:
    """A stretch of an answer that can be parsed by itself."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def markup(self) -> Markup:
        """Its markup; offsets and lines count from its start."""
        return _read_once(self.text) if len(self.text) <= _LONGEST_KEPT else _read_anew(self.text)

    @cached_property
    def lines(self) -> int:
        """The number of line breaks in it."""
        return line_breaks_in(self.text)


class _Placed(NamedTuple):
    stretch: _Stretch
    start: int
    """Its offset in the block."""
    line: int
    """The line of the block on which it starts."""


class AnswerMarkup:
    """The markup of an answer, as in `Markup`; each kind is read when it is first asked for.

    A stretch without the signs of a kind is not read for it: most are asked for images alone, or links.
    """

    def __init__(self, stretches: tuple[_Stretch, ...], by: int, first_line: int) -> None:
        """Take the text of the answer in stretches, and where it starts in the block."""
        self._stretches = stretches
        self._by = by
        self._first_line = first_line

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """The block-level elements."""
        return tuple(self._elements_in(self._placed()))

    @cached_property
    def verbatim(self) -> tuple[Span, ...]:
        """The spans of fences, code blocks and HTML blocks, in the order of the text."""
        return tuple(element.span for element in self.elements if element.kind in VERBATIM)

    def elements_with(self, *signs: str) -> tuple[Element, ...]:
        """Return the elements of all stretches that contain one of the signs."""
        return tuple(self._elements_in(self._placed_with(*signs)))

    def elements_where(self, may_matter: Callable[[str], bool]) -> tuple[Element, ...]:
        """Return the elements of all stretches whose text may matter."""
        return tuple(self._elements_in(place for place in self._placed() if may_matter(place.stretch.text)))

    @cached_property
    def unread(self) -> Element | None:
        """The first stretch that is not read, as that would take too long; its `info` says why."""
        found = self.elements_where(lambda text: ">" in text or line_breaks_in(text) >= MOST_LINES)
        return next((element for element in found if element.kind == "unread"), None)

    @cached_property
    def images(self) -> tuple[Image, ...]:
        """The images that a preview shows."""
        found = self._placed_with("![", "<")
        return tuple(image.shifted(place.start) for place in found for image in place.stretch.markup.images)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links, and the addresses in angle brackets."""
        found = self._placed_with("[", "<")
        return tuple(link.shifted(place.start) for place in found for link in place.stretch.markup.links)

    @cached_property
    def code(self) -> tuple[Span, ...]:
        """The code spans."""
        found = self._placed_with("`")
        return tuple(span.shifted(place.start) for place in found for span in place.stretch.markup.code)

    @cached_property
    def html(self) -> tuple[Span, ...]:
        """The HTML tags and comments within paragraphs."""
        found = self._placed_with("<")
        return tuple(span.shifted(place.start) for place in found for span in place.stretch.markup.html)

    def _placed(self) -> Iterator[_Placed]:
        start, line = self._by, self._first_line
        for stretch in self._stretches:
            yield _Placed(stretch, start, line)
            start += len(stretch.text)
            line += stretch.lines

    def _placed_with(self, *signs: str) -> Iterator[_Placed]:
        return (place for place in self._placed() if any(sign in place.stretch.text for sign in signs))

    @staticmethod
    def _elements_in(places: Iterable[_Placed]) -> Iterator[Element]:
        for stretch, start, line in places:
            for element in stretch.markup.elements:
                yield element.shifted(start, line)


def read_markup(text: str, answer: Span, first_line: int) -> AnswerMarkup:
    """The markup of the answer at `answer` in the block `text`; it starts on that line of the block."""
    content = text[answer.start : answer.end]
    if content and not content.isspace() and _goes_on_from_marker(text, answer):
        # The words are in the middle of a line, so they must not be taken for the beginning of one.
        return AnswerMarkup(tuple(_stretches(_STAND_IN + content)), answer.start - 1, first_line)
    return AnswerMarkup(tuple(_stretches(content)), answer.start, first_line)


def _goes_on_from_marker(text: str, answer: Span) -> bool:
    """Whether words follow the marker on its line."""
    if answer.start == 0 or text[answer.start - 1] in "\r\n":
        return False
    end = min(at for at in (text.find("\n", answer.start), text.find("\r", answer.start), answer.end) if at >= 0)
    return bool(text[answer.start : end].strip(" \t"))


def _stretches(content: str) -> Iterator[_Stretch]:
    """The stretches that can be read each by itself; together they are the content, unless that is blank."""
    if not content or content.isspace():
        return
    start = 0
    is_borderless = any(sign in content for sign in _BORDERLESS)
    if not is_borderless and not ("<" in content and _HTML.search("\n" + content)):
        for border in _BORDER.finditer(content):
            yield from _without_lists(content[start : border.end()])
            start = border.end()
        yield from _without_lists(content[start:])
    else:
        yield _Stretch(content)


def _without_lists(content: str) -> Iterator[_Stretch]:
    """Yield the stretch; in two if a list follows a paragraph, so that typing there leaves the list alone."""
    above = _ABOVE_LIST.search(content)
    start = above.end() if above and _PARAGRAPH.match(content, 0, above.end()) else 0
    if start:
        yield _Stretch(content[:start])
    yield _Stretch(content[start:])


def _read_anew(stretch: str) -> Markup:
    source = SourceText(stretch)
    paragraph = _PARAGRAPH.match(source.content)
    if paragraph and SIGNS.isdisjoint(paragraph["text"]):
        # Many paragraphs are nothing but words, and need no parser.
        first, last = source.line_at(paragraph.start("text")), source.line_at(paragraph.end("text"))
        return Markup((Element("paragraph", first, last + 1, Span(*paragraph.span("text")), 0, "", ""),))
    return read_paragraph(source, Span(*paragraph.span("text"))) if paragraph else read_stretch(source)


_read_once = lru_cache(_MOST_KEPT)(_read_anew)
"""A function of the text alone. What is kept are the paragraphs that stay as they are while another is typed in."""
