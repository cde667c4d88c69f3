"""Reads what an author has put into a slot: all of its text that is not the template's.

The template's lines count as its own whether they are kept, quoted or rewrapped. Fences and comments are
recognised line by line, so that an edit of words needs no parser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.forms import form_words
from reportls.forms.blank import OPENING
from reportls.forms.counting import Source
from reportls.forms.wording import is_reworded, key_of, line_key
from reportls.report.form import FORM
from reportls.text import SourceText, Span, blanked, pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from reportls.forms.blank import BlankSlot

_COMMENT = pattern(r"<!--[\s\S]*?(?:-->|\Z)")
_FENCE = pattern(r"[ \t]*(?:>[ \t]?)*(?:[-*+][ \t]+|[0-9]{1,9}[.)][ \t]+)?(?P<fence>`{3,}(?=[^`]*$)|~{3,})")
_NO_TEXT = pattern(
    r"[ \t>]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|=+[ \t]*|\|?(?=[ :|]*-)[ :|-]+\|[ :|-]*|[-*+]?)$"
)
"""Rules, underlines, delimiter rows of tables and empty items."""
_SAYS_SOMETHING = pattern(r"[^\W_]|[^\x00-\x7f]")
_BAR = pattern(r"(?<!\\)\|")


class Cell(NamedTuple):
    """A table cell that has to be filled in and is still blank."""

    span: Span
    row: int
    """From 1, below the heading."""
    column: int
    """From 1."""


class Answer(NamedTuple):
    """An author's answer in a slot. Offsets count from the start of its anchor."""

    source: Source
    is_answered: bool
    left: tuple[Span, ...]
    """Placeholders that are still there, each within one line."""
    outside: tuple[Span, ...]
    """Lines of the author outside the marked place, if there is one."""
    blank_cells: tuple[Cell, ...]
    content: Span
    """The span of the answer, including template text that was kept."""
    below: Source
    """What the author wrote below a field or table: it belongs to the section around it."""


class Place(NamedTuple):
    """The part of a slot's text in which an answer is looked for."""

    start: int
    """The end of the anchor."""
    end: int
    """Offset of the end of the marked place; the text after it is outside."""
    cuts: tuple[int, ...] = ()
    """Headings of the author that end the answer if something comes before them."""
    keeps_prose: bool = False
    """Whether the template's prose may be an answer, too."""


def read_answer(slot: BlankSlot, text: str, place: Place) -> Answer:
    """Read the answer in the text of a slot, which starts at its anchor."""
    return _Reader(slot, text, place).read()


