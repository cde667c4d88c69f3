"""The HTML tags of an answer in both views: what GitHub takes for one, and what the hand-in page does."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.report.handin_page.inline import RAW_TAG, raw_tags, tag_of, tags_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.report.commonmark.answer import AnswerMarkup
    from reportls.report.handin_page.blocks import Page
    from reportls.report.handin_page.inline import Tag
    from reportls.text import SourceText, Span


class AnswerTag(NamedTuple):
    """A tag in an answer; its span counts from the start of the question's block."""

    tag: Tag
    on_page: bool
    """Whether the hand-in page treats it as a tag."""
    on_github: bool
    """Whether GitHub treats it as a tag."""


def tags_in(source: SourceText, answer: Span, page: Page, first_line: int, markup: AnswerMarkup) -> list[AnswerTag]:
    """Return the tags of an answer in the order of the text, without comments.

    `page` is what the hand-in page makes of the lines from `first_line` on.
    """
    on_page = {tag.span: tag for tag in tags_of(source, page, first_line) if tag.span.start >= answer.start}
    on_github = {tag.span: tag for tag in _on_github(source.content, markup)}
    tags = {**on_github, **on_page}
    return [AnswerTag(tags[span], span in on_page, span in on_github) for span in sorted(tags) if tags[span].name]


def _on_github(text: str, markup: AnswerMarkup) -> Iterator[Tag]:
    for start, end in markup.html:
        if match := RAW_TAG.fullmatch(text, start, end):
            yield tag_of(match)
    for element in markup.elements_with("<"):
        if element.kind == "html":
            yield from raw_tags(text, element.span)
