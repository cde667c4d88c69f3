"""The parts of an answer's Markdown, as data; `parse.py` finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from reportls.text import Span

ElementKind = Literal[
    "paragraph", "heading", "rule", "fence", "code", "html", "table", "list", "item", "quote", "unread"
]
"""`unread` is a text that would take too long to read."""

VERBATIM: frozenset[ElementKind] = frozenset(("fence", "code", "html"))
"""The kinds whose text is not read as Markdown."""


SIGNS = frozenset("`![<\\")
"""Each image, link, code span and HTML tag in a paragraph has one of these."""


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
    """The number of lists, items and quotes around it."""
    markup: str
    """The characters that make it: "```", "-", "##", "===" ..."""
    info: str
    """The words after the opening of a fence."""

    def shifted(self, by: int, lines: int) -> Element:
        """Return the element moved by this many code points and lines."""
        kind, first, end, span, depth, markup, info = self
        return Element(kind, first + lines, end + lines, span.shifted(by), depth, markup, info)


class Image(NamedTuple):
    """An image that a preview shows."""

    form: Literal["inline", "reference", "html"]
    span: Span
    text: Span | None
    """The alternative text; None for an HTML tag."""
    target: Span | None
    """The path as written in an inline image, without `<>` and title; None in the other forms."""
    path: str
    """The path that it leads to, entities and percent signs decoded as `address_of` does."""

    def shifted(self, by: int) -> Image:
        """Return the image moved by this many code points."""
        text = self.text and self.text.shifted(by)
        return Image(self.form, self.span.shifted(by), text, self.target and self.target.shifted(by), self.path)


class Link(NamedTuple):
    """A link, or an address in angle brackets."""

    span: Span
    text: Span
    target: Span | None
    path: str

    def shifted(self, by: int) -> Link:
        """Return the link moved by this many code points."""
        target = self.target and self.target.shifted(by)
        return Link(self.span.shifted(by), self.text.shifted(by), target, self.path)


class Markup(NamedTuple):
    """The markup of a stretch of an answer; spans and lines count from its start."""

    elements: tuple[Element, ...] = ()
    images: tuple[Image, ...] = ()
    links: tuple[Link, ...] = ()
    code: tuple[Span, ...] = ()
    """Code spans, backticks included."""
    html: tuple[Span, ...] = ()
    """HTML tags and comments within a paragraph."""
