"""Code that rules on limits share: which limits were missed, by how much, and where to mark it.

The limits that a checker applies come first, with its own counts; those of a template follow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.findings.finding import Fix, Problem, Related, Severity
from reportls.forms.counting import number_in_words
from reportls.report.form import FORM
from reportls.report.kinds import IMAGES, Kind, Limit, count
from reportls.text import Span, end_of_line

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from reportls.findings.context import FormContext, QuestionContext, SlotContext
    from reportls.forms.rows import Measured
    from reportls.forms.template import Part
    from reportls.report.checker import Judged
    from reportls.report.prompt import StatedLimit
    from reportls.report.question import Question

LENGTHS = frozenset({"words", "characters", "sentences", "paragraphs", "lines", "pages", "minutes"})
"""Units of the length of an answer."""
OTHER_THINGS = frozenset({"code blocks", "links", "references"})
"""Units that are counted one by one, other than images."""


class Missed(NamedTuple):
    """A limit that an answer misses."""

    found: int
    wanted: Limit
    kind: Kind
    judged: Judged
    stated: StatedLimit | None
    """The limit of this kind that the prompt states, which may differ."""

    @property
    def is_stated(self) -> bool:
        """Whether the prompt states exactly this limit."""
        return self.stated is not None and self.stated.limit == self.wanted


def amount(number: int, thing: str) -> str:
    """Return the number with the thing in singular or plural: `1 word`, `2 words`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def missed_limits(ctx: QuestionContext, kind: Kind) -> Iterator[Missed]:
    """Yield the limits of one kind that the answer misses, one for each time that the checker judges it.

    There are none while the question is unanswered. If the check crashes, the answer is judged as it will be once the
    crash is repaired.
    """
    for judged in _failed(ctx):
        wanted, found = judged.constraints[kind], judged.answer.counted[kind]
        if wanted and not wanted.allows(found):
            yield Missed(found, wanted, kind, judged, ctx.question.stated[kind])


def _failed(ctx: QuestionContext) -> Iterator[Judged]:
    if ctx.is_unanswered:
        return
    for judged in ctx.judged or filter(None, (ctx.after_repair,)):
        if not judged.passed:
            yield judged


def problem_with(ctx: QuestionContext, missed: Missed, verb: str, fixes: tuple[Fix, ...] = ()) -> Problem:
    """Return the problem of a missed limit: what was counted, what is required, and the difference.

    If a `##` hides text from the checker, there are no fixes, and the difference does not include the hidden text.
    Otherwise those of `fixes` are offered whose edits are in the text that the checker counts.
    """
    counted = counted_span(ctx.question, missed.judged)
    cut = _cut_in(ctx.question, missed)
    where = " before the `##` where the checker stops" if cut else _since(ctx.question, missed)
    parts = [
        "once the check completes, this fails: " if ctx.after_repair else judged_as(ctx, missed.judged),
        f"{missed.found} of {missed.kind.limited(missed.wanted)}{where}",
        _remedy(missed, verb, cut),
        _origin(ctx, missed),
    ]
    return Problem(
        place_in(ctx, missed.judged, missed.stated),
        "".join(parts),
        () if cut or not counted else tuple(fix for fix in fixes if _is_within(fix, counted)),
        (
            *_own_limit(ctx, missed),
            *([Related(cut.span, "the checker stops reading at this `##`")] if cut else ()),
        ),
        # The crash has to be fixed first; this is left to do after it.
        Severity.INFORMATION if ctx.after_repair else None,
    )


def counted_span(question: Question, judged: Judged) -> Span | None:
    """Return the text that the checker counts for the answer; None if it counts text of other questions too."""
    segments, answer = question.segments, judged.answer
    ends = [*(segment.start - len(FORM.marker) for segment in segments[1:]), len(question.text)]
    # The checker does not cut the last answer, so only its count tells where it stopped.
    for segment, end in zip(segments, ends, strict=True):
        if segment.start == answer.start and segment.cut is not None and segment.until_cut == answer.counted:
            return Span(segment.start, segment.cut)
        if segment.start == answer.start and segment.whole == answer.counted:
            return Span(segment.start, end)
    return None


def _is_within(fix: Fix, counted: Span) -> bool:
    return all(counted.covers(edit.span) for edit in fix.edits)


def judged_as(ctx: QuestionContext, judged: Judged) -> str:
    """Return the start of a message: as which question the answer is judged, if not as its own."""
    return f"judged as question {judged.position}: " if judged.position != ctx.own_position else ""


def place_in(ctx: QuestionContext, judged: Judged, stated: StatedLimit | None) -> Span:
    """Return where to mark a limit: its words, or the number in the heading; the marker if limits are shifted."""
    question = ctx.question
    if judged.position != ctx.own_position:
        marker = Span(judged.answer.start - len(FORM.marker), judged.answer.start)
        if marker.start >= 0 and question[marker] == FORM.marker:
            return marker
    return stated.span if stated else question.layout.number


def _since(question: Question, missed: Missed) -> str:
    """Return a phrase that says where counting begins, if not at the start of the answer."""
    start, marker = missed.judged.answer.start, question.layout.marker
    is_later = marker is not None and marker.end < start == question.segments[-1].start
    return f" after the last `{FORM.marker}`" if is_later else ""


class _Cut(NamedTuple):
    span: Span
    found_without: int
    """The checker's count without the `##`."""


def _cut_in(question: Question, missed: Missed) -> _Cut | None:
    """Return the `##` in the answer that hides some of what is missing, if there is one."""
    start, end = missed.judged.answer.start, question.layout.answer.end
    cut = next((segment.cut for segment in question.segments if segment.start == start), None)
    if missed.found >= missed.wanted.low or cut is None or cut >= end:
        return None
    without = count(question[Span(start, end)])[missed.kind]
    return _Cut(Span(cut, cut + len(FORM.cut)), without) if without > missed.found else None


