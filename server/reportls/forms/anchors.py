"""Finds the anchors of a template: lines that ask for an answer, and lines that bound one.

The text is read once with markdown-it. Lines inside closed fences are never anchors, because they are not blocks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from reportls.forms import form_words as words
from reportls.report.commonmark.parse import MOST_LINES, read_blocks
from reportls.text import SourceText, Span, blanked, line_breaks_in, pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence

    from reportls.report.commonmark.nodes import Element

AnchorKind = Literal["heading", "question", "deliverable", "field", "table", "marker"]

QUESTION_LEVEL = 7
"""Below all headings: bold and plain questions, list items, deliverables, `BEGIN QUESTION`."""
FIELD_LEVEL = 8

_FRONT_MATTER = pattern(r"\A\ufeff?---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*$", re.MULTILINE | re.DOTALL)
_BOLD = pattern(r"\s*(?:\*\*|__)(?P<words>(?:(?!\*\*|__).)+)(?:\*\*|__)\s*", re.DOTALL)
_BRACKETS = pattern(r"\s*(?:[(\[][^()\[\]]*[)\]]\s*)+")
_BOLD_START = pattern(r"\s*(?:\*\*|__)(?P<words>(?:(?!\*\*|__).)+)(?:\*\*|__)", re.DOTALL)
_STARTS_WITH_NUMBER = pattern(r"[0-9]+\s*\\?[.):]")
_FIELD = pattern(
    r"[ \t]*(?:[-*+][ \t]+)?(?P<bold>\*\*|__)?(?P<label>[^:*_\n]{1,60}?)[ \t]*"
    r"(?:\*\*|__)?[:\uff1a](?:\*\*|__)?(?P<value>[^\n]*)"
)
_BLANKS = " \t*_/.-\u2013\u2026"
"""Characters of a blank to write on: "____", "__/__/____", "..."."""
_ITEM = pattern(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_HEADING_MARKS = pattern(r"[ \t]{0,3}#{1,6}(?:[ \t]+|$)|[ \t]+#+[ \t]*$")
_ROW = pattern(r"^[ \t]*\|?(?P<cells>.*?)\|?[ \t]*$", re.MULTILINE)
# It begins with the sign itself, because Python tries a lookbehind at every character.
SECTION = pattern(r"#(?<![^\r\n]#)#{0,5}(?=[ \t\r\n]|\Z)")
"""The start of a section: a line that starts with one to six `#`."""
_RAW_HTML = pattern(r"[ ]{0,3}<(?:script|pre|style|textarea|[?!])", re.IGNORECASE)
"""The start of HTML that a blank line does not end."""
_EMPTY_LINE = pattern(r"(?:\r\n|\n|\r(?!\n))[ \t]*[\r\n]")
_MOST_KEPT = 512
_LONGEST_KEPT = 10_000
"""Code points of a section whose blocks are remembered, which bounds the memory that they take."""
_MOST_LABEL_WORDS = 3


class Anchor(NamedTuple):
    """A line, or a few, that identify a place to answer or bound one."""

    kind: AnchorKind
    level: int
    """1 to 6 for headings; below them, `QUESTION_LEVEL` and `FIELD_LEVEL`."""
    span: Span
    """Its lines."""
    words: str
    """Its text, without the characters that make it a heading, an item or a label; other markup is kept."""
    end: int | None = None
    """The latest end of its slot, if something closes it."""
    list_start: int | None = None
    """The start of the list that it is an item of."""

    def shifted(self, by: int) -> Anchor:
        """Return the anchor moved by this many code points; it is in no list whose start is known."""
        kind, level, span, said, end, _ = self
        return Anchor(kind, level, span.shifted(by), said, None if end is None else end + by)


class Outline(NamedTuple):
    """The blocks and anchors of a template."""

    source: SourceText
    """The text with front matter blanked out, so that offsets stay."""
    elements: tuple[Element, ...]
    anchors: tuple[Anchor, ...]
    """In the order of the text."""


def outline_of(text: str, prompts: Collection[int] = ()) -> Outline:
    """Return the anchors of any text; offsets are code points from its start.

    The items of lists that start at `prompts` are none.
    """
    source, elements = _read(text)
    finder = _Finder(source, elements, prompts)
    return Outline(source, elements, tuple(_apart(sorted(finder.find(), key=lambda anchor: anchor.span))))


def _apart(anchors: Iterable[Anchor]) -> Iterator[Anchor]:
    """Leave out anchors inside another: a paragraph that names a `BEGIN QUESTION` may be a question itself."""
    end = 0
    for anchor in anchors:
        if anchor.span.start >= end:
            yield anchor
            end = anchor.span.end


@lru_cache(2)  # whether a text is a report is asked just before it is read as one, and both need its blocks
def _read(text: str) -> tuple[SourceText, tuple[Element, ...]]:
    source = without_front_matter(text)
    return source, tuple(blocks_of(source))


def blocks_of(source: SourceText) -> Iterator[Element]:
    """Yield the block-level elements of a text, read section by section, so that an edit costs its section alone.

    A line that starts with `#` ends every block above it except a fence or HTML that is still open.
    """
    for start, _, elements in _sections_of(source.content):
        line = source.line_at(start)
        yield from (element.shifted(start, line) for element in elements)


def sections_in(content: str) -> Iterator[str]:
    """Yield the sections of a text; none begins inside a fence or HTML that is still open."""
    return (section for _, section, _ in _sections_of(content))


def _sections_of(content: str) -> Iterator[tuple[int, str, tuple[Element, ...]]]:
    """Yield each section's start, text and blocks, whose offsets and lines count from its start."""
    starts = [match.start() for match in SECTION.finditer(content)]
    start = 0
    for end in (*starts, len(content)):
        section = content[start:end]
        elements, may_be_open = _section_blocks(section)
        if may_be_open and end < len(content):
            section = content[start:]
            yield start, section, _section_blocks(section)[0]
            return
        yield start, section, elements
        start = end


