"""Divides a report into the parts that pages show: introduction, sections, and prompt and answer of each question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reportls.report.introduction import Introduction
from reportls.report.prompt import prompt_lines, split_example
from reportls.text import LINE_BREAK, Span, pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportls.features.verdicts import VerdictRow
    from reportls.report.block import Block
    from reportls.report.question import Question
    from reportls.report.report import Report

_FRONT_MATTER = pattern(rf"\ufeff?---[ \t]*{LINE_BREAK}(?:[^\r\n]*{LINE_BREAK}){{0,40}}?-{{3,}}[ \t]*(?=[\r\n]|\Z)")
_TITLE_LINE = pattern(r"(?:^|(?<=[\r\n]))\ufeff?#[ \t]+[^\r\n]*")
_MARKS = pattern(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
_LINK = pattern(r"!?\[(?P<words>[^\[\]]*)\]\([^()\s]*\)|<(?P<address>[^<>\s]+)>")
_LONGEST_TITLE = 80


class Entry(NamedTuple):
    """A question, or an answer that the checker found where the author has no question."""

    id: str
    """Target of links, shared by all answers in one block."""
    number: int
    """Number in the heading; for an answer before all questions, its position."""
    words: str
    """Text of the question, shortened."""
    row: VerdictRow | None
    """None if the checker does not count it."""


class Section(NamedTuple):
    """Heading of a section and the course's text under it."""

    title: str
    rest: str


def entries_of(report: Report, rows: Sequence[VerdictRow]) -> list[Entry]:
    """Return every answer, and every question without one, in the order of the text."""
    by_block: dict[int, list[VerdictRow]] = {}
    for row in rows:
        by_block.setdefault(row.block, []).append(row)
    ids = ids_of(report)
    found = [Entry(ids[0], row.number, "before the first question", row) for row in by_block.get(0, ())]
    for block, question in enumerate(report.questions, start=1):
        own: Sequence[VerdictRow | None] = by_block.get(block) or (None,)
        found += [Entry(ids[block], question.number, asked(question), row) for row in own]
    return found


def ids_of(report: Report) -> list[str]:
    """Return a unique name for each block; as on GitHub, the first question with a number is named by it."""
    names = {"introduction": 0}
    for index, number in enumerate(report.numbers, start=1):
        name = f"question-{number}"
        names[name if name not in names else f"block-{index}"] = index
    return [*names]


def asked(question: Question) -> str:
    """Return the text of the question on one line, without markup."""
    prompt = question.layout.prompt
    if not prompt:
        return ""
    words, _ = split_example(prompt_lines(question[prompt]))
    plain = plain_words(words)
    return plain if len(plain) <= _LONGEST_TITLE else f"{plain[:_LONGEST_TITLE].rsplit(' ', 1)[0]}\u00a0\u2026"


def plain_words(markdown: str) -> str:
    """Remove the marks of links, emphasis and code, and line breaks."""
    words = _LINK.sub(lambda match: match["words"] or match["address"] or "", markdown)
    return " ".join(_MARKS.sub("", words).split())


def prompt_of(question: Question) -> str:
    """Return the text between heading and answer, without the marker."""
    layout = question.layout
    if not layout.marker:
        return question.text[layout.heading.end : layout.answer.start].rstrip()
    # The marker's line also has the quote's sign and the start of emphasis.
    return question.text[layout.heading.end : layout.marker.start].rstrip("> \t*_").rstrip()


def answer_of(question: Question) -> str:
    """Return the answer as written, from the marker's line on."""
    return question[question.layout.answer].lstrip(" \t").rstrip()


def prose_of(introduction: Introduction) -> str:
    """Return the text before the first section, without front matter and title."""
    text = without_front_matter(introduction.text[: _section_of(introduction).start])
    return _TITLE_LINE.sub("", text, count=1).strip("\r\n")


def without_front_matter(text: str) -> str:
    """Remove the front matter, which only site generators read."""
    front = _FRONT_MATTER.match(text)
    return text[front.end() :] if front else text


def title_of(introduction: Introduction) -> str:
    """Return the title of the report; empty if it has none."""
    return plain_words(introduction[introduction.title]) if introduction.title else ""


def _section_of(block: Block) -> Span:
    """Return the span of the section that begins in a block, heading included; the report's title begins none."""
    title = block.title if isinstance(block, Introduction) else None
    end = len(block.text)
    return Span(end, end) if title and title.start >= block.tail.start else block.tail


def section_after(block: Block) -> Section | None:
    """Return the section that begins after the text of a block; None if the next question begins none."""
    text = block[_section_of(block)]
    if not text.strip():
        return None
    heading, *rest = re.split(LINE_BREAK, text, maxsplit=1)
    return Section(plain_words(heading.strip("# \t")), "".join(rest))
