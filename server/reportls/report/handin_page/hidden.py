"""Areas of an answer in which the hand-in page shows no image."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Literal, NamedTuple

from reportls.lazy import cached_property
from reportls.report.handin_page.inline import code_spans, inline_tags, paragraphs_with
from reportls.report.handin_page.raw_html import raw_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportls.report.commonmark.answer import AnswerMarkup
    from reportls.report.commonmark.nodes import Element
    from reportls.report.handin_page.blocks import Page
    from reportls.text import SourceText, Span

Hiding = Literal["code span", "code block", "comment", "definition", "HTML", "backslash", "no path", "no image"]
"""Why nobody sees an image."""

_COMMENT = "<!--"


class HiddenArea(NamedTuple):
    """A stretch of an answer in which no image is shown."""

    span: Span
    hiding: Hiding
    element: Element | None = None
    """The code block or fence on GitHub, if it is one there."""


class HiddenAreas:
    """The hidden areas of one answer. Each kind is found when it is first asked for."""

    def __init__(self, source: SourceText, answer: Span, markup: AnswerMarkup, read_page: Callable[[], Page]) -> None:
        """Take the text of the question's block, the span and the markup of the answer, and what reads the page."""
        self._source = source
        self._answer = answer
        self._markup = markup
        self._read_page = read_page

    def around(self, span: Span) -> HiddenArea | None:
        """The code, comment, definition or raw HTML in which `span` lies."""
        return self.raw_around(span) or _covering(self._unread, span)

    def raw_around(self, span: Span) -> HiddenArea | None:
        """The raw HTML or comment around `span`: there the hand-in page reads no Markdown."""
        return _covering(self._raw, span)

    @cached_property
    def _unread(self) -> list[HiddenArea]:
        """The areas outside of raw HTML in which the page reads no Markdown."""
        return sorted(self._found_unread(), key=lambda area: area.span)

    def _found_unread(self) -> Iterator[HiddenArea]:
        source, page = self._source, self._read_page()
        raw = [area.span for area in self._raw]
        for start, text in paragraphs_with("`", source, page, raw):
            yield from (self._code(span.shifted(start), "code span") for span in code_spans(text))
        for start, text in paragraphs_with("<!--", source, page, raw):
            comments = (tag.span for tag in inline_tags(text) if text.startswith(_COMMENT, tag.span.start))
            yield from (HiddenArea(span.shifted(start), "comment") for span in comments)
        yield from (self._code(source.line_span(line), "code block") for line in page.code)
        yield from (HiddenArea(source.line_span(line), "definition") for line in page.definitions)

    def _code(self, span: Span, hiding: Hiding) -> HiddenArea:
        """Return code on the page, and the whole block that it is in on GitHub, which a fix has to remove."""
        index = bisect_right(self._blocks, span.start, key=lambda element: element.span.start) - 1
        block = self._blocks[index] if index >= 0 and self._blocks[index].span.overlaps(span) else None
        return HiddenArea(span, "code block" if block else hiding, block)

    @cached_property
    def _blocks(self) -> list[Element]:
        found = self._markup.elements_with("![", "<img", "```", "~~~")
        return [element for element in found if element.kind in ("code", "fence")]

    @cached_property
    def _raw(self) -> list[HiddenArea]:
        return list(self._found_raw())

    def _found_raw(self) -> Iterator[HiddenArea]:
        answer = self._answer
        text = self._source[answer].replace("\r", "\n")
        if "<" not in text:
            return
        for span in raw_html(text):
            # Unclosed HTML is a problem of its own, which another rule reports.
            if span.end < len(text):
                is_comment = text.startswith(_COMMENT, span.start)
                yield HiddenArea(span.shifted(answer.start), "comment" if is_comment else "HTML")


def _covering(areas: list[HiddenArea], span: Span) -> HiddenArea | None:
    index = bisect_right(areas, span.start, key=lambda area: area.span.start) - 1
    return areas[index] if index >= 0 and areas[index].span.covers(span) else None


def is_closed(source: SourceText, fence: Element) -> bool:
    """Whether the fence ends with its own mark, not just with the answer or the list around it."""
    last = source[source.line_span(fence.end_line - 1)].strip(" \t>")
    return fence.end_line - fence.first_line > 1 and last.startswith(fence.markup) and not last.strip(fence.markup[0])
