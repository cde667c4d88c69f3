"""Locates each key and value in a text that is known to be valid TOML, as `tomllib` reports no positions."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from reportls.findings.finding import FileProblem
from reportls.text import SourceText, Span, pattern

if TYPE_CHECKING:
    import re

    from reportls.configuration.complaint import Path

_BLANK = pattern(r"(?:[ \t\r\n,]|#[^\n]*)*")
_EQUALS = pattern(r"[ \t]*=[ \t]*")
_KEY_PART = pattern(r"""[ \t]*(?:(?P<bare>[\w-]+)|"(?P<basic>(?:[^"\\\n]|\\.)*)"|'(?P<literal>[^'\n]*)')[ \t]*""")
_SCALAR = pattern(
    r'"""(?:[^"\\]|\\[\s\S]|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|[^,\]}#\r\n]*[^,\]}#\s]"
)

_VALID = "the text is valid TOML"


class Place(NamedTuple):
    """The spans of a key and its value."""

    key: Span
    """For an item of a list, which has no key, the span of the value."""
    value: Span


class Places:
    """The places of all keys and values of one text."""

    def __init__(self, text: str, found: dict[Path, Place]) -> None:
        """Take the text and the places found in it; `places_in` makes this object."""
        self.found = found
        self._source = SourceText(text)

    def problem(self, path: Path, message: str, *, of_key: bool) -> FileProblem:
        """Return a problem at the key or value at `path`, or at its nearest parent; the marked span is on one line."""
        while path and path not in self.found:
            path = path[:-1]
        place = self.found.get(path, Place(Span(0, 0), Span(0, 0)))
        start, end = place.key if of_key else place.value
        line, column = self._source.line_col(start)
        return FileProblem(line, column, column + min(end, self._source.line_span(line).end) - start, message)


def places_in(text: str) -> Places:
    """Locate all keys and values of a text."""
    found: dict[Path, Place] = {}
    # In a text that is nested too deeply, later places are missing. Their problems are shown at the nearest parent.
    with suppress(RecursionError):
        _Scanner(text, found).scan()
    return Places(text, found)


class _Scanner:
    """A recursive descent through the text that records places and builds no values."""

    def __init__(self, text: str, found: dict[Path, Place]) -> None:
        self._text = text
        self._found = found
        self._at = 0

    def scan(self) -> None:
        table: Path = ()
        self._skip_blank()
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip_blank()

    def _header(self) -> Path:
        brackets = 2 if self._text.startswith("[[", self._at) else 1
        self._at += brackets
        table = self._key(())
        self._at += brackets
        return table

    def _skip_blank(self) -> None:
        self._at = self._end_of(_BLANK)

    def _end_of(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self._text, self._at)
        assert match, _VALID
        return match.end()

    def _pair(self, table: Path) -> None:
        path = self._key(table)
        key = self._found[path].key
        self._at = self._end_of(_EQUALS)
        self._found[path] = Place(key, self._value(path))

    def _key(self, path: Path) -> Path:
        """Read a dotted key below `path` and stop after it."""
        while True:
            match = _KEY_PART.match(self._text, self._at)
            assert match, _VALID
            assert match.lastgroup, _VALID
            path = (*path, match[match.lastgroup])
            span = Span(*match.span(match.lastgroup))
            # A dotted key names its table again for each value; the first place counts.
            self._found.setdefault(path, Place(span, span))
            self._at = match.end()
            if not self._text.startswith(".", self._at):
                return path
            self._at += 1

    def _value(self, path: Path) -> Span:
        """Read a value with everything nested in it and stop after it."""
        start = self._at
        if self._text.startswith("[", start):
            self._list(path)
        elif self._text.startswith("{", start):
            self._inline_table(path)
        else:
            self._at = self._end_of(_SCALAR)
        return Span(start, self._at)

    def _list(self, path: Path) -> None:
        self._at += 1
        self._skip_blank()
        index = 0
        while not self._text.startswith("]", self._at):
            value = self._value((*path, index))
            self._found[(*path, index)] = Place(value, value)
            self._skip_blank()
            index += 1
        self._at += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        self._skip_blank()
        while not self._text.startswith("}", self._at):
            self._pair(path)
            self._skip_blank()
        self._at += 1