def _section_blocks(section: str) -> tuple[tuple[Element, ...], bool]:
    """Return the blocks of a section, and whether the last of them may go on in the next section."""
    return _kept_blocks(section) if len(section) <= _LONGEST_KEPT else _kept_blocks.__wrapped__(section)


@lru_cache(_MOST_KEPT)
def _kept_blocks(section: str) -> tuple[tuple[Element, ...], bool]:
    if line_breaks_in(section) >= MOST_LINES:  # the parser refuses it, and what asks is near the heading
        section = section[: SourceText(section).line_starts[MOST_LINES - 1]]
    elements = read_blocks(SourceText(section))
    return elements, _may_be_open(elements, section)


def _may_be_open(elements: Sequence[Element], section: str) -> bool:
    """Return whether the last block of a section may go on in the next one."""
    last = next((element for element in reversed(elements) if element.depth == 0), None)
    if not last:
        return False
    said, after = section[last.span.start : last.span.end], section[last.span.end :]
    if last.kind == "fence":
        closing = said.rsplit("\n", 1)[-1].strip()
        return "\n" not in said or not closing.startswith(last.markup) or bool(closing.strip(last.markup[0]))
    if last.kind != "html":
        return False
    if said.lstrip().startswith("<!--"):
        return "-->" not in said
    return _RAW_HTML.match(said) is not None or _EMPTY_LINE.match(after) is None


def without_front_matter(text: str) -> SourceText:
    """Return a text with front matter blanked out, so that offsets stay."""
    front = _FRONT_MATTER.match(text)
    return SourceText(blanked(front[0]) + text[front.end() :] if front else text)


class Candidates(NamedTuple):
    """The lines of a report that may be anchors of its template, filled in or reworded."""

    source: SourceText
    """The text with front matter blanked out, so that offsets stay."""
    anchors: tuple[Anchor, ...]
    """The candidates in the order of the text, with the kinds of a template's anchors; plain words are a `question`."""
    apart_from: int | None
    """The offset from which each section can be searched by itself; None if some section cannot."""


def finding_candidates(text: str, may_be: Callable[[Anchor], bool]) -> Generator[None, None, Candidates]:
    """Return the lines of a report that `may_be` accepts, of many more than in a template: each paragraph and item.

    Sections are read one by one and remembered, so that an edit costs its section alone. Yield after each, where the
    caller may pause.
    """
    source = without_front_matter(text)
    if bounds_more(text):
        found, rules = _found_in(source, tuple(blocks_of(source)), may_be)
        return Candidates(source, tuple([_closed(anchor, rules) for anchor in found]), None)
    found, rules, section = list[Anchor](), list[int](), ""
    for start, section, _ in _sections_of(source.content):
        anchors, breaks = candidates_in(section, may_be)
        found += [anchor.shifted(start) for anchor in anchors]
        rules += [at + start for at in breaks]
        yield
    is_apart = SECTION.search(section, 1) is None and not any(anchor.kind == "deliverable" for anchor in found)
    return Candidates(source, tuple([_closed(anchor, rules) for anchor in found]), _body(text) if is_apart else None)


