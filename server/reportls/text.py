r"""Text, positions and edits.

Positions are half-open ranges of code points. Lines end at `\n`, `\r\n` and `\r` and nowhere else, as in the Language
Server Protocol and in markdown-it; `str.splitlines` would also end them at form feeds, U+2028 and others.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from reportls.lazy import cached_property

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Encoding = Literal["utf-8", "utf-16", "utf-32"]

LINE_START = r"(?:^|(?<=\r)(?!\n))"
"""Start of a line in a regular expression with `re.MULTILINE`, where `^` alone would not match after a lone `\r`."""

LINE_BREAK = r"(?:\r\n|\n|\r(?!\n))"
"""A line break in a regular expression.

Without the last condition there are two ways to read each `\\r\\n`, which in a repetition takes exponential time.
"""


class _Pattern:
    """A regular expression that is compiled when it is first used."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        value = getattr(re.compile(self._source, self._flags), name)
        self.__dict__[name] = value
        return value


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return the regular expression, compiled on first use.

    There are some eighty of them and a run needs few. Compiling all would take a tenth of the time of `reportls check`.
    """
    return cast("re.Pattern[str]", _Pattern(source, flags))


_LINE_BREAK = pattern(LINE_BREAK)
_NO_LINE_BREAK = pattern(r"[^\r\n]")
_NOT_ASCII = pattern(r"[^\x00-\x7f]")
_LONGER_IN_UTF_8 = pattern(r"[^\x00-\x7f]")
_LONGER_IN_UTF_16 = pattern(r"[\U00010000-\U0010ffff]")
"""Characters of more than one unit."""


class Span(NamedTuple):
    """The code points from `start` up to, not including, `end`."""

    start: int
    end: int

    def shifted(self, by: int) -> Span:
        """Return the range moved by this many code points."""
        return Span(self.start + by, self.end + by)

    def covers(self, other: Span) -> bool:
        """Return whether `other` lies inside, ends included."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Return whether the two share a code point."""
        return self.start < other.end and other.start < self.end

    def touches(self, other: Span) -> bool:
        """Return whether the two share a code point, or one ends where the other begins."""
        return self.start <= other.end and other.start <= self.end


class Edit(NamedTuple):
    """Replaces the text at `span` by `new_text`; an empty span inserts."""

    span: Span
    new_text: str

    @property
    def growth(self) -> int:
        """The number of code points by which the text becomes longer; negative if it becomes shorter."""
        return len(self.new_text) - (self.span.end - self.span.start)

    def shifted(self, by: int) -> Edit:
        """Return the edit moved by this many code points."""
        return Edit(self.span.shifted(by), self.new_text)


class Position(NamedTuple):
    """A line and a column, both from 0; the caller decides on the unit of columns."""

    line: int
    column: int


