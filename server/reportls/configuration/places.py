"""Where each key and value stands in a TOML text that is known to be valid; `tomllib` does not tell."""

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
    """Where a setting stands."""

    key: Span
    """An item of a list has none; this is then its value's."""
    value: Span


class Places:
    """Where everything stands in one text."""

    def __init__(self, text: str, found: dict[Path, Place]) -> None:
        """See `places_in`."""
        self.found = found
        self._source = SourceText(text)

    def problem(self, path: Path, message: str, *, of_key: bool) -> FileProblem:
        """A problem with the key or value at `path`, or with what is nearest above it; it marks one line at most."""
        while path and path not in self.found:
            path = path[:-1]
        place = self.found.get(path, Place(Span(0, 0), Span(0, 0)))
        start, end = place.key if of_key else place.value
        line, column = self._source.line_col(start)
        return FileProblem(line, column, column + min(end, self._source.line_span(line).end) - start, message)


def places_in(text: str) -> Places:
    """The places of all keys and values."""
    found: dict[Path, Place] = {}
    # Should it be nested too deeply, what is found until then will do: problems are shown at what stands above them.
    with suppress(RecursionError):
        _Scanner(text, found).scan()
    return Places(text, found)


class _Scanner:
    """Walks through the text once."""

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
        """Read a key of one or more parts below `path`, and stop behind it."""
        while True:
            match = _KEY_PART.match(self._text, self._at)
            assert match, _VALID
            assert match.lastgroup, _VALID
            path = (*path, match[match.lastgroup])
            span = Span(*match.span(match.lastgroup))
            self._found.setdefault(path, Place(span, span))
            self._at = match.end()
            if not self._text.startswith(".", self._at):
                return path
            self._at += 1

    def _value(self, path: Path) -> Span:
        """Read a value and what is in it, and stop behind it."""
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
