"""Markers that are missing, damaged, or one too many."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.numbering import (
    costs_question,
    markers_without_heading,
    numbering,
    own_position,
    with_consequence,
)
from reportls.findings.finding import Fix, Problem, Severity, Tag
from reportls.findings.rule import report_rule
from reportls.report.form import FORM
from reportls.report.kinds import WORDS, count
from reportls.report.question import Question
from reportls.text import LINE_START, Edit, Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import ReportContext
    from reportls.report.block import Block
    from reportls.report.checker import Segment

_UNSEEN = r"[\u00ad\u200b-\u200f\u2060\ufeff]{0,3}"
"""Invisible signs, which come with text that is copied from a browser or a chat."""
_INVISIBLE = pattern(_UNSEEN)
# Every repetition has an upper limit, so that no line takes quadratic time.
_OPENING = pattern(
    LINE_START
    + r"[ \t]{0,3}(?:>[ \t]{0,3}){0,4}(?P<found>[*_]{0,3}(?P<word>(?:[^\W\d_]"
    + _UNSEEN
    + r"){3,12})"
    + r"(?P<sign>[*_]{0,3}[ \t\u00a0\u202f]{0,3}(?:\\?[:;.,\uff1a]|[-\u2013\u2014])?)[*_]{0,3})(?P<rest>[^\r\n]*)",
    re.MULTILINE,
)
_COLONS = (":", "\uff1a")
_WANTED = "answer"
_OTHER_LABEL = "example"
_AROUND = "> \t*_"


@report_rule(Severity.ERROR, fix="offered", tags={Tag.CRASH}, of="irregularities")
def missing_marker(ctx: ReportContext) -> Iterator[Problem]:
    """The question has no `Answer:`, so the checker does not see its answer.

    The checker finds answers only by this word, with a capital letter and directly followed by a colon. Without it the
    answer is lost, and the check crashes because one is missing. If there is also one marker too many elsewhere, every
    answer up to that one is judged by the limits of the question before it.

    Put the word back between the prompt and the answer, on a line of its own, with a blank line after it:

        > Recommended answer length: 50-100 words.
        >
        > Answer:

        There are 12 tests ...
    """
    without = ctx.report.structure.without_marker
    if not without:
        return
    numbers = numbering(ctx)
    explained = {repeated.block for repeated in numbers.repeated if not repeated.wanted} | {*numbers.beyond}
    severity = None if _missing_costs(ctx) else Severity.WARNING
    for block in without:
        if block not in explained:
            yield _missing(ctx, block, ctx.report.questions[block - 1])._replace(severity=severity)


def _missing(ctx: ReportContext, block: int, question: Question) -> Problem:
    damaged = _damaged(question)
    span = damaged or question.layout.number
    what = f"`{question[damaged]}` is not `{FORM.marker}`" if damaged else f"`{FORM.marker}` is missing"
    edit = Edit(damaged, FORM.marker) if damaged else _insertion(question)
    fix = Fix(f"restore `{FORM.marker}`", (edit,)).shifted(ctx.report.starts[block])
    problem = Problem(
        span.shifted(ctx.report.starts[block]), f"{what}, so the checker {_effect_of_missing(ctx, block)}", (fix,)
    )
    return with_consequence(ctx, block + 1, problem)


def _missing_costs(ctx: ReportContext) -> bool:
    """Return whether the check crashes, or an answer that is judged as another question's fails."""
    return not ctx.verdict.completed or any(
        not judged.passed and judged.position != own_position(ctx, judged.answer.block) for judged in ctx.verdict.judged
    )


def _effect_of_missing(ctx: ReportContext, block: int) -> str:
    """Say what the checker does with the question, as a verb phrase."""
    structure = ctx.report.structure
    before = 0 if structure.last_marked > block else structure.marked_before(block)
    if not before:
        return "does not see this answer"
    number = ctx.report.questions[before - 1].number
    return f"takes everything from the answer to question {number} on for this answer"


def _damaged(question: Question) -> Span | None:
    """Return the span of a misspelled marker, if there is one."""
    layout = question.layout
    for match in _OPENING.finditer(question.text, layout.heading.end, question.tail.start):
        if _is_nearly_marker(match) or (layout.prompt and _is_label(match, question, layout.prompt)):
            return Span(*match.span("found"))
    return None


def _is_nearly_marker(match: re.Match[str]) -> bool:
    if not _is_nearly(_INVISIBLE.sub("", match["word"]).lower()):
        return False
    return not match["rest"].strip(" \t*_") or match["sign"].endswith(_COLONS)


def _is_nearly(word: str) -> bool:
    """Return whether the word is `answer` with one letter added, missing or wrong, or two swapped."""
    if len(word) == len(_WANTED):
        wrong = [index for index, (found, wanted) in enumerate(zip(word, _WANTED, strict=True)) if found != wanted]
        return len(wrong) < 2 or (len(wrong) == 2 and sorted(word) == sorted(_WANTED))  # noqa: PLR2004  # two letters
    longer, shorter = (word, _WANTED) if len(word) > len(_WANTED) else (_WANTED, word)
    return len(longer) == len(shorter) + 1 and any(
        longer[:index] + longer[index + 1 :] == shorter for index in range(len(longer))
    )


def _is_label(match: re.Match[str], question: Question, prompt: Span) -> bool:
    """Return whether it is one word with a colon at the prompt's end, such as a translated marker."""
    return (
        prompt.covers(Span(*match.span()))
        and match["sign"].endswith(_COLONS)
        and match["word"].lower() != _OTHER_LABEL
        and not match["rest"].strip(" \t*_")
        and not question.text[match.end() : prompt.end].strip(" \t\r\n>")
    )


def _insertion(question: Question) -> Edit:
    layout, newline = question.layout, question.newline
    if (quoted := question.answer_in_quote) is not None:
        return Edit(Span(quoted, quoted), newline.join([f"> {FORM.marker}", ">", ""]))
    if layout.prompt:
        at = layout.prompt.end
        last = max(question.text.rfind(end, 0, at) for end in "\r\n") + 1
        lines = (
            ["", f"> {FORM.marker}"] if question.text[last:at].strip(" \t") == ">" else ["", ">", f"> {FORM.marker}"]
        )
    elif question.placeholders:
        at = question.placeholders[0].start
        return Edit(Span(at, at), f"> {FORM.marker}" + newline * 2)
    else:
        at = layout.heading.end
        lines = ["", "", f"> {FORM.marker}"]
    return Edit(Span(at, at), newline.join(lines) + (newline if _has_text_below(question, at) else ""))


def _has_text_below(question: Question, offset: int) -> bool:
    """Return whether the next line has text, so that a blank one must be inserted."""
    lines = question.source.line_spans
    below = question.source.line_at(offset) + 1
    return below < len(lines) and bool(question[lines[below]].strip())


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
                effect = (
                    _effect_of_extra(ctx, index, span, before)
                    if index
                    else _effect_in_introduction(ctx, before, segment)
                )
                yield _extra_problem(ctx, index, span, before, effect)


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


def _extra_problem(ctx: ReportContext, index: int, span: Span, before: Segment, effect: _Effect) -> Problem:
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


def _effect_of_extra(ctx: ReportContext, index: int, span: Span, before: Segment) -> _Effect:
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
