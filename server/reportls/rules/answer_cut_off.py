"""Answers that the checker cuts off."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.consequences import costs_question, last_marked_block
from reportls.analysis.demote_headings import hashes_at, without_hashes
from reportls.analysis.numbering import last_number
from reportls.findings.finding import Fix, Problem, Severity, Tag
from reportls.findings.rule import report_rule
from reportls.report.kinds import KINDS, WORDS, Count, count
from reportls.text import Span, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import ReportContext
    from reportls.report.question import Question

_SECTION = pattern(r"#{2}[ \t]+[^\s#][^\r\n]*(?P<quote>\s*[\r\n] {0,3}>[^\r\n]*)?")
_LONGEST_INTRODUCTION = 60
"""No introduction to a section has as many words."""


_AROUND = "> \t\r\n*_"


class _Cut(NamedTuple):
    at: int
    end: int
    """The end of the answer as its author sees it."""
    is_section: bool
    """Whether the course's next section begins there, so that only text below its introduction is lost."""


@report_rule(Severity.ERROR, fix="offered", tags={Tag.CRASH, Tag.CUT_OFF}, of="irregularities")
def answer_cut_off(ctx: ReportContext) -> Iterator[Problem]:
    """The checker cuts the answer off at a `##` and never sees the rest.

    It cuts at the first two `#` in a row, wherever they are: in a heading of your own, a comment in code, or `C##`.
    Words and images after them do not count, so a long answer may be too short for the checker.

    Write a heading within an answer as a bold line, and comments in code with one `#`:

        **Deployment**

        ```bash
        # install
        pip install .
        ```
    """
    last = _last_marker(ctx) if ctx.report.structure.cut else None
    for block in ctx.report.structure.cut:
        question = ctx.report.questions[block - 1]
        cut = _cut(question) if block != last else None
        if cut:
            yield _problem(ctx, block, question, cut)


def _last_marker(ctx: ReportContext) -> int | None:
    """Return the block of the last answer, which the checker does not cut; None if another question follows."""
    last = last_marked_block(ctx, len(ctx.report.blocks))
    highest = last_number(ctx)
    is_followed = any(question.number <= highest for question in ctx.report.questions[last:])
    return None if is_followed else last


def _cut(question: Question) -> _Cut | None:
    start, at = question.segments[-1].start, question.segments[-1].cut
    if not question.has_marker or at is None:
        return None
    end = question.layout.answer.end
    heading = _SECTION.match(question.text, at, end)
    if not heading or not question[Span(start, at)].strip() or not _is_heading(question, at):
        return _Cut(at, end, is_section=False)
    if heading["quote"]:
        return _Cut(at, end, is_section=True)
    introduction = question.text[heading.end() : end].split()
    if _has_bare_prompt(question) and len(introduction) < _LONGEST_INTRODUCTION:
        return None  # the next section's heading, in a report that lost its quote marks
    return _Cut(at, end, is_section=False)


def _is_heading(question: Question, at: int) -> bool:
    return any(element.kind == "heading" and element.span.start == at for element in question.markup.elements)


def _has_bare_prompt(question: Question) -> bool:
    """Return whether the question has a prompt that is not quoted."""
    layout = question.layout
    if layout.prompt or not layout.marker:
        return False
    return bool(question.text[layout.heading.end : layout.marker.start].strip(_AROUND))


def _problem(ctx: ReportContext, block: int, question: Question, cut: _Cut) -> Problem:
    start = ctx.report.starts[block]
    span = hashes_at(question, cut.at)
    lost = count(_below_introduction(question, cut) if cut.is_section else question.text[cut.at : cut.end])
    fixes: tuple[Fix, ...] = ()
    message = f"the next section begins here: the checker never sees the {_amount(lost)} below its introduction"
    if not cut.is_section:
        fixes = (without_hashes(question, Span(cut.at, cut.end)).shifted(start),)
        message = f"`##` cuts the answer off: the checker never sees the {_amount(lost)} from here on"
    severity = None if costs_question(ctx, block, lost) else Severity.WARNING
    return Problem(span.shifted(start), message, fixes, severity=severity)


def _below_introduction(question: Question, cut: _Cut) -> str:
    lines = question.source.line_spans[question.source.line_at(cut.at) + 1 : question.source.line_at(cut.end) + 1]
    return "\n".join(question[line] for line in lines if not question[line].lstrip().startswith(">"))


def _amount(lost: Count) -> str:
    # Words are named even if there are none.
    return " and ".join(kind.amount(lost[kind]) for kind in KINDS if kind is WORDS or lost[kind])
