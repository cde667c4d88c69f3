"""Where in an answer an image would not be seen on the hand-in page."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Literal, NamedTuple

from reportls.lazy import cached_property
from reportls.report.handin_page.raw_html import raw_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.report.commonmark.nodes import Element
    from reportls.report.question import Question
    from reportls.text import Span

Hiding = Literal["code span", "code block", "comment", "HTML", "backslash", "no path", "no image"]
"""Why nobody sees an image."""

_COMMENT = "<!--"


class Area(NamedTuple):
    """A stretch of an answer in which no image is shown."""

    span: Span
    hiding: Hiding
    element: Element | None = None
    """The code block, if it is one."""


class Areas:
    """The areas of one answer, each kind found when it is first asked for."""

    def __init__(self, question: Question) -> None:
        """Take the question; its markup is read only if needed."""
        self._question = question

    def around(self, span: Span) -> Area | None:
        """The code, comment or raw HTML in which `span` lies."""
        return _covering(self._code, span) or self.raw_around(span)

    def raw_around(self, span: Span) -> Area | None:
        """The raw HTML or comment around `span`: there the hand-in page reads no Markdown."""
        return _covering(self._raw, span)

    @cached_property
    def _code(self) -> list[Area]:
        question, markup = self._question, self._question.markup
        areas = [Area(span, "code span") for span in markup.code]
        areas += [Area(span, "comment") for span in markup.html if question.text.startswith(_COMMENT, span.start)]
        for element in markup.elements:
            if element.kind == "code" or (element.kind == "fence" and is_closed(question, element)):
                areas.append(Area(element.span, "code block", element))
        return sorted(areas, key=lambda area: area.span)

    @cached_property
    def _raw(self) -> list[Area]:
        return list(self._found_raw())

    def _found_raw(self) -> Iterator[Area]:
        question = self._question
        answer = question.layout.answer
        text = question[answer].replace("\r", "\n")
        if "<" not in text:
            return
        for span in raw_html(text):
            # What is never closed is another trouble, and not this image's.
            if span.end < len(text):
                is_comment = text.startswith(_COMMENT, span.start)
                yield Area(span.shifted(answer.start), "comment" if is_comment else "HTML")


def _covering(areas: list[Area], span: Span) -> Area | None:
    index = bisect_right(areas, span.start, key=lambda area: area.span.start) - 1
    return areas[index] if index >= 0 and areas[index].span.covers(span) else None


def is_closed(question: Question, fence: Element) -> bool:
    """Whether the fence ends with its own mark, not just with the answer or the list that it stands in."""
    last = question[question.source.line_span(fence.end_line - 1)].strip(" \t>")
    return fence.end_line - fence.first_line > 1 and last.startswith(fence.markup) and not last.strip(fence.markup[0])
