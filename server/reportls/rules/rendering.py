"""Markdown that GitHub and the hand-in page show differently, and code fences that are not closed."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from reportls.analysis.github_syntax import github_only
from reportls.findings.finding import Fix, Problem, Related, Severity, Tag
from reportls.findings.rule import question_rule
from reportls.report.fences import Fence, fences_in
from reportls.report.handin_page.hidden import is_closed
from reportls.report.lists import AnswerList, Item, ListFix, fallen_out, fix_of, lists_in, numbered_otherwise
from reportls.report.question import Question
from reportls.text import Edit, Span, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.report.commonmark.nodes import Element

_MOST_LISTS = 20
"""Lists per answer that are reported, because each fix costs another reading of the whole answer."""
_MOST_READ = 40_000
"""Code points that these readings may have in all; then fewer lists are reported."""

_LONGEST_WORD = 30
"""Characters of the word after the ticks that a message shows; names of languages are shorter."""


@question_rule(Severity.WARNING, fix="offered", tags={Tag.IN_SLOTS}, of={"fences"})
def unclosed_fence(ctx: QuestionContext) -> Iterator[Problem]:
    """A code fence is opened but not closed before the answer ends.

    GitHub then shows everything after it as code, including the next questions, up to the next fence or the end of the
    report. The hand-in page shows the backticks.

    Close it with as many backticks on a line of their own:

        ```
        make data
        ```

    In a list, indent the closing backticks like the text of their item. Backticks at the beginning of the line end
    the list and open a new fence.
    """
    question = ctx.question
    if question.conflicts:
        return
    fences = [element for element in question.markup.elements if element.kind == "fence"]
    for before, fence in zip((None, *fences), fences, strict=False):
        if not fence.depth and not is_closed(question.source, fence):
            yield _unclosed(question, fence, before)


def _unclosed(question: Question, fence: Element, before: Element | None) -> Problem:
    ticks = _ticks(question, fence)
    at = question.source.line_span(question.source.line_at(question.content.end)).end
    indent = question.text[fence.span.start : ticks.start]
    edit = Edit(Span(at, at), question.newline + indent + fence.markup)
    fix = Fix("close the fence at the end of the answer", (edit,))
    if before and _was_to_close(question, fence, before):
        indented = Edit(Span(fence.span.start, ticks.start), " " * _column(question, before))
        return Problem(
            ticks,
            "not indented like the fence in the list above: this opens a new fence instead of closing that one",
            (Fix("indent it like the fence above", (indented,)), fix),
            (Related(_ticks(question, before), "the fence in the list"),),
        )
    return Problem(ticks, "this fence is not closed: GitHub shows everything after it as code", (fix,))


def _ticks(question: Question, fence: Element) -> Span:
    start = question.text.index(fence.markup, fence.span.start)
    return Span(start, start + len(fence.markup))


def _was_to_close(question: Question, fence: Element, before: Element) -> bool:
    """Return whether the fence was meant to close the one above, which ended with its list item instead."""
    line = question[question.source.line_span(before.first_line)]
    return (
        before.depth > 0
        and ">" not in line[: line.index(before.markup)]
        and before.end_line == fence.first_line
        and before.markup == fence.markup
        and not fence.info.strip()
        and not is_closed(question.source, before)
    )


def _column(question: Question, fence: Element) -> int:
    start = question.source.line_span(fence.first_line).start
    return len(question.text[start : _ticks(question, fence).start].expandtabs(4))


@question_rule(Severity.HINT, fix="safe", of={"lists", "tables", "fences", "images", "extensions"})
def renders_differently(ctx: QuestionContext) -> Iterator[Problem]:
    """GitHub and the hand-in page that graders read show this part of the answer differently.

    The hand-in page is made by Python-Markdown without extensions, which supports less than GitHub:

    * Fenced code is not code. The lines between two rows of backticks are joined into one, and with a blank line among
      them, or with `~~~`, they are shown as text. Code indented by four spaces, below a blank line, is code in both.
    * Tables are shown as text with bars. So are the boxes of task lists.
    * A list directly below a line of text is not a list but continues the text. Leave a blank line above it.
    * A list inside a list must be indented by four spaces. With two or three, its items are shown on the level of the
      outer list.
    * Every ordered list starts at 1. An image, a paragraph or code between two items ends the list, unless it is
      indented by four spaces. Bullets indented by two spaces below `2.` become numbers.
    * A second paragraph of an item must be indented by four spaces. With two or three, it is not part of the item.
    * Formulas between `$`, a backslash before signs such as `$`, `%` and `<` or at the end of a line, `~~`, footnotes,
      alerts such as `[!NOTE]` and codes for emoji such as `:tada:` are shown as they are written.
    * A command that a backslash continues on the next line becomes a single line. Make it code.
    * An image whose path contains a space is shown on the page, but not on GitHub. Rename the file.

    A list that both show correctly:

        We use three tools:

        - one to format
            - and to sort imports
        - one to check types
    """
    question = ctx.question
    if question.conflicts:
        return
    yield from _unread(question)
    yield from _lists(question)
    if "tables" in question.triggers:
        yield from (_table(question, element) for element in question.markup.elements if element.kind == "table")
    yield from _fences(question)
    if "images" in question.triggers:
        yield from _spaced_images(question)
    if not question.triggers.isdisjoint(("extensions", "lists")):
        yield from github_only(ctx)


def _unread(question: Question) -> Iterator[Problem]:
    if element := question.markup.unread:
        line = question.source.line_at(element.span.start)
        while not question[question.source.line_span(line)].strip():
            line += 1
        message = f"{element.info}: what GitHub shows of them is not checked"
        yield Problem(question.source.line_span(line), message)


def _lists(question: Question) -> Iterator[Problem]:
    told: set[int] = set()
    unlike: list[AnswerList] = []
    most = max(min(_MOST_LISTS, _MOST_READ // len(question.text)), 1)
    for found in lists_in(question):
        item = found.misplaced(question.page.items)
        box = next((item.box for item in found.items if item.box), None)
        if item and len(told) < most and not _is_under_quoted_marker(question, found):
            # Consecutive lists without a blank line between them end up in one paragraph: one finding is enough.
            paragraph = question.page.paragraphs.get(item.line, item.line)
            if paragraph not in told:
                yield _list(question, found, item)
            told.add(paragraph)
        elif not item:
            unlike.append(found)
        if box and not item:
            yield Problem(box, f"the hand-in page does not support boxes: it shows `{question[box]}` as text")
    yield from _unlike(question, unlike)


def _unlike(question: Question, lists: list[AnswerList]) -> Iterator[Problem]:
    """Find, in lists whose items are all on the page, the first paragraph outside and the first other number."""
    fallen = ((found, element) for found in lists if (element := fallen_out(question, found)))
    for found, element in islice(fallen, 1):
        yield _fallen(question, found, element)
    others = (item for found in lists if (item := numbered_otherwise(question, found)))
    for item in islice(others, 1):
        yield Problem(item.marker, _renumbered(question, item))


def _fallen(question: Question, found: AnswerList, element: Element) -> Problem:
    line = question.source.line_span(element.first_line)
    indent = len(question[line]) - len(question[line].lstrip())
    message = f"indented by {indent} spaces, 4 wanted: the hand-in page shows this paragraph outside of its item"
    list_fix = fix_of(question, found)
    fixes: tuple[Fix, ...] = ()
    if list_fix and not _falls_out(Question(apply_edits(question.text, list_fix.edits))):
        fixes = (Fix(_title(list_fix), list_fix.edits, safe=True),)
    return Problem(Span(line.start + indent, line.end), message, fixes)


def _falls_out(question: Question) -> bool:
    return any(fallen_out(question, found) for found in lists_in(question))


def _renumbered(question: Question, item: Item) -> str:
    number = question.page.numbers[item.line]
    if not item.number:
        return f"the hand-in page shows this bullet as `{number}.`: indent it by four spaces"
    if not number:
        return "the hand-in page shows a bullet for this number: put a line of text above the list"
    if min(question.page.numbers) == item.line:
        return f"the hand-in page shows this item as `{number}.`: every list begins at 1 there"
    return f"the hand-in page shows this item as `{number}.`: indent what is above it by four spaces"


def _is_under_quoted_marker(question: Question, found: AnswerList) -> bool:
    """Return whether the list is in the quote of the marker, together with the whole answer."""
    layout = question.layout
    if not layout.marker or not layout.marker_quoted:
        return False
    return found.items[0].line == question.source.line_at(layout.marker.start) + 1


def _list(question: Question, found: AnswerList, item: Item) -> Problem:
    list_fix = fix_of(question, found)
    fixes = (Fix(_title(list_fix), list_fix.edits, safe=True),) if list_fix else tuple(_pointed(question, found))
    return Problem(item.marker, _harm(question, found, item), fixes)


def _pointed(question: Question, found: AnswerList) -> Iterator[Fix]:
    """Write `1.` instead of `1)` if that is enough for the page."""
    ends = [Span(item.marker.end - 1, item.marker.end) for item in found.items]
    edits = tuple(Edit(end, ".") for end in ends if question[end] == ")")
    after = Question(apply_edits(question.text, edits))
    if edits and not any(other.misplaced(after.page.items) for other in lists_in(after)):
        yield Fix("write a full stop instead of the bracket", edits, safe=True)


def _title(list_fix: ListFix) -> str:
    blank, indent = "insert a blank line", "indent by four spaces"
    if list_fix.adds_lines and list_fix.indents:
        return f"{blank} and {indent}"
    return blank if list_fix.adds_lines else indent


def _harm(question: Question, found: AnswerList, item: Item) -> str:
    marker = question[item.marker]
    if item.line in question.page.items:
        above = (other for other in reversed(found.items) if other.line < item.line and other.level < item.level)
        spaces = item.indent - next(above, item).indent
        return f"indented by {spaces} spaces, 4 wanted: the hand-in page shows this list on the level of the outer one"
    if marker.endswith(")"):
        return f"the hand-in page supports `{marker[:-1]}.` but not `{marker}`: it shows this list as running text"
    what = "list" if item == found.items[0] else "item"
    if question.page.paragraphs.get(item.line, item.line) < item.line:
        return f"no blank line above this {what}: the hand-in page shows it as running text, including `{marker}`"
    return f"on GitHub this is {'an' if what == 'item' else 'a'} {what}, on the hand-in page it is not"


def _fences(question: Question) -> Iterator[Problem]:
    """Find the fences of an answer: one finding at the first, which lists all if there are several."""
    shown = [(fence, _code_shown(question, fence)) for fence in fences_in(question)]
    for first, harm in shown[:1]:
        message = f"the hand-in page does not support fences: {harm}"
        if len(shown) > 1:
            message += f" (and {len(shown) - 1} more in this answer)"
        related = tuple(Related(fence.opening, other) for fence, other in shown) if len(shown) > 1 else ()
        yield Problem(first.opening, message, related=related)


def _code_shown(question: Question, fence: Fence) -> str:
    signs = "tildes" if question.text[fence.opening.start] == "~" else "ticks"
    if fence.shown == "text":
        return f"it shows the {signs}, and reads the lines between them as Markdown"
    if fence.shown == "as it is":
        return f"it shows the {signs} as well"
    if fence.shown == "otherwise":
        return "it does not show this code as it is written here"
    word = f" after the word `{fence.word[:_LONGEST_WORD]}`" if fence.word else ""
    if fence.lines > 1:
        return f"the lines of this code run together into one{word}"
    return f"this code is shown within a line{word}"


def _table(question: Question, table: Element) -> Problem:
    line = question.source.line_span(table.first_line + 1)
    row = question[line]
    start = line.start + len(row) - len(row.lstrip(" \t>"))
    end = line.start + len(row.rstrip())
    return Problem(Span(start, end), "the hand-in page does not support tables: it shows this one as text with bars")


def _spaced_images(question: Question) -> Iterator[Problem]:
    for image in question.images:
        if image.form == "spaced" and image.target and not image.hiding:
            message = "the path has a space in it: the hand-in page shows this image, GitHub does not"
            yield Problem(image.target, message)
