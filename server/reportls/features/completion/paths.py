"""Completion of paths between the brackets of an image or a link."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from reportls.analysis.image_paths import figures_folder, figures_in, fold, is_picture
from reportls.features.completion.cursor import Completion, CompletionKind, becomes_target
from reportls.features.figures import Figure, figures_like
from reportls.features.references import path_as_written
from reportls.report.target import read_target
from reportls.text import Edit, Span, pattern

if TYPE_CHECKING:
    from reportls.features.completion.cursor import Cursor

_MOST = 200
"""Longest list of paths. Each figure costs a look at its file."""


def path_completions(cursor: Cursor, typed: TypedPath) -> list[Completion]:
    """Return paths: for an image the figures, unused ones first; for a link all files."""
    written = cursor.question[typed.span]
    if written.startswith("#") or read_target(written).kind in ("url", "program", "data"):
        return []
    before = written[: cursor.at - typed.span.start].lstrip()
    here = "./" if before.startswith("./") else ""
    sought = unquote(before).removeprefix("./")
    offered = _figures(cursor, sought) if typed.is_image else _files(cursor, sought)
    found = [_completion(typed, here, picture) for picture in offered]
    if typed.is_image and not figures_in(cursor.ctx.files, cursor.ctx.settings, cursor.ctx.formats):
        found = [_folder(cursor, typed, here)]
    # With blanks it may be a path, or ordinary words after a bracket that was never closed.
    if any(map(str.isspace, before)):
        found = [completion for completion in found if _begins(sought, completion.label)]
    return found if found and _is_read(cursor, typed, found[0]) else []


def _figures(cursor: Cursor, sought: str) -> list[Figure]:
    return figures_like(cursor.snapshot, cursor.ctx, posixpath.basename(sought).lower(), _MOST)


def _files(cursor: Cursor, sought: str) -> list[Figure]:
    """Return all files, figures with their sizes."""
    like = posixpath.basename(sought).lower()
    known = {picture.path: picture for picture in _figures(cursor, sought)}
    paths = cursor.ctx.files.paths()
    if len(paths) > _MOST:
        paths = [path for path in paths if like in path.lower()][:_MOST]
    return [known.get(path) or Figure(path, "") for path in paths]


def _begins(sought: str, path: str) -> bool:
    """Return whether the path or the file name starts with `sought`."""
    begun = fold(sought)
    return fold(path).startswith(begun) or fold(posixpath.basename(path)).startswith(begun)


def _completion(typed: TypedPath, here: str, picture: Figure) -> Completion:
    return Completion(
        label=picture.path,
        kind=CompletionKind.FIGURE,
        replaced=typed.span,
        new_text=here + path_as_written(picture.path) + typed.closing,
        detail=picture.detail,
        figure=picture.path if picture.detail else None,
    )


def _folder(cursor: Cursor, typed: TypedPath, here: str) -> Completion:
    """Return the folder for figures, offered while it is empty."""
    folder = figures_folder(cursor.ctx.settings)
    detail = "the folder for figures: it is still empty" if cursor.ctx.files.is_known else "the folder for figures"
    return Completion(folder, CompletionKind.FOLDER, typed.span, here + path_as_written(folder), detail=detail)


def _is_read(cursor: Cursor, typed: TypedPath, first: Completion) -> bool:
    """Return whether the brackets become an image or a link once they hold a path."""
    is_closing = first.kind is CompletionKind.FIGURE
    path = first.new_text[: len(first.new_text) - is_closing * len(typed.closing)]
    return becomes_target(cursor, Edit(typed.span, path + typed.closing), len(path), is_image=typed.is_image)


_OPENING = "]("
_LONGEST_LABEL = 2000
_STOP = pattern(r"""[()\s\[\]<|`"]""")
_CLOSED = pattern(r"""(?:[ \t]+(?:"[^"\r\n]*"|'[^'\r\n]*'|\([^()\r\n]*\))?)?[ \t]*\)""")
"""A title or blanks between a path and the closing bracket."""
_TO_ANGLE = pattern(r"[^<>\r\n]*>")
_UNCLOSED_IN_ANGLES = pattern(r"[^\s()<>]*")


class TypedPath(NamedTuple):
    """A path with the cursor in it or at one of its ends; offsets count from the start of the question's block."""

    is_image: bool
    span: Span
    """The path, or what is typed of it, without `<>`, blanks and title."""
    closing: str
    """Text that is missing after it to close the brackets."""


class _End(NamedTuple):
    at: int
    closing: str


def typed_path(cursor: Cursor) -> TypedPath | None:
    """Return the path at the cursor; None outside brackets or after the path."""
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
    """Return the offset of the bracket that opens the label that ends at `end`."""
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
    """Return the end of the path: the closing bracket, or else the first character that no path has."""
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
    """Accept the bracket at `at` if it is after the cursor and only a path is before it."""
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
