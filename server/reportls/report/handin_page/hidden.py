"""Areas of an answer in which the hand-in page shows no image."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Literal, NamedTuple

from reportls.lazy import cached_property
from reportls.report.handin_page.raw_html import raw_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.report.commonmark.answer import AnswerMarkup
    from reportls.report.commonmark.nodes import Element
    from reportls.text import SourceText, Span

Hiding = Literal["code span", "code block", "comment", "HTML", "backslash", "no path", "no image"]
"""Why nobody sees an image."""

_COMMENT = "<!--"


class HiddenArea(NamedTuple):
    """A stretch of an answer in which no image is shown."""

    span: Span
    hiding: Hiding
    element: Element | None = None
    """The code block, if it is one."""


class HiddenAreas:
    """The hidden areas of one answer. Each kind is found when it is first asked for."""

    def __init__(self, source: SourceText, answer: Span, markup: AnswerMarkup) -> None:
        """Take the text of the question's block, the span of the answer in it, and the answer's markup."""
        self._source = source
        self._answer = answer
        self._markup = markup

    def around(self, span: Span) -> HiddenArea | None:
        """The code, comment or raw HTML in which `span` lies."""
        return _covering(self._code, span) or self.raw_around(span)

    def raw_around(self, span: Span) -> HiddenArea | None:
        """The raw HTML or comment around `span`: there the hand-in page reads no Markdown."""
        return _covering(self._raw, span)

    @cached_property
    def _code(self) -> list[HiddenArea]:
        source, markup = self._source, self._markup
        areas = [HiddenArea(span, "code span") for span in markup.code]
        areas += [
            HiddenArea(span, "comment") for span in markup.html if source.content.startswith(_COMMENT, span.start)
        ]
        for element in markup.elements:
            if element.kind == "code" or (element.kind == "fence" and is_closed(source, element)):
                areas.append(HiddenArea(element.span, "code block", element))
        return sorted(areas, key=lambda area: area.span)

    @cached_property
    def _raw(self) -> list[HiddenArea]:
        return list(self._found_raw())

    def _found_raw(self) -> Iterator[HiddenArea]:
        answer = self._answer
        text = self._source[answer].replace("\r", "\n")
        if "<" not in text:
            return
        for span in raw_html(text):
            # What is never closed is another trouble, and not this image's.
            if span.end < len(text):
                is_comment = text.startswith(_COMMENT, span.start)
                yield HiddenArea(span.shifted(answer.start), "comment" if is_comment else "HTML")


def _covering(areas: list[HiddenArea], span: Span) -> HiddenArea | None:
    index = bisect_right(areas, span.start, key=lambda area: area.span.start) - 1
    return areas[index] if index >= 0 and areas[index].span.covers(span) else None


def is_closed(source: SourceText, fence: Element) -> bool:
    """Whether the fence ends with its own mark, not just with the answer or the list that it stands in."""
    last = source[source.line_span(fence.end_line - 1)].strip(" \t>")
    return fence.end_line - fence.first_line > 1 and last.startswith(fence.markup) and not last.strip(fence.markup[0])
