"""Hover content for a question or a slot: what is counted against which limits, and where these come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.limits import counted_span
from reportls.editions.edition import Source
from reportls.features.hover.content import Columns, Items, Paragraph, code, plain, strong, told
from reportls.features.verdicts import NOT_JUDGED, UNANSWERED, rows_of
from reportls.findings.finding import Tag, short_name
from reportls.forms.counting import MEASURES, number_in_words
from reportls.report.form import FORM
from reportls.report.hidden_words import hidden_words
from reportls.report.kinds import KINDS, WORDS, Limit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reportls.features.hover.content import Line, Part
    from reportls.features.verdicts import VerdictRow
    from reportls.findings.context import QuestionContext
    from reportls.form_snapshot import FormSnapshot
    from reportls.forms.filled import FilledSlot
    from reportls.forms.rows import Measured
    from reportls.report.checker import Judged
    from reportls.report.kinds import Constraints, Count
    from reportls.snapshot import Snapshot

_CELLS = 10
_HUNDREDTHS = 100
"""A bar is drawn of whole numbers, and half a page is none."""
_ALWAYS = ("words", "characters")
"""The units that a hover shows even if nothing limits them."""
_FULL, _EMPTY, _LIMIT = "▓", "░", "│"


class Amount(NamedTuple):
    """A count and its limit."""

    thing: str
    """The kind of limit, in the plural."""
    found: int | None
    """None if the checker does not count it."""
    limit: Limit | None


def question_parts(snapshot: Snapshot, block: int) -> tuple[Part, ...]:
    """Describe the question in block `block`."""
    ctx = snapshot.questions[block - 1]
    rows = [row for row in rows_of(snapshot.report, snapshot.edition, snapshot.verdict) if row.block == block]
    return (
        *_verdicts(ctx, rows),
        Paragraph((strong(FORM.name_of(ctx.question.number)), plain(" · " + _status(ctx, rows)))),
        *_troubles(snapshot, ctx),
        Items((*_origins(ctx), *map(told, dict.fromkeys(_notes(snapshot, ctx, block))))),
    )


def _status(ctx: QuestionContext, rows: list[VerdictRow]) -> str:
    unanswered = (UNANSWERED,) if ctx.is_unanswered else ()
    results = (
        [_verdict(ctx, row) for row in rows]
        if ctx.judged
        else [NOT_JUDGED if ctx.surroundings.completed else "no verdict"]
    )
    return " · ".join((*unanswered, *results))


def _verdict(ctx: QuestionContext, row: VerdictRow) -> str:
    result = "passed" if row.passed else "failed"
    return result if row.number == ctx.own_position else f"{result} as question {row.number}"


def _troubles(snapshot: Snapshot, ctx: QuestionContext) -> Iterator[Part]:
    """Yield the reasons for a missing verdict, or for one by the limits of another question."""
    error = snapshot.verdict.error
    if error:
        yield Paragraph(told(f"The check crashes: {error}. No answer has a verdict until this is fixed."))
    if not ctx.question.layout.marker:
        yield Paragraph(told(f"There is no `{FORM.marker}` here, so the checker finds no answer."))
    elif not ctx.judged and not error:
        yield Paragraph(told("The checker drops this answer."))
    if ctx.is_shifted:
        yield Paragraph(
            told(f"The checker judges this answer as question {ctx.position}, by the limits of that question.")
        )


def _verdicts(ctx: QuestionContext, rows: list[VerdictRow]) -> Iterator[Part]:
    if not rows:
        yield _amounts(ctx.constraints, None)
    for row in rows:
        if len(rows) > 1:
            yield Paragraph(told(f"As question {row.number}:"))
        yield _amounts(row.constraints, row.counted)


def _amounts(constraints: Constraints, counted: Count | None) -> Columns:
    """Return the counts of words, and of other kinds that are limited or found."""
    found = counted or (None,) * len(KINDS)
    return Columns(
        in_columns(
            Amount(kind.plural, found[kind], constraints[kind])
            for kind in KINDS
            if kind is WORDS or constraints[kind] or found[kind]
        )
    )


def _origins(ctx: QuestionContext) -> Iterator[Line]:
    """Yield the source of the limits."""
    source, name = ctx.edition.source_at(ctx.position or ctx.own_position), ctx.edition.id
    what = "limits from" if any(ctx.constraints) else "no limits, says"
    edition = () if name is None else (plain(", " if source is Source.EDITION else "; the edition is "), code(name))
    yield (plain(f"{what} {source.value}"), *edition)


def _notes(snapshot: Snapshot, ctx: QuestionContext, block: int) -> Iterator[str]:
    if role := ctx.edition.roles.get(ctx.own_position):
        yield f"asks for the {role.value.replace('-', ' ')}"
    yield from _stated_otherwise(ctx)
    for judged in ctx.judged:
        yield from _unseen(ctx, judged)
    yield from _cut_off(snapshot, block)


def _stated_otherwise(ctx: QuestionContext) -> Iterator[str]:
    for kind, said in zip(KINDS, ctx.question.stated, strict=True):
        if said and said.limit != ctx.constraints[kind]:
            yield f"the prompt asks for another number of {kind.plural}: {said.limit}"


def _unseen(ctx: QuestionContext, judged: Judged) -> Iterator[str]:
    """Yield what the checker counts and a reader would not."""
    question, found = ctx.question, judged.answer.counted
    span = counted_span(question, judged)
    if not span:
        yield "the checker counts text below this question, too"
        return
    if not question.is_answered:
        if question.placeholders and found[WORDS]:
            yield f"the checker counts the placeholder: {WORDS.amount(found[WORDS])}"
        return
    if unseen := hidden_words(question, span):
        yield f"{unseen} of these words {_is(unseen)} markup or symbols that a reader does not count"
    hidden = sum(image.is_counted and bool(image.hiding) and span.covers(image.span) for image in question.images)
    if hidden:
        yield f"{hidden} of these images {_is(hidden)} not shown on the hand-in page"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _cut_off(snapshot: Snapshot, block: int) -> Iterator[str]:
    """Yield the rule's own message, so that hover and finding never differ."""
    report = snapshot.report
    for finding in snapshot.report_findings:
        if Tag.CUT_OFF in finding.tags and report.block_at(finding.span.start) == block:
            yield finding.said


