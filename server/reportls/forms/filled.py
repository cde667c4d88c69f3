"""A report read as a template that is filled in: where each slot is, and what its author has put there."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from reportls.forms import form_words
from reportls.forms.alignment import Alignment, align
from reportls.forms.answers import Answer, Place, read_answer
from reportls.forms.counting import Source
from reportls.forms.wording import key_of, line_key
from reportls.text import SourceText, Span, end_of_line, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.forms.alignment import Found
    from reportls.forms.anchors import Candidates
    from reportls.forms.blank import Blank, BlankSlot
    from reportls.text import Edit

_WORDS = pattern(r"[^\W\d_][^<|\r\n]*")
"""A line that always belongs to a paragraph: it starts with a letter and has no HTML or cells."""
_ENDS_PROSE = pattern(r".*(?:[?:\uff1f\uff1a][ \t]*|-->.*)")
"""The end of a line that asks, is a label, or closes a comment."""
_UNDERLINE = pattern(r" {0,3}[=-]")
_MOST_LINES = 200
"""Most lines of a paragraph in which an edit of words is recognised."""

_UNREAD = Answer(Source((), 0, ""), is_answered=False, left=(), outside=(), blank_cells=(), content=Span(0, 0))
"""The answer of a slot until it is read."""


class FilledSlot(NamedTuple):
    """A slot of the template in the report."""

    blank: BlankSlot
    text: str
    """From its anchor to where the next slot begins."""
    anchor: Span
    """Offsets count from the start of the slot, as all offsets here do."""
    place: Place
    answer: Answer
    is_displaced: bool

    @property
    def mark(self) -> Span:
        """The words of its anchor within one line."""
        return mark_in(self.text, self.anchor)

    @property
    def name(self) -> str:
        """The slot's name."""
        return self.blank.slot.name


