"""Characters that turn text into a heading: dashes under a line, and a `#` before a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.finding import Fix, Problem, Severity
from reportls.findings.rule import question_rule
from reportls.report.commonmark.nodes import VERBATIM
from reportls.report.handin_page.blocks import page_lines, read_page
from reportls.text import LINE_BREAK, Edit, Span, is_covered, pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.report.question import Question

_CANDIDATE = pattern(r"[\r\n](?P<before>[ \t>]*)(?P<dashes>={2,}|-{2,})[ \t]*(?=[\r\n]|\Z)")

_HASH = pattern(r"(?:\A|(?<=[\r\n]))[ \t>]*(?:(?:[*+\-]|[0-9]{1,9}\.)[ \t]+)*(?P<hash>#)(?P<word>[^#\s]+)")
_BETWEEN_VERSIONS = "======="
"""Git's line between the two versions of a conflict."""
_IS_FOLLOWED = pattern(rf"{LINE_BREAK}[ \t>]*=+[ \t]*(?=[\r\n]|\Z)")
_SHORTEST_UNDERLINE = 4
_LONGEST_TITLE = 60
_LONGEST_WORD = 30


@question_rule(Severity.WARNING, fix="safe", of={"dashes", "hashes"})
def unintended_heading(ctx: QuestionContext) -> Iterator[Problem]:
    r"""A line of `---` or `===` below text, or a `#` before its first word, makes a heading of it.

    On the hand-in page, dashes below a single line turn that line into a large bold heading. On GitHub they do this to
    the whole paragraph above them. Usually a line across the page was wanted, or the placeholder's dashes were left.

    With a blank line above them, dashes are a line across the page:

        That is all.

        ---

    A line that begins with `#word`, such as `#12 was closed`, is a heading on the hand-in page, even in the middle of a
    paragraph. GitHub requires a space after the `#`. Write `\#12`.
    """
    question = ctx.question
    if question.conflicts:
        return
    if "dashes" in question.triggers:
        yield from _underlined(ctx)
    if "hashes" in question.triggers:
        yield from _hashes(question)


def _underlined(ctx: QuestionContext) -> Iterator[Problem]:
    question = ctx.question
    if not _CANDIDATE.search(question.text):
        return
    candidates = {question.source.line_at(match.start("dashes")): match for match in _candidates(ctx)}
    if not candidates:
        return
    on_page = read_page(page_lines(question[span] for span in question.source.line_spans)).underlines
    on_github = _github(question)
    for line, match in candidates.items():
        if (line in on_page or line in on_github) and not _is_title(question, line, match):
            yield _problem(question, match, on_page=line in on_page)


def _candidates(ctx: QuestionContext) -> Iterator[re.Match[str]]:
    """Yield the lines of dashes that are neither the placeholder's nor code nor part of a conflict."""
    question = ctx.question
    for match in _CANDIDATE.finditer(question.text, question.layout.heading.end):
        span = Span(*match.span("dashes"))
        placeholder = any(dashes.overlaps(span) for dashes in question.placeholder_dashes)
        is_conflict = ctx.surroundings.has_conflict and _is_separator(match)
        if not placeholder and not is_conflict and not is_covered(span, question.markup.verbatim):
            yield match


def _is_separator(match: re.Match[str]) -> bool:
    return match["dashes"] == _BETWEEN_VERSIONS and not match["before"]


def _github(question: Question) -> frozenset[int]:
    """Return the lines of dashes that make a heading on GitHub."""
    quote_end = _end_of_quote(question)
    return frozenset(
        element.end_line - 1
        for element in question.markup.elements
        if element.kind == "heading" and element.markup in ("-", "=") and element.first_line > quote_end
    )


def _end_of_quote(question: Question) -> int:
    """Return the first blank line after a quoted marker, up to which the quote goes on; -1 if no marker is quoted."""
    layout, lines = question.layout, question.source.line_spans
    if not layout.marker or not layout.marker_quoted:
        return -1
    first = question.source.line_at(layout.marker.start)
    return next((line for line in range(first, len(lines)) if not question[lines[line]].strip()), len(lines))


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
        and not (_is_separator(match) and len(words) != len(match["dashes"]))
        and not (_is_separator(match) and line + 1 < len(spans) and question[spans[line + 1]].strip())
    )


def _problem(question: Question, match: re.Match[str], *, on_page: bool) -> Problem:
    dashes, sign = Span(*match.span("dashes")), match["dashes"][0]
    where = "on the hand-in page" if on_page else "on GitHub, though not on the hand-in page"
    text = "line" if on_page else "paragraph"
    message = f"these `{sign}` make the {text} above them a heading {where}"
    severity = None if on_page else Severity.HINT
    at = match.start("before")
    if _is_separator(match):
        # The blank line that helps elsewhere would leave git's line between two paragraphs.
        line_start = at - 1 - (question.text[at - 2 : at] == "\r\n")
        fix = Fix("remove the line", (Edit(Span(line_start, match.end()), ""),))
        # Where another such line follows, it would be the heading's line next.
        fixes = () if _IS_FOLLOWED.match(question.text, match.end()) else (fix,)
        return Problem(dashes, f"{message}: if a merge left them there, remove the line", fixes, severity=severity)
    quote = match["before"].rstrip() if ">" in match["before"] else ""
    fix = Fix("insert a blank line above", (Edit(Span(at, at), quote + question.newline_at(at)),), safe=True)
    return Problem(dashes, message, (fix,), severity=severity)


def _hashes(question: Question) -> Iterator[Problem]:
    """Find each `#word` that begins a line and is a heading on the hand-in page, but not on GitHub."""
    code = [element.span for element in question.markup.elements_with("#") if element.kind in VERBATIM]
    for match in _HASH.finditer(question.text, question.content.start):
        at = match.start("hash")
        if question.source.line_at(at) in question.page.headings and not is_covered(Span(at, at + 1), code):
            word = f"#{match['word'][:_LONGEST_WORD]}"
            message = (
                f"`{word}` at the beginning of a line makes the line a heading on the hand-in page: write `\\{word}`"
            )
            fix = Fix("write a backslash before the `#`", (Edit(Span(at, at), "\\"),), safe=True)
            yield Problem(Span(at, at + len(word)), message, (fix,))