def in_columns(amounts: Iterable[Amount]) -> tuple[str, ...]:
    """Return one aligned line for each amount: `words  143 of 200-300  ▓▓▓▓▓░░│░░░│  57 more`."""
    rows = [_cells(amount) for amount in amounts]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return tuple(_row(row, widths) for row in rows)


def _row(row: tuple[str, ...], widths: list[int]) -> str:
    thing, found, wanted, drawn = row
    width_of_thing, width_of_found, width_of_wanted, _ = widths
    number = found.rjust(width_of_found)
    return f"{thing.ljust(width_of_thing)}  {number}{wanted.ljust(width_of_wanted)}  {drawn}".rstrip()


def _cells(amount: Amount) -> tuple[str, str, str, str]:
    """Return four cells: kind, number found, limit, and the bar with the difference."""
    thing, found, limit = amount
    if found is None:
        return thing, "", f"{limit} wanted" if limit else "no limit", ""
    if limit is None:
        return thing, str(found), ", no limit", ""
    return thing, str(found), f" of {limit}", f"{bar(found, limit)}  {_difference(limit.shortfall(found), str)}"


def _difference(off: float, amount: Callable[[float], str]) -> str:
    return f"{amount(abs(off))} {'more' if off > 0 else 'too many'}" if off else "fits"


def bar(found: int, limit: Limit) -> str:
    """Draw ten cells, filled up to the number found, with a stroke at each limit.

    Rounding never crosses a stroke, so that the bar always agrees with the verdict.
    """
    low, high = limit
    scale = max(found, high or low, 1)
    low_at = _cell(low, scale)
    high_at = _CELLS + 1 if high is None else max(_cell(high, scale), low_at)
    if high is not None and found > high:
        high_at, low_at = min(high_at, _CELLS - 1), min(low_at, _CELLS - 1)
    filled = _cell(found, scale)
    filled = min(filled, low_at - 1) if found < low else max(filled, low_at)
    cells = [_FULL] * filled + [_EMPTY] * (_CELLS - filled)
    for place in sorted({low_at, high_at} - {0, _CELLS + 1}, reverse=True):
        cells.insert(place, _LIMIT)
    return "".join(cells)


def _cell(amount: int, scale: int) -> int:
    """Return the number of cells for an amount, at least one unless it is 0."""
    return min(max(round(amount * _CELLS / scale), 1), _CELLS) if amount else 0


def slot_parts(snapshot: FormSnapshot, index: int) -> tuple[Part, ...]:
    """Describe the slot of that index in the report: its counts first, then where its limits come from."""
    slot = snapshot.form.slots[index]
    row = snapshot.rows[slot.blank.number]
    return (
        Paragraph((strong(short_name(slot.name)), plain(f" · {row.state.value}"))),
        Columns(tuple(_columns(snapshot, slot, row.measured))),
        Items(tuple(_slot_notes(snapshot, slot))),
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
    return f"{bar(_hundredths(measured.found), limit)}  {_difference(off, number_in_words)}"


def _hundredths(number: float) -> int:
    return round(number * _HUNDREDTHS)


def _slot_notes(snapshot: FormSnapshot, slot: FilledSlot) -> Iterator[Line]:
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