class FilledForm(NamedTuple):
    """A report aligned with its template."""

    blank: Blank
    slots: tuple[FilledSlot, ...]
    """The slots that the report has, in the report's order."""
    starts: tuple[int, ...]
    """The offset in the report at which each slot in `slots` begins."""
    missing: tuple[BlankSlot, ...]
    """The template's slots that the report lacks, in the template's order."""
    alignment: Alignment
    """The alignment; its offsets belong to the version that was aligned, before later edits of words."""
    anchor_starts: tuple[int, ...]
    """The current offset of each anchor in `alignment.found`."""
    loose: tuple[Span, ...]
    """Placeholders outside slots."""
    doubles: tuple[Span, ...]
    """The anchors that appear twice."""

    @property
    def follows(self) -> bool:
        """Whether the report has at least half of the template's anchors."""
        return self.alignment.follows

    @property
    def replaced_lists(self) -> frozenset[int]:
        """The lists of questions of which no item is left: their author answers the heading above them.

        Each is given by its start in the template.
        """
        found = {each.anchor for each in self.alignment.found}
        anchors = self.blank.template.anchors
        first_heading = next((index for index, anchor in enumerate(anchors) if anchor.kind == "heading"), len(anchors))
        lists = {anchor.list_start for anchor in anchors[first_heading:]}
        kept = {anchor.list_start for index, anchor in enumerate(anchors) if index in found}
        return frozenset(start for start in lists - kept if start is not None)

    @property
    def anchors(self) -> dict[int, Span]:
        """The anchors that were found, by their index in the template."""
        return {
            found.anchor: found.span.shifted(start - found.span.start)
            for found, start in zip(self.alignment.found, self.anchor_starts, strict=True)
        }

    def slot_at(self, offset: int) -> int | None:
        """Return the index of the slot around an offset of the report; None if it lies outside all."""
        index = bisect_right(self.starts, offset) - 1
        if index < 0 or offset > self.starts[index] + len(self.slots[index].text):
            return None
        return index

    def reworded(self, edit: Edit) -> FilledForm | None:
        """Return the form after an edit of words in one answer; None if the edit may have changed more."""
        index = self.slot_at(edit.span.start)
        if index is None:
            return None
        old, moved = self.slots[index], edit.shifted(-self.starts[index])
        if not self._is_of_words(moved, index):
            return None
        by = len(edit.new_text) - (edit.span.end - edit.span.start)
        text = old.text[: moved.span.start] + moved.new_text + old.text[moved.span.end :]
        place = old.place._replace(
            end=old.place.end + by if old.place.end >= moved.span.end else old.place.end,
            cuts=tuple([cut + by if cut >= moved.span.end else cut for cut in old.place.cuts]),
        )
        slot = old._replace(text=text, place=place, answer=read_answer(old.blank, text, place))
        later = self.starts[index + 1 :]
        return self._replace(
            slots=(*self.slots[:index], slot, *self.slots[index + 1 :]),
            starts=(*self.starts[: index + 1], *[start + by for start in later]) if by else self.starts,
            anchor_starts=tuple([start + by if start >= edit.span.end else start for start in self.anchor_starts]),
            loose=_shifted(self.loose, edit.span.end, by),
            doubles=_shifted(self.doubles, edit.span.end, by),
        )

    def _is_of_words(self, edit: Edit, index: int) -> bool:
        """Return whether an edit of a slot changes neither lines nor anything that an anchor could be made of.

        Offsets count from the start of the slot.
        """
        slot, ((start, end), new) = self.slots[index], edit
        text = slot.text
        if not slot.anchor.end < start <= end <= len(text) or _has_break(new) or _has_break(text[start:end]):
            return False
        first = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
        if first <= slot.anchor.end or _is_in_comment(text, start):
            return False
        last = end_of_line(text, end)
        before, after = text[first:last], text[first:start] + new + text[end:last]
        return _is_prose(before) and _is_prose(after) and self._keeps_paragraph(slot, Span(first, last), after)

    def _keeps_paragraph(self, slot: FilledSlot, line: Span, after: str) -> bool:
        """Return whether the paragraph around a line is prose, and not an anchor, both before and after the edit."""
        is_heading = slot.blank.slot.anchor.kind == "heading"
        lines = _paragraph_around(slot.text, line, slot.anchor.end if is_heading else 0)
        if lines is None:
            return False
        above, below = lines
        if above and not _WORDS.fullmatch(above[0]):
            return False
        if any(map(_UNDERLINE.match, below)) or (below and _ENDS_PROSE.fullmatch(below[-1])):
            return False
        old = key_of("\n".join([*above, slot.text[line.start : line.end], *below]))
        new = key_of("\n".join([*above, after, *below]))
        anchors = self.blank.anchors
        return not anchors.may_be_in(old) and not anchors.may_be_in(new)


def fill(
    blank: Blank, text: str, candidates: Candidates, *, keeps_prose: bool = False, before: FilledForm | None = None
) -> FilledForm:
    """Read a report as the template filled in; answers that are as they were in `before` are shared with it.

    `candidates` are what `candidates_of` finds in the text.
    """
    alignment = align(blank.anchors, candidates)
    known = (
        {(slot.blank.number, slot.text, slot.place): slot for slot in before.slots}
        if before and before.blank is blank
        else {}
    )
    slots: list[FilledSlot] = []
    starts: list[int] = []
    for number, found in enumerate(alignment.found):
        index = blank.slot_of_anchor.get(found.anchor)
        if index is None:
            continue
        following = alignment.found[number + 1].span.start if number + 1 < len(alignment.found) else len(text)
        span = Span(found.span.start, following)
        slot = _placed(blank.slots[index], found, text[span.start : span.end], alignment)
        slot = slot._replace(place=slot.place._replace(keeps_prose=keeps_prose))
        old = known.get((index, slot.text, slot.place))
        slots.append(old if old and old.is_displaced == slot.is_displaced else _answered(slot))
        starts.append(found.span.start)
    missing = tuple(
        blank.slots[blank.slot_of_anchor[index]] for index in alignment.missing if index in blank.slot_of_anchor
    )
    loose = tuple(_loose(blank, text, starts, slots))
    doubles = tuple(each.span for each in alignment.doubles)
    anchor_starts = tuple(each.span.start for each in alignment.found)
    return FilledForm(blank, tuple(slots), tuple(starts), missing, alignment, anchor_starts, loose, doubles)


