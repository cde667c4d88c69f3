"""The HTML in an answer."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

from reportls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Images(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, int, int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        source = dict(attrs).get("src")
        if tag == "img" and source:
            line, column = self.getpos()
            self.found.append((line, column, len(self.get_starttag_text() or ""), source))


def image_tags(html: str) -> Iterator[tuple[Span, str]]:
    """Each `<img>` with a source: where it stands in `html`, and the source."""
    parser = _Images()
    # The parser counts lines by `\n` alone.
    parser.feed(html.replace("\r", " "))
    starts = [0, *(index + 1 for index, char in enumerate(html) if char == "\n")]
    for line, column, length, source in parser.found:
        start = starts[line - 1] + column
        yield Span(start, start + length), source