def _body(text: str) -> int | None:
    """Return where front matter ends; None if it is never closed, so that a later line may close it."""
    front = _FRONT_MATTER.match(text)
    return front.end() if front else (None if text.startswith(("---", "\ufeff---")) else 0)


def bounds_more(text: str) -> bool:
    """Return whether a text has comments that bound more than a section."""
    return "<!--" in text and bool(words.BEGIN_QUESTION.search(text) or words.START_BELOW.search(text))


def goes_on(section: str) -> bool:
    """Return whether the last block of a section may go on in the next section."""
    return _section_blocks(section)[1]


def candidates_in(section: str, may_be: Callable[[Anchor], bool]) -> tuple[list[Anchor], list[int]]:
    """Return the candidates in a section, and where its rules start; offsets count from its start."""
    read = _kept_candidates if len(section) <= _LONGEST_KEPT else _kept_candidates.__wrapped__
    return read(section, may_be)


@lru_cache(_MOST_KEPT)
def _kept_candidates(section: str, may_be: Callable[[Anchor], bool]) -> tuple[list[Anchor], list[int]]:
    return _found_in(SourceText(section), _section_blocks(section)[0], may_be)


def _found_in(
    source: SourceText, elements: Sequence[Element], may_be: Callable[[Anchor], bool]
) -> tuple[list[Anchor], list[int]]:
    """Return the candidates among the blocks of a text, and where its rules start."""
    finder = _CandidateFinder(source, elements)
    found = filter(may_be, finder.find())
    return sorted(found, key=lambda anchor: (anchor.span.start, anchor.level)), finder.rules


def _closed(anchor: Anchor, rules: Sequence[int]) -> Anchor:
    """Return the anchor; a deliverable ends at the next rule."""
    if anchor.kind != "deliverable":
        return anchor
    following = bisect_left(rules, anchor.span.end)
    return anchor._replace(end=rules[following] if following < len(rules) else None)


