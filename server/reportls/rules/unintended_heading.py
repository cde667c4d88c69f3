"""Dashes that turn the text above them into a heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.finding import Fix, Problem, Severity
from reportls.findings.rule import question_rule
from reportls.report.handin_page.blocks import page_lines, underlines
from reportls.text import Edit, Span, is_covered, pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.report.question import Question

_CANDIDATE = pattern(r"[\r\n](?P<before>[ \t>]*)(?P<dashes>={2,}|-{2,})[ \t]*(?=[\r\n]|\Z)")
_CODE = ("fence", "code", "html")

_BETWEEN_VERSIONS = "======="
"""Git's line between the two versions of a conflict, which a blank line above would not fix."""
_SHORTEST_UNDERLINE = 4
_LONGEST_TITLE = 60


@question_rule(Severity.WARNING, fix="safe", of={"dashes"})
def unintended_heading(ctx: QuestionContext) -> Iterator[Problem]:
    """A line of `---` or `===` directly below text turns that text into a heading.

    On the hand-in page, dashes below a single line turn that line into a large bold heading. GitHub does so with all
    lines of the paragraph above them. Usually a line across the page was wanted, or the dashes of the placeholder were
    left.

    With a blank line above them, dashes are a line across the page:

        That is all.

        ---
    """
    question = ctx.question
    if question.conflicts or not _CANDIDATE.search(question.text):
        return
    candidates = {question.source.line_at(match.start("dashes")): match for match in _candidates(question)}
    if not candidates:
        return
    on_page = underlines(page_lines(question[span] for span in question.source.line_spans))
    on_github = _github(question)
    for line, match in candidates.items():
        if (line in on_page or line in on_github) and not _is_title(question, line, match):
            yield _problem(question, match, on_page=line in on_page)


def _candidates(question: Question) -> Iterator[re.Match[str]]:
    """Yield the lines of dashes that are neither the placeholder's nor code."""
    code = tuple(element.span for element in question.markup.elements if element.kind in _CODE)
    for match in _CANDIDATE.finditer(question.text, question.layout.heading.end):
        span = Span(*match.span("dashes"))
        placeholder = any(dashes.overlaps(span) for dashes in question.placeholder_dashes)
        is_conflict = match["dashes"] == _BETWEEN_VERSIONS and not match["before"]
        if not placeholder and not is_conflict and not is_covered(span, code):
            yield match


def _github(question: Question) -> frozenset[int]:
    """Return the lines of dashes that make a heading on GitHub."""
    return frozenset(
        element.end_line - 1
        for element in question.markup.elements
        if element.kind == "heading"
        and element.markup in ("-", "=")
        and not _follows_quote(question, element.first_line)
    )


def _follows_quote(question: Question, line: int) -> bool:
    """Return whether no blank line separates the line from a quoted marker, so that it belongs to the quote."""
    layout = question.layout
    if not layout.marker or not layout.marker_quoted:
        return False
    between = question.source.line_spans[question.source.line_at(layout.marker.start) : line]
    return all(question[span].strip() for span in between)


def _is_title(question: Question, line: int, match: re.Match[str]) -> bool:
    """Return whether a heading seems intended: a few words alone, without columns, and a long underline."""
    spans = question.source.line_spans
    words = question[spans[line - 1]].strip("> \t")
    return (
        len(match["dashes"]) >= _SHORTEST_UNDERLINE
        and len(words) <= _LONGEST_TITLE
        and not words.endswith((".", ":"))
        and "  " not in words
        and not (line > 1 and question[spans[line - 2]].strip("> \t"))
    )


def _problem(question: Question, match: re.Match[str], *, on_page: bool) -> Problem:
    dashes, sign = Span(*match.span("dashes")), match["dashes"][0]
    where = "on the hand-in page" if on_page else "on GitHub, if not on the hand-in page"
    text = "line" if on_page else "paragraph"
    message = f"these `{sign}` make the {text} above them a heading {where}"
    at = match.start("before")
    quote = match["before"].rstrip() if ">" in match["before"] else ""
    fix = Fix("insert a blank line above", (Edit(Span(at, at), quote + question.newline_at(at)),), safe=True)
    return Problem(dashes, message, (fix,), severity=None if on_page else Severity.HINT)