class _Reader:
    def __init__(self, slot: BlankSlot, text: str, place: Place) -> None:
        self._slot = slot
        self._text = text
        self._place = place
        self._paragraphs: list[str] = []
        self._below: list[str] = []
        self._left: list[Span] = []
        self._outside: list[Span] = []
        self._blank_cells: list[Cell] = []
        self._code_blocks = 0
        self._code_below = 0
        self._is_ticked = False
        self._row = 0
        self._marker_end = place.start

    def read(self) -> Answer:
        start, end = self._place.start, self._end()
        text = _without_comments(self._text, start) if "<!--" in self._text else self._text
        for chunk in _chunks(text, Span(start, len(text)), self._place.cuts):
            if chunk.is_cut:
                if self._is_answered():
                    end = min(end, chunk.span.start)
                    break
                continue
            self._take(text, chunk)
        content = Span(start, max(start, end))
        raw = self._text[max(start, self._marker_end) : content.end]
        source = Source(tuple(self._paragraphs), self._code_blocks, raw)
        below = Source(tuple(self._below), self._code_below, self._text[content.end :] if self._below else "")
        found = tuple(self._left), tuple(self._outside), tuple(self._blank_cells)
        return Answer(source, self._is_answered(), *found, content, below)

    def _end(self) -> int:
        """Return where the place closes; a pair of comments closes it at the second."""
        self._opens = self._place.start
        if not self._slot.is_bounded:
            return self._place.end
        opening = form_words.START_BELOW.search(self._text, self._place.start)
        if not opening:
            return self._place.end
        self._opens = opening.end()
        closing = self._text.find("<!--", opening.end())
        return closing if closing >= 0 else self._place.end

    def _is_answered(self) -> bool:
        return bool(self._code_blocks) or self._is_ticked or any(map(_SAYS_SOMETHING.search, self._paragraphs))

    def _take(self, text: str, chunk: _Chunk) -> None:
        if chunk.is_code and not self._slot.has_prose_in_fence:
            self._take_code(text, chunk)
            return
        self._row = 0
        lines = [(span, text[span.start : span.end]) for span in chunk.lines]
        if self._is_of_template(lines):
            for span, line in lines:
                self._note_left(span, line)
            return
        own: list[str] = []
        below: list[str] = []
        for span, line in lines:
            part = self._own_part(span, line)
            if not part:
                continue
            if not self._is_outside(span):
                own.append(part)
            elif self._is_marked:
                self._outside.append(_trimmed(text, span))
            else:
                below.append(part)
        if own:
            self._paragraphs.append("\n".join(own))
        if below:
            self._below.append("\n".join(below))

    def _is_of_template(self, lines: Sequence[tuple[Span, str]]) -> bool:
        """Recognise a paragraph of the template, however it is wrapped; cells of tables are looked at one by one."""
        if self._place.keeps_prose or ("" in self._slot.cells and "|" in lines[0][1]):
            return False
        if any(form_words.TICKED_BOX.match(line) for _, line in lines):
            return False
        key = key_of("\n".join(line for _, line in lines))
        return key in self._slot.paragraphs or is_reworded(key, self._slot.paragraphs)

    def _is_outside(self, span: Span) -> bool:
        return span.start < self._opens or span.start >= self._place.end

    @property
    def _is_marked(self) -> bool:
        """Whether the template marks the place; text below a field or table belongs to the section around it."""
        return self._slot.slot.anchor.kind not in {"field", "table"}

    def _take_code(self, text: str, chunk: _Chunk) -> None:
        keys = [line_key(text[span.start : span.end]) for span in chunk.lines]
        if any(key and key not in self._slot.lines for key in keys):
            if not self._is_outside(chunk.span):
                self._code_blocks += 1
            elif self._is_marked:
                self._outside.append(_trimmed(text, chunk.lines[0]))
            else:
                self._code_below += 1
        for span in chunk.lines:
            self._note_left(span, text[span.start : span.end])

    def _own_part(self, span: Span, line: str) -> str:
        """Return the author's part of a line; empty if it has none."""
        slot = self._slot
        if _NO_TEXT.match(line):
            return ""
        key = line_key(line)
        if not key:
            if line.strip().startswith("<!--"):  # only in a fence that holds prose
                self._left.append(_trimmed(self._text, span))
            return ""
        if key in slot.placeholders:
            self._left.append(_trimmed(self._text, span))
            return ""
        if "|" in line and slot.cells:
            return self._own_cells(span, line)
        if key in slot.lines and not (self._place.keeps_prose and _is_prose(line)):
            self._is_ticked |= key in slot.boxes and form_words.TICKED_BOX.match(line) is not None
            self._note_left(span, line)
            return ""
        return self._without_left_over(span, self._after_template(span, line, key))

    def _after_template(self, span: Span, line: str, key: str) -> str:
        """Return the author's words after the template's words on the same line."""
        slot = self._slot
        if slot.marker and key.startswith(slot.marker) and not slot.is_bounded:
            colon = max(line.find(":"), line.find("\uff1a"))
            self._marker_end = span.start + colon + 1
            return line[colon + 1 :].lstrip("*_ \t")
        stripped = line.strip()
        opening = slot.openings.get(stripped[:OPENING])
        return stripped[len(opening) :] if opening and stripped.startswith(opening) else line

    def _without_left_over(self, span: Span, line: str) -> str:
        may_call = form_words.may_call(line)
        kept = self._placeholder_in(line) if may_call else None
        if kept:
            at = self._text.find(line[kept.start : kept.end], self._left_until(span), span.end)
            if at >= 0:
                self._left.append(Span(at, at + kept.end - kept.start))
                return self._without_left_over(span, line[: kept.start] + line[kept.end :])
        found = form_words.CALLS_TO_REPLACE.search(line) or FORM.fill_here.search(line) if may_call else None
        if not found or line[: found.start()].count("`") % 2:
            return line
        at = self._text.find(found[0], span.start, span.end)
        self._left.append(Span(at, at + len(found[0].rstrip())) if at >= 0 else _trimmed(self._text, span))
        rest = line[: found.start()] + line[found.end() :]
        return rest if _SAYS_SOMETHING.search(rest) else ""

    def _left_until(self, line: Span) -> int:
        """Return where to look for the next placeholder in a line: after the last one."""
        return max(line.start, self._left[-1].end if self._left else 0)

    def _note_left(self, span: Span, line: str) -> None:
        """Note the placeholder that a line of the template is, or that follows the label on it."""
        kept = self._placeholder_in(line) if form_words.may_call(line) else None
        if line_key(line) in self._slot.placeholders:
            self._left.append(_trimmed(self._text, span))
        elif kept and _is_prose(line) and not line[kept.end :].strip() and _ends_label(line[: kept.start]):
            self._left.append(kept.shifted(span.start))

    def _placeholder_in(self, line: str) -> Span | None:
        """Return the first placeholder of the template in a line that has more than that."""
        found = (match for match in form_words.LEFT_OVER.finditer(line) if match[0][0] in "[{")
        return next((Span(*match.span()) for match in found if line_key(match[0]) in self._slot.placeholders), None)

    def _own_cells(self, span: Span, line: str) -> str:
        """Return the cells of a row that the author has filled in, and note those that are blank."""
        own: list[str] = []
        at = span.start
        cells = _BAR.split(line)
        self._row += 1
        column = 0
        for number, cell in enumerate(cells):
            is_margin = not cell.strip() and number in {0, len(cells) - 1}
            if not is_margin:
                column += 1
                if not cell.strip() and "" in self._slot.cells and cell:
                    self._blank_cells.append(Cell(Span(at, at + len(cell)), self._row - 1, column))
                elif line_key(cell) not in self._slot.cells:
                    own.append(cell.strip())
            at += len(cell) + 1
        return " ".join(own)


