"""The parts of a hover text and their two renderings: Markdown and plain text.

Text from the report is always in runs, which are escaped when rendered, so that no path, message or mark becomes a
link, an image or HTML.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from reportls.text import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportls.text import Span

_INVISIBLE = pattern(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
"""Line breaks, control characters and direction overrides, with which a line could pretend to say something else."""
_TO_ESCAPE = pattern(r"[\\`*_\[\]<>&~#$@]|:(?=//)|(?<=[wW]{3})\.")
"""The last two start addresses that some clients turn into links."""
_OPENING = pattern(r"\A(\s*[0-9]*)([-+.)=])")
"""A list marker or underline at the start of a line."""
_CODE = pattern(r"`([^`]+)`")
_BACKTICKS = pattern(r"`+")


class Run(NamedTuple):
    """Words of one style. `strong` is for our own words, which have no white space at their ends."""

    words: str
    style: Literal["plain", "strong", "code"] = "plain"


Line = tuple[Run, ...]


class Paragraph(NamedTuple):
    """One line of text, however long."""

    line: Line


class Items(NamedTuple):
    """A list, each item a line."""

    lines: tuple[Line, ...]


class Columns(NamedTuple):
    """Lines in a fixed-width font; only for our own text."""

    lines: tuple[str, ...]


class RuleLine(NamedTuple):
    """One sentence on what a rule finds, and where its page is."""

    sentence: Line
    rule: str


class Divider(NamedTuple):
    """A line between two items."""


Part = Paragraph | Items | Columns | RuleLine | Divider
AddressOf = Callable[[str], "str | None"]
"""Returns the address of the page of a rule; None if it has none."""


class Card(NamedTuple):
    """The hover content for one item."""

    span: Span
    """The item; offsets count from the start of the report."""
    parts: tuple[Part, ...]
    figure: str | None = None
    """A figure to show with it: a path relative to the report's folder."""


def plain(words: str) -> Run:
    """Return a run of any text."""
    return Run(words)


def strong(words: str) -> Run:
    """Return a run of our own words in bold."""
    return Run(words, "strong")


def code(words: str) -> Run:
    """Return a run of any text, shown as code."""
    return Run(words, "code")


def told(message: str) -> Line:
    """Return a message, with code where it has backticks."""
    pieces = _CODE.split(message)
    runs = (Run(piece, "code" if index % 2 else "plain") for index, piece in enumerate(pieces))
    return tuple(run for run in runs if run.words)


def in_markdown(parts: Iterable[Part], address_of: AddressOf = lambda _: None) -> str:
    """Render the parts as Markdown; the pages of rules are linked where `address_of` knows their addresses."""
    return "\n\n".join(_written(part, _markdown_line, ("```text", "```"), address_of) for part in parts)


def in_plain(parts: Iterable[Part]) -> str:
    """Render the parts as plain text, with code in backticks."""
    return "\n\n".join(_written(part, _plain_line, (), lambda _: None) for part in parts)


def _written(part: Part, line_of: Callable[[Line], str], fence: tuple[str, ...], address_of: AddressOf) -> str:
    match part:
        case Paragraph(line):
            return line_of(line)
        case Items(lines):
            return "\n".join(f"- {line_of(line)}" for line in lines)
        case Columns(lines):
            return "\n".join((*fence[:1], *lines, *fence[1:]))
        case RuleLine(sentence, rule):
            return _rule_line(line_of, sentence, rule, address_of(rule))
    return "---"


def _rule_line(line_of: Callable[[Line], str], sentence: Line, rule: str, address: str | None) -> str:
    if address:
        return f"{line_of(sentence)} [{rule}]({address})"
    return line_of((*sentence, plain(" More: "), code(f"reportls rule {rule}")))


def _plain_line(line: Line) -> str:
    words = [_INVISIBLE.sub(" ", run.words) for run in line]
    return "".join(f"`{text}`" if run.style == "code" else text for run, text in zip(line, words, strict=True))


def _markdown_line(line: Line) -> str:
    pieces = [_markdown(run) for run in line]
    for index, (before, after) in enumerate(pairwise(line), start=1):
        if before.style == after.style == "code":
            pieces[index] = " " + pieces[index]  # otherwise their backticks would run together
    return _OPENING.sub(r"\1\\\2", "".join(pieces), count=1) if line and line[0].style == "plain" else "".join(pieces)


def _markdown(run: Run) -> str:
    words = _INVISIBLE.sub(" ", run.words)
    if run.style == "code":
        return _code_span(words)
    escaped = _TO_ESCAPE.sub(r"\\\g<0>", words)
    return f"**{escaped}**" if run.style == "strong" else escaped


def _code_span(words: str) -> str:
    longest = max((len(run) for run in _BACKTICKS.findall(words)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if words[:1] in {" ", "`"} or words[-1:] in {" ", "`"} else ""
    return f"{fence}{padding}{words}{padding}{fence}" if words.strip() else ""
