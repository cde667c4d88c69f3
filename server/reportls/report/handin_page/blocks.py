"""Finds what each line becomes on the hand-in page: heading, list item, paragraph, code or definition.

The page is made by Python-Markdown, which sees such a heading only in the first two lines of a stretch without blank
lines, and a list only at its beginning: further down the dashes are a rule, or text. Lists, quotes and rules cut a
stretch into smaller ones. This follows its block parser as far as that matters here and no further.
"""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reportls.report.handin_page.raw_html import raw_html
from reportls.text import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_TAB = 4
_INDENT = " " * _TAB
_DEEPEST = 20
"""Deepest nesting of lists and quotes that is read."""

_RAW = "\x02"
"""Stand-in for raw HTML, as a separate paragraph."""

_UNDERLINE = pattern(r"(?:=+|-+) *\Z")
_HASHES = pattern(r"#{1,6}")
RULE = pattern(r" {0,3}(?:(?:- {0,2}){3,}|(?:_ {0,2}){3,}|(?:\* {0,2}){3,}) *\Z")
"""A line that is a rule on the page, tabs being spaces."""
_QUOTED = pattern(r" {0,3}> ?")
_ITEM = pattern(r" {0,3}(?:[0-9]+\.|[*+-]) +")
_BEGINNING = pattern(r"[^a-zA-Z]*[a-zA-Z]?")
_NESTED_ITEM = pattern(r" {4,7}(?:[0-9]+\.|[*+-]) +")
_LONGEST_DEFINITION = 4
"""Lines of a definition, which may have its name, its target and its title on lines of their own."""
_DEFINITION = pattern(
    r" {0,3}\[[^\[\]]*\]: *(?:\n *)?\S+(?!\S) *(?:\n *)?(?:(?P<sign>[\"']).*(?P=sign) *|\(.*\) *)?(?=\n|\Z)"
)
_DEFINITION_OPENING = pattern(r" {0,3}\[[^\[\]]*(?:\]:|\Z)")


class Line(NamedTuple):
    """A line of the page's source."""

    number: int
    text: str
    """Without its line break; tabs are spaces, and a line of spaces is empty."""


def page_lines(texts: Iterable[str], first: int = 0) -> list[Line]:
    """The lines as the page's renderer has them, numbered from `first`; with one mark for each stretch of raw HTML."""
    expanded = (text.expandtabs(_TAB) for text in texts)
    lines = [Line(number, text if text.strip(" ") else "") for number, text in enumerate(expanded, start=first)]
    return _without_raw_html(lines) if any("<" in line.text for line in lines) else lines


class Page(NamedTuple):
    """The structure that the page gives to lines, by line number."""

    underlines: frozenset[int]
    """The lines of `-` or `=` that make the line above them a heading."""
    items: Mapping[int, int]
    """The lines that begin an item of a list, and how deeply its list is nested."""
    paragraphs: Mapping[int, int]
    """The lines of text, and on which line their paragraph begins."""
    numbers: Mapping[int, int]
    """The lines that begin an item of a list, and its number there; 0 for a bullet."""
    levels: Mapping[int, int]
    """The lines of text, and in how many nested lists they are."""
    headings: frozenset[int] = frozenset()
    """The lines that a `#` makes headings."""
    code: frozenset[int] = frozenset()
    """The lines of code blocks."""
    definitions: frozenset[int] = frozenset()
    """The lines of definitions of link targets, which are not shown."""


def page_from(texts: Sequence[str], first: int) -> Page:
    """Read lines of a report, numbered from `first`, as the page's renderer does."""
    if any("<" in text or "]:" in text for text in texts):
        return read_page(page_lines(texts, first))
    # Everything else depends only on the start of each line, up to its first letter. Reading just that lets the cached
    # result serve all edits of words.
    return _read_beginnings(tuple([found[0] for found in map(_BEGINNING.match, texts) if found]), first)


@lru_cache(64)
def _read_beginnings(beginnings: tuple[str, ...], first: int) -> Page:
    return read_page(page_lines(beginnings, first))


def underlines(lines: Sequence[Line]) -> frozenset[int]:
    """The numbers of the lines of `-` or `=` that make the line above them a heading on the page."""
    return read_page(lines).underlines


def read_page(lines: Sequence[Line]) -> Page:
    """Read lines as the page's renderer does."""
    reader = _Reader()
    reader.read_chunk(_Node("page"), lines)
    others = map(frozenset, (reader.headings, reader.code, reader.definitions))
    return Page(frozenset(reader.found), reader.items, reader.paragraphs, reader.numbers, reader.levels, *others)