class SourceText:
    """A text with a table of its lines."""

    def __init__(self, content: str) -> None:
        """Take the text as it is: nothing is normalised."""
        self.content = content

    def __getitem__(self, span: Span) -> str:
        """Return the text at `span`."""
        return self.content[span.start : span.end]

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of the first code point of each line; never empty."""
        return [0, *[end for _, end in self._line_breaks]]

    @cached_property
    def _line_breaks(self) -> list[tuple[int, int]]:
        return [match.span() for match in _LINE_BREAK.finditer(self.content)]

    def line_at(self, offset: int) -> int:
        """Return the line, from 0, at `offset`."""
        return bisect_right(self.line_starts, offset) - 1

    def line_col(self, offset: int) -> Position:
        """Return the line and column of `offset`, in code points."""
        line = self.line_at(offset)
        return Position(line, offset - self.line_starts[line])

    def column(self, encoding: Encoding, offset: int) -> int:
        """Return the column of `offset` in the units of `encoding`; many on one long line take no longer for it."""
        start = self.line_starts[self.line_at(offset)]
        if encoding == "utf-32" or self.content.isascii():
            return offset - start
        offsets, extra = self._wide[encoding]
        return offset - start + extra[bisect_left(offsets, offset)] - extra[bisect_left(offsets, start)]

    @cached_property
    def _wide(self) -> dict[Encoding, tuple[list[int], list[int]]]:
        """Per encoding, the characters of more than one unit, and how many more units they have up to each of them."""
        wide: dict[Encoding, tuple[list[int], list[int]]] = {}
        for encoding in ("utf-8", "utf-16"):
            signs = _NOT_ASCII.finditer(self.content)
            found = [(sign.start(), more) for sign in signs if (more := column_in(encoding, sign[0], 1) - 1)]
            wide[encoding] = [offset for offset, _ in found], [0, *accumulate(more for _, more in found)]
        return wide

    def line_span(self, line: int) -> Span:
        """Return the span of a line without its line break."""
        breaks = self._line_breaks
        return Span(self.line_starts[line], breaks[line][0] if line < len(breaks) else len(self.content))

    @cached_property
    def line_spans(self) -> list[Span]:
        """The span of each line without its line break."""
        ends = [*[start for start, _ in self._line_breaks], len(self.content)]
        return [Span(start, end) for start, end in zip(self.line_starts, ends, strict=True)]


def is_covered(span: Span, by: Sequence[Span]) -> bool:
    """Return whether one of the spans in `by` covers `span`; those in `by` are sorted and disjoint."""
    index = bisect_right(by, span.start, key=_start_of) - 1
    return index >= 0 and by[index].covers(span)


def _start_of(span: Span) -> int:
    return span.start


def blanked(text: str) -> str:
    """Return blanks in place of all but the line breaks, so that offsets and lines stay."""
    return _NO_LINE_BREAK.sub(" ", text)


def with_blanked(text: str, spans: Iterable[Span]) -> str:
    """Return the text with blanks in place of these spans, which may overlap, but for the line breaks in them."""
    parts, position = [], 0
    for start, end in sorted(spans):
        parts += [text[position:start], blanked(text[max(position, start) : end])]
        position = max(position, end)
    return "".join([*parts, text[position:]])


def line_breaks_in(text: str) -> int:
    """Count the line breaks without building a line table."""
    return text.count("\n") + (text.count("\r") - text.count("\r\n") if "\r" in text else 0)


def start_of_line(text: str, end: int, after: int = 0) -> int:
    """Return the start of the line on which `end` lies; 0 if there is no line break between `after` and `end`."""
    return max(text.rfind("\n", after, end), text.rfind("\r", after, end)) + 1


def end_of_line(text: str, start: int) -> int:
    """Return the end of the line on which `start` lies, before its line break."""
    found = _LINE_BREAK.search(text, start)
    return found.start() if found else len(text)


def next_line(text: str, end: int) -> int:
    """Return where the next line starts, given the end of a line before its line break."""
    found = _LINE_BREAK.match(text, end)
    return found.end() if found else end


def column_in(encoding: Encoding, line: str, column: int) -> int:
    """Return the length of the first `column` code points of `line` in the units of `encoding`."""
    head = line[:column]
    if encoding == "utf-32" or head.isascii():
        return len(head)
    return _units(encoding, head)


def column_from(encoding: Encoding, line: str, units: int) -> int:
    """Return how many code points fit in the first `units` units of `line`.

    Past the end, that is the whole line; an offset inside a character counts as the one before it.
    """
    if encoding == "utf-32" or line[:units].isascii():
        return min(units, len(line))
    longer = 0
    for match in (_LONGER_IN_UTF_8 if encoding == "utf-8" else _LONGER_IN_UTF_16).finditer(line):
        start = match.start() + longer
        end = start + _units(encoding, match[0])
        if start >= units:
            break
        if end > units:
            return match.start()
        longer += end - start - 1
    return min(units - longer, len(line))


def _units(encoding: Encoding, text: str) -> int:
    if encoding == "utf-8":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with all edits applied at once; their spans refer to the original text.

    Raises:
        ValueError: two edits overlap, or one lies outside the text.
    """
    parts: list[str] = []
    position = 0
    for span, new_text in sorted(edits, key=lambda edit: edit.span):
        if not position <= span.start <= span.end <= len(text):
            message = f"edit at {span} overlaps another or lies outside the text"
            raise ValueError(message)
        parts += [text[position : span.start], new_text]
        position = span.end
    return "".join([*parts, text[position:]])


def difference(old: str, new: str) -> Edit:
    """Return one edit that turns the old text into the new, without their common start and end."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    return Edit(Span(start, len(old) - end), new[start : len(new) - end])


def _common(one: str, other: str) -> int:
    """Return the length of the common prefix."""
    low, high = 0, min(len(one), len(other))
    while low < high:  # slices compare much faster than a loop over characters
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
