"""Hover content for a slot of a template: what is counted against its limits, and what the template says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.features.hover.content import Columns, Items, Paragraph, plain, strong, told
from reportls.features.hover.question import bar
from reportls.findings.finding import short_name
from reportls.forms.counting import MEASURES, number_in_words
from reportls.report.kinds import Limit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.features.hover.content import Line, Part
    from reportls.form_snapshot import FormSnapshot
    from reportls.forms.filled import FilledSlot
    from reportls.forms.rows import Measured

_HUNDREDTHS = 100
"""A bar is drawn of whole numbers, and half a page is none."""
_ALWAYS = ("words", "characters")
"""The units that a hover shows even if nothing limits them."""


def slot_parts(snapshot: FormSnapshot, index: int) -> tuple[Part, ...]:
    """Describe the slot of that index in the report: its counts first, then where its limits come from."""
    slot = snapshot.form.slots[index]
    row = snapshot.rows[slot.blank.number]
    return (
        Paragraph((strong(short_name(slot.name)), plain(f" · {row.state.value}"))),
        Columns(tuple(_columns(snapshot, slot, row.measured))),
        Items(tuple(_notes(snapshot, slot))),
    )


def _columns(snapshot: FormSnapshot, slot: FilledSlot, measured: tuple[Measured, ...]) -> Iterator[str]:
    rows = [
        (each.measure.key, f"{number_in_words(each.found)} of {each.bounds.in_words()}", _drawn(each))
        for each in measured
    ]
    limited = {each.bounds.unit for each in measured}
    source = slot.answer.source
    rows += [
        (unit, number_in_words(snapshot.demands.count(unit, source)), "") for unit in _ALWAYS if unit not in limited
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for thing, found, drawn in rows:
        yield f"{thing.ljust(widths[0])}  {found.ljust(widths[1])}  {drawn}".rstrip()


def _drawn(measured: Measured) -> str:
    low, high = measured.bounds.at_least, measured.bounds.at_most
    limit = Limit(_hundredths(low or 0), None if high is None else _hundredths(high))
    off = measured.bounds.shortfall(measured.found)
    side = "fits" if not off else f"{number_in_words(abs(off))} {'more' if off > 0 else 'too many'}"
    return f"{bar(_hundredths(measured.found), limit)}  {side}"


def _hundredths(number: float) -> int:
    return round(number * _HUNDREDTHS)


def _notes(snapshot: FormSnapshot, slot: FilledSlot) -> Iterator[Line]:
    source, demands = slot.answer.source, snapshot.demands
    words = MEASURES["words"]
    other = words.source(source) if demands.is_visible else words.visible(source)
    way = "a script counts" if demands.is_visible else "readers see"
    yield told(f"counted {demands.way}; {way} {words.amount(other)}")
    limits = slot.blank.slot.limits
    if limits:
        said = ", ".join(dict.fromkeys(_said(snapshot, limit.span.start, limit.span.end) for limit in limits))
        yield (plain(f"{snapshot.form_said} says: {said}"),)
    if slot.blank.slot.is_optional:
        yield told("optional")


def _said(snapshot: FormSnapshot, start: int, end: int) -> str:
    return " ".join(snapshot.template.text[start:end].split())
