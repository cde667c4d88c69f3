"""Fixes that remove `##` from an answer and keep its looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.finding import Fix
from reportls.text import Edit, Span, is_covered, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportls.report.question import Question

_RUN = pattern(r"#{2,}")
_BEFORE_HEADING = pattern(r"[ \t]*(?:(?:>|[*+-]|[0-9]{1,9}[.)]|-{2,})[ \t]*){0,6}\Z")
_LONGEST_BEFORE = 80


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
            kind, edit = _edit(question, Span(*run.span()), code)
            kinds.append(kind)
            edits.append(edit)
            position = edit.span.end
    return Fix(_title(kinds), tuple(edits))


def hashes_at(question: Question, offset: int) -> Span:
    """Return the span of the run of `#` at the offset."""
    run = _RUN.match(question.text, offset)
    return Span(offset, run.end() if run else offset + 2)


def _code(question: Question) -> Iterator[Span]:
    yield from question.markup.code
    yield from question.markup.html
    yield from question.markup.verbatim


def _edit(question: Question, run: Span, code: Sequence[Span]) -> tuple[str, Edit]:
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


def _title(kinds: list[str]) -> str:
    if set(kinds) == {"heading"}:
        return "make the heading a bold line" if len(kinds) == 1 else "make the headings bold lines"
    if set(kinds) == {"code"}:
        return "write one `#` instead"
    if set(kinds) == {"text"}:
        return "put a backslash between them"
    return "replace every `##`"