class _Chunk(NamedTuple):
    """A run of lines without a blank one, the inside of a fence, or a heading that may end the answer."""

    lines: tuple[Span, ...]
    is_code: bool = False
    is_cut: bool = False

    @property
    def span(self) -> Span:
        return Span(self.lines[0].start, self.lines[-1].end)


def _chunks(text: str, within: Span, cuts: Sequence[int]) -> Iterator[_Chunk]:
    lines: list[Span] = []
    fence = ""
    for span in _line_spans(text, within):
        line = text[span.start : span.end]
        if fence:
            if line.strip("> \t").startswith(fence) and not line.strip("> \t" + fence[0]):
                if lines:
                    yield _Chunk(tuple(lines), is_code=True)
                fence, lines = "", []
            else:
                lines.append(span)
            continue
        opening = _FENCE.match(line)
        if span.start in cuts:
            if lines:
                yield _Chunk(tuple(lines))
            yield _Chunk((span,), is_cut=True)
            lines = [span]
        elif opening or not line.strip(" \t>"):
            if lines:
                yield _Chunk(tuple(lines))
            fence, lines = opening["fence"] if opening else "", []
        else:
            lines.append(span)
    if lines:
        yield _Chunk(tuple(lines), is_code=bool(fence))


def _line_spans(text: str, within: Span) -> Iterator[Span]:
    for span in SourceText(text[within.start : within.end]).line_spans:
        yield span.shifted(within.start)


def _without_comments(text: str, start: int) -> str:
    """Blank out comments outside fences, so that offsets stay."""
    in_fence: list[Span] = []
    opened, fence = 0, ""
    for span in _line_spans(text, Span(start, len(text))):
        line = text[span.start : span.end]
        if fence:
            if line.strip("> \t").startswith(fence):
                in_fence.append(Span(opened, span.end))
                fence = ""
        elif opening := _FENCE.match(line):
            opened, fence = span.start, opening["fence"]
    if fence:
        in_fence.append(Span(opened, len(text)))

    def without_comment(match: re.Match[str]) -> str:
        is_code = any(each.start <= match.start() < each.end for each in in_fence)
        return match[0] if is_code else blanked(match[0])

    return _COMMENT.sub(without_comment, text)


def _is_prose(line: str) -> bool:
    """Return whether an author may have written the line: a template's instructions are quotes or italics."""
    return line.lstrip()[:1] not in {">", "*", "_", "[", "{", "<", "#", "|"}


def _ends_label(text: str) -> bool:
    return text.rstrip().endswith((":", "\uff1a"))


def _trimmed(text: str, span: Span) -> Span:
    """Return a line without the white space and quote marks around it."""
    line = text[span.start : span.end]
    start = span.start + len(line) - len(line.lstrip("> \t"))
    return Span(start, max(start + 1, span.start + len(line.rstrip())))
