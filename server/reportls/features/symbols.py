"""Document symbols: title, checklist, sections and questions, each with its verdict or progress."""

from __future__ import annotations

import textwrap
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reportls.features.checklist import checklist_of, progress
from reportls.features.verdicts import question_in_words, row_in_words
from reportls.form_snapshot import FormSnapshot
from reportls.report.form import FORM
from reportls.report.prompt import prompt_lines, split_example
from reportls.text import Span, end_of_line, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportls.features.checklist import Week
    from reportls.form_snapshot import AnySnapshot
    from reportls.report.introduction import Introduction
    from reportls.report.question import Question
    from reportls.report.report import Report
    from reportls.snapshot import Snapshot

_LONGEST_NAME = 60
"""In code points, without the number of the question."""
_MOST_READ = 250
"""Code points of a heading or prompt that are read for a name."""
_LINK = pattern(r"!?\[([^\[\]]*)\]\([^()]*\)")
_MARKS = pattern(r"[*`~]+|(?<!\w)_+|_+(?!\w)")
_HEADING_MARKS = pattern(r"^[\ufeff ]*#{1,6}[ \t]+|[ \t]+#+[ \t]*$")


class Section(NamedTuple):
    """A `#` or `##` heading and the text up to the next one."""

    heading: Span
    """The line, without its line break."""
    span: Span
    """From the heading to the next section or the end of the report."""
    questions: range
    """Indexes of the blocks of its questions."""


def sections_of(report: Report) -> tuple[Section, ...]:
    """Return the sections in order. Questions before the first section belong to none."""
    opened = [index for index, block in enumerate(report.blocks) if block.tail.start < block.tail.end]
    return tuple(_section(report, index, following) for index, following in pairwise([*opened, len(report.blocks) - 1]))


def _section(report: Report, index: int, following: int) -> Section:
    """Return the section that starts in block `index` and ends in block `following`."""
    start = question_span(report, index).end
    end = question_span(report, following).end if following > index else report.starts[-1]
    return Section(Span(start, end_of_line(report.text, start)), Span(start, end), range(index + 1, following + 1))


def question_span(report: Report, index: int) -> Span:
    """Return the span of the question in block `index`, up to the next question or section."""
    start = report.starts[index]
    return Span(start, start + report.blocks[index].tail.start)


def trimmed(report: Report, span: Span) -> Span:
    """Return the span without white space at its end."""
    return Span(span.start, span.start + len(report.text[span.start : span.end].rstrip()))


class SymbolKind(Enum):
    """The kind of a symbol."""

    TITLE = "title"
    CHECKLIST = "checklist"
    """The whole checklist, or one week."""
    SECTION = "section"
    QUESTION = "question"


class Symbol(NamedTuple):
    """An entry of the outline."""

    name: str
    """Plain text on one line, never empty."""
    detail: str
    """The verdict or progress; may be empty."""
    kind: SymbolKind
    span: Span
    """The whole item, including its children."""
    selection: Span
    """The heading, within `span`."""
    children: tuple[Symbol, ...] = ()


def symbols(snapshot: AnySnapshot) -> tuple[Symbol, ...]:
    """Return the outline: the title, if any, with the checklist, questions and sections as its children."""
    if isinstance(snapshot, FormSnapshot):
        return tuple(_slots(snapshot))
    report = snapshot.report
    entries = (*_checklist(report.introduction), *_questions_and_sections(snapshot))
    title = report.introduction.title
    if not title:
        return entries
    name = _plain(report.introduction[title]) or "Report"
    return (Symbol(name, "", SymbolKind.TITLE, Span(0, report.starts[-1]), title, entries),)


def _slots(snapshot: FormSnapshot) -> Iterator[Symbol]:
    rows = {row.number: row for row in snapshot.rows}
    for start, slot in zip(snapshot.form.starts, snapshot.form.slots, strict=True):
        row = rows[slot.blank.number + 1]
        span = Span(start, start + max(len(slot.text.rstrip()), slot.mark.end))
        name = _plain(slot.name) or "Slot"
        yield Symbol(name, row_in_words(row), SymbolKind.QUESTION, span, slot.mark.shifted(start))


def matching(symbols: Iterable[Symbol], query: str) -> tuple[Symbol, ...]:
    """Return the symbols at any depth whose names contain the query's letters in order; all for an empty query."""
    letters = "".join(query.casefold().split())
    return tuple(symbol._replace(children=()) for symbol in _flat(symbols) if _has_in_order(symbol.name, letters))


def _flat(symbols: Iterable[Symbol]) -> Iterator[Symbol]:
    for symbol in symbols:
        yield symbol
        yield from _flat(symbol.children)


def _has_in_order(name: str, letters: str) -> bool:
    rest = iter(name.casefold())
    return all(letter in rest for letter in letters)


def _checklist(introduction: Introduction) -> Iterator[Symbol]:
    checklist = checklist_of(introduction)
    if not checklist:
        return
    weeks = tuple(_week(introduction, week) for week in checklist.weeks)
    name = _heading_words(introduction[checklist.heading]) if checklist.heading else ""
    detail = progress(introduction, checklist.tasks)
    selection = checklist.heading or Span(checklist.span.start, checklist.span.start)
    yield Symbol(name or "Checklist", detail, SymbolKind.CHECKLIST, checklist.span, selection, weeks)


def _week(introduction: Introduction, week: Week) -> Symbol:
    name = _heading_words(introduction[week.heading]) or "Week"
    return Symbol(name, progress(introduction, week.tasks), SymbolKind.CHECKLIST, week.span, week.heading)


def _questions_and_sections(snapshot: Snapshot) -> Iterator[Symbol]:
    sections = sections_of(snapshot.report)
    outside = range(1, sections[0].questions.start if sections else len(snapshot.report.blocks))
    yield from _questions(snapshot, outside)
    for section in sections:
        yield _section_symbol(snapshot, section)


def _section_symbol(snapshot: Snapshot, section: Section) -> Symbol:
    report = snapshot.report
    name = _heading_words(report.text[section.heading.start : section.heading.end]) or "Section"
    questions = tuple(_questions(snapshot, section.questions))
    return Symbol(
        name, "", SymbolKind.SECTION, trimmed(report, section.span), trimmed(report, section.heading), questions
    )


def _questions(snapshot: Snapshot, indexes: Sequence[int]) -> Iterator[Symbol]:
    report = snapshot.report
    for index in indexes:
        ctx = snapshot.questions[index - 1]
        span = trimmed(report, question_span(report, index))
        selection = trimmed(report, ctx.question.layout.heading.shifted(span.start))
        yield Symbol(_question_name(ctx.question), question_in_words(ctx), SymbolKind.QUESTION, span, selection)


def _question_name(question: Question) -> str:
    words = topic_of(question)
    return " · ".join([FORM.name_of(question.number), *([words] if words else [])])


def topic_of(question: Question) -> str:
    """Return the start of the question's own text on one line, without markup; empty without a prompt."""
    prompt = question.layout.prompt
    if not prompt:
        return ""
    words, _ = split_example(prompt_lines(question[prompt]))
    return _plain(words)


def _heading_words(line: str) -> str:
    return _plain(_HEADING_MARKS.sub("", line[:_MOST_READ]))


def _plain(markdown: str) -> str:
    """Return the start of the text on one line, without markup."""
    text = _MARKS.sub("", _LINK.sub(r"\1", markdown[:_MOST_READ]))
    return textwrap.shorten(text, _LONGEST_NAME, placeholder=" …", break_on_hyphens=False)