def _placed(blank: BlankSlot, found: Found, text: str, alignment: Alignment) -> FilledSlot:
    """Return a slot whose text is known, without its answer."""
    start, following = found.span.start, found.span.start + len(text)
    anchor = Span(0, found.span.end - start)
    end = len(text) if found.end is None else max(min(found.end, following), found.span.end) - start
    if blank.slot.anchor.kind == "field":
        end = min(end, end_of_line(text, anchor.end))
    cuts = tuple(
        heading.span.start - start
        for heading in alignment.own_headings
        if found.span.end <= heading.span.start < following and heading.level <= found.level
    )
    return FilledSlot(blank, text, anchor, Place(anchor.end, end, cuts), _UNREAD, found.is_displaced)


def _answered(slot: FilledSlot) -> FilledSlot:
    return slot._replace(answer=read_answer(slot.blank, slot.text, slot.place))


def mark_in(text: str, anchor: Span) -> Span:
    """Return the span of an anchor's text within one line, without the characters that make it a heading or an item."""
    line = text[anchor.start : min(anchor.end, end_of_line(text, anchor.start))]
    words = line.lstrip("#>*_-+ \t")
    start = anchor.start + len(line) - len(words)
    end = start + len(words.rstrip("#*_ \t"))
    if end > start:
        return Span(start, end)
    # An anchor without a word of its own, such as a table, is marked by its first line.
    return Span(anchor.start, max(end_of_line(text, anchor.start), anchor.start + 1))


def _loose(blank: Blank, text: str, starts: Sequence[int], slots: Sequence[FilledSlot]) -> Iterator[Span]:
    """Yield the template's placeholders that are still there outside slots."""
    if not blank.loose_placeholders:
        return
    source = SourceText(text)
    inside = [Span(start, start + len(slot.text)) for start, slot in zip(starts, slots, strict=True)]
    for line in source.line_spans:
        for match in form_words.LEFT_OVER.finditer(text, line.start, line.end):
            span = Span(match.start(), min(match.end(), line.end))
            if line_key(text[span.start : span.end]) in blank.loose_placeholders and not any(
                each.covers(span) for each in inside
            ):
                yield span


def _shifted(spans: tuple[Span, ...], after: int, by: int) -> tuple[Span, ...]:
    return tuple([span.shifted(by) if span.start >= after else span for span in spans]) if by and spans else spans


def _is_prose(line: str) -> bool:
    return bool(_WORDS.fullmatch(line)) and not _ENDS_PROSE.fullmatch(line) and not form_words.DELIVERABLE.match(line)


def _has_break(text: str) -> bool:
    return "\n" in text or "\r" in text


def _is_in_comment(text: str, offset: int) -> bool:
    opened = text.rfind("<!--", 0, offset)
    return opened >= 0 and text.find("-->", opened, offset) < 0


def _paragraph_around(text: str, line: Span, top: int) -> tuple[list[str], list[str]] | None:
    """Return the lines of the paragraph above and below a line, none above `top`; None if there are many."""
    above: list[str] = []
    end = line.start
    while end > top and len(above) < _MOST_LINES:
        end -= 2 if text.endswith("\r\n", 0, end) else 1
        start = max(text.rfind("\n", top, end), text.rfind("\r", top, end)) + 1 or top
        said = text[start:end]
        if not said.strip():
            break
        above.insert(0, said)
        end = start
    below: list[str] = []
    start = line.end
    while start < len(text) and len(below) < _MOST_LINES:
        start += 2 if text.startswith("\r\n", start) else 1
        end = end_of_line(text, start)
        said = text[start:end]
        if not said.strip():
            break
        below.append(said)
        start = end
    return None if _MOST_LINES in {len(above), len(below)} else (above, below)
