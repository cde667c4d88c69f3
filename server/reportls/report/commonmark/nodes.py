"""What the Markdown of an answer is made of, as data; `reading.py` finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from reportls.text import Span

if TYPE_CHECKING:
    from reportls.text import Edit

ElementKind = Literal["paragraph", "heading", "rule", "fence", "code", "html", "table", "list", "item", "quote"]


SIGNS = frozenset("`![<\\")
"""Without any of these, a paragraph has no images, links, code or HTML in it."""


class Element(NamedTuple):
    """A block-level element of an answer."""

    kind: ElementKind
    first_line: int
    """Counted from 0 at the start of the question's block; the answer's first line is its marker's."""
    end_line: int
    """The line after its last."""
    span: Span
    """From the start of its first line to the end of its last, without that line's break."""
    depth: int
    """How many lists, items and quotes it stands in."""
    markup: str
    """The characters that make it: "```", "-", "##", "===" ..."""
    info: str
    """What stands behind the opening of a fence."""

    def shifted(self, by: int, lines: int) -> Element:
        """The same, so many code points and lines further on."""
        kind, first, end, span, depth, markup, info = self
        return Element(kind, first + lines, end + lines, span.shifted(by), depth, markup, info)

    def grown(self, at: int, by: int) -> Element:
        """The same after so many code points more stand there, which is not the start of a line."""
        start, end = self.span
        if end < at:
            return self
        return self._replace(span=Span(start if start < at else start + by, end + by))


class Image(NamedTuple):
    """An image that a preview shows."""

    form: Literal["inline", "reference", "html"]
    span: Span
    text: Span | None
    """The alternative text; None for an HTML tag."""
    target: Span | None
    """The path as it stands in an inline image, without `<>` and title; None in the other forms."""
    path: str
    """The path that it leads to, percent signs and entities decoded."""

    def shifted(self, by: int) -> Image:
        """The same, so many code points further on."""
        text = self.text and self.text.shifted(by)
        return Image(self.form, self.span.shifted(by), text, self.target and self.target.shifted(by), self.path)


class Link(NamedTuple):
    """A link, or an address in angle brackets."""

    span: Span
    text: Span
    target: Span | None
    path: str

    def shifted(self, by: int) -> Link:
        """The same, so many code points further on."""
        target = self.target and self.target.shifted(by)
        return Link(self.span.shifted(by), self.text.shifted(by), target, self.path)


class Markup(NamedTuple):
    """What a stretch of an answer is made of; spans and lines count from its start."""

    elements: tuple[Element, ...] = ()
    images: tuple[Image, ...] = ()
    links: tuple[Link, ...] = ()
    code: tuple[Span, ...] = ()
    """Code spans, back-ticks included."""
    html: tuple[Span, ...] = ()
    """HTML tags and comments within a paragraph."""

    def edited(self, edit: Edit) -> Markup | None:
        """The same after an edit of words that changes neither lines nor what they are; None if that is not known.

        It is not if the edit touches an image, a link, code or HTML in a paragraph.
        """
        start, by = edit.span.start, edit.growth
        spans = [*(image.span for image in self.images), *(link.span for link in self.links), *self.code, *self.html]
        if any(span.touches(edit.span) for span in spans):
            return None
        return Markup(
            tuple([element.grown(start, by) for element in self.elements]),
            tuple([image.shifted(by) if image.span.start > start else image for image in self.images]),
            tuple([link.shifted(by) if link.span.start > start else link for link in self.links]),
            tuple([span.shifted(by) if span.start > start else span for span in self.code]),
            tuple([span.shifted(by) if span.start > start else span for span in self.html]),
        )
