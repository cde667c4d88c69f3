"""The HTML in an answer: never more of it than images and the attributes of a tag, and nothing makes it raise."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from reportls.text import Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING = pattern(r"<!--|<img(?=[\s/>])", re.IGNORECASE)
_TAG = pattern(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_LONGEST_TAG = 2000
_ATTRIBUTE = pattern(
    r"""(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=<>`]+)))?"""
)


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
