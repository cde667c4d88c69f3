"""The placeholder's own dashes, left around an answer that was typed between them: `--- 54 ---`."""

from __future__ import annotations

import re
from typing import NamedTuple

from reportls.text import LINE_START, Span, end_of_line, pattern, start_of_line

_DASHES = "---"
_QUOTE_MARKS = " \t>"
_LINE_OF_DASHES = pattern(LINE_START + r"[ \t]{0,3}(?P<dashes>-{3,})[ \t]+[^\s|-]", re.MULTILINE)
_DASHES_ONLY = pattern(r"-[^\r\n]*(?<=-)")
_SETTING = pattern(r"[ ]*(?:- )?[a-z_]+:(?: \S+)?\Z")

WEBLINK = "<weblink>"
"""The template's stand-in for an address, which browsers take for a tag."""


class _Run(NamedTuple):
    span: Span
    is_alone: bool
    """Whether nothing else is on its line."""


def placeholder_dashes(text: str, content: Span) -> tuple[Span, ...]:
    """Return the rows of dashes that a placeholder left before and after the answer at `content`: at most two.

    A row that is alone on its line belongs to a placeholder only if there is one at each end of the answer; a single
    one is a rule between paragraphs. Dashes of tables, YAML front matter, arrows and lists are text.
    """
    if text.find(_DASHES, content.start, content.end) < 0:
        return ()
    closing = _closing(text, content)
    opening = _opening(text, content)
    if closing and not opening and not closing.is_alone:
        opening = _opening_further_down(text, Span(content.start, closing.span.start))
    if not opening or (closing and closing.span == opening.span):
        return ()
    if closing:
        return () if _is_yaml(text, opening, closing) else (opening.span, closing.span)
    if opening.is_alone or _LINE_OF_DASHES.search(text, opening.span.end, content.end):
        return ()
    return (opening.span,)


def lines_of_dashes(text: str, content: Span) -> tuple[Span, ...]:
    """The dashes on each line of an answer that has nothing else; none if it has. One dash alone means something."""
    if not text.startswith("--", content.start, content.end):
        return ()
    if any(len(word) == 1 or word.strip("-") for word in text[content.start : content.end].split()):
        return ()
    return tuple(Span(*match.span()) for match in _DASHES_ONLY.finditer(text, content.start, content.end))


def _opening(text: str, content: Span) -> _Run | None:
    start = content.start
    while start < content.end and text[start] in _QUOTE_MARKS:
        start += 1
    end = start
    while end < content.end and text[end] == "-":
        end += 1
    return _run(text, Span(start, end), content)


def _closing(text: str, content: Span) -> _Run | None:
    start = content.end
    while start > content.start and text[start - 1] == "-":
        start -= 1
    return _run(text, Span(start, content.end), content)


def _opening_further_down(text: str, before: Span) -> _Run | None:
    """The dashes of a placeholder above which something, an image mostly, was put."""
    found = _LINE_OF_DASHES.search(text, before.start, before.end)
    return _Run(Span(*found.span("dashes")), is_alone=False) if found else None


def _run(text: str, span: Span, content: Span) -> _Run | None:
    if span.end - span.start < len(_DASHES):
        return None
    line_start = start_of_line(text, span.start, content.start)
    before = text[line_start or content.start : span.start]
    after = text[span.end : end_of_line(text, span.end)]
    is_arrow = after.startswith(">") or before.endswith("<")
    is_table = "|" in before + after and not (before + after).strip("-|: \t")
    if is_arrow or is_table:
        return None
    return _Run(span, is_alone=not before.strip(_QUOTE_MARKS) and not after.strip())


def _is_yaml(text: str, opening: _Run, closing: _Run) -> bool:
    if not (opening.is_alone and closing.is_alone):
        return False
    lines = [line for line in re.split(r"[\r\n]+", text[opening.span.end : closing.span.start]) if line.strip()]
    return bool(lines) and all(_SETTING.match(line) for line in lines)