def _remedy(missed: Missed, verb: str, cut: _Cut | None) -> str:
    found = cut.found_without if cut else missed.found
    wanted = missed.wanted
    over = found - wanted.high if wanted.high is not None else 0
    difference = max(wanted.low - found, over if not cut else 0)
    if difference <= 0:
        return ""
    return f"; once that is fixed, {verb} {difference}" if cut else f": {verb} {difference}"


def _origin(ctx: QuestionContext, missed: Missed) -> str:
    """Return the source of a limit that neither the prompt nor a shift explains."""
    if missed.is_stated or missed.judged.position != ctx.own_position:
        return ""
    return f" (the limit comes from {ctx.edition.source_at(missed.judged.position).value})"


def _own_limit(ctx: QuestionContext, missed: Missed) -> tuple[Related, ...]:
    """Return the place of the prompt's own limit if another question's is applied."""
    if missed.is_stated or not missed.stated or missed.judged.position == ctx.own_position:
        return ()
    number, applied = ctx.question.number, missed.judged.position
    return (
        Related(missed.stated.span, f"question {number} asks for this, but question {applied}'s limits are applied"),
    )


def lacking_images(ctx: QuestionContext) -> int:
    """Return how many images the answer lacks for the checker; 0 if none are required."""
    return max((0, *(wanted.low - found for found, wanted in _image_counts(ctx))))


def wants_images(ctx: QuestionContext) -> bool:
    """Return whether the question fails without an image."""
    return any(wanted.low > 0 for _, wanted in _image_counts(ctx))


def room_for_images(ctx: QuestionContext) -> int | None:
    """Return how many images may be added before there are too many; None if there is no limit."""
    return min((wanted.high - found for found, wanted in _image_counts(ctx) if wanted.high is not None), default=None)


def _image_counts(ctx: QuestionContext) -> Iterator[tuple[int, Limit]]:
    """Yield images found and required for each verdict on the answer; if it has none, as if it had."""
    for judged in ctx.judged:
        if limit := judged.constraints[IMAGES]:
            yield judged.answer.counted[IMAGES], limit
    if not ctx.judged and (limit := ctx.constraints[IMAGES]):
        yield count(ctx.question[ctx.question.layout.answer])[IMAGES], limit


def too_few(missed: Iterable[tuple[Problem, float]]) -> Iterator[Problem]:
    """Yield the problems of limits of which a text has too few."""
    return (problem for problem, off in missed if off > 0)


def too_many(missed: Iterable[tuple[Problem, float]]) -> Iterator[Problem]:
    """Yield the problems of limits of which a text has too many."""
    return (problem for problem, off in missed if off < 0)


def missed_in_slot(ctx: SlotContext, units: Container[str]) -> Iterator[tuple[Problem, float]]:
    """Yield a problem for each missed limit on one of the units, with how many are too few (or, negative, many).

    There are none while the slot is unanswered, which another rule reports.
    """
    for measured in ctx.measured if ctx.filled.answer.is_answered else ():
        if measured.bounds.unit in units and not measured.is_met:
            yield _missed_limit(measured, ctx.filled.mark, ctx)


def _missed_limit(measured: Measured, place: Span, ctx: SlotContext | FormContext) -> tuple[Problem, float]:
    """Return what was counted and how, what is required, and the difference."""
    off = measured.bounds.shortfall(measured.found)
    side = "too few" if off > 0 else "too many"
    message = f"{measured.in_words()}, {number_in_words(abs(off))} {side} ({ctx.demands.way})"
    severity = Severity.ERROR if ctx.settings.strict else Severity.WARNING
    return Problem(place, message, severity=Severity.HINT if measured.bounds.is_approximate else severity), off


def limits_together(ctx: FormContext) -> Iterator[tuple[Problem, float]]:
    """Yield a problem for each missed limit of several slots together, with how many are too few (or, negative, many).

    Too little is reported only once all of them are answered.
    """
    answered = {slot.blank.number for slot in ctx.form.slots if slot.answer.is_answered}
    if not answered:
        return
    for part in ctx.form.blank.template.parts:
        measured = ctx.demands.measured_together(ctx.form, part)
        problem, off = _missed_limit(measured, _place_of_part(ctx, part), ctx)
        is_finished = all(number in answered or _need_not_be_answered(ctx, number, part) for number in part.slots)
        if off < 0 or (off > 0 and is_finished):
            yield problem._replace(message=f"{part.name or 'the whole document'}: {problem.message}"), off


def _need_not_be_answered(ctx: FormContext, number: int, part: Part) -> bool:
    """Return whether a part can be too short while a slot of it is unanswered."""
    slot = ctx.form.blank.template.slots[number]
    # Fields and tables hold no text that would be too short, but what is written below them comes after them.
    return slot.is_optional or (part.below is None and slot.anchor.kind in {"field", "table"})


def _place_of_part(ctx: FormContext, part: Part) -> Span:
    """Return the anchor of the first slot of a part; the first line of the text for the whole document."""
    starts = zip(ctx.form.slots, ctx.form.starts, strict=True)
    marks = [slot.mark.shifted(start) for slot, start in starts if part.name and slot.blank.number in part.slots]
    return marks[0] if marks else first_line(ctx.text)


def first_line(text: str) -> Span:
    """Return the span of the first line that is not blank, without its indent; an empty span if all are blank."""
    start = len(text) - len(text.lstrip("\ufeff\r\n\t #>*_-+"))
    return Span(start, len(text[: end_of_line(text, start)].rstrip()))
