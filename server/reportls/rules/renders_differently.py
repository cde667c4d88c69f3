"""Markdown that GitHub and the hand-in page show differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.finding import Fix, Problem, Severity
from reportls.findings.rule import question_rule
from reportls.report.fences import Fence, fences_in
from reportls.report.lists import AnswerList, Item, Mending, lists_in, mended
from reportls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.report.commonmark.nodes import Element
    from reportls.report.question import Question

_MOST_LISTS = 20
"""Lists per answer that are reported, because each fix costs another reading of the whole answer."""

_LONGEST_WORD = 30
"""Characters of the word after the ticks that a message shows; names of languages are shorter."""


@question_rule(Severity.HINT, fix="safe", of={"lists", "tables", "fences", "images"})
def renders_differently(ctx: QuestionContext) -> Iterator[Problem]:
    """GitHub and the hand-in page that graders read show this part of the answer differently.

    The hand-in page is made by Python-Markdown without extensions, which supports less than GitHub:

    * Fenced code is not code. The lines between two rows of back-ticks are joined into one, and with a blank line among
      them, or with `~~~`, they are shown as text. Code indented by four spaces, below a blank line, is code in both.
    * Tables are shown as text with bars. So are the boxes of task lists.
    * A list directly below a line of text is not a list but continues the text. Leave a blank line above it.
    * A list inside a list must be indented by four spaces. With two or three, its items are shown on the level of the
      outer list.
    * An image whose path contains a space is shown on the page, but not on GitHub. Rename the file.

    A list that both show:

        We use three tools:

        - one to format
            - and to sort imports
        - one to check types
    """
    question = ctx.question
    if question.conflicts:
        return
    yield from _lists(question)
    if "tables" in question.triggers:
        yield from _tables(question)
    for fence in fences_in(question):
        yield Problem(fence.opening, f"the hand-in page does not support fences: {_code_shown(question, fence)}")
    if "images" in question.triggers:
        yield from _spaced_images(question)


def _tables(question: Question) -> Iterator[Problem]:
    for element in question.markup.elements:
        if element.kind == "table":
            yield _table(question, element)


def _lists(question: Question) -> Iterator[Problem]:
    told: set[int] = set()
    for found in lists_in(question):
        item = found.misplaced(question.page.items)
        box = next((item.box for item in found.items if item.box), None)
        if item and len(told) < _MOST_LISTS and not _is_under_quoted_marker(question, found):
            # Consecutive lists without a blank line between them end up in one paragraph: one finding is enough.
            paragraph = question.page.paragraphs.get(item.line, item.line)
            if paragraph not in told:
                yield _list(question, found, item)
            told.add(paragraph)
        elif box:
            yield Problem(box, f"the hand-in page does not support boxes: it shows `{question[box]}` as text")


def _is_under_quoted_marker(question: Question, found: AnswerList) -> bool:
    """Return whether the list is in the quote of the marker, together with the whole answer."""
    layout = question.layout
    if not layout.marker or not layout.marker_quoted:
        return False
    return found.items[0].line == question.source.line_at(layout.marker.start) + 1


def _list(question: Question, found: AnswerList, item: Item) -> Problem:
    mending = mended(question, found)
    fixes = (Fix(_title(mending), mending.edits, safe=True),) if mending else ()
    return Problem(item.marker, _harm(question, found, item), fixes)


def _title(mending: Mending) -> str:
    blank, indent = "insert a blank line", "indent by four spaces"
    if mending.adds_lines and mending.indents:
        return f"{blank} and {indent}"
    return blank if mending.adds_lines else indent


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
    return f"the hand-in page does not show this as the {what} that it is on GitHub"


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