class _Finder:
    """Looks at each block of a template for anchors."""

    takes_values = False
    """Whether a label with a value may be a field, as in a report that is filled in."""

    def __init__(self, source: SourceText, elements: Sequence[Element], prompts: Collection[int] = ()) -> None:
        self._source = source
        self._prompts = prompts
        self._blocks = [element for element in elements if element.depth == 0]
        self.rules = [block.span.start for block in self._blocks if block.kind == "rule"]
        self._items = [element for element in elements if element.kind == "item" and element.depth == 1]
        self._quoted = [element for element in elements if element.kind == "paragraph" and element.depth > 0]

    def find(self) -> Iterator[Anchor]:
        question_level = QUESTION_LEVEL
        heading_level = 1
        for index, block in enumerate(self._blocks):
            for anchor in self._anchors_in(block, index, question_level):
                if anchor.kind == "heading":
                    heading_level, question_level = anchor.level, QUESTION_LEVEL
                elif anchor.kind == "marker":
                    # The section has its own place to answer, so questions after it are its siblings.
                    question_level = heading_level
                yield anchor
        yield from self._plain_questions()

    def _anchors_in(self, block: Element, index: int, question_level: int) -> Iterator[Anchor]:
        if block.kind == "heading":
            yield self._field_in(block, index) or self._heading(block)
        elif block.kind == "paragraph":
            last = block.span.end if self._is_above_questions(index) else None
            yield from (each for each in self._paragraph(block) if each.kind != "field" or each.span.end != last)
        elif block.kind == "list":
            yield from self._list(block)
        elif block.kind == "html":
            yield from self._html(block, question_level)
        elif block.kind == "table" and _has_empty_cell(self._text(block)):
            yield self._table(block)
        elif block.kind == "quote":
            yield from self._markers_in(block)

    def _text(self, element: Element) -> str:
        return self._source[element.span]

    def _heading(self, block: Element) -> Anchor:
        if block.markup.startswith("#"):
            level = len(block.markup)
            said = _HEADING_MARKS.sub("", self._text(block))
        else:
            level = 1 if block.markup.startswith("=") else 2
            said = self._text(block).rstrip("=- \t").rstrip()
        return Anchor("heading", level, block.span, said.strip())

    def _field_in(self, block: Element, index: int) -> Anchor | None:
        """Recognise a heading "Name:" with nothing below it, which is filled in on its line."""
        level, said = self._heading(block).level, self._heading(block).words
        following = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
        is_empty = not following or (following.kind == "heading" and self._heading(following).level <= level)
        if not (is_empty or self.takes_values):
            return None
        label, colon, value = said.partition(":")
        label = words.plain(label)
        is_blank = self.takes_values or not value.strip() or words.LEFT_OVER.fullmatch(value.strip()) is not None
        if not (colon and is_blank and is_label(label)) or words.NUMBERED_NAME.match(said):
            return None
        return Anchor("field", FIELD_LEVEL, block.span, label)

    def _paragraph(self, block: Element) -> Iterator[Anchor]:
        text = self._text(block)
        if words.is_marker(text):
            yield Anchor("marker", QUESTION_LEVEL, block.span, text)
            return
        bold = _BOLD.fullmatch(text)
        deliverable = words.DELIVERABLE.fullmatch(words.plain(text))
        if deliverable and (bold or "\n" not in text):
            yield _closed(Anchor("deliverable", QUESTION_LEVEL, block.span, deliverable["what"]), self.rules)
        elif question := _bold_question(text):
            yield Anchor("question", QUESTION_LEVEL, block.span, question)
        else:
            yield from self._fields(block, needs_bold=True)

    def _table(self, block: Element) -> Anchor:
        return Anchor("table", FIELD_LEVEL, Span(block.span.start, block.span.start), "table", block.span.end)

    def _is_above_questions(self, index: int) -> bool:
        """Return whether a list of questions follows, so that a label above it asks for nothing more."""
        following = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
        if not following or following.kind != "list" or following.span.start in self._prompts or self.takes_values:
            return False
        return any(said.endswith("?") for _, said in map(self._item_words, _within(self._items, following.span)))

    def _list(self, block: Element) -> Iterator[Anchor]:
        if block.span.start in self._prompts:
            return
        items = _within(self._items, block.span)
        said = [self._item_words(item) for item in items]
        if any(words.ASKS.search(one) for _, one in said):
            for span, one in said:
                # "- Your answer here" is where the item above it is answered, and "- Example:" explains it.
                if not (words.LEFT_OVER.fullmatch(one) or _is_note(one)):
                    yield Anchor("question", QUESTION_LEVEL, span, one, list_start=block.span.start)
            return
        for item in items:
            yield from self._fields(item, needs_bold=False)

    def _item_words(self, item: Element) -> tuple[Span, str]:
        """Return the span and the words of an item's first line."""
        line = self._source.line_span(item.first_line)
        span = Span(line.start, min(line.end, item.span.end))
        return span, _ITEM.sub("", self._source[span], count=1).strip()

    def _fields(self, element: Element, *, needs_bold: bool) -> Iterator[Anchor]:
        for line in range(element.first_line, element.end_line):
            span = self._source.line_span(line)
            field = _FIELD.fullmatch(self._source[span])
            if not field or (needs_bold and not field["bold"]):
                continue
            label, value = words.plain(field["label"]), field["value"].strip(_BLANKS)
            is_blank = not value or words.LEFT_OVER.fullmatch(value) is not None
            if (is_blank or self.takes_values) and is_label(label):
                yield Anchor("field", FIELD_LEVEL, span, label)

    def _html(self, block: Element, question_level: int) -> Iterator[Anchor]:
        text = self._text(block)
        if begin := words.BEGIN_QUESTION.search(text):
            start = block.span.start + begin.end()
            end = words.END_QUESTION.search(self._source.content, start)
            named = _BOLD_START.search(self._source.content, start, end.start() if end else len(self._source.content))
            said = named["words"] if named else "Question"
            span = Span(block.span.start, named.end() if named else start)
            yield Anchor("question", question_level, span, said, end.start() if end else None)
        elif words.START_BELOW.search(text):
            closing = self._source.content.find("<!--", block.span.end)
            yield Anchor("marker", QUESTION_LEVEL, block.span, text, closing if closing >= 0 else None)

    def _markers_in(self, quote: Element) -> Iterator[Anchor]:
        for paragraph in _within(self._quoted, quote.span):
            for line in range(paragraph.first_line, paragraph.end_line):
                span = self._source.line_span(line)
                if words.is_marker(self._source[span]):
                    yield Anchor("marker", QUESTION_LEVEL, span, self._source[span])

    def _plain_questions(self) -> Iterator[Anchor]:
        """Find plain lines that end in "?", where a section has several and each has its own space below."""
        section: list[int] = []
        for index in range(len(self._blocks) + 1):
            block = self._blocks[index] if index < len(self._blocks) else None
            if block and block.kind == "paragraph" and self._is_plain_question(block):
                section.append(index)
            if block is None or block.kind == "heading":
                if len(section) > 1 and all(map(self._has_space, section)):
                    yield from (self._plain_question(self._blocks[number]) for number in section)
                section = []

    def _is_plain_question(self, block: Element) -> bool:
        text = self._text(block)
        return words.ASKS.search(text) is not None and not _bold_question(text)

    def _has_space(self, index: int) -> bool:
        """Recognise a placeholder or two empty lines below a question."""
        if index + 1 >= len(self._blocks):
            return True
        block, following = self._blocks[index], self._blocks[index + 1]
        if following.kind == "paragraph" and self._is_plain_question(following):
            return following.first_line - block.end_line > 1
        return following.kind != "heading" or following.first_line - block.end_line > 1

    def _plain_question(self, block: Element) -> Anchor:
        return Anchor("question", QUESTION_LEVEL, block.span, self._text(block).strip())