def _without_raw_html(lines: list[Line]) -> list[Line]:
    text = "\n".join(line.text for line in lines)
    outside: list[Line] = []
    spans = deque(raw_html(text))
    start = 0
    for line in lines:
        end = start + len(line.text)
        while spans and spans[0].end <= start:
            spans.popleft()
        if not spans or spans[0].start >= end:
            outside.append(line)
        else:
            rest = text[spans[0].end : end] if spans[0].end <= end else ""
            outside += [line._replace(text=part) for part in ("", _RAW, "", rest)]
        start = end + 1
    return outside


class _Node:
    """An element of the page, with only what decides how later lines are read."""

    __slots__ = ("children", "is_numbered", "level", "tag")

    def __init__(self, tag: str, level: int = 0) -> None:
        self.tag = tag
        self.level = level
        """The number of nested lists it is in, itself included."""
        self.children: list[_Node] = []
        self.is_numbered = False

    @property
    def last(self) -> str:
        """The tag of the last child; empty without children."""
        return self.children[-1].tag if self.children else ""

    def add(self, tag: str) -> _Node:
        node = _Node(tag, self.level + (tag == "list"))
        self.children.append(node)
        return node


class _Block(NamedTuple):
    """Lines without a blank one between them, and the kinds of lines that are known not to be among them."""

    lines: list[Line]
    start: int = 0
    without_hashes: bool = False
    without_rules: bool = False
    without_quotes: bool = False

    @property
    def first(self) -> str:
        return self.lines[self.start].text

    def find(self, matches: Callable[[str], object]) -> int | None:
        """The index of the first line that matches."""
        return next((at for at in range(self.start, len(self.lines)) if matches(self.lines[at].text)), None)

    def before(self, at: int) -> _Block:
        return self._replace(lines=self.lines[self.start : at], start=0)

    def mapped(self, change: Callable[[str], str]) -> list[Line]:
        """Its lines with the change made to their texts."""
        return [line._replace(text=change(line.text)) for line in self.lines[self.start :]]


