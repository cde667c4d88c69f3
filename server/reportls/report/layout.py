"""Finds the parts of a question in its text: heading, prompt, marker and answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.report.form import FORM
from reportls.report.prompt import is_quoted
from reportls.text import LINE_BREAK, Span, pattern, start_of_line

if TYPE_CHECKING:
    from reportls.text import SourceText

_BEFORE_MARKER = pattern(r"(?P<quote>[ \t]{0,3}(?:>[ \t]?)*)[ \t]*[*_]{0,3}\Z")
_LONGEST_OPENING = 40
"""More code points than any line has before its marker."""
_EMPHASIS = pattern(r"[*_]{0,3}")
_LEADING_QUOTE = pattern(rf"\s*[\r\n](?P<quote>[ ]{{0,3}}>[^\r\n]*(?:{LINE_BREAK}[ ]{{0,3}}>[^\r\n]*)*)")
_LINE_END = pattern(rf"[ \t]*(?:{LINE_BREAK}|\Z)")


class Layout(NamedTuple):
    """The spans of a question's parts, in code points from the start of its block."""

    heading: Span
    """The heading's line, without its line break."""
    level: int
    """The number of `#`; 0 if they got lost."""
    number: Span
    """The digits in the heading."""
    prompt: Span | None
    """The quoted lines between heading and marker, the marker's own left out."""
    marker: Span | None
    """The author's `Answer:`."""
    marker_quoted: bool
    """Whether the marker is inside the quoted prompt."""
    answer: Span
    """From the end of the marker to the end of the block or the heading of the next section."""


def lay_out(source: SourceText, end: int) -> Layout:
    """Find the parts of the question that starts with `source` and ends at `end`, where the next section may start."""
    text = source.content
    heading = FORM.opening.match(text)
    assert heading, "a question's block starts with its heading"
    group = "number" if heading["number"] else "bare"
    marker = _find_marker(text, heading.end(), end)
    prompt = _prompt_before(source, heading.end(), marker.line) if marker else _leading_quote(text, heading.end(), end)
    if marker:
        answer = Span(marker.end, max(marker.end, end))
    else:
        answer = Span(_after_line(text, prompt.end if prompt else heading.end()), end)
    return Layout(
        heading=Span(*heading.span()),
        level=len(heading["marks"] or ""),
        number=Span(*heading.span(group)),
        prompt=prompt,
        marker=marker.span if marker else None,
        marker_quoted=marker.quoted if marker else False,
        answer=answer,
    )


class _Marker(NamedTuple):
    line: int
    """The start of its line."""
    span: Span
    end: int
    """The end of the marker and the emphasis around it."""
    quoted: bool


def _find_marker(text: str, start: int, end: int) -> _Marker | None:
    """The first marker that opens a line; failing that, the first one anywhere."""
    first: _Marker | None = None
    at = text.find(FORM.marker, start, end)
    while at >= 0:
        # Looking for the start of a very long line from each marker in it would take quadratic time.
        near = max(at - _LONGEST_OPENING, start)
        line = start_of_line(text, at, near)
        opening = _BEFORE_MARKER.match(text, line or near, at)
        after = _EMPHASIS.match(text, at + len(FORM.marker), end)
        marker = _Marker(
            line or near, Span(at, at + len(FORM.marker)), after.end() if after else at, text.startswith(">", line)
        )
        if opening and line:
            return marker._replace(quoted=">" in opening["quote"])
        first = first or marker
        at = text.find(FORM.marker, at + len(FORM.marker), end)
    return first


def _prompt_before(source: SourceText, start: int, end: int) -> Span | None:
    lines = [span for span in source.line_spans if start <= span.start < end and is_quoted(source[span])]
    return Span(lines[0].start, lines[-1].end) if lines else None


def _leading_quote(text: str, start: int, end: int) -> Span | None:
    match = _LEADING_QUOTE.match(text, start, end)
    return Span(match.start("quote"), match.end("quote")) if match else None


def _after_line(text: str, offset: int) -> int:
    match = _LINE_END.match(text, offset)
    return match.end() if match else offset
