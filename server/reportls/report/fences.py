"""Fenced code in both views: Python-Markdown without extensions has no fences and reads the ticks as inline code."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from reportls.report.handin_page.hidden import is_closed
from reportls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.report.commonmark.nodes import Element
    from reportls.report.question import Question

_TICKS = re.compile(r"(?<!\\)`+")
_AROUND = " \t>"


class Fence(NamedTuple):
    """A fence with code in it."""

    opening: Span
    """Its first ticks or tildes, with the word after them."""
    word: str
    """The first word after them, mostly the language."""
    lines: int
    """The number of lines between its two ends."""
    shown: Literal["code span", "text", "as it is", "otherwise"]
    """The way in which the page shows the fence: inline code, Markdown between ticks, or all lines unchanged."""


def fences_in(question: Question) -> Iterator[Fence]:
    """The fences of an answer, but for those that swallow the rest of it."""
    if "fences" not in question.triggers:
        return
    fences = [element for element in question.markup.elements if element.kind == "fence"]
    spans = _code_spans(question) if fences else {}
    for fence in fences:
        if (fence.depth or is_closed(question.source, fence)) and _holds_code(question, fence):
            yield _fence(question, fence, spans)


def _holds_code(question: Question, fence: Element) -> bool:
    lines = question.source.line_spans[fence.first_line + 1 : fence.end_line - 1]
    return any(question[line].strip(_AROUND) for line in lines)


def _fence(question: Question, fence: Element, spans: dict[int, int]) -> Fence:
    line = question.source.line_span(fence.first_line)
    start = question.text.index(fence.markup, line.start)
    end = start + len(fence.markup)
    word = next(iter(question.text[end : line.end].split()), "")
    opening = Span(start, question.text.index(word, end) + len(word))
    return Fence(opening, word, fence.end_line - fence.first_line - 2, _shown(question, fence, spans.get(start)))


def _shown(
    question: Question, fence: Element, end: int | None
) -> Literal["code span", "text", "as it is", "otherwise"]:
    numbers = range(fence.first_line, fence.end_line)
    paragraphs = {question.page.paragraphs.get(number) for number in numbers}
    if paragraphs == {None}:
        return "as it is"
    if len(paragraphs) > 1 or fence.markup.startswith("~"):
        return "text"
    last = question.source.line_span(fence.end_line - 1)
    return "code span" if end == last.start + len(question[last].rstrip()) else "otherwise"


def _code_spans(question: Question) -> dict[int, int]:
    """Return start and end of each code span on the page: two runs of equally many ticks in one paragraph."""
    found: dict[int, int] = {}
    paragraphs = question.page.paragraphs
    spans = question.source.line_spans
    for _, lines in groupby(sorted(paragraphs), key=lambda number: paragraphs[number]):
        numbers = list(lines)
        matches = _TICKS.finditer(question.text, spans[numbers[0]].start, spans[numbers[-1]].end)
        found.update(_pairs([Span(*match.span()) for match in matches]))
    return found


def _pairs(runs: list[Span]) -> Iterator[tuple[int, int]]:
    alike = defaultdict(list)
    for index, (start, end) in enumerate(runs):
        alike[end - start].append(index)
    at = 0
    while at < len(runs):
        start, end = runs[at]
        same = alike[end - start]
        place = bisect_right(same, at)
        if place < len(same):
            at = same[place]
            yield start, runs[at].end
        at += 1
