"""A template: a blank Markdown file, and the slots that a reader finds in it.

Any text can be read, reading is deterministic, and takes time in proportion to the length. `anchors.py` finds the lines
that identify the slots; this module decides where each slot ends, what it is called, and which limits apply to it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from reportls.forms import form_words as words
from reportls.forms.anchors import Anchor, outline_of
from reportls.report.block import labels_in
from reportls.report.limit_grammar import Limit, read_limits
from reportls.report.limit_words import Scope
from reportls.text import Span, is_covered, pattern, with_blanked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from reportls.forms.anchors import Outline

_EMPTY_BRACKETS = pattern(r"[(\[\uff08]\W*[)\]\uff09]")
_COMMENT = pattern(r"<!--.*?-->", re.DOTALL)
_NO_LIMIT = pattern(r"<!--\s*reportls:\s*no-limit\s*-->", re.IGNORECASE)
_BEFORE_LIMIT = pattern(r"(?:\A|\s+)(?:in|with|i|p\u00e5|auf|en|dans|con)\s+\Z", re.IGNORECASE)
"""The preposition that is left in a name once its limit is cut off: "explain the numbers in 2-3 sentences"."""
_LONGEST_COMMENT = 300
"""Code points around an anchor that are searched for the word "optional"."""
_DIRECTIVE_LIMIT = pattern(r"(?P<unit>[a-z]+(?: [a-z]+)?)\s+(?P<number>[0-9].*)", re.IGNORECASE)
_SHORT_UNITS = frozenset({"sentences", "paragraphs", "lines"})
_PROSE = pattern(r"[^\W\d_]{3,}(?:\W+[^\W\d_]+){2}")
"""Three words beside a limit: it does not stand alone on its line."""


class Slot(NamedTuple):
    """One place to answer."""

    name: str
    """The author's name for the slot: "Question 7", "Dataset"; a path ("Methods/Data") where two share a name."""
    anchor: Anchor
    body: Span
    """Everything below the anchor that belongs to the slot."""
    marker: Span | None
    placeholders: tuple[Span, ...]
    """Placeholders: template text that is meant to be replaced, or that is in the place of the answer."""
    limits: tuple[Limit, ...]
    is_optional: bool
    allows_any_heading: bool


class Part(NamedTuple):
    """A limit of a section with several slots, or of the whole document."""

    name: str
    """Empty for the whole document."""
    limit: Limit
    slots: tuple[int, ...]
    """The slots that it limits together, as indices."""
    below: int | None = None
    """The field below which the limit stands: it limits what is written there, and no field."""


class Template(NamedTuple):
    """The slots and limits read from a blank file."""

    text: str
    anchors: tuple[Anchor, ...]
    """The anchors of slots and of the sections around them, in the order of the text."""
    slots: tuple[Slot, ...]
    parts: tuple[Part, ...]
    not_understood: tuple[Span, ...]
    """Words that announce a limit and cannot be read."""
    bad_directives: tuple[Span, ...]


def read_template(text: str, prompts: Collection[int] = ()) -> Template:
    """Return the slots and limits of a blank file; none if nothing in it asks for an answer.

    Lists of questions that start at the offsets `prompts` are taken for parts of the prompt above them.
    """
    return _Reader(outline_of(text, prompts), text).read()


