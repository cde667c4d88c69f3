"""The path between an image's or a link's brackets while it is being typed: they may still be open."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.image_paths import is_picture
from reportls.text import Span, pattern

if TYPE_CHECKING:
    from reportls.features.completion.cursor import Cursor

_OPENING = "]("
_LONGEST_LABEL = 2000
_STOP = pattern(r"""[()\s\[\]<|`"]""")
_CLOSED = pattern(r"""(?:[ \t]+(?:"[^"\r\n]*"|'[^'\r\n]*'|\([^()\r\n]*\))?)?[ \t]*\)""")
"""What may stand between a path and the end of the brackets: a title."""
_TO_ANGLE = pattern(r"[^<>\r\n]*>")
_UNCLOSED_IN_ANGLES = pattern(r"[^\s()<>]*")


class TypedPath(NamedTuple):
    """A path with the cursor in it or at one of its ends; offsets count from the start of the question's block."""

    is_image: bool
    span: Span
    """From the bracket to the end of the path, or of what there is of it, without `<>`, blanks and title."""
    closing: str
    """What is yet missing behind it for the brackets to be closed."""


class _End(NamedTuple):
    at: int
    closing: str


def typed_path(cursor: Cursor) -> TypedPath | None:
    """The path at the cursor; None if it is in no brackets, or past the path in them."""
    text = cursor.question.text
    bracket = text.rfind(_OPENING, cursor.line.start, cursor.at)
    label = _label_start(text, max(cursor.line.start, bracket - _LONGEST_LABEL), bracket)
    if label is None:
        return None
    start = bracket + len(_OPENING)
    while start < cursor.at and text[start] in " \t":
        start += 1
    in_angles = start < cursor.at and text[start] == "<"
    start += in_angles
    end = _end_in_angles(cursor, start) if in_angles else _end(cursor, start)
    is_image = label > cursor.line.start and text[label - 1] == "!"
    return TypedPath(is_image, Span(start, end.at), end.closing) if end else None


def _label_start(text: str, first: int, end: int) -> int | None:
    """Where the label that ends at `end` opens."""
    depth = 0
    for at in range(end - 1, first - 1, -1):
        if text[at] == "[":
            depth -= 1
            if depth < 0:
                return at
        elif text[at] == "]":
            depth += 1
    return None


def _end(cursor: Cursor, start: int) -> _End | None:
    """Where the path ends: before the bracket that closes, or, if none does, at the first sign that is in no path."""
    text, depth, gap = cursor.question.text, 0, None
    for stop in _STOP.finditer(text, start, cursor.line.end):
        at = stop.start()
        if stop[0] == "(":
            depth += 1
        elif stop[0] == ")":
            depth -= 1
            if depth < 0:
                return _closed_at(cursor, start, at, gap)
        elif at >= cursor.at and gap is None:
            if _CLOSED.match(text, at, cursor.line.end):
                return _End(at, "")
            gap = at
    return _End(cursor.line.end if gap is None else gap, ")")


def _closed_at(cursor: Cursor, start: int, at: int, gap: int | None) -> _End | None:
    """The bracket at `at` closes, if it comes after the cursor, and not after words that are no part of a path."""
    if at < cursor.at:
        return None
    is_path = gap is None or is_picture(cursor.question[Span(start, at)].rstrip())
    return _End(at, "") if is_path else _End(gap or at, ")")


def _end_in_angles(cursor: Cursor, start: int) -> _End | None:
    text, line_end = cursor.question.text, cursor.line.end
    angle = _TO_ANGLE.match(text, start, line_end)
    if angle and angle.end() <= cursor.at:
        return None
    if angle:
        is_closed = _CLOSED.match(text, angle.end(), line_end)
        return _End(angle.end() - 1, "") if is_closed else _End(angle.end(), ">)")
    rest = _UNCLOSED_IN_ANGLES.match(text, cursor.at, line_end)
    end = rest.end() if rest else cursor.at
    return _End(end, ">" if _CLOSED.match(text, end, line_end) else ">)")
