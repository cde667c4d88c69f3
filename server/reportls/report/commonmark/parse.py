"""Markdown to data, as the author's preview shows it: markdown-it with tables and strikethrough, like GitHub.

markdown-it gives the lines of a block but no columns inside it. The inline rules are therefore wrapped
to note where in the block's content they matched, and the content's lines are found again in the source.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any

from reportls.report.commonmark.nodes import SIGNS, Element, ElementKind, Image, Link, Markup
from reportls.report.target import address_of
from reportls.text import SourceText, Span, pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_KINDS: dict[str, ElementKind] = {
    "paragraph_open": "paragraph",
    "heading_open": "heading",
    "hr": "rule",
    "fence": "fence",
    "code_block": "code",
    "html_block": "html",
    "table_open": "table",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "list_item_open": "item",
    "blockquote_open": "quote",
}

_OPENERS = frozenset("`~>*+-_#<0123456789")
"""A line that ends a paragraph begins with one of these, or is the first of a table."""
_MOST_BRACKETS = 1000
"""Most brackets in a text that is parsed at once. The parser searches the end of each; if none ends, time is
quadratic."""
_MOST_QUOTED = 20_000
"""Quotes times lines, without a blank line among them."""
MOST_LINES = 10_000
"""Lines parsed at once. The parser takes 80 microseconds for the item of a list, so more would be felt at each edit."""
_OPENING = pattern(r"<!--|<img(?=[\s/>])", re.IGNORECASE)
_TAG = pattern(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_LONGEST_TAG = 2000
_ATTRIBUTE = pattern(
    r"""(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=<>`]+)))?"""
)


def read_stretch(source: SourceText) -> Markup:
    """The markup of a text; offsets and lines count from its start."""
    reader = _Reader(source)
    if why := _obstacle(reader.lines):
        return Markup((reader.unread(why),))
    return reader.read(_markdown().parse("\n".join(reader.lines)))


def read_blocks(source: SourceText) -> tuple[Element, ...]:
    """Return the block-level elements of a text, which takes less time than reading what is inside them, too."""
    reader = _Reader(source)
    if why := _obstacle(reader.lines):
        return (reader.unread(why),)
    markdown, tokens = _markdown(), list[Any]()
    markdown.block.parse("\n".join(reader.lines), markdown, {}, tokens)
    return reader.read(tokens).elements


def read_paragraph(source: SourceText, span: Span) -> Markup:
    """Return the markup of a text that is known to be one paragraph, at that span."""
    first, last = source.line_at(span.start), source.line_at(span.end)
    reader = _Reader(source)
    (token,) = _markdown().parseInline("\n".join(reader.lines[first : last + 1]).strip())
    token.map = [first, last + 1]
    element = Element("paragraph", first, last + 1, span, 0, "", "")
    return reader.read([token])._replace(elements=(element,))


@cache
def _markdown() -> MarkdownIt:
    # Importing it costs more than everything else, and not every command needs it.
    from markdown_it import MarkdownIt  # noqa: PLC0415
    from markdown_it.rules_inline import autolink, backtick, html_inline, image, link  # noqa: PLC0415

    markdown = MarkdownIt("commonmark", {"maxNesting": 20}).enable(["table", "strikethrough"])
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005  # data: and file: are for rules to judge
    _end_paragraphs_fast(markdown)
    markdown.core.ruler.at("inline", _parse_inline_where_needed)
    # It joins text tokens, which nobody reads here.
    markdown.core.ruler.disable("text_join")
    rules = {"backticks": backtick, "link": link, "image": image, "autolink": autolink, "html_inline": html_inline}
    for name, rule in rules.items():
        markdown.inline.ruler.at(name, _noting_spans(rule))
    return markdown


def _end_paragraphs_fast(markdown: MarkdownIt) -> None:
    """Have one rule ask the others whether a line ends the paragraph above it, and only if its first sign can.

    They are asked of every line of every paragraph, twice, and nearly all lines begin with a letter.
    """
    ruler = markdown.block.ruler
    enders = [rule for rule in ruler.__rules__ if "paragraph" in rule.alt and rule.name != "table"]
    functions = [rule.fn for rule in enders]

    def ends_paragraph(state: StateBlock, line: int, end: int, silent: bool) -> bool:  # noqa: FBT001  # markdown-it calls it so
        if not silent or state.src[state.bMarks[line] + state.tShift[line]] not in _OPENERS:
            return False
        return any(function(state, line, end, True) for function in functions)  # noqa: FBT003  # markdown-it's interface

    for rule in enders:
        ruler.at(rule.name, rule.fn, {"alt": [chain for chain in rule.alt if chain != "paragraph"]})
    ruler.before("paragraph", "ends_paragraph", ends_paragraph, {"alt": ["paragraph"]})


def _parse_inline_where_needed(state: StateCore) -> None:
    # Most paragraphs are plain text, and emphasis is of no interest here.
    for token in state.tokens:
        if token.type == "inline" and not SIGNS.isdisjoint(token.content) and can_be_parsed(token.content):
            token.children = token.children or []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def can_be_parsed(content: str) -> bool:
    """Whether parsing takes roughly linear time."""
    return content.count("[") + content.count("<") <= _MOST_BRACKETS


def _obstacle(lines: Sequence[str]) -> str:
    """Return why parsing the lines would take too long, in words; empty if it does not."""
    if len(lines) > MOST_LINES:
        return f"more than {MOST_LINES:,} lines"
    return "" if quotes_can_be_parsed(lines) else "too many quotes without a blank line between them"


def quotes_can_be_parsed(lines: Iterable[str]) -> bool:
    """Return whether parsing the quotes takes roughly linear time.

    The parser takes each line up to the next blank one for part of a quote, even if a fence or a heading in the quote
    has ended it before, and looks at all of them again for the next quote.
    """
    before = quotes = together = 0
    for line in lines:
        words = line.lstrip("> \t")
        depth = line.count(">", 0, len(line) - len(words))
        quotes, together = (quotes + (depth > before), together + 1) if words else (0, 0)
        if quotes * together > _MOST_QUOTED:
            return False
        before = depth
    return True


def _noting_spans(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """The inline rule, noting in the first token that it pushes where it matched and where its label ends."""

    def noting(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  # markdown-it calls it so
        start, before = state.pos, len(state.tokens)
        matched = rule(state, silent)
        if matched and not silent:
            for token in state.tokens[before:]:
                if token.type != "text":
                    token.meta = {"span": (start, state.pos), "label_end": _label_end(state, token.type, start)}
                    break
        return matched

    return noting


def _label_end(state: StateInline, kind: str, start: int) -> int:
    from markdown_it.helpers import parseLinkLabel  # noqa: PLC0415  # see `_markdown`

    if kind == "image":
        return parseLinkLabel(state, start + 1, disableNested=False)
    return parseLinkLabel(state, start, disableNested=True) if state.src[start] == "[" else -1


_BAR = r"\|"
"""A bar in a cell of a table as it must be written; the cell's content has the bar alone."""


class _Reader:
    """Turns tokens into spans of the text that they were made from."""

    def __init__(self, source: SourceText) -> None:
        self.text = source.content
        self.spans = source.line_spans
        self.lines = [source[span].replace("\0", "\ufffd") for span in self.spans]
        self.reached: dict[int, int] | None = None
        """In a table, the column up to which the cells of each line have been found."""

    def unread(self, why: str) -> Element:
        """Return the element that stands for a text that would take too long."""
        return Element("unread", 0, len(self.lines), Span(0, len(self.text)), 0, "", why)

    def read(self, tokens: list[Token]) -> Markup:
        elements: list[Element] = []
        inline: dict[str, list[Any]] = {"image": [], "link": [], "code": [], "html": []}
        depth = 0
        for token in tokens:
            if token.nesting < 0 and token.type.endswith(("list_close", "item_close", "quote_close")):
                depth -= 1
            if token.map and token.type in _KINDS:
                elements.append(self._element(token, _KINDS[token.type], depth))
            if token.nesting > 0 and token.type.endswith(("list_open", "item_open", "quote_open")):
                depth += 1
            if token.type.startswith("table_"):
                self.reached = {} if token.nesting > 0 else None
            if token.type == "inline" and token.children and token.map:
                self._read_inline(token, inline)
            elif token.type == "html_block" and token.map:
                inline["image"] += html_images(self.text, self._lines_span(*token.map))
        return Markup(tuple(elements), *map(tuple, inline.values()))

    def _element(self, token: Token, kind: ElementKind, depth: int) -> Element:
        first, end = token.map or (0, 0)
        while end - 1 > first and not self.lines[end - 1].strip() and kind != "fence":
            end -= 1
        return Element(kind, first, end, self._lines_span(first, end), depth, token.markup, token.info)

    def _lines_span(self, first: int, end: int) -> Span:
        last = min(max(end - 1, first), len(self.spans) - 1)
        return Span(self.spans[first].start, self.spans[last].end)

    def _read_inline(self, token: Token, found: dict[str, list[Any]]) -> None:
        place: _Content | None = None
        for child in token.children or ():
            if "span" not in child.meta:
                continue
            place = place or _Content(token.content, self._found_lines(token), in_table=self.reached is not None)
            start, end = child.meta["span"]
            span = place.span(start, end)
            if not self._stands_at(token.content[start:end], span):
                continue
            if child.type == "image":
                found["image"].append(place.image(child, span))
            elif child.type == "link_open":
                found["link"].append(place.link(child, span))
            elif child.type == "code_inline":
                found["code"].append(span)
            else:
                found["html"].append(span)
                found["image"] += html_images(self.text, span)

    def _stands_at(self, words: str, span: Span) -> bool:
        """Whether the span has the token's words. If not, it is dropped: a fix at a wrong place would do damage."""
        found = self.text[span.start : span.end].replace("\0", "\ufffd")
        found = found if self.reached is None else found.replace(_BAR, "|")
        return found == words or ("\n" in words and (found[:1], found[-1:]) == (words[:1], words[-1:]))

    def _found_lines(self, token: Token) -> Iterator[int]:
        """Yield the offset in the block of each line of the token's content."""
        first, last = (token.map[0], len(self.lines) - 1) if token.map else (0, 0)
        # Lines of other white space than blanks and tabs are lines of the paragraph, but are stripped from its start.
        while first < last and not self.lines[first].strip():
            first += 1
        for index, line in enumerate(token.content.split("\n")):
            number = min(first + index, last)
            yield self.spans[number].start + self._column(number, line)

    def _column(self, number: int, line: str) -> int:
        """Return the column at which a line of content starts; it reaches to the end of its source line."""
        source = self.lines[number]
        if self.reached is not None:  # the cells of a row come one by one
            written = line.replace("|", _BAR)
            column = source.find(written, self.reached.get(number, 0))
            self.reached[number] = max(column, 0) + len(written)
            return column
        column = source.rfind(line)
        # A tab before the content, part of which was an indent, has become blanks there.
        return column if column >= 0 else source.rfind(line.strip()) - (len(line) - len(line.lstrip()))


class _Content:
    """Finds the places of an inline token's content in its block."""

    def __init__(self, content: str, starts: Iterator[int], *, in_table: bool) -> None:
        self.content = content
        self.source = SourceText(content)
        self.starts = list(starts)
        self.in_table = in_table

    def span(self, start: int, end: int) -> Span:
        return Span(self._offset(start), self._offset(end))

    def _offset(self, offset: int) -> int:
        line, column = self.source.line_col(offset)
        escaped = self.content.count("|", 0, offset) if self.in_table else 0
        return self.starts[line] + column + escaped * (len(_BAR) - 1)

    def image(self, token: Token, span: Span) -> Image:
        start, end = token.meta["span"]
        label_end = token.meta["label_end"]
        target = self._target(label_end, end)
        path = address_of(str(token.attrs["src"]))
        return Image("inline" if target else "reference", span, self.span(start + 2, label_end), target, path)

    def link(self, token: Token, span: Span) -> Link:
        start, end = token.meta["span"]
        label_end = token.meta["label_end"]
        path = address_of(str(token.attrs["href"]))
        if label_end < 0:  # <address>
            return Link(span, self.span(start + 1, end - 1), self.span(start + 1, end - 1), path)
        return Link(span, self.span(start + 1, label_end), self._target(label_end, end), path)

    def _target(self, label_end: int, end: int) -> Span | None:
        """The destination between the brackets; None if the link refers to a definition."""
        if not self.content.startswith("](", label_end):
            return None
        start = label_end + 2
        while start < end - 1 and self.content[start].isspace():
            start += 1
        from markdown_it.helpers import parseLinkDestination  # noqa: PLC0415

        destination = parseLinkDestination(self.content, start, end - 1)
        if self.content.startswith("<", start):
            return self.span(start + 1, destination.pos - 1)
        return self.span(start, max(destination.pos, start))  # with nothing between the brackets, it is 0


def html_images(text: str, span: Span) -> Iterator[Image]:
    """The `<img>` tags with a source in the HTML at `span`."""
    html = text[span.start : span.end]
    if "<img" not in html.lower():
        return

    for tag, path in image_tags(html):
        yield Image("html", tag.shifted(span.start), None, None, path)


def image_tags(html: str) -> Iterator[tuple[Span, str]]:
    """Each `<img>` with a source that is in no comment: its place in `html`, and the source."""
    position = 0
    while opening := _OPENING.search(html, position):
        position = opening.end()
        if opening[0] == "<!--":
            close = html.find("-->", position)
            position = close if close >= 0 else len(html)
        elif tag := _TAG.match(html, opening.start(), opening.start() + _LONGEST_TAG):
            position = tag.end()
            source = attributes_of(tag[0]).get("src")
            if source and (path := unescape(tag[0][source.start : source.end])):
                yield Span(*tag.span()), path


def attributes_of(tag: str) -> dict[str, Span]:
    """The place of each attribute's value in the tag, without quotes, by the attribute's name in lower case."""
    found: dict[str, Span] = {}
    for match in _ATTRIBUTE.finditer(tag):
        group = next((name for name in ("double", "single", "bare") if match[name] is not None), None)
        if group:
            found.setdefault(match["name"].lower(), Span(*match.span(group)))
    return found
