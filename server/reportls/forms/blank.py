"""A template, prepared for comparing reports with it: its anchors, and its own words in each slot."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from reportls.forms import form_words
from reportls.forms.alignment import Anchors
from reportls.forms.anchors import without_front_matter
from reportls.forms.wording import key_of, line_key
from reportls.lazy import cached_property
from reportls.report.block import labels_in
from reportls.report.form import FORM
from reportls.text import SourceText, Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.forms.template import Slot, Template

_BLANK_LINE = pattern(r"(?:\r\n|\n|\r)[ \t>]*(?:\r\n|\n|\r)")
_FENCE = pattern(r"[ \t]*(?:`{3,}|~{3,})")


class BlankSlot(NamedTuple):
    """One slot of the template, with its own words."""

    slot: Slot
    number: int
    """Its index among the slots."""
    anchor: int
    """Its index among the anchors of the template."""
    lines: frozenset[str]
    """The keys of the lines that the template has in the slot."""
    paragraphs: frozenset[str]
    """The keys of its paragraphs, which an author may have rewrapped."""
    openings: dict[str, str]
    """The template's lines as written, by their beginning: an author may continue one."""
    placeholders: frozenset[str]
    """The keys of the placeholder lines."""
    cells: frozenset[str]
    """The keys of the cells of its tables."""
    boxes: frozenset[str]
    """The keys of items with an empty box, which an author may tick."""
    marker: str
    """The key of the marker; empty if the slot has none."""
    is_bounded: bool
    """Whether a pair of comments bounds the answer."""
    has_prose_in_fence: bool
    """Whether the answer goes into a fence, which therefore holds prose."""
    not_understood: tuple[str, ...]
    """Words that announce a limit and could not be read."""

    @property
    def is_list_of_references(self) -> bool:
        """Whether readers do not count the words here."""
        return form_words.REFERENCES.fullmatch(self.slot.name) is not None


OPENING = 16
"""Code points of a line by which it is looked up in `BlankSlot.openings`."""


class Blank:
    """A template, prepared once for many reports."""

    def __init__(self, template: Template, whole: Template | None = None) -> None:
        """Take the template; `whole` is the same with each list of questions as places to answer."""
        self.template = template
        optional = {slot.anchor.span for slot in template.slots if slot.is_optional}
        self.anchors = Anchors(
            template.text,
            template.anchors,
            frozenset(index for index, anchor in enumerate(template.anchors) if anchor.span in optional),
            whole.anchors if whole else (),
        )

    @cached_property
    def slots(self) -> tuple[BlankSlot, ...]:
        """Its slots, in the order of the text."""
        places = {anchor.span: index for index, anchor in enumerate(self.template.anchors)}
        return tuple(
            self._slot(slot, index, places[slot.anchor.span]) for index, slot in enumerate(self.template.slots)
        )

    @cached_property
    def slot_of_anchor(self) -> dict[int, int]:
        """The slot of each anchor that has one."""
        return {slot.anchor: slot.number for slot in self.slots}

    @cached_property
    def loose_placeholders(self) -> frozenset[str]:
        """The keys of placeholders outside slots: in the title, above the first slot."""
        text = without_front_matter(self.template.text).content
        # An anchor and its slot follow each other, and so do slots.
        own = sorted(span for slot in self.template.slots for span in (slot.anchor.span, slot.body))
        ends = list(accumulate((span.end for span in own), max))
        starts = [span.start for span in own]

        def is_in_slot(span: Span) -> bool:
            before = bisect_left(starts, span.end)
            return before > 0 and ends[before - 1] > span.start

        labels = labels_in(text)
        found = (
            Span(*match.span())
            for match in form_words.LEFT_OVER.finditer(text)
            if not form_words.is_link(match[0], labels)
        )
        return frozenset(
            line_key(text[span.start : span.end])
            for span in found
            if not is_in_slot(span) and "`" not in text[max(span.start - 1, 0) : span.start]
        )

    def _slot(self, slot: Slot, index: int, anchor: int) -> BlankSlot:
        text = self.template.text
        # Up to the next anchor, so that what follows a closed place is the template's, too.
        later = (each.span.start for each in self.template.anchors[anchor + 1 :])
        body = text[slot.body.start : max(slot.body.end, next(later, len(text)))]
        lines = [*_lines(body)]
        left_over = [text[span.start : span.end] for span in slot.placeholders]
        asking = [
            line
            for placeholder in left_over
            for line in _lines(placeholder)
            if form_words.LEFT_OVER.search(line) or FORM.fill_here.search(line) or line.lstrip().startswith("<!--")
        ]
        return BlankSlot(
            slot,
            index,
            anchor,
            frozenset(filter(None, map(line_key, lines))),
            frozenset(filter(None, (key_of(part) for part in _BLANK_LINE.split(body)))),
            {line.strip()[:OPENING]: line.strip() for line in lines if len(line.strip()) >= OPENING},
            frozenset(filter(None, map(line_key, asking))),
            frozenset(line_key(cell) for line in lines if "|" in line for cell in line.split("|")),
            frozenset(line_key(line) for line in lines if form_words.EMPTY_BOX.match(line)),
            line_key(text[slot.marker.start : slot.marker.end]) if slot.marker else "",
            slot.marker is not None and text.startswith("<!--", slot.marker.start),
            _holds_answer_in_fence(slot, text),
            tuple(
                " ".join(text[span.start : span.end].split())
                for span in self.template.not_understood
                if Span(slot.anchor.span.start, slot.body.end).covers(span)
            ),
        )


def _lines(text: str) -> Iterator[str]:
    source = SourceText(text)
    return (source[span] for span in source.line_spans)


def _holds_answer_in_fence(slot: Slot, text: str) -> bool:
    """Return whether the template has a fence with nothing but a placeholder where the answer belongs."""
    body = text[slot.body.start : slot.body.end]
    if not slot.marker and slot.placeholders:
        inside = text[slot.body.start : slot.placeholders[0].start].rstrip().rsplit("\n", 1)[-1]
        return _FENCE.match(inside) is not None
    opened = False
    for line in _lines(body):
        if _FENCE.match(line):
            if opened:
                return True
            opened = True
        elif opened and line.strip():
            return False
    return False