class _CandidateFinder(_Finder):
    """Collects the lines of a report that may be anchors of its template, block by block."""

    takes_values = True

    def find(self) -> Iterator[Anchor]:
        for index, block in enumerate(self._blocks):
            # Notebook questions are siblings of sections, whatever the level of these.
            yield from self._anchors_in(block, index, QUESTION_LEVEL)

    def _anchors_in(self, block: Element, index: int, question_level: int) -> Iterator[Anchor]:
        if block.kind == "heading":
            yield self._heading(block)
            if field := self._field_in(block, index):
                yield field
        elif block.kind == "table":
            yield self._table(block)
        else:
            yield from super()._anchors_in(block, index, question_level)
            if block.kind == "quote":
                yield from self._questions_in(block)

    def _paragraph(self, block: Element) -> Iterator[Anchor]:
        text = self._text(block)
        if words.is_marker(text):
            yield Anchor("marker", QUESTION_LEVEL, block.span, text)
            return
        deliverable = words.DELIVERABLE.match(words.plain(self._source[self._source.line_span(block.first_line)]))
        if deliverable:
            yield Anchor("deliverable", QUESTION_LEVEL, block.span, deliverable["what"])
            return
        yield Anchor("question", QUESTION_LEVEL, block.span, text.strip())
        yield from self._fields(block, needs_bold=False)

    def _questions_in(self, quote: Element) -> Iterator[Anchor]:
        """Take each paragraph of a quote: authors quote the questions that they answer."""
        for paragraph in _within(self._quoted, quote.span):
            yield Anchor("question", QUESTION_LEVEL, paragraph.span, self._text(paragraph))

    def _list(self, block: Element) -> Iterator[Anchor]:
        for item in _within(self._items, block.span):
            yield Anchor("question", QUESTION_LEVEL, *self._item_words(item))
            yield from self._fields(item, needs_bold=False)


def _bold_question(text: str) -> str | None:
    """Return the words of a bold paragraph that asks or is numbered; a limit or points may follow in brackets."""
    bold = _BOLD_START.match(text)
    if not bold:
        return None
    said, after = bold["words"].strip(), text[bold.end() :]
    if not (words.ASKS.search(said) or _STARTS_WITH_NUMBER.match(said)):
        return None
    if not after.strip():
        return said
    return f"{said} {after.strip()}" if _BRACKETS.fullmatch(after) else None


def _within(elements: Sequence[Element], span: Span) -> Sequence[Element]:
    """Return the elements, which are in the order of the text, that lie in a span."""
    first = bisect_left(elements, span.start, key=_start)
    return [each for each in elements[first : bisect_left(elements, span.end, key=_start)] if each.span.end <= span.end]


def _start(element: Element) -> int:
    return element.span.start


def _is_note(said: str) -> bool:
    """Return whether an item is an example or a note to the reader: "Example: a boat"."""
    label, colon, _ = words.plain(said).partition(":")
    return bool(colon) and not said.endswith("?") and words.NO_FIELD.match(label) is not None


def is_label(label: str) -> bool:
    """Return whether words before a colon may be the name of a field."""
    return (
        bool(label)
        and len(label.split()) <= _MOST_LABEL_WORDS
        and not words.NO_FIELD.match(label)
        and not words.MARKER.fullmatch(label)
    )


def _has_empty_cell(table: str) -> bool:
    rows: Sequence[str] = [match["cells"] for match in _ROW.finditer(table)]
    return any(not cell.strip() for row in rows[2:] for cell in row.split("|"))
