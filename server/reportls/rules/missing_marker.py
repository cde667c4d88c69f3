"""Missing or damaged markers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportls.analysis.consequences import last_marked_block, own_position, with_consequence
from reportls.analysis.numbering import numbering
from reportls.findings.finding import Fix, Problem, Severity, Tag
from reportls.findings.rule import report_rule
from reportls.report.form import FORM
from reportls.text import LINE_START, Edit, Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import ReportContext
    from reportls.report.question import Question

_UNSEEN = r"[\u00ad\u200b-\u200f\u2060\ufeff]{0,3}"
"""Invisible signs, which come with text that is copied from a browser or a chat."""
_INVISIBLE = pattern(_UNSEEN)
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
    severity = None if _costs(ctx) else Severity.WARNING
    for block in without:
        if block not in explained:
            yield _problem(ctx, block, ctx.report.questions[block - 1])._replace(severity=severity)


def _problem(ctx: ReportContext, block: int, question: Question) -> Problem:
    damaged = _damaged(question)
    span = damaged or question.layout.number
    what = f"`{question[damaged]}` is not `{FORM.marker}`" if damaged else f"`{FORM.marker}` is missing"
    edit = Edit(damaged, FORM.marker) if damaged else _insertion(question)
    fix = Fix(f"restore `{FORM.marker}`", (edit,)).shifted(ctx.report.starts[block])
    problem = Problem(span.shifted(ctx.report.starts[block]), f"{what}, so the checker {_effect(ctx, block)}", (fix,))
    return with_consequence(ctx, block + 1, problem)


def _costs(ctx: ReportContext) -> bool:
    """Return whether the check crashes, or an answer that is judged as another question's fails."""
    return not ctx.verdict.completed or any(
        not judged.passed and judged.position != own_position(ctx, judged.answer.block) for judged in ctx.verdict.judged
    )


def _effect(ctx: ReportContext, block: int) -> str:
    """Say what the checker does with the question, as a verb phrase."""
    if ctx.report.structure.last_marked > block:
        return "does not see this answer"
    before = last_marked_block(ctx, block)
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
