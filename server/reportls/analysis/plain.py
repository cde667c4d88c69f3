"""Plain questions, of which rules for the whole report say nothing: while they stay plain, those need not run again.

This is the contract of such rules. Of a plain question that is not singled out they depend on its frame, on the
position of its answer, on whether that passes and on whether Windows can decode it, and on nothing else: neither on the
words of prompt and answer nor on their length.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from reportls.analysis.numbering import numbering
from reportls.editions.edition import Role
from reportls.report.checker import opens_before
from reportls.report.handin_page.dropped import DROPPED, most_dropped
from reportls.report.question import Question

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from reportls.findings.context import ReportContext
    from reportls.report.report import Report

_OWN_SEGMENTS = 2
_MEMBERS = (Role.STUDY_NUMBERS, Role.CONTRIBUTIONS)


def is_quiet(before: ReportContext, after: ReportContext, blocks: Iterable[int], singled: Collection[int]) -> bool:
    """Whether rules for the whole report find the same after a change in these blocks.

    The change left their frames. `singled` are the blocks singled out before.
    """
    return not any(
        block in singled
        or not (is_plain(before.report, block) and is_plain(after.report, block))
        or _passes(before, block) != _passes(after, block)
        or _is_decodable(before, block) != _is_decodable(after, block)
        for block in blocks
    )


def is_plain(report: Report, block: int) -> bool:
    """Whether it is a question with one marker, nothing of it cut off and nothing left behind by a merge."""
    question = report.blocks[block]
    if not isinstance(question, Question) or len(question.segments) != _OWN_SEGMENTS or question.conflicts:
        return False
    own = question.segments[-1]
    if block == len(report.blocks) - 1:  # anything may follow the last answer
        return "#" not in question.text[own.start :]
    return own.cut is None or own.cut >= question.layout.answer.end


def _passes(ctx: ReportContext, block: int) -> list[bool]:
    return [judged.passed for judged in ctx.verdict.judged_in(block)]


def _is_decodable(ctx: ReportContext, block: int) -> bool:
    """Return whether cp1252 can decode the block. While it cannot, the first such place is marked, and seen to move."""
    return ctx.report.blocks[block].undecodable is None


def singled_out(ctx: ReportContext) -> frozenset[int]:
    """The blocks that rules for the whole report look into because of where they stand."""
    return frozenset((*_at_start(ctx), *_misnumbered(ctx), *_on_members(ctx)))


def _at_start(ctx: ReportContext) -> range:
    """The introduction, and all blocks that may lose some of the characters dropped from the start of the file."""
    most = most_dropped(max(DROPPED, ctx.edition.form.drops))
    return range(bisect_right(ctx.report.starts, most))


def _misnumbered(ctx: ReportContext) -> Iterator[int]:
    """The blocks around a gap, those with a number twice, those out of order, and those whose answers reach there."""
    found = numbering(ctx)
    for gap in found.gaps:
        yield from (gap.after, gap.after + 1)
    for repeated in found.repeated:
        yield from (repeated.block, repeated.other, opens_before(ctx.report.blocks, repeated.block))
    if found.displaced:  # which is graver if an answer would fare otherwise in its own place
        yield len(ctx.report.questions)
        yield from (displaced.block for displaced in found.displaced)
        yield from (block for block, own in enumerate(ctx.questions, start=1) if own.is_shifted)
    yield from found.beyond


def _on_members(ctx: ReportContext) -> list[int]:
    """The questions that ask for the group's members and for what each did."""
    return [block for block, own in enumerate(ctx.questions, start=1) if own.role in _MEMBERS]