class _Node:
    """An anchor with what lies below it."""

    def __init__(self, anchor: Anchor | None, parent: _Node | None) -> None:
        self.anchor = anchor
        self.parent = parent
        self.children: list[_Node] = []
        self.prompts: list[Anchor] = []
        """Headings that belong to the prompt: see `_Reader._absorb_only_child`."""
        self.marker: Anchor | None = None
        self.start = anchor.span.end if anchor else 0
        self.end = 0

    @property
    def is_field(self) -> bool:
        return self.anchor is not None and self.anchor.kind == "field"

    @property
    def left_over_from(self) -> int:
        """Offset from which placeholders are looked for: a field has its placeholder on the anchor's own line."""
        return self.anchor.span.start if self.anchor and self.is_field else self.start

    @property
    def name(self) -> str:
        return slot_name(self.anchor.words) if self.anchor else ""

    def nodes(self) -> Iterator[_Node]:
        """Yield the node and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.nodes()

    def leaves(self) -> Iterator[_Node]:
        if self.children:
            for child in self.children:
                yield from child.leaves()
        elif self.anchor:
            yield self


class _Reader:
    """Reads one template."""

    def __init__(self, outline: Outline, text: str) -> None:
        self._outline = outline
        self._source = outline.source
        self._text = text
        self._root = _Node(None, None)
        self._unread: list[Span] = []
        self._parts: list[Part] = []
        self._general: dict[int, list[Limit]] = {}
        """Limits for each slot below a node, by the `id` of the node."""
        self._every_slot: tuple[int, ...] = ()
        self._fences = sorted(each.span for each in outline.elements if each.kind == "fence")
        self._prose = self._without_code()
        self._labels = labels_in(text)
        self._bad_directives: list[Span] = []

    def read(self) -> Template:
        root = self._root = self._tree()
        self._absorb_only_child(root)
        leaves = list(root.leaves())
        self._every_slot = tuple(range(len(leaves)))
        own = {id(leaf): self._limits_of(leaf, leaves) for leaf in leaves}
        self._read_general(root, {id(leaf): index for index, leaf in enumerate(leaves)})
        paths = _paths(leaves)
        slots = tuple(self._slot(leaf, path, own[id(leaf)]) for leaf, path in zip(leaves, paths, strict=True))
        unread = tuple(sorted(set(self._unread)))
        anchors = tuple(node.anchor for node in root.nodes() if node.anchor)
        return Template(self._text, anchors, slots, tuple(self._parts), unread, tuple(self._bad_directives))

    # The tree

    def _tree(self) -> _Node:
        root = _Node(None, None)
        root.end = len(self._text)
        stack = [root]
        closed_at = -1
        for anchor in self._outline.anchors:
            current = stack[-1]
            if anchor.kind == "marker":
                if current.anchor is None:
                    current = self._push(stack, anchor)
                if current.marker is None and not current.children:
                    current.marker = anchor
                    closed_at = current.anchor.level if current.anchor else 0
                continue
            if self._is_below_marker(stack, anchor, closed_at) or self._is_in_leaf(current, anchor):
                continue
            while stack[-1].anchor and _is_over(stack[-1].anchor, anchor):
                self._close(stack.pop(), anchor.span.start)
            closed_at = -1
            self._push(stack, anchor)
        for node in stack:
            self._close(node, len(self._text))
        return root

    def _push(self, stack: list[_Node], anchor: Anchor) -> _Node:
        node = _Node(anchor, stack[-1])
        stack[-1].children.append(node)
        stack.append(node)
        return node

    def _close(self, node: _Node, end: int) -> None:
        """End a node; text below a field's line belongs to the section around it."""
        closing = node.anchor.end if node.anchor else None
        if node.anchor and node.anchor.kind == "field" and not node.marker:
            closing = node.anchor.span.end
        node.end = end if closing is None else min(end, closing)

    def _is_below_marker(self, stack: list[_Node], anchor: Anchor, closed_at: int) -> bool:
        """Below a marker, the template's own headings and fields are placeholders."""
        return stack[-1].marker is not None and anchor.level > closed_at >= 0

    def _is_in_leaf(self, current: _Node, anchor: Anchor) -> bool:
        """A table below a question or deliverable is where that is answered, and one below a limit is limited by it."""
        if anchor.kind != "table" or current.anchor is None or current.anchor.kind == "field":
            return False
        if current.anchor.kind != "heading":
            return True
        stated = (current.anchor.words, self._prose[current.anchor.span.end : anchor.span.start])
        return any(limit.scope is None for text in stated for limit in read_limits(text).limits)

    def _absorb_only_child(self, node: _Node) -> None:
        """Make a heading such as "Use three code blocks" part of its parent's prompt.

        It is its parent's only child and a leaf, it holds a limit, and its parent has no text of its own.
        """
        for child in node.children:
            self._absorb_only_child(child)
        if len(node.children) != 1 or node.anchor is None:
            return
        (child,) = node.children
        if child.children or child.anchor is None or child.anchor.kind != "heading":
            return
        own_text = self._text[node.start : child.anchor.span.start]
        if not own_text.strip() and read_limits(child.anchor.words).limits:
            node.prompts.append(child.anchor)
            node.marker = child.marker
            node.children.clear()

    # Limits

    def _limits_in(self, span: Span, *, is_label: bool = False) -> list[Limit]:
        """Return the limits of a stretch of the template, and note what cannot be read."""
        text = self._source[span]
        reading = read_limits(self._prose[span.start : span.end], is_label=is_label)
        silenced = {self._source.line_at(span.start + match.start()) for match in _NO_LIMIT.finditer(text)}

        def is_silenced(found: Span) -> bool:
            line = self._source.line_at(found.start)
            return line in silenced and self._source.line_span(line).covers(found)

        limits = [limit.shifted(span.start) for limit in reading.limits]
        unread = [found.shifted(span.start) for found in reading.not_understood]
        self._unread += [found for found in unread if not is_silenced(found)]
        limits = [limit for limit in limits if not is_silenced(limit.span)]
        return [*self._directive_limits(span), *limits]

    def _without_code(self) -> str:
        """Return the text with code blanked out and directives, too, so that offsets stay."""
        content = self._source.content
        hidden = [element.span for element in self._outline.elements if element.kind in {"fence", "code"}]
        hidden += [Span(*match.span()) for match in words.DIRECTIVE.finditer(content)]
        return with_blanked(content, hidden)

    def _directive_limits(self, span: Span) -> Iterator[Limit]:
        for match in words.DIRECTIVE.finditer(self._source.content, *span):
            stated = _DIRECTIVE_LIMIT.fullmatch(match["what"])
            if match["what"].casefold() in {"optional", "any-heading", "no-limit"}:
                continue
            # People write "50 words" as well as "words 50-100"; the grammar reads the former.
            said = f"({stated['number']} {stated['unit']})" if stated else match["what"]
            limits = read_limits(said).limits
            if not limits:
                self._bad_directives.append(Span(*match.span()))
            for limit in limits:
                yield limit._replace(span=Span(*match.span()), about=False)

    def _limits_of(self, leaf: _Node, leaves: list[_Node]) -> list[Limit]:
        """Return a slot's own limits; limits of the document found in it go to the document."""
        anchor = leaf.anchor
        if anchor is None:
            return []
        limits = self._limits_in(anchor.span, is_label=anchor.kind == "deliverable")
        limits += self._limits_in(Span(leaf.start, max(leaf.start, leaf.end)))
        own: dict[str, Limit] = {}
        for limit in limits:
            if limit.scope is Scope.TOTAL and len(leaves) > 1:
                self._parts.append(Part("", limit, self._every_slot))
            else:
                own.setdefault(limit.unit, limit)
        return list(own.values())

    def _read_general(self, node: _Node, places: dict[int, int]) -> None:
        """Read the text of a node with slots: limits for each slot below, for the part, or for the document."""
        if not node.children:
            return
        own = [(limit, field) for span, field in self._own_text(node) for limit in self._limits_in(span)]
        for limit, field in own:
            if limit.scope is Scope.EACH or self._is_too_short(node, limit):
                self._general.setdefault(id(node), []).append(limit)
            elif limit.scope is Scope.TOTAL:
                self._parts.append(Part("", limit, self._every_slot))
            elif not (self._is_aside(node, limit) or (limit.at_least and all(map(self._is_optional, node.leaves())))):
                slots = tuple(places[id(leaf)] for leaf in node.leaves())
                name = "" if slots == self._every_slot and field is None else node.name
                self._parts.append(Part(name, limit, slots, None if field is None else places[id(field)]))
        for child in node.children:
            self._read_general(child, places)

    def _is_too_short(self, node: _Node, limit: Limit) -> bool:
        """Recognise "Write 2-3 sentences." above more answers than sentences: it is meant for each of them."""
        if limit.unit not in _SHORT_UNITS or limit.scope or limit.at_most is None or self._is_aside(node, limit):
            return False
        return limit.at_most < len(list(node.leaves()))

    def _is_aside(self, node: _Node, limit: Limit) -> bool:
        """Recognise "a description in 1-2 sentences" above sections: it limits that description, not the sections."""
        if limit.unit not in _SHORT_UNITS or (node.anchor and node.anchor.span.covers(limit.span)):
            return False
        line = self._source.line_span(self._source.line_at(limit.span.start))
        around = self._prose[line.start : limit.span.start] + self._prose[limit.span.end : line.end]
        return _PROSE.search(around) is not None

    def _own_text(self, node: _Node) -> Iterator[tuple[Span, _Node | None]]:
        """Yield the anchor of a node, the text above its first slot, and the text below each field with that field."""
        start = 0
        if node.anchor:
            yield node.anchor.span, None
            start = node.anchor.span.end
        above: _Node | None = None
        for child in node.children:
            if above is None or (child.anchor and above.is_field):
                yield Span(start, child.anchor.span.start if child.anchor else start), above
            start, above = child.end, child
        if above and above.is_field:
            yield Span(start, max(start, node.end)), above

    # Slots

    def _slot(self, leaf: _Node, path: str, own: list[Limit]) -> Slot:
        anchor = leaf.anchor
        assert anchor is not None
        body = Span(leaf.start, max(leaf.start, leaf.end))
        directives = {match["what"].casefold() for match in words.DIRECTIVE.finditer(self._source.content, *body)}
        # "Each answer has at least 50 words" does not apply to names and cells.
        is_short = anchor.kind in {"field", "table"}
        general = [] if is_short else self._general_limits(leaf)
        units = {limit.unit for limit in own}
        inherited = {limit.unit: limit for limit in general if limit.unit not in units}
        return Slot(
            name=path,
            anchor=anchor,
            body=body,
            marker=leaf.marker.span if leaf.marker else None,
            placeholders=tuple(self._placeholders(leaf, body)),
            limits=(*own, *inherited.values()),
            is_optional="optional" in directives or self._is_optional(leaf),
            allows_any_heading="any-heading" in directives,
        )

    def _is_optional(self, leaf: _Node) -> bool:
        """Return whether a slot, or a section around it, says that an answer is optional.

        A heading that is a placeholder is: without words of its own, no report can be said to lack it.
        """
        if leaf.anchor and leaf.anchor.kind == "heading" and words.LEFT_OVER.fullmatch(words.plain(leaf.anchor.words)):
            return True
        node: _Node | None = leaf
        while node and node.anchor:
            above = self._source.content[max(0, node.anchor.span.start - _LONGEST_COMMENT) : node.anchor.span.start]
            if words.OPTIONAL.search(node.anchor.words) or ("<!--" in above and words.OPTIONAL_COMMENT.search(above)):
                return True
            node = node.parent
        prompt = self._prose[leaf.start : max(leaf.start, leaf.end)]
        return words.OPTIONAL_PROMPT.match(prompt[:_LONGEST_COMMENT]) is not None

    def _placeholders(self, leaf: _Node, body: Span) -> Iterator[Span]:
        """Find the text in the place of the answer: all below a marker, else the placeholders."""
        content = self._source.content
        if leaf.marker:
            below = Span(leaf.marker.span.end, body.end if leaf.marker.end is None else min(body.end, leaf.marker.end))
            said = content[below.start : below.end]
            stripped = said.strip()
            if stripped and not words.END_QUESTION.fullmatch(stripped):
                start = below.start + said.index(stripped)
                yield Span(start, start + len(stripped))
            return
        comments = [Span(*match.span()) for match in _COMMENT.finditer(content, *body)]
        asking = [one for one in comments if self._is_fenced(one.start) or words.LEFT_OVER.search(self._source[one])]
        asking += [Span(*match.span()) for match in words.LEFT_OVER.finditer(content, leaf.left_over_from, body.end)]
        last_end = 0
        for one in sorted(asking, key=lambda span: (span.start, -span.end)):
            if one.start >= last_end and not words.is_link(self._source[one], self._labels):
                yield one
                last_end = one.end

    def _general_limits(self, leaf: _Node) -> list[Limit]:
        """Return the limits for each slot below the sections around a slot, the outermost first."""
        above: list[list[Limit]] = []
        node: _Node | None = leaf
        while node is not None:
            above.append(self._general.get(id(node), []))
            node = node.parent
        return [limit for limits in reversed(above) for limit in limits]

    def _is_fenced(self, offset: int) -> bool:
        return is_covered(Span(offset, offset + 1), self._fences)


