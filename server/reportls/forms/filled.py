"""A report read as a template that is filled in: where each slot is, and what its author has put there."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from reportls.forms import form_words
from reportls.forms.alignment import Alignment, aligning
from reportls.forms.anchors import bounds_more, candidates_in, finding_candidates, goes_on, is_label
from reportls.forms.answers import Answer, Place, read_answer
from reportls.forms.counting import Source
from reportls.forms.wording import key_of, line_key
from reportls.text import LINE_BREAK, SourceText, Span, end_of_line, next_line, pattern, start_of_line

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from reportls.forms.alignment import Found
    from reportls.forms.anchors import Anchor
    from reportls.forms.blank import Blank, BlankSlot
    from reportls.report.report import Change, Report
    from reportls.text import Edit

_WORDS = pattern(r"[^\W\d_][^<|\r\n]*")
"""A line that always belongs to a paragraph: it starts with a letter and has no HTML or cells."""
_ENDS_PROSE = pattern(r".*(?:(?:[?:\uff1f\uff1a]|\*\*|__)[ \t]*|-->.*)")
"""The end of a line that asks, is a label or bold, or closes a comment."""
_UNDERLINE = pattern(r" {0,3}[=-]")
_ITEM = pattern(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]")
_ENDS_ITEM = pattern(r"\S")
_ENDS_FIELD = pattern(r"#{1,6}[ \t]|[ \t]*(?:\*\*|__)[^:*_\r\n]{1,60}(?:[:\uff1a](?:\*\*|__)|(?:\*\*|__)[:\uff1a])")
"""The line below a field that belongs to something else: a heading or a label."""
_FENCE = pattern(r"[ \t]*(?P<fence>`{3}|~{3})")
_LINE_BREAK = pattern(LINE_BREAK)
_BLANK_LINE = pattern(r"\n\s*\n")
_MOST_LINES = 200
"""Most lines of a paragraph in which an edit of words is recognised."""

_NOTHING = Source((), 0, "")
_UNREAD = Answer(_NOTHING, is_answered=False, left=(), outside=(), blank_cells=(), content=Span(0, 0), below=_NOTHING)
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
    whole: Alignment
    """The alignment with each item of the template's lists of questions as an anchor."""
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
        index = self._answer_at(edit)
        return None if index is None or not self._is_of_words(edit, index) else self._after(edit, index)

    def rearranged(self, change: Change, before: Report, after: Report) -> FilledForm | None:
        """Return the form after an edit of one answer that leaves all lines that may be anchors; None after others."""
        index, edit = self._answer_at(change.edit), change.edit
        apart_from = self.whole.apart_from
        if index is None or apart_from is None or (change.last - change.first, len(change.blocks)) != (1, 1):
            return None
        start = before.starts[change.first]
        old, new = before.blocks[change.first].text, change.blocks[0].text
        if start < apart_from or bounds_more(after.text) or (goes_on(new) and after.starts[-1] > start + len(new)):
            return None
        may_be = self.blank.anchors.may_be
        found, expected = candidates_in(new, may_be)[0], candidates_in(old, may_be)[0]
        is_same = found == [_moved(each, edit.shifted(-start)) for each in expected]
        return self._after(edit, index) if is_same else None

    def _answer_at(self, edit: Edit) -> int | None:
        """Return the index of the slot that an edit changes below its anchor's line; None if it changes more."""
        index = self.slot_at(edit.span.start)
        if index is None:
            return None
        slot, (start, end) = self.slots[index], edit.span.shifted(-self.starts[index])
        return index if slot.anchor.end < start_of_line(slot.text, start) and end <= len(slot.text) else None

    def _after(self, edit: Edit, index: int) -> FilledForm:
        """Return the form after an edit of one answer that changes no anchor."""
        old, moved = self.slots[index], edit.shifted(-self.starts[index])
        by = edit.growth
        text = old.text[: moved.span.start] + moved.new_text + old.text[moved.span.end :]
        end = old.place.end + by if old.place.end >= moved.span.end else old.place.end
        if old.blank.slot.anchor.kind == "field":
            end = _end_of_field(text, old.anchor, len(text))
        place = old.place._replace(
            end=end,
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
        """Return whether an edit changes only paragraphs of prose that no anchor could be made of.

        No Markdown has to be parsed to see that, and nearly all edits are of this kind.
        """
        slot, ((start, end), new) = self.slots[index], edit.shifted(-self.starts[index])
        text = slot.text
        # A line feed after a carriage return belongs to the same line break.
        if "\r" in {text[start - 1], text[end - 1], new[-1:]} or _is_in_comment(text, start):
            return False
        line = Span(start_of_line(text, start), end_of_line(text, end))
        is_last = self.anchor_starts[-1] < self.starts[index] + len(text)
        if line.end == len(text) and not is_last:
            return False  # the next anchor begins on this line
        around = _paragraph_around(text, line, slot.anchor.end if slot.blank.slot.anchor.kind == "heading" else 0)
        old, changed = text[line.start : line.end], text[line.start : start] + new + text[end : line.end]
        return around is not None and self._is_prose_in(old, around) and self._is_prose_in(changed, around)

    def _is_prose_in(self, said: str, around: tuple[list[str], list[str]]) -> bool:
        """Return whether lines form paragraphs of prose with the lines above and below, none of which is an anchor."""
        above, below = around
        lines = _LINE_BREAK.split(said)
        if any(map(_UNDERLINE.match, below)):
            return False
        # A blank line makes paragraphs of all lines around it.
        edges = [*above[:1], *below[-1:]] if len(lines) == 1 else [*above, *below]
        if not all(_is_prose(line) for line in (*edges, *lines) if line.strip()):
            return False
        paragraphs = _BLANK_LINE.split("\n".join([*above, *lines, *below]))
        return not any(self.blank.anchors.may_be_in(key_of(one)) for one in paragraphs)


def aligning_with(blank: Blank, text: str, before: Alignment | None) -> Generator[None, None, Alignment]:
    """Find the template's anchors in a report; `before` is the alignment of an earlier version with it.

    Yield where the caller may pause.
    """
    candidates = yield from finding_candidates(text, blank.anchors.may_be)
    return (yield from aligning(blank.anchors, candidates, before))


def replaced_lists(blank: Blank, alignment: Alignment) -> frozenset[int]:
    """Return the lists of questions of which no item is left: their author answers the heading above them.

    Each is given by its start in the template.
    """
    found = {each.anchor for each in alignment.found}
    anchors = blank.template.anchors
    first_heading = next((index for index, anchor in enumerate(anchors) if anchor.kind == "heading"), len(anchors))
    lists = {anchor.list_start for anchor in anchors[first_heading:]}
    kept = {anchors[index].list_start for index in found}
    return frozenset(start for start in lists - kept if start is not None)


def filling(
    blank: Blank, text: str, alignments: tuple[Alignment, Alignment], before: FilledForm | None, *, keeps_prose: bool
) -> Generator[None, None, FilledForm]:
    """Read a report as the template filled in; answers that are as they were in `before` are shared with it.

    Yield after each answer that is read, where the caller may pause.
    """
    alignment, _ = alignments
    known = {(slot.blank.number, slot.text, slot.place): slot for slot in before.slots} if before else {}
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
        starts.append(found.span.start)
        if old and old.is_displaced == slot.is_displaced:
            slots.append(old)
        else:
            slots.append(_answered(slot))
            yield
    missing = tuple(
        blank.slots[blank.slot_of_anchor[index]] for index in alignment.missing if index in blank.slot_of_anchor
    )
    loose = tuple(_loose(blank, text, starts, slots))
    doubles = tuple(each.span for each in alignment.doubles)
    anchor_starts = tuple(each.span.start for each in alignment.found)
    return FilledForm(blank, tuple(slots), tuple(starts), missing, *alignments, anchor_starts, loose, doubles)


def _placed(blank: BlankSlot, found: Found, text: str, alignment: Alignment) -> FilledSlot:
    """Return a slot whose text is known, without its answer."""
    start, following = found.span.start, found.span.start + len(text)
    anchor = Span(0, found.span.end - start)
    end = len(text) if found.end is None else max(min(found.end, following), found.span.end) - start
    if blank.slot.anchor.kind == "field":
        end = _end_of_field(text, anchor, end)
    cuts = tuple(
        heading.span.start - start
        for heading in alignment.own_headings
        if found.span.end <= heading.span.start < following and heading.level <= found.level
    )
    return FilledSlot(blank, text, anchor, Place(anchor.end, end, cuts), _UNREAD, found.is_displaced)


def _end_of_field(text: str, anchor: Span, end: int) -> int:
    """Return where the answer of a field ends: on the field's line, or if nothing is there, below it.

    Below, it ends at a heading and at another label. An item of a list goes on only in lines that are indented.
    """
    at = min(end, end_of_line(text, anchor.end))
    if text[anchor.end : at].strip(" \t*_"):
        return at
    ends = _ENDS_ITEM if _ITEM.match(text) else _ENDS_FIELD
    fence = ""
    start = next_line(text, at)
    while at < start < end:
        if not fence and ends.match(text, start):
            return at
        if marks := _FENCE.match(text, start):
            fence = "" if fence == marks["fence"] else fence or marks["fence"]
        at = min(end, end_of_line(text, start))
        start = next_line(text, at)
    return at


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


def _moved(anchor: Anchor, edit: Edit) -> Anchor | None:
    """Return an anchor after an edit elsewhere; None if the edit is in it."""
    if max(anchor.span.end, anchor.end or 0) <= edit.span.start:
        return anchor
    return anchor.shifted(edit.growth) if anchor.span.start >= edit.span.end else None


def _shifted(spans: tuple[Span, ...], after: int, by: int) -> tuple[Span, ...]:
    return tuple([span.shifted(by) if span.start >= after else span for span in spans]) if by and spans else spans


def _is_prose(line: str) -> bool:
    """Return whether a line belongs to a paragraph, and is no question, bold, deliverable or label."""
    if not _WORDS.fullmatch(line) or _ENDS_PROSE.fullmatch(line) or form_words.DELIVERABLE.match(line):
        return False
    label, colon, _ = line.partition(":")
    return not (colon and is_label(label))


def _is_in_comment(text: str, offset: int) -> bool:
    opened = text.rfind("<!--", 0, offset)
    return opened >= 0 and text.find("-->", opened, offset) < 0


def _paragraph_around(text: str, line: Span, top: int) -> tuple[list[str], list[str]] | None:
    """Return the lines of the paragraph above and below a line, none above `top`; None if there are many."""
    above: list[str] = []
    end = line.start
    while end > top and len(above) < _MOST_LINES:
        end -= 2 if text.endswith("\r\n", 0, end) else 1
        start = start_of_line(text, end, top) or top
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
