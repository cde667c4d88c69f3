"""The lists of an answer in both views: as GitHub shows them, and as the hand-in page does.

On the page a list must begin after a blank line, and a list inside a list must be indented by four spaces.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from reportls.report.handin_page.blocks import page_lines, read_page
from reportls.report.triggers import may_have_list
from reportls.text import Edit, SourceText, Span, apply_edits, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportls.report.commonmark.nodes import Element
    from reportls.report.question import Question

_TAB = 4
_OPENING = pattern(r"(?P<before>[ \t>]*)(?P<marker>[*+-]|[0-9]{1,9}[.)])(?P<after>[ \t]*)(?P<box>\[[ xX]\](?=[ \t]))?")


class Item(NamedTuple):
    """An item of a list on GitHub; offsets count from the start of the question's block."""

    line: int
    level: int
    """Number of lists around it, its own included."""
    indent: int
    """The columns before its marker."""
    content: int
    """The columns before its text."""
    marker: Span
    box: Span | None
    """The `[ ]` or `[x]` of a task."""
    number: int
    """As a reader sees it; 0 for a bullet."""


class Held(NamedTuple):
    """An item, or something inside one."""

    element: Element
    level: int
    """Number of lists around it, its own included."""
    holder: Item | None
    """The item that it is, or that it is inside."""


class AnswerList(NamedTuple):
    """An outermost list, with all lists in it."""

    items: tuple[Item, ...]
    blocks: tuple[Held, ...]
    """The items, and what they hold, in the order of the text."""
    in_quote: bool

    def misplaced(self, levels: Mapping[int, int]) -> Item | None:
        """The first item that the page, which has these levels by line, does not show where it belongs."""
        wanted = {item.line: item for item in self.items}  # of two on one line the inner one counts
        return next((item for line, item in wanted.items() if levels.get(line, 0) < item.level), None)


class ListFix(NamedTuple):
    """The edits that make both views show a list alike."""

    edits: tuple[Edit, ...]
    adds_lines: bool
    """Whether blank lines are inserted."""
    indents: bool
    """Whether the indent of lines changes."""


def lists_in(question: Question) -> Iterator[AnswerList]:
    """The outermost lists of the answer."""
    if "lists" not in question.triggers:
        return  # most answers have no list, so skip parsing
    start = 0
    elements = question.markup.elements_where(may_have_list)  # plain paragraphs have no list, so skip parsing them
    while start < len(elements):
        element = elements[start]
        end = start + 1
        if element.kind == "list":
            while end < len(elements) and elements[end].depth > element.depth:
                end += 1
            yield _list(question, elements[start:end])
        start = end


def _list(question: Question, elements: tuple[Element, ...]) -> AnswerList:
    blocks: list[Held] = []
    around: list[tuple[str, Item | None]] = []
    numbers: dict[int, list[int]] = {}
    """By the depth of a list, the numbers of its items so far."""
    for element in elements:
        del around[element.depth - elements[0].depth :]
        kinds = [kind for kind, _ in around]
        level = kinds.count("list")
        if element.kind == "list":
            numbers[element.depth] = []
        item = None
        if element.kind == "item":
            of_list = numbers[element.depth - 1]
            # A list counts on from the number of its first item, whatever the others say.
            of_list.append(of_list[-1] + 1 if of_list and of_list[-1] else int(element.info or 0))
            item = _item(question, element.first_line, level, of_list[-1])
        if element.kind != "list" and "quote" not in kinds:
            blocks.append(Held(element, level, item or (around[-1][1] if around else None)))
        if element.kind in ("list", "item", "quote"):
            around.append((element.kind, item))
    items = tuple(held.holder for held in blocks if held.holder and held.element.kind == "item")
    first = question[question.source.line_span(elements[0].first_line)]
    return AnswerList(items, tuple(blocks), first.lstrip(" \t").startswith(">"))


def _item(question: Question, line: int, level: int, number: int) -> Item | None:
    start, end = question.source.line_span(line)
    opening = _OPENING.match(question.text, start, end)
    if not opening:
        return None
    indent = len(opening["before"].expandtabs(_TAB))
    content = len(question.text[start : opening.end("after")].expandtabs(_TAB))
    box = Span(*opening.span("box")) if opening["box"] else None
    return Item(line, level, indent, content, Span(*opening.span("marker")), box, number)


