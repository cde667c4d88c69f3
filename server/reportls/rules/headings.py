"""Headings: those of questions that differ from the course's, and those that nobody intended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.numbering import numbering, with_consequence
from reportls.findings.finding import Fix, Problem, Severity, Tag
from reportls.findings.rule import question_rule, report_rule
from reportls.report.commonmark.nodes import VERBATIM
from reportls.report.form import FORM
from reportls.report.handin_page.blocks import page_lines, read_page
from reportls.report.introduction import most_dropped
from reportls.text import LINE_BREAK, Edit, Span, is_covered, pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext, ReportContext
    from reportls.report.question import Question

_LEVEL = len(FORM.marks)
_PARTS = pattern(
    r"\ufeff?(?P<heading>(?P<indent> *)(?P<marks>#*)(?P<gap>[ \t]*)(?P<open>[*_]*)"
    rf"(?P<word>{FORM.word_pattern})(?P<space>[ \t\u00a0]*)[0-9]+(?P<close>[*_]*))(?P<rest>[^\r\n]*)"
)
_HARMLESS = " \t\u00a0#:.*_"
_CANDIDATE = pattern(r"[\r\n](?P<before>[ \t>]*)(?P<dashes>={2,}|-{2,})[ \t]*(?=[\r\n]|\Z)")

_HASH = pattern(r"(?:\A|(?<=[\r\n]))[ \t>]*(?:(?:[*+\-]|[0-9]{1,9}\.)[ \t]+)*(?P<hash>#)(?P<word>[^#\s]+)")
_BETWEEN_VERSIONS = "======="
"""Git's line between the two versions of a conflict."""
_IS_FOLLOWED = pattern(rf"{LINE_BREAK}[ \t>]*=+[ \t]*(?=[\r\n]|\Z)")
_SHORTEST_UNDERLINE = 4
_LONGEST_TITLE = 60
_LONGEST_WORD = 30


@report_rule(Severity.ERROR, fix="safe", tags={Tag.CRASH}, of="frame")
def heading_changed(ctx: ReportContext) -> Iterator[Problem]:
    """The heading of a question is not `### Question` and its number.

    The checker keeps an answer only if a `###` follows it, and normally that is the one in the heading of the next
    question. With `## Question 7`, or without `#`, the answer to question 6 is dropped silently, and the check crashes
    because one answer is missing.

    Other changes, such as more `#`, a missing space or additional words, do not affect the checker, but graders look
    for the heading that the course wrote.

    Restore the course's heading.
    """
    yield from _dropped(ctx)
    odd = ctx.report.structure.odd_headings
    if not odd:
        return
    repeated = {again.block for again in numbering(ctx).repeated if not again.wanted}
    for block in odd:
        question = ctx.report.questions[block - 1]
        # `duplicate-question` reports a second heading of one number that has no marker.
        is_within_answer = block in repeated and not question.has_marker
        if not is_within_answer:
            yield from _problems(ctx, block, question)


def _dropped(ctx: ReportContext) -> Iterator[Problem]:
    """Report the first heading if the only `###` before the first marker is among the dropped characters."""
    variant, report = ctx.edition.variant, ctx.report
    if not variant.first_part_counts or not report.questions or report.starts[1] > most_dropped(variant.drops):
        return
    # The checker reads with universal newlines, so `\r\n` counts as one character.
    first_part = report.text.partition(FORM.marker)[0].replace("\r\n", "\n")
    if FORM.kept in first_part and FORM.kept not in first_part[variant.drops :]:
        dropped = f"the first {variant.drops} characters of the file"
        message = f"the checker drops {dropped}, including this `{FORM.kept}`, and loses an answer"
        yield with_consequence(ctx, 1, Problem(ctx.number_of(1), message))


def _problems(ctx: ReportContext, block: int, question: Question) -> Iterator[Problem]:
    parts = _PARTS.match(question.text)
    if not parts:
        return
    start = ctx.report.starts[block]
    if question.layout.level < _LEVEL and _drops_answer(ctx, block):
        yield _shifted(_costly(ctx, block, question, parts), start)
    elif question.layout.level != _LEVEL or _is_odd(parts):
        yield _shifted(_harmless(question, parts), start)
    elif parts["rest"].strip().strip(_HARMLESS):
        yield _shifted(_further_words(question, parts), start)


def _drops_answer(ctx: ReportContext, block: int) -> bool:
    """Return whether an answer is dropped because no `###` separates this question's marker from the one before."""
    blocks = ctx.report.blocks
    if not blocks[block].has_marker or blocks[block].segments[0].has_kept:
        return False
    for before in range(block - 1, -1, -1):
        if blocks[before].segments[-1].has_kept:
            return False
        if blocks[before].has_marker:
            return True
    return ctx.edition.variant.first_part_counts


def _costly(ctx: ReportContext, block: int, question: Question, parts: re.Match[str]) -> Problem:
    what = f"`{parts['heading'].strip()}` should be `{FORM.heading_of(question.number)}`"
    lost = f"the answer to question {ctx.report.questions[block - 2].number}" if block > 1 else "an answer"
    message = f"{what}: without `{FORM.kept}` the checker drops {lost}"
    # If the check completes, another mistake makes up for this one, and fixing only one would crash it.
    fix = _restored(question, parts, safe=not ctx.verdict.completed)
    return with_consequence(ctx, block, Problem(_level_mark(question, parts), message, (fix,)))


def _level_mark(question: Question, parts: re.Match[str]) -> Span:
    return Span(*parts.span("marks")) if parts["marks"] else question.layout.number


def _is_odd(parts: re.Match[str]) -> bool:
    is_small = parts["word"].islower()
    return bool(is_small or parts["indent"] or not parts["gap"] or parts["open"] or not parts["space"])


def _harmless(question: Question, parts: re.Match[str]) -> Problem:
    message = f"`{parts['heading'].strip()}` should be `{FORM.heading_of(question.number)}`"
    span = Span(parts.start("marks"), parts.end("heading"))
    if question.layout.level != _LEVEL:
        span = _level_mark(question, parts)
    if parts["indent"]:
        message = f"{message}, without spaces before it: the hand-in page does not show it as a heading"
    is_shown = question.layout.level > 0 and not parts["indent"]
    severity = Severity.HINT if is_shown else Severity.WARNING
    # Without a marker, an additional `###` may be one too many.
    safe = question.layout.level >= _LEVEL or question.has_marker
    return Problem(span, message, (_restored(question, parts, safe=safe),), severity=severity)


def _further_words(question: Question, parts: re.Match[str]) -> Problem:
    start, rest = parts.start("rest"), parts["rest"]
    span = Span(start + len(rest) - len(rest.lstrip()), start + len(rest.rstrip()))
    message = f"the course's heading is `{FORM.heading_of(question.number)}` and nothing else"
    fix = Fix("remove the extra words", (Edit(Span(start, start + len(rest)), ""),))
    return Problem(span, message, (fix,), severity=Severity.HINT)


def _restored(question: Question, parts: re.Match[str], *, safe: bool) -> Fix:
    heading = FORM.heading_of(question[question.layout.number])
    end = parts.end() if not parts["rest"].strip(_HARMLESS) else parts.end("heading")
    return Fix(f"restore `{heading}`", (Edit(Span(parts.start("heading"), end), heading),), safe=safe)


def _shifted(problem: Problem, by: int) -> Problem:
    return problem._replace(span=problem.span.shifted(by), fixes=tuple(fix.shifted(by) for fix in problem.fixes))


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
    # While a merge is unfinished, git's own lines would be taken for underlines.
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