class _Reader:
    """Reads the page's source and notes the underlines of headings, the items of lists, and the paragraphs."""

    def __init__(self) -> None:
        self.found: list[int] = []
        self.items: dict[int, int] = {}
        self.paragraphs: dict[int, int] = {}
        self.numbers: dict[int, int] = {}
        self.levels: dict[int, int] = {}
        self.headings: list[int] = []
        self.code: list[int] = []
        self.definitions: list[int] = []
        self.states: list[str] = []

    @property
    def state(self) -> str:
        return self.states[-1] if self.states else ""

    def read_chunk(self, parent: _Node, lines: Iterable[Line]) -> None:
        """Read lines, which blank lines divide into blocks."""
        blocks: list[list[Line]] = [[]]
        for line in lines:
            if line.text:
                blocks[-1].append(line)
            elif blocks[-1]:
                blocks.append([])
        for lines_of_block in blocks:
            self.read(parent, _Block(lines_of_block))

    def read(self, parent: _Node, block: _Block | None) -> None:
        """Read a block piece by piece."""
        while block and block.start < len(block.lines) and len(self.states) < _DEEPEST:
            block = self._read_first(parent, block)

    def _read_in(self, state: str, parent: _Node, lines: list[Line]) -> None:
        self.states.append(state)
        self.read(parent, _Block(lines))
        self.states.pop()

    def _read_first(self, parent: _Node, block: _Block) -> _Block | None:
        """Read the beginning of a block; return the rest, to be read as another block, or None."""
        if not block.first:
            return block._replace(start=block.start + 1)  # an item that begins with a blank line
        if block.first.startswith(_INDENT):
            return self._read_indented(parent, block)
        if not block.without_hashes:
            if (at := block.find(_HASHES.match)) is not None:
                self.headings.append(block.lines[at].number)
                return self._split(parent, block, block.before(at)._replace(without_hashes=True), at)
            block = block._replace(without_hashes=True)
        return self._read_underlined(parent, block) or self._read_rest(parent, block)

    def _read_underlined(self, parent: _Node, block: _Block) -> _Block | None:
        second = block.start + 1
        if second == len(block.lines) or not _UNDERLINE.match(block.lines[second].text):
            return None
        parent.add("heading")
        self.found.append(block.lines[second].number)
        return block._replace(start=second + 1)

    def _read_rest(self, parent: _Node, block: _Block) -> _Block | None:
        if not block.without_rules:
            if (at := block.find(RULE.match)) is not None:
                return self._split(parent, block, block.before(at)._replace(without_rules=True), at)
            block = block._replace(without_rules=True)
        if _ITEM.match(block.first):
            self._read_list(parent, block)
        elif not block.without_quotes and (at := block.find(_QUOTED.match)) is not None:
            self._read_quote(parent, block, at)
        elif found := _definitions_in(block.lines, block.start):
            block = block._replace(without_quotes=True)
            self.read(parent, block.before(found.start))
            self.definitions += [line.number for line in block.lines[found.start : found.end]]
            return block._replace(start=found.end)
        else:
            self._read_paragraph(parent, block)
        return None

    def _read_paragraph(self, parent: _Node, block: _Block) -> None:
        if self.state != "list":
            parent.add("paragraph")
        lines = block.lines[block.start :]
        self.paragraphs.update((line.number, lines[0].number) for line in lines if line.text != _RAW)
        self.levels.update((line.number, parent.level) for line in lines)

    def _split(self, parent: _Node, block: _Block, before: _Block, at: int) -> _Block:
        self.read(parent, before)
        parent.add("heading or rule")
        return block._replace(start=at + 1)

    def _read_indented(self, parent: _Node, block: _Block) -> _Block | None:
        if self.state != "detabbed" and (parent.tag == "item" or parent.last == "list"):
            self._read_in_item(parent, block)
            return None
        if parent.last != "code":
            parent.add("code")
        # A line of white space other than spaces continues the code.
        at = block.find(lambda text: not text.startswith(_INDENT) and not text.isspace())
        self.code += [line.number for line in block.lines[block.start : at]]
        return None if at is None else block._replace(start=at)

    def _read_in_item(self, parent: _Node, block: _Block) -> None:
        level, sibling = self._level(parent, block.first)
        lines = block.mapped(lambda text: _outdented(text, level))
        self.states.append("detabbed")
        if parent.tag == "item":
            self.read(parent.children[-1] if parent.last == "list" else parent, _Block(lines))
        elif sibling.tag == "item":
            self.read(sibling, _Block(lines))
        elif sibling.last == "item":
            self.read_chunk(sibling.children[-1], lines)
        else:
            self.read(sibling.add("item"), _Block(lines))
        self.states.pop()

    def _level(self, parent: _Node, first: str) -> tuple[int, _Node]:
        wanted = (len(first) - len(first.lstrip(" "))) // _TAB
        level = 1 if self.state == "list" else 0
        while wanted > level and parent.last in ("list", "item"):
            parent = parent.children[-1]
            level += parent.tag == "list"
        return level, parent

    def _read_list(self, parent: _Node, block: _Block) -> None:
        items = _items(block.lines[block.start :])
        if parent.last == "list":
            found = parent.children[-1]
            self._note_item(found, items[0])
            self._read_in("looselist", found.add("item"), items.pop(0))
        else:
            found = parent if parent.tag == "list" else parent.add("list")
            found.is_numbered = found.is_numbered or (not found.children and block.first.lstrip(" ")[0] not in "*+-")
        for item in items:
            indented = item[0].text.startswith(_INDENT)
            if not indented:
                self._note_item(found, item)
            self._read_in("list", found.children[-1] if indented else found.add("item"), item)

    def _note_item(self, found: _Node, item: list[Line]) -> None:
        number = item[0].number
        if found.level >= self.items.get(number, 0):
            self.items[number] = found.level
            self.numbers[number] = len(found.children) + 1 if found.is_numbered else 0

    def _read_quote(self, parent: _Node, block: _Block, at: int) -> None:
        self.read(parent, block.before(at))
        quote = parent.children[-1] if parent.last == "quote" else parent.add("quote")
        self.states.append("blockquote")
        self.read_chunk(quote, block._replace(start=at).mapped(_unquoted))
        self.states.pop()


def _outdented(text: str, levels: int) -> str:
    return text[_TAB * levels :] if text.startswith(_INDENT * levels) else text


def _unquoted(text: str) -> str:
    if text.strip() == ">":
        return ""
    match = _QUOTED.match(text)
    return text[match.end() :] if match else text


def _items(lines: list[Line]) -> list[list[Line]]:
    items: list[list[Line]] = []
    for line in lines:
        if match := _ITEM.match(line.text):
            items.append([line._replace(text=line.text[match.end() :])])
        elif _NESTED_ITEM.match(line.text) and not items[-1][0].text.startswith(_INDENT):
            items.append([line])
        else:
            items[-1].append(line)
    return items


class _Definitions(NamedTuple):
    """Lines that define link targets, by their indices; the end is the first line that stays on the page."""

    start: int
    end: int


def _definitions_in(lines: Sequence[Line], start: int) -> _Definitions | None:
    """Return the first link definition from line `start` on and the one-line definitions after it; None without any."""
    for first in range(start, len(lines)):
        length = _definition_length(lines, first)
        if length:
            last = first + length
            while _definition_length(lines, last) == 1:
                last += 1
            return _Definitions(first, last)
    return None


def _definition_length(lines: Sequence[Line], first: int) -> int:
    """Return the number of lines of the link definition that begins on line `first`; 0 if none begins there."""
    if first >= len(lines) or not _DEFINITION_OPENING.match(lines[first].text):
        return 0
    found = _DEFINITION.match("\n".join(line.text for line in lines[first : first + _LONGEST_DEFINITION]))
    return found[0].count("\n") + 1 if found else 0
