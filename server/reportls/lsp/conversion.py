"""Converts between offsets, paths and edits and the protocol's positions, ranges and URIs."""

from __future__ import annotations

import os
from bisect import bisect_right
from pathlib import Path, PurePath, PureWindowsPath
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from urllib.parse import quote_from_bytes, unquote, unquote_to_bytes, urlsplit

from reportls.text import Edit, Span, column_from, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lsprotocol import types

    from reportls.report.report import Report
    from reportls.text import Encoding

_AnyPath = TypeVar("_AnyPath", bound=PurePath)

_DRIVE = pattern(r"/[a-zA-Z]:")


class Place(NamedTuple):
    """A range as the client counts: lines, and columns in its unit."""

    start_line: int
    start_column: int
    end_line: int
    end_column: int


class PlainChange(NamedTuple):
    """One edit of a document."""

    place: Place | None
    """None: the whole document."""
    text: str


class Converter:
    """Converts for one version of one report, in the client's unit of columns."""

    def __init__(self, report: Report, encoding: Encoding) -> None:
        """Take both."""
        self._report = report
        self._encoding = encoding

    def offset_at(self, line: int, column: int) -> int:
        """Return the offset of a place; after the end of its line or of the text, that end."""
        report = self._report
        if line > report.first_lines[-1]:
            return report.starts[-1]
        block = min(bisect_right(report.first_lines, line), len(report.blocks)) - 1
        source = report.blocks[block].source
        span = source.line_span(line - report.first_lines[block])
        return report.starts[block] + span.start + column_from(self._encoding, source[span], column)

    def span_of(self, place: Place) -> Span:
        """Return the span of a place; some clients send the end of a range first."""
        start = self.offset_at(place.start_line, place.start_column)
        end = self.offset_at(place.end_line, place.end_column)
        return Span(min(start, end), max(start, end))

    def offset(self, position: types.Position) -> int:
        """Return the offset of a position; after the end of its line or of the text, that end."""
        return self.offset_at(position.line, position.character)

    def span(self, range_: types.Range) -> Span:
        """Return the span of a range, whichever end comes first."""
        start, end = range_.start, range_.end
        return self.span_of(Place(start.line, start.character, end.line, end.character))

    def position(self, offset: int) -> types.Position:
        """Return the position of an offset."""
        from lsprotocol import types  # noqa: PLC0415  # edits need this module long before they need the types

        return types.Position(*self._report.position(self._encoding, offset))

    def range(self, span: Span) -> types.Range:
        """Return the range of a span."""
        from lsprotocol import types  # noqa: PLC0415  # as above

        return types.Range(self.position(span.start), self.position(span.end))

    def edits(self, edits: Iterable[Edit]) -> list[types.TextEdit]:
        """Return the protocol's form of edits, in the given order."""
        from lsprotocol import types  # noqa: PLC0415  # as above

        return [types.TextEdit(self.range(edit.span), edit.new_text) for edit in edits]


def path_of(uri: str) -> Path | None:
    """Return the path of a `file:` URI; None for others, such as an unsaved document's."""
    return path_in(uri, type(Path()))


def file_of(uri: str) -> Path | None:
    """Return the path of a `file:` URI that can be a file's: None also for the root of a disk."""
    path = path_of(uri)
    return path if path and path.name else None


def path_in(uri: str, kind: type[_AnyPath]) -> _AnyPath | None:
    """Return the path of a `file:` URI as a path of this kind, which may be another system's; None for other URIs."""
    try:
        uri.encode()  # JSON can contain half a surrogate pair, which no path can
        scheme, host, encoded, _, _ = urlsplit(uri)
    except ValueError:
        return None
    host = "" if host.lower() == "localhost" else unquote(host)
    words = _windows if issubclass(kind, PureWindowsPath) else _posix
    text = words(host, encoded) if scheme == "file" else None
    path = kind(text) if text and "\0" not in text else None
    return path if path and path.is_absolute() else None


def uri_of(path: PurePath) -> str:
    """Return the URI of an absolute path, which may be another system's."""
    # Not `as_uri`: Python 3.14 deprecates it for paths of another system, and imports an HTTP client for ours.
    drive, words = path.drive, path.as_posix()
    if drive.endswith(":"):
        return f"file:///{drive}{_encoded(words.removeprefix(drive))}"
    return f"file:{_encoded(words)}" if drive else f"file://{_encoded(words)}"


def _encoded(path: str) -> str:
    return quote_from_bytes(os.fsencode(path))


def _posix(host: str, encoded: str) -> str | None:
    """Decode a path; bytes that are not UTF-8 are kept. Files of another machine have no path here."""
    return None if host else os.fsdecode(unquote_to_bytes(encoded))


def _windows(host: str, encoded: str) -> str | None:
    path = unquote(encoded)
    if host:
        return f"//{host}{path}" if path.strip("/") else None
    return path[1:] if _DRIVE.match(path) else path
