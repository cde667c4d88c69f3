"""Answers that the checker ends too early, and text after the last one that it takes for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.numbering import costs_question, last_number, numbering, with_consequence
from reportls.findings.finding import Fix, Problem, Severity, Tag
from reportls.findings.rule import report_rule
from reportls.report.form import FORM
from reportls.report.kinds import KINDS, WORDS, Count, count
from reportls.text import Edit, Span, is_covered, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.findings.context import ReportContext
    from reportls.report.question import Question

_SECTION = pattern(r"#{2}[ \t]+[^\s#][^\r\n]*(?P<quote>\s*[\r\n] {0,3}>[^\r\n]*)?")
_LONGEST_INTRODUCTION = 60
"""No introduction to a section has as many words."""


_AROUND = "> \t\r\n*_"
_SECTION_MARKS = ("#", FORM.cut)
_RUN = pattern(r"#{2,}")
_BEFORE_HEADING = pattern(r"[ \t]*(?:(?:>|[*+-]|[0-9]{1,9}[.)]|-{2,})[ \t]*){0,6}\Z")
_LONGEST_BEFORE = 80


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
    last = ctx.report.structure.marked_before(len(ctx.report.blocks))
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
    # Below the heading of a section, the course quotes an introduction.
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


@report_rule(Severity.ERROR, fix="offered", tags={Tag.CRASH}, of="irregularities")
def text_after_last_answer(ctx: ReportContext) -> Iterator[Problem]:
    """There is more after the last answer than the checker expects.

    No question follows the last answer, so the checker takes the rest of the file for that answer. If the rest contains
    a `###`, in a heading, in code or anywhere else, the checker takes the answer twice, and the check crashes because
    there is one too many. A section after the answer, such as an appendix, counts as words of the last answer.

    Write headings there as bold lines, and move text that is not an answer to another file.
    """
    beyond = numbering(ctx).beyond
    for block in beyond:
        yield _beyond(ctx, block)
    last = len(ctx.report.questions)
    if last and not beyond and ctx.report.questions[-1].has_marker:
        yield from _within_last(ctx, last, ctx.report.questions[-1])


def _beyond(ctx: ReportContext, block: int) -> Problem:
    question = ctx.report.questions[block - 1]
    message = f"the course has {last_number(ctx)} questions and no question {question.number}"
    span = ctx.number_of(block)
    if question.has_marker:
        effect = "the checker counts one answer too many"
    elif question.layout.level >= len(FORM.kept) and ctx.report.structure.last_marked < block:
        effect = f"because of the `{FORM.kept}` the checker takes the answer above twice"
    else:
        return Problem(span, message, severity=Severity.WARNING)
    return with_consequence(ctx, block, Problem(span, f"{message}: {effect}"))


def _within_last(ctx: ReportContext, block: int, question: Question) -> Iterator[Problem]:
    segment = question.segments[-1]
    start = ctx.report.starts[block]
    if segment.has_kept:
        at = question.text.index(FORM.kept, segment.start)
        message = f"`{FORM.kept}` after the last `{FORM.marker}`: the checker takes the last answer twice"
        fix = without_hashes(question, Span(at, len(question.text))).shifted(start)
        yield with_consequence(ctx, block, Problem(hashes_at(question, at).shifted(start), message, (fix,)))
    elif "#" in question.text[segment.start :]:
        yield from _section(ctx, block, question)


def _section(ctx: ReportContext, block: int, question: Question) -> Iterator[Problem]:
    heading = _heading_of_section(question)
    if heading is None:
        return
    found = count(question.text[heading.start :])
    message = f"the checker counts the {found[WORDS]} words from this heading on as part of the last answer"
    severity = Severity.ERROR if _costs(ctx, block, found) else Severity.WARNING
    start = question.text.index("#", heading.start)
    marks = Span(start, start + (2 if question.text.startswith(FORM.cut, start) else 1))
    yield Problem(marks.shifted(ctx.report.starts[block]), message, severity=severity)


def _heading_of_section(question: Question) -> Span | None:
    """Return the heading of the first section of the whole report within the answer."""
    start = question.layout.answer.start
    for element in question.markup.elements:
        if element.kind == "heading" and element.markup in _SECTION_MARKS and not element.depth:
            span = element.span
            return span if question.text[start : span.start].strip() else None
    tail = question.tail
    return tail if tail.start < tail.end and question.text[start : tail.start].strip() else None


def _costs(ctx: ReportContext, block: int, found: Count) -> bool:
    """Return whether the answer fails because of the text after it."""
    return any(
        not judged.passed and judged.constraints.allow(judged.answer.counted.less(found))
        for judged in ctx.verdict.judged
        if judged.answer.block == block
    )


def without_hashes(question: Question, span: Span) -> Fix:
    """Return the fix that removes every `##` from the span.

    Headings become bold lines, and in code and HTML one `#` remains. Elsewhere a backslash separates
    them, which readers do not see.
    """
    code = sorted(_code(question))
    edits: list[Edit] = []
    kinds: list[str] = []
    position = span.start
    for run in _RUN.finditer(question.text, span.start, span.end):
        if run.start() >= position:
            kind, edit = _without_run(question, Span(*run.span()), code)
            kinds.append(kind)
            edits.append(edit)
            position = edit.span.end
    return Fix(_title_of(kinds), tuple(edits))


def hashes_at(question: Question, offset: int) -> Span:
    """Return the span of the run of `#` at the offset."""
    return Span(*next(_RUN.finditer(question.text, offset)).span())


def _code(question: Question) -> Iterator[Span]:
    yield from question.markup.code
    yield from question.markup.html
    yield from question.markup.verbatim


def _without_run(question: Question, run: Span, code: Sequence[Span]) -> tuple[str, Edit]:
    if is_covered(run, code):
        return "code", Edit(run, "#")
    line = question.source.line_span(question.source.line_at(run.start))
    if _opens_heading(question, line, run):
        return "heading", _bold_line(question, line, run)
    return "text", Edit(run, "\\".join("#" * (run.end - run.start)))


def _opens_heading(question: Question, line: Span, run: Span) -> bool:
    before = question.text[line.start : run.start]
    after = question.text[run.end : line.end]
    return (
        len(before) < _LONGEST_BEFORE
        and bool(_BEFORE_HEADING.match(before))
        and (not after or after[0] in " \t" or not before)
    )


def _bold_line(question: Question, line: Span, run: Span) -> Edit:
    words = question.text[run.end : line.end].strip(" \t").rstrip("#").rstrip(" \t").replace("**", "")
    words = _RUN.sub("#", words)
    if not words:
        return Edit(run, "")
    bold = f"**{words}**"
    if question.text[line.start : run.start].strip():
        return Edit(Span(run.start, line.end), bold)
    # A heading needs no blank line around it, a paragraph of its own does.
    above, below = _is_text(question, line, -1), _is_text(question, line, 1)
    return Edit(
        Span(line.start, line.end), (question.newline if above else "") + bold + (question.newline if below else "")
    )


def _is_text(question: Question, line: Span, step: int) -> bool:
    """Return whether the line before (`step` -1) or after it (1) has text."""
    number = question.source.line_at(line.start) + step
    spans = question.source.line_spans
    return 0 <= number < len(spans) and bool(question[spans[number]].strip())


def _title_of(kinds: list[str]) -> str:
    if set(kinds) == {"heading"}:
        return "make the heading a bold line" if len(kinds) == 1 else "make the headings bold lines"
    if set(kinds) == {"code"}:
        return "write one `#` instead"
    if set(kinds) == {"text"}:
        return "put a backslash between them"
    return "replace every `##`"
