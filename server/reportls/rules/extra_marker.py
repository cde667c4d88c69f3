"""Extra markers."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.consequences import costs_question, with_consequence
from reportls.analysis.numbering import markers_without_heading, numbering
from reportls.findings.finding import Fix, Problem, Severity, Tag
from reportls.findings.rule import report_rule
from reportls.report.form import FORM
from reportls.report.kinds import WORDS, count
from reportls.report.question import Question
from reportls.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import ReportContext
    from reportls.report.block import Block
    from reportls.report.checker import Segment

_AROUND = "> \t*_"


class _Effect(NamedTuple):
    """The effect of an extra marker."""

    message: str
    severity: Severity | None = None
    """None if it costs a question or crashes the check."""
    first_shifted: int | None = None
    """The first block whose answer may be judged as another question's."""


@report_rule(Severity.ERROR, fix="offered", tags={Tag.CRASH}, of="irregularities")
def extra_marker(ctx: ReportContext) -> Iterator[Problem]:
    """There is an `Answer:` where no answer begins, and the checker starts counting there.

    The checker splits the report at every `Answer:` and drops the text between two of them. So if the word is inside an
    answer, everything above it in that answer is lost. If there is a `###` between the two markers, the answer becomes
    two answers, and the check crashes because there are too many.

    Delete the word if it was pasted, or write it in lower case: `answer:` means nothing to the checker.
    """
    with_extra = ctx.report.structure.with_extra_marker
    if not with_extra:
        return
    explained = markers_without_heading(ctx.report, numbering(ctx))
    for index in with_extra:
        for before, segment in _extra(ctx.report.blocks[index]):
            span = Span(segment.start - len(FORM.marker), segment.start)
            if (index, span.start) not in explained:
                effect = _effect(ctx, index, span, before) if index else _effect_in_introduction(ctx, before, segment)
                yield _problem(ctx, index, span, before, effect)


def _extra(block: Block) -> Iterator[tuple[Segment, Segment]]:
    """Yield the segments that open at another marker than the author's own, each with the segment before it."""
    own = _own_marker(block)
    for before, segment in pairwise(block.segments):
        if segment.start != own:
            yield before, segment


def _own_marker(block: Block) -> int | None:
    """Return the end of the author's own marker; None in the introduction, which should have none."""
    if not isinstance(block, Question):
        return None
    return block.layout.marker.end if block.layout.marker else block.segments[-1].start


def _problem(ctx: ReportContext, index: int, span: Span, before: Segment, effect: _Effect) -> Problem:
    start = ctx.report.starts[index]
    fix = _fix(ctx.report.blocks[index], span, before).shifted(start)
    problem = Problem(span.shifted(start), effect.message, (fix,), severity=effect.severity)
    return problem if effect.first_shifted is None else with_consequence(ctx, effect.first_shifted, problem)


def _effect_in_introduction(ctx: ReportContext, before: Segment, segment: Segment) -> _Effect:
    where = f"`{FORM.marker}` before the first question"
    # Older checkers always drop the first answer, so theirs is one too many only if the text above is kept.
    opens_last = segment == ctx.report.introduction.segments[-1]
    costly = before.has_kept if ctx.edition.variant.first_part_counts else segment.has_kept or opens_last
    if costly:
        return _Effect(f"{where} is one answer too many", first_shifted=1)
    return _Effect(f"{where}, where no answer begins", Severity.HINT)


def _effect(ctx: ReportContext, index: int, span: Span, before: Segment) -> _Effect:
    if _is_before_own(ctx.report.blocks[index], span):
        message = f"one `{FORM.marker}` too many: the checker starts the answer at the last one"
        return _Effect(message, Severity.WARNING)
    if before.has_kept:
        what = f"one `{FORM.marker}` too many: the checker takes the text above it for a separate answer"
        return _Effect(what, first_shifted=index + 1)
    lost = count(ctx.report.blocks[index].text[before.start : span.start].rstrip(_AROUND + "\r\n"))
    if not lost[WORDS]:
        return _Effect(f"`{FORM.marker}` appears twice: one is enough", Severity.WARNING)
    words = "the word" if lost[WORDS] == 1 else f"the {lost[WORDS]} words"
    message = f"this `{FORM.marker}` throws away {words} above it: the checker counts from here on"
    return _Effect(message, None if costs_question(ctx, index, lost) else Severity.WARNING)


def _is_before_own(block: Block, span: Span) -> bool:
    own = _own_marker(block)
    return own is not None and span.end < own


def _fix(block: Block, span: Span, before: Segment) -> Fix:
    line = block.source.line_span(block.source.line_at(span.start))
    head, tail = block.text[line.start : span.start], block.text[span.end : line.end]
    is_second = before.start > line.start and not block.text[before.start : span.start].strip(_AROUND)
    if is_second:
        return Fix(f"remove the second `{FORM.marker}`", (Edit(Span(before.start, span.end), ""),))
    if isinstance(block, Question) and not (head + tail).strip(_AROUND) and not _is_before_own(block, span):
        return Fix(f"remove the second `{FORM.marker}`", (Edit(line, ""),))
    return Fix(f"write `{FORM.marker.lower()}`", (Edit(span, FORM.marker.lower()),))
