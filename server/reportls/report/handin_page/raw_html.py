"""Raw HTML on the hand-in page: from a tag that opens a line to the tag that closes it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from reportls.text import Span, pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_TAG_NAMES = """
    address article aside blockquote body canvas center colgroup dd details div dl dt fieldset figcaption figure
    footer form group h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li main map math menu nav noscript
    object ol option output p pre progress script section style summary table tbody td textarea tfoot th thead
    tr ul video
"""
BLOCK_TAGS = frozenset(_TAG_NAMES.split())
"""Tags that start raw HTML."""

_TAG = pattern(r"<(?P<close>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])[^<>]*>|<!--")
_LINE_OPENING = pattern(r" {0,3}\Z")


def raw_html(text: str) -> Iterator[Span]:
    r"""Yield each stretch of raw HTML in a text whose lines end at `\n`; one that is never closed reaches to the end.

    A comment that is never closed is plain text on the page.
    """
    # Searching the end of each comment anew would take quadratic time where none closes.
    position, last_comment = 0, text.rfind("-->")
    while match := _opening(text, position):
        if not match["tag"] and last_comment < match.end():
            position = match.end()
            continue
        position = _end(text, match)
        yield Span(match.start(), position)


class Unclosed(NamedTuple):
    """A stretch that goes on to the end because its tag is never closed."""

    tag: Span
    """The tag that opens it."""
    name: str
    closing: str
    """The tags that would close it."""


def unclosed_stretch(text: str) -> Unclosed | None:
    r"""The stretch of raw HTML that is never closed, if there is one, in a text whose lines end at `\n`."""
    for span in raw_html(text):
        opening = _TAG.match(text, span.start)
        if span.end == len(text) and opening and opening["tag"] and not _is_alone(opening):
            _, stack = _followed(text, opening)
            name = opening["tag"].lower()
            if stack.tags:
                return Unclosed(Span(*opening.span()), name, f"</{name}>" * stack.counts[name])
    return None


def opens_raw_html(line: str) -> bool:
    """Whether a block of raw HTML opens at the beginning of the line."""
    indent = len(line) - len(line.lstrip(" "))
    match = _TAG.match(line, indent)
    return bool(match and _opens_line(line, indent) and (not match["tag"] or _opens_block(match)))


def _opening(text: str, position: int) -> re.Match[str] | None:
    for match in _TAG.finditer(text, position):
        if _opens_line(text, match.start()) and (not match["tag"] or _opens_block(match)):
            return match
    return None


def _opens_line(text: str, at: int) -> bool:
    line = text.rfind("\n", max(at - 4, 0), at) + 1
    return bool((line or at < len("    ")) and _LINE_OPENING.match(text, line, at))


def _opens_block(match: re.Match[str]) -> bool:
    return not match["close"] and match["tag"].lower() in BLOCK_TAGS


def _end(text: str, opening: re.Match[str]) -> int:
    if not opening["tag"]:
        return text.index("-->", opening.end()) + len("-->")
    if _is_alone(opening):
        return opening.end()
    return _followed(text, opening)[0]


def _followed(text: str, opening: re.Match[str]) -> tuple[int, _Stack]:
    """The end of what the tag opens, and the tags that are still open there."""
    stack = _Stack(opening["tag"].lower())
    for match in _TAG.finditer(text, opening.end()):
        if match["close"]:
            stack.close(match["tag"].lower())
        elif match["tag"] and not _is_alone(match):
            stack.open(match["tag"].lower())
        if not stack.tags:
            return match.end(), stack
    return len(text), stack


def _is_alone(match: re.Match[str]) -> bool:
    return match["tag"].lower() == "hr" or match[0].endswith("/>")


class _Stack:
    """The tags that are open."""

    def __init__(self, tag: str) -> None:
        self.tags = [tag]
        self.counts = Counter(self.tags)

    def open(self, tag: str) -> None:
        self.tags.append(tag)
        self.counts[tag] += 1

    def close(self, tag: str) -> None:
        """Close the tag and all that were opened in it; nothing if it is not open."""
        while self.counts[tag]:
            last = self.tags.pop()
            self.counts[last] -= 1
            if last == tag:
                break