def _is_over(above: Anchor, following: Anchor) -> bool:
    """Return whether an anchor ends what lies below another; a label below a list is in none of its items."""
    return above.level >= following.level or (following.kind == "field" and above.list_start is not None)


def slot_name(said: str) -> str:
    """Return the name of a slot from its anchor's words: without markup, points and limits."""
    for limit in reversed(read_limits(said).limits):
        before, after = _BEFORE_LIMIT.sub("", said[: limit.span.start]), said[limit.span.end :]
        said = before + (after if before.strip() else after.lstrip(" ,"))
    said = words.plain(words.without_points(said))
    said = _EMPTY_BRACKETS.sub("", said).strip() if not said.isascii() or "(" in said or "[" in said else said
    numbered = words.NUMBERED_NAME.match(said)
    if numbered:
        return numbered["name"]
    return said.strip().removesuffix(".").removesuffix(":").strip()


def _paths(leaves: Iterable[_Node]) -> list[str]:
    """Return the names of slots; where two are equal, with the names of the sections around them."""
    naming = [*map(_naming, leaves)]
    names = [node.name for node in naming]
    counts = Counter(names)
    paths = []
    for node, name in zip(naming, names, strict=True):
        parent = node.parent
        if counts[name] > 1 and parent and parent.anchor:
            paths.append(f"{parent.name}/{name}")
        else:
            paths.append(name)
    return paths


def _naming(leaf: _Node) -> _Node:
    """Return the node that names a slot: a table that is alone below a heading has that heading's name."""
    parent = leaf.parent
    is_alone = parent and parent.anchor and parent.children == [leaf] and leaf.anchor and leaf.anchor.kind == "table"
    return parent if parent and is_alone else leaf