def numbered_otherwise(question: Question, found: AnswerList) -> Item | None:
    """The first item to which the page gives another number, or a bullet instead of a number."""
    numbers = question.page.numbers
    wanted = {item.line: item for item in found.items}  # of two on one line the inner one counts
    return next((item for line, item in wanted.items() if numbers.get(line, item.number) != item.number), None)


def fallen_out(question: Question, found: AnswerList) -> Element | None:
    """The first paragraph of an item that the page shows at another depth of lists."""
    levels = question.page.levels
    for element, level, holder in found.blocks:
        is_later = element.kind == "paragraph" and holder and element.first_line > holder.line
        if is_later and levels.get(element.first_line, level) < level:
            return element
    return None


def fix_of(question: Question, found: AnswerList) -> ListFix | None:
    """Return the edits that make the page show the list as GitHub does; None if white space alone cannot do it.

    Blank lines where they are missing; if that is not enough, four spaces for each level.
    """
    if found.in_quote:
        return None
    blanks = _missing_blanks(question, found)
    attempts = [{}, _indents(question, found)] if _can_be_indented(found) else [{}]
    for indents in attempts:
        edits = _edits(question, blanks, indents)
        if edits and _is_mended(question, found, blanks, edits):
            return ListFix(edits, adds_lines=bool(blanks), indents=bool(indents))
    return None


def _can_be_indented(found: AnswerList) -> bool:
    """Whether GitHub, too, shows a list inside it that is indented by four spaces as one."""
    lines = {item.line for item in found.items}
    is_narrow = all(item.content - (item.indent if item.level > 1 else 0) <= _TAB for item in found.items)
    return is_narrow and len(lines) == len(found.items)


def _missing_blanks(question: Question, found: AnswerList) -> list[int]:
    """The lines above which the page needs a blank one to see that an item begins."""
    page = question.page
    first: dict[int, int] = {}
    for item in found.items:
        if item.line not in page.items and item.line in page.paragraphs:
            first.setdefault(page.paragraphs[item.line], item.line)
    return [line for paragraph, line in first.items() if line > paragraph]


def _indents(question: Question, found: AnswerList) -> dict[int, int]:
    """The columns to leave before each line of the list."""
    shifts: dict[int, int] = {}
    for element, level, holder in found.blocks:
        if element.kind == "item":
            shift = _TAB * (level - 1) - _indent(question, element.first_line) if level > 1 else 0
        elif holder and holder.line == element.first_line:
            continue  # it begins on the item's own line
        elif element.kind == "code" and holder:
            shift = _TAB * level - holder.content
        else:
            shift = _TAB * level - _indent(question, element.first_line)
        shifts.update(dict.fromkeys(range(element.first_line, element.end_line), shift))
    return {line: max(_indent(question, line) + shift, 0) for line, shift in shifts.items()}


def _indent(question: Question, number: int) -> int:
    line = question[question.source.line_span(number)].expandtabs(_TAB)
    return len(line) - len(line.lstrip(" "))


def _edits(question: Question, blanks: list[int], indents: Mapping[int, int]) -> tuple[Edit, ...]:
    edits = []
    for number in sorted({*blanks, *indents}):
        span = question.source.line_span(number)
        line = question[span]
        before = line[: len(line) - len(line.lstrip(" \t"))]
        indent = " " * indents[number] if number in indents and line.strip() else before
        newline = question.newline_at(span.start) if number in blanks else ""
        if newline or indent != before:
            end = span.start if indent == before else span.start + len(before)
            edits.append(Edit(Span(span.start, end), newline + (indent if indent != before else "")))
    return tuple(edits)


def _is_mended(question: Question, found: AnswerList, blanks: list[int], edits: tuple[Edit, ...]) -> bool:
    source = SourceText(apply_edits(question.text, edits))
    first = question.first_page_line
    levels = read_page(page_lines((source[span] for span in source.line_spans[first:]), first)).items
    wanted = {item.line: item.level for item in found.items}
    return all(levels.get(line + bisect_right(blanks, line), 0) == level for line, level in wanted.items())
