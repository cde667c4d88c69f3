"""Divides pages into blocks as readers see them, such as paragraphs and list items, and tells where two differ."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from enum import Enum
from itertools import count, repeat, takewhile
from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import unquote

from reportls.analysis.numbering import longest_rising
from reportls.render.sanitize import IMAGE_PATH, TASK, walk
from reportls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from justhtml import Node, Text

_MOST = 40_000
"""Blocks of one page times blocks of the other: beyond it, a stretch without a common block is one difference."""


_LONGEST = 40
"""Characters of an excerpt."""
_BEFORE = 12
"""Characters of an excerpt before the first that differs."""


class Kind(Enum):
    """The kind of a block, and its name in messages."""

    HEADING = "a heading"
    TEXT = "plain text"
    ITEM = "a list"
    TASK = "a list with boxes"
    CODE = "a code block"
    CELL = "a table"
    RULE = "a line across"


class Look(NamedTuple):
    """Everything that readers see of a block; blocks with equal looks are the same to them."""

    kind: Kind
    text: str
    """White space is one space; an image is `[image: PATH]`."""
    mark: str = ""
    """The number or bullet before the first words of a list item."""
    depth: int = 0
    """Number of lists around it."""
    quotes: int = 0
    """Number of quotes around it."""


class Block(NamedTuple):
    """A block and its node in the tree of the page."""

    look: Look
    node: Node | Text
    """The element that holds this block and little more; the start of its text where there is none."""


_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Kind.HEADING),
    **dict.fromkeys(("td", "th"), Kind.CELL),
    "li": Kind.ITEM,
    "pre": Kind.CODE,
}
_OWN = frozenset({*_KINDS, "caption", "dd", "dt", "p", "summary"})
"""Elements that hold one block, or little more."""
_AROUND = frozenset(
    {"blockquote", "center", "details", "div", "dl", "ol", "table", "tbody", "tfoot", "thead", "tr", "ul"}
)
_BLOCKS = _OWN | _AROUND
_BULLET = "\u2022"


class _Item:
    """A list item. Its number or bullet belongs to the first block in it."""

    def __init__(self, mark: str) -> None:
        self.mark = mark

    def take_mark(self) -> str:
        mark, self.mark = self.mark, ""
        return mark


class _Open(NamedTuple):
    """An element around the current text, with what the elements around it mean for a block in it."""

    node: Node | None = None
    """None where the element holds more than one block."""
    kind: Kind = Kind.TEXT
    item: _Item | None = None
    marks: Iterator[str] | None = None
    """The numbers or bullets of the items of the list around it."""
    depth: int = 0
    quotes: int = 0


def blocks_of(tree: Node) -> list[Block]:
    """Return the blocks of a sanitized page or a part of one, in time linear in its size."""
    reader = _Reader()
    for node, is_end in walk(tree):
        if node.name == "#text":
            reader.add_words(str(node.data or ""), node)
        elif is_end:
            reader.end(cast("Node", node))
        else:
            reader.start(cast("Node", node))
    reader.end_block()
    return reader.blocks


class _Reader:
    """Collects blocks from the starts, ends and texts of a page."""

    def __init__(self) -> None:
        self._open = [_Open()]
        self._words: list[str] = []
        self._first: Node | Text | None = None
        self.blocks: list[Block] = []

    def start(self, node: Node) -> None:
        attributes = node.attrs or {}
        if node.name == "img":
            self.add_words(f"[image: {unquote(attributes.get(IMAGE_PATH) or '')}]", node)
        elif node.name == "br":
            self.add_words(" ", node)
        elif node.name == "hr":
            self.end_block()
            self._add(self._open[-1]._replace(node=node, kind=Kind.RULE, item=None), "", "", node)
        elif node.name in _BLOCKS:
            self.end_block()
            self._open.append(self._opened(node, attributes))

    def end(self, node: Node) -> None:
        if node.name in _BLOCKS:
            self.end_block()
            element = self._open.pop()
            if node.name == "li" and element.item and (mark := element.item.take_mark()):
                self._add(element, "", mark, node)

    def add_words(self, words: str, node: Node | Text) -> None:
        if not self._words:
            self._first = node
        if self._words or not words.isspace():
            self._words.append(words)

    def end_block(self) -> None:
        text = " ".join("".join(self._words).split())
        self._words.clear()
        if text and self._first:
            element = self._open[-1]
            self._add(element, text, element.item.take_mark() if element.item else "", self._first)

    def _opened(self, node: Node, attributes: dict[str, str | None]) -> _Open:
        around = self._open[-1]
        inner = around._replace(node=node if node.name in _OWN else None, kind=_KINDS.get(node.name, around.kind))
        if node.name == "blockquote":
            return inner._replace(quotes=around.quotes + 1)
        if node.name in ("ul", "ol"):
            numbers = (f"{number}." for number in count(_first(attributes)))
            return inner._replace(marks=repeat(_BULLET) if node.name == "ul" else numbers, depth=around.depth + 1)
        if node.name == "li":
            kind = Kind.TASK if attributes.get("class") == TASK else Kind.ITEM
            return inner._replace(kind=kind, item=_Item(next(around.marks) if around.marks else _BULLET))
        return inner

    def _add(self, element: _Open, text: str, mark: str, first: Node | Text) -> None:
        # What follows the first paragraph of an item has no bullet.
        kind = Kind.TEXT if element.kind in (Kind.ITEM, Kind.TASK) and not mark else element.kind
        self.blocks.append(Block(Look(kind, text, mark, element.depth, element.quotes), element.node or first))


def _first(attributes: dict[str, str | None]) -> int:
    start = attributes.get("start") or ""
    # Browsers, too, read longer numbers as 1.
    return int(start) if start.isascii() and start.isdigit() and len(start) < 10 else 1  # noqa: PLR2004


def mark(marks: Iterable[tuple[Block, str, str]]) -> None:
    """Set an attribute, given as name and value, on each block's element; of two for one element, the first counts.

    Text that has no element of its own gets an empty `span` before it.
    """
    from justhtml import Element  # noqa: PLC0415  # importing it takes longer than a check

    chosen: dict[Node | Text, tuple[str, str]] = {}
    for block, name, value in marks:
        chosen.setdefault(block.node, (name, value))
    before: dict[Node | Text, Element] = {}
    for node, (name, value) in chosen.items():
        if isinstance(node, Element) and node.name in _OWN | {"hr"}:
            node.attrs[name] = value
        else:
            before[node] = Element("span", {name: value}, "html")
    # The list of children is rebuilt once: inserting one by one takes quadratic time.
    for parent in {node.parent for node in before}:
        if parent and parent.children:
            parent.children = [each for child in parent.children for each in (before.get(child), child) if each]


class Difference(NamedTuple):
    """Spans of blocks that replace each other; one of them may be empty."""

    ours: Span
    theirs: Span


class Comparison(NamedTuple):
    """Differing and equal blocks, in order."""

    differences: list[Difference]
    pairs: list[tuple[int, int]]
    """Indices of blocks with equal looks, in the one page and in the other."""


def compare(ours: Sequence[Look], theirs: Sequence[Look]) -> Comparison:
    """Compare two pages, in a time that is about linear in their lengths.

    Blocks that occur once in each page and in the same order are taken to be the same; what lies between two such
    blocks is compared thoroughly if it is short, and is one difference if it is not.
    """
    found = Comparison([], [])
    start = (0, 0)
    for anchor in [*_anchors(ours, theirs), (len(ours), len(theirs))]:
        _compare_between(ours, theirs, Span(start[0], anchor[0]), Span(start[1], anchor[1]), found)
        start = anchor
    return found


def _anchors(ours: Sequence[Look], theirs: Sequence[Look]) -> list[tuple[int, int]]:
    """Return the longest sequence of unique blocks that both pages have in the same order."""
    counted = Counter(theirs)
    places = {look: index for index, look in enumerate(theirs) if counted[look] == 1}
    counted = Counter(ours)
    shared = [(index, places[look]) for index, look in enumerate(ours) if counted[look] == 1 and look in places]
    return longest_rising(shared)


def _compare_between(ours: Sequence[Look], theirs: Sequence[Look], mine: Span, other: Span, found: Comparison) -> None:
    for is_same, one, two in _stretches(ours[mine.start : mine.end], theirs[other.start : other.end]):
        stretch = Difference(one.shifted(mine.start), two.shifted(other.start))
        if is_same:
            found.pairs.extend(zip(range(*stretch.ours), range(*stretch.theirs), strict=True))
        else:
            found.differences.append(stretch)


def _stretches(ours: Sequence[Look], theirs: Sequence[Look]) -> Iterator[tuple[bool, Span, Span]]:
    """Yield equal and differing stretches in order, True for equal ones."""
    start = _common(zip(ours, theirs, strict=False))
    if start:
        yield True, Span(0, start), Span(0, start)
    one, two = Span(start, len(ours)), Span(start, len(theirs))
    if (one.end - start) * (two.end - start) > _MOST:
        yield False, one, two
        return
    # Otherwise looks that occur often, such as empty cells, would match nothing.
    matcher = SequenceMatcher(None, ours[start:], theirs[start:], autojunk=False)
    for operation, *ends in matcher.get_opcodes():
        yield operation == "equal", Span(*ends[:2]).shifted(start), Span(*ends[2:]).shifted(start)


def _common(pairs: Iterable[tuple[Look, Look]]) -> int:
    """Count the equal pairs at the start."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def in_words(ours: Sequence[Look], theirs: Sequence[Look]) -> str:
    """Describe how blocks are written and how the course's page shows them; at most one of the two is empty."""
    if not theirs:
        return f"not shown: {_excerpt(ours, '')}"
    if not ours:
        return f"also shown: {_excerpt(theirs, '')}"
    if _kinds(ours) != _kinds(theirs):
        return f"{_kinds(ours)}, shown as {_kinds(theirs)}: {_excerpt(ours, '')}"
    if _text(ours) != _text(theirs):
        return f"{_excerpt(ours, _text(theirs))}, shown as {_excerpt(theirs, _text(ours))}"
    return f"{_kinds(ours)}, {_how(ours, theirs)} otherwise: {_excerpt(ours, '')}"


def _how(ours: Sequence[Look], theirs: Sequence[Look]) -> str:
    if {look.quotes for look in ours} != {look.quotes for look in theirs}:
        return "quoted"
    if {look.depth for look in ours} != {look.depth for look in theirs}:
        return "indented"
    if [look.mark for look in ours] != [look.mark for look in theirs]:
        return "numbered"
    return "divided"


def _kinds(looks: Sequence[Look]) -> str:
    kinds = [*dict.fromkeys(look.kind for look in looks)]
    # A horizontal rule is not worth a mention beside anything else.
    *others, last = [kind.value for kind in kinds if kind is not Kind.RULE or len(kinds) == 1]
    return f"{', '.join(others)} and {last}" if others else last


def _text(looks: Sequence[Look]) -> str:
    return " ".join(look.text for look in looks)


def _excerpt(looks: Sequence[Look], other: str) -> str:
    """Return some text from shortly before the first character that differs from the other."""
    text = _text(looks)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, other, strict=False)))
    start = max(0, same - _BEFORE)
    end = start + _LONGEST
    return f"\u201c{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}\u201d"
