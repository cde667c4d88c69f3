"""Blocks: a report is a row of them, the introduction and then one for each question.

A block is a function of its own text alone and its offsets count from its own start, so an edit elsewhere leaves it,
and all that was derived from it, as it was. What is derived is computed when first asked for.
"""

from __future__ import annotations

import re

from reportls.lazy import cached_property
from reportls.report.checker import Segment, segments_of
from reportls.report.form import FORM
from reportls.text import LINE_START, SourceText, Span, line_breaks_in, pattern

_SECTION_HEADING = pattern(rf" {{0,3}}#{{1,{len(FORM.marks) - 1}}}[ \t]+[^\s#]")
CONFLICT_MARKER = pattern(LINE_START + r"(?:<{7}|>{7}|\|{7})(?= |\r|\n|\Z)[^\r\n]*", re.MULTILINE)

_DEFINITION = pattern(LINE_START + r" {0,3}\[(?P<label>[^\]\r\n]{1,200})\]:[ \t]*\S", re.MULTILINE)

_CONTINUING = bytes(range(0x80, 0xC0))
"""The bytes of UTF-8 that do not begin a character."""


class Block:
    """A stretch of a report that starts and ends at line starts."""

    own_lines = 0
    """Number of leading lines that cannot start a section: the heading of a question is one."""

    def __init__(self, text: str) -> None:
        """Take the block's text, line breaks and all."""
        self.text = text

    def __eq__(self, other: object) -> bool:
        """Two blocks of one kind and text are equal, since all else follows from these."""
        return isinstance(other, Block) and type(self) is type(other) and self.text == other.text

    def __hash__(self) -> int:
        """The hash of the text."""
        return hash(self.text)

    def __repr__(self) -> str:
        """The kind and the beginning, for test failures."""
        return f"{type(self).__name__}({self.text[:40]!r})"

    def __getitem__(self, span: Span) -> str:
        """Return the text at `span`."""
        return self.text[span.start : span.end]

    @cached_property
    def source(self) -> SourceText:
        """The text with its line table."""
        return SourceText(self.text)

    @cached_property
    def line_breaks(self) -> int:
        """The number of line breaks, counted without the line table, which most versions of a block never need."""
        return line_breaks_in(self.text)

    @property
    def newline(self) -> str:
        r"""The line break that inserted text should use: this block's first, or `\n`."""
        source = self.source
        if len(source.line_starts) == 1:
            return "\n"
        return self.text[source.line_span(0).end : source.line_starts[1]]

    def newline_at(self, offset: int) -> str:
        r"""The line break to insert there: after a lone `\r`, `\n` would only complete that line break."""
        return "\r" if self.text[offset - 1 : offset] == "\r" else self.newline

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The checker's view of this block: its segments and their counts."""
        return segments_of(self.text)

    @property
    def has_marker(self) -> bool:
        """Whether the checker finds the start of an answer in this block."""
        return len(self.segments) > 1

    @cached_property
    def conflicts(self) -> tuple[Span, ...]:
        """The lines that a merge left behind."""
        # Looking for a fixed text is many times faster than the expression.
        if "<<<<<<<" not in self.text and ">>>>>>>" not in self.text:
            return ()
        return tuple(Span(*match.span()) for match in CONFLICT_MARKER.finditer(self.text))

    @cached_property
    def undecodable(self) -> int | None:
        """The offset of the first character whose UTF-8 bytes are no cp1252; None if there is none.

        Python before 3.15 on Windows decodes as cp1252 unless the program names an encoding.
        """
        if self.text.isascii():
            return None
        data = self.text.encode("utf-8", "surrogatepass")
        try:
            data.decode("cp1252")
        except UnicodeDecodeError as error:
            # The bytes without a meaning never begin a character, so this one belongs to the last that began before it.
            return len(data[: error.start].translate(None, _CONTINUING)) - 1
        return None

    @cached_property
    def definitions(self) -> frozenset[str]:
        """The labels that this block defines for links and images by reference, in lower case."""
        return labels_in(self.text)

    @cached_property
    def tail(self) -> Span:
        """The heading and introduction of the section that the next question opens; empty if none.

        That is the last `#` or `##` heading, if only blank and quoted lines come after it.
        """
        end = len(self.text)
        if "#" not in self.text:
            return Span(end, end)
        for span in reversed(self.source.line_spans[self.own_lines :]):
            line = self[span]
            if _SECTION_HEADING.match(line):
                return Span(span.start, end)
            if line and not line.isspace() and not line.lstrip().startswith(">"):
                break
        return Span(end, end)


def labels_in(text: str) -> frozenset[str]:
    """Return the labels that a text defines for links and images by reference, as `label_key` makes them."""
    if "]:" not in text:
        return frozenset()
    return frozenset(label_key(match["label"]) for match in _DEFINITION.finditer(text))


def label_key(label: str) -> str:
    """Return a label as it is compared: in lower case, with single spaces."""
    return " ".join(label.lower().split())
