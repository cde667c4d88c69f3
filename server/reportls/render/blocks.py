"""What readers of a page see, as a row of blocks: a heading, a paragraph, an item of a list, a cell of a table ..."""

from __future__ import annotations

from enum import Enum
from html.parser import HTMLParser
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from reportls.render.html import Safe
from reportls.render.markdown import TASK

if TYPE_CHECKING:
    from collections.abc import Iterable

IMAGE = "data-image"
"""The attribute of an element that shows an image: the path as the report has it; nothing within is read."""


class Kind(Enum):
    """What a block looks like, in words."""

    HEADING = "a heading"
    TEXT = "plain text"
    ITEM = "a list"
    TASK = "a list with boxes"
    CODE = "a code block"
    CELL = "a table"
    RULE = "a line across"


class Look(NamedTuple):
    """All of a block that readers see; two blocks with the same look are the same to them."""

    kind: Kind
    text: str
    """White space is one space; an image is `[image: PATH]`."""
    mark: str = ""
    """What stands before the first words of an item: its number or bullet."""
    depth: int = 0
    """How many lists it is in."""
    quotes: int = 0
    """How many quotes it is in."""


class Block(NamedTuple):
    """A block, and where it stands in the page."""

    look: Look
    at: int
    """Where attributes of its element can be inserted; if it has none of its own, where it begins."""
    has_element: bool = True


_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Kind.HEADING),
    **dict.fromkeys(("td", "th"), Kind.CELL),
    "li": Kind.ITEM,
    "pre": Kind.CODE,
}
_OTHERS = (
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer"
    " form header main menu nav ol p search section summary table tbody tfoot thead tr ul"
)
_BLOCKS = frozenset({*_KINDS, *_OTHERS.split()})
_CLOSE = frozenset({*_KINDS, "p", "summary", "dt", "dd", "caption", "figcaption"})
"""What is around one block, or little more."""
_UNSEEN = frozenset({"script", "style", "template", "title"})
_ENDED_BY_ITSELF = frozenset({"p", "li", "dd", "dt", "td", "th", "tr"})
"""Ended by the start of another of its kind."""


class _Item:
    """An item of a list: its number or bullet belongs to the first thing in it."""

    def __init__(self, mark: str) -> None:
        self.mark = mark

    def take_mark(self) -> str:
        mark, self.mark = self.mark, ""
        return mark


class _List:
    def __init__(self, first: int | None) -> None:
        self._next = first

    def next_mark(self) -> str:
        if self._next is None:
            return "\u2022"
        self._next += 1
        return f"{self._next - 1}."


class _Open(NamedTuple):
    """An open element, and what those around it mean for it."""

    tag: str = ""
    at: int = -1
    kind: Kind = Kind.TEXT
    item: _Item | None = None
    list: _List | None = None
    depth: int = 0
    quotes: int = 0


def blocks_of(html: str) -> list[Block]:
    """The blocks of a page or a part of one, in time linear in its length; its tags must be whole."""
    reader = _Reader(html)
    reader.feed(html)
    reader.close()
    reader.end()
    return reader.blocks


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._line_starts = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]
        self._open = [_Open()]
        self._tags: dict[str, int] = {}
        self._words: list[str] = []
        self._words_at = 0
        self._within_image = 0
        self.blocks: list[Block] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._within_image:
            self._within_image += tag == "span"
            return
        attributes = {name: value or "" for name, value in attrs}
        if IMAGE in attributes:
            self._add_words(f"[image: {unquote(attributes[IMAGE])}]")
            self._within_image = int(tag == "span")
        elif tag == "hr":
            self._end_block()
            around = self._open[-1]._replace(at=self._offset + 1 + len(tag), kind=Kind.RULE, item=None)
            self._add(around, "", "")
        elif tag in _BLOCKS:
            self._start(tag, attributes)
        elif tag == "br":
            self._add_words(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._within_image:
            self._within_image -= tag == "span"
        elif self._tags.get(tag):
            while self._close() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._within_image and self.cdata_elem not in _UNSEEN:
            self._add_words(data)

    def end(self) -> None:
        """Close what is still open."""
        while len(self._open) > 1:
            self._close()
        self._end_block()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._end_block()
        if self._open[-1].tag == "p" or (self._open[-1].tag == tag and tag in _ENDED_BY_ITSELF):
            self._close()
        around = self._open[-1]
        at = self._offset + 1 + len(tag) if tag in _CLOSE else -1
        inner = around._replace(tag=tag, at=at, kind=_KINDS.get(tag, around.kind))
        if tag == "blockquote":
            inner = inner._replace(quotes=around.quotes + 1)
        elif tag in ("ul", "ol"):
            inner = inner._replace(list=_List(_first(attributes) if tag == "ol" else None), depth=around.depth + 1)
        elif tag == "li":
            kind = Kind.TASK if attributes.get("class") == TASK else Kind.ITEM
            inner = inner._replace(kind=kind, item=_Item(around.list.next_mark() if around.list else "\u2022"))
        self._open.append(inner)
        self._tags[tag] = self._tags.get(tag, 0) + 1

    def _close(self) -> str:
        self._end_block()
        element = self._open.pop()
        self._tags[element.tag] -= 1
        if element.tag == "li" and element.item and (mark := element.item.take_mark()):
            self._add(element, "", mark)
        return element.tag

    def _add_words(self, words: str) -> None:
        if not self._words:
            self._words_at = self._offset
        if self._words or not words.isspace():
            self._words.append(words)

    def _end_block(self) -> None:
        text = " ".join("".join(self._words).split())
        self._words.clear()
        if text:
            element = self._open[-1]
            self._add(element, text, element.item.take_mark() if element.item else "")

    def _add(self, element: _Open, text: str, mark: str) -> None:
        # What follows the first paragraph of an item has no bullet.
        kind = Kind.TEXT if element.kind in (Kind.ITEM, Kind.TASK) and not mark else element.kind
        look = Look(kind, text, mark, element.depth, element.quotes)
        has_element = element.at >= 0
        self.blocks.append(Block(look, element.at if has_element else self._words_at, has_element))

    @property
    def _offset(self) -> int:
        line, column = self.getpos()
        return self._line_starts[line - 1] + column


def _first(attributes: dict[str, str]) -> int:
    start = attributes.get("start", "")
    return int(start) if start.isascii() and start.isdigit() and len(start) < 10 else 1  # noqa: PLR2004  # as browsers


def marked(html: str, marks: Iterable[tuple[Block, str]]) -> Safe:
    """The page with an attribute (`data-x="1"`) for each of these blocks; of two for one element, the first counts."""
    inserted: dict[int, str] = {}
    for block, mark in marks:
        inserted.setdefault(block.at, f" {mark}" if block.has_element else f"<span {mark}></span>")
    parts: list[str] = []
    done = 0
    for at in sorted(inserted):
        parts += html[done:at], inserted[at]
        done = at
    return Safe("".join([*parts, html[done:]]))
