"""A question as its author sees it: heading, prompt, marker, answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reportls.lazy import cached_property
from reportls.report.block import Block
from reportls.report.checker import MARKER
from reportls.report.commonmark.answer import read_markup
from reportls.report.fingerprint import PromptPrint, prompt_print
from reportls.report.handin_page.blocks import Page, page_lines, read_page
from reportls.report.handin_page.hidden import Areas
from reportls.report.images import AnswerImage, images_in
from reportls.report.placeholder import lines_of_dashes, placeholder_dashes
from reportls.report.prompt import Stated, is_quoted, read_prompt
from reportls.report.target import decoded_target
from reportls.report.triggers import OF_PLACEHOLDERS, Sign, signs_of
from reportls.text import LINE_BREAK, LINE_START, Span, pattern

if TYPE_CHECKING:
    from reportls.report.commonmark.answer import AnswerMarkup

HEADING = pattern(
    r"\ufeff?[ ]{0,3}(?P<marks>\#{1,6})[ \t]{0,8}[*_]{0,3}"
    r"[Qq]uestion[ \t\u00a0]*(?P<number>[0-9]{1,4})(?![0-9])[^\r\n]*"
    r"|(?:\*\*|__)?[Qq]uestion[ \t](?P<bare>[0-9]{1,4})[ \t]*[:.]?(?:\*\*|__)?[ \t]*(?=[\r\n]|\Z)"
)
"""A line that opens a question, with its `#` or, if those got lost, nothing else on it. The line alone decides."""

_FILL_HERE = r"question[ \t]+[0-9]+[ \t]+fill[ \t]+here"
PLACEHOLDER = pattern(
    rf"(?<!-)-{{2,}}[ \t]*{_FILL_HERE}[ \t]*-{{2,}}"
    rf"|{LINE_START}[ \t]*(?P<alone>(?:-+[ \t]*)?{_FILL_HERE}(?:[ \t]*-+)?)[ \t]*(?=[\r\n]|\Z)",
    re.ASCII | re.IGNORECASE | re.MULTILINE,
)
"""Where nothing else stands on the line, dashes may be gone. For the text of an answer, which starts a line."""

_BEFORE_MARKER = pattern(r"(?P<quote>[ \t]{0,3}(?:>[ \t]?)*)[ \t]*[*_]{0,3}\Z")
_LONGEST_OPENING = 40
"""More code points than stand before a marker in its line."""
_EMPHASIS = pattern(r"[*_]{0,3}")
_LEADING_QUOTE = pattern(rf"\s*[\r\n](?P<quote>[ ]{{0,3}}>[^\r\n]*(?:{LINE_BREAK}[ ]{{0,3}}>[^\r\n]*)*)")
_LINE_END = pattern(rf"[ \t]*(?:{LINE_BREAK}|\Z)")


class Layout(NamedTuple):
    """Where the parts of a question stand, in code points from the start of its block."""

    heading: Span
    """The heading's line, without its line break."""
    level: int
    """The number of `#`; 0 if they got lost."""
    number: Span
    """The digits in the heading."""
    prompt: Span | None
    """The quoted lines between heading and marker, the marker's own left out."""
    marker: Span | None
    """The author's `Answer:`."""
    marker_quoted: bool
    """Whether the marker stands inside the quote."""
    answer: Span
    """From the end of the marker to the end of the block or the heading of the next section."""


class Question(Block):
    """One question, from its heading to the next one's."""

    own_lines = 1  # its heading may have two `#`

    @cached_property
    def layout(self) -> Layout:
        """Where its parts stand."""
        return _lay_out(self)

    @cached_property
    def number(self) -> int:
        """The number in the heading."""
        return int(self[self.layout.number])

    @cached_property
    def signs(self) -> frozenset[Sign]:
        """What there may be in it; for what is not among them, nobody need look."""
        return signs_of(self)

    @cached_property
    def content(self) -> Span:
        """The answer without the white space around it; empty if there is none."""
        answer = self.layout.answer
        text = self[answer]
        stripped = text.strip()
        start = answer.start + (len(text) - len(text.lstrip()) if stripped else 0)
        return Span(start, start + len(stripped))

    @cached_property
    def placeholders(self) -> tuple[Span, ...]:
        """The placeholders in the answer, or all that is left of them: dashes and nothing else."""
        if OF_PLACEHOLDERS.isdisjoint(self.signs):
            return ()
        answer = self.layout.answer
        if dashes := lines_of_dashes(self.text, self.content):
            return dashes
        found = PLACEHOLDER.finditer(self[answer])
        return tuple(Span(*match.span("alone" if match["alone"] else 0)).shifted(answer.start) for match in found)

    @cached_property
    def is_answered(self) -> bool:
        """Whether there is text other than the placeholder."""
        if not self.placeholders:
            return bool(self[self.content])
        return not lines_of_dashes(self.text, self.content) and bool(
            PLACEHOLDER.sub("", self[self.layout.answer]).strip()
        )

    @cached_property
    def placeholder_dashes(self) -> tuple[Span, ...]:
        """The placeholder's own dashes, left around the answer: those before it, those after it, or both."""
        return () if "dashes" not in self.signs or self.placeholders else placeholder_dashes(self.text, self.content)

    @cached_property
    def stated(self) -> Stated:
        """The limits that the prompt's own words name."""
        return read_prompt(self.text, self.layout.prompt)

    @cached_property
    def prompt_print(self) -> PromptPrint:
        """The fingerprints of the prompt."""
        return prompt_print(self.text, self.layout.prompt)

    @cached_property
    def markup(self) -> AnswerMarkup:
        """The images, links, code and other elements of the answer."""
        return read_markup(self.text, self.layout.answer, self.source.line_at(self.layout.answer.start))

    @cached_property
    def page(self) -> Page:
        """What the hand-in page makes of the answer's lines."""
        first = self.first_page_line
        return read_page(page_lines((self[span] for span in self.source.line_spans[first:]), first))

    @cached_property
    def first_page_line(self) -> int:
        """The line from which on the page's renderer must read to understand the answer."""
        spans = self.source.line_spans
        number = self.source.line_at(self.layout.answer.start)
        while number and self[spans[number - 1]].strip("> \t"):
            number -= 1
        return number

    @cached_property
    def images(self) -> tuple[AnswerImage, ...]:
        """The images of the answer, those that only the checker or only a reader sees among them."""
        return images_in(self)

    @cached_property
    def hidden_areas(self) -> Areas:
        """The stretches of the answer in which no image is shown."""
        return Areas(self)

    @cached_property
    def image_paths(self) -> frozenset[str]:
        """The relative paths of those images, normalised."""
        targets = [decoded_target(image.path) for image in self.images]
        return frozenset(path for target in targets if target.kind == "relative" for path in target[1:])


def _lay_out(question: Question) -> Layout:
    text = question.text
    heading = HEADING.match(text)
    assert heading, "a question's block starts with its heading"
    group = "number" if heading["number"] else "bare"
    end = question.tail.start
    marker = _find_marker(text, heading.end(), end)
    prompt = (
        _prompt_before(question, heading.end(), marker.line) if marker else _leading_quote(text, heading.end(), end)
    )
    if marker:
        answer = Span(marker.end, max(marker.end, end))
    else:
        answer = Span(_after_line(text, prompt.end if prompt else heading.end()), end)
    return Layout(
        heading=Span(*heading.span()),
        level=len(heading["marks"] or ""),
        number=Span(*heading.span(group)),
        prompt=prompt,
        marker=marker.span if marker else None,
        marker_quoted=marker.quoted if marker else False,
        answer=answer,
    )


class _Marker(NamedTuple):
    line: int
    """Where its line starts."""
    span: Span
    end: int
    """Where it ends together with the emphasis around it."""
    quoted: bool


def _find_marker(text: str, start: int, end: int) -> _Marker | None:
    """The first marker that opens a line; failing that, the first one anywhere."""
    first: _Marker | None = None
    at = text.find(MARKER, start, end)
    while at >= 0:
        near = max(at - _LONGEST_OPENING, start)
        line = max(text.rfind("\n", near, at), text.rfind("\r", near, at)) + 1
        opening = _BEFORE_MARKER.match(text, line or near, at)
        after = _EMPHASIS.match(text, at + len(MARKER), end)
        marker = _Marker(
            line or near, Span(at, at + len(MARKER)), after.end() if after else at, text.startswith(">", line)
        )
        if opening and line:
            return marker._replace(quoted=">" in opening["quote"])
        first = first or marker
        at = text.find(MARKER, at + len(MARKER), end)
    return first


def _prompt_before(question: Question, start: int, end: int) -> Span | None:
    lines = [span for span in question.source.line_spans if start <= span.start < end and is_quoted(question[span])]
    return Span(lines[0].start, lines[-1].end) if lines else None


def _leading_quote(text: str, start: int, end: int) -> Span | None:
    match = _LEADING_QUOTE.match(text, start, end)
    return Span(match.start("quote"), match.end("quote")) if match else None


def _after_line(text: str, offset: int) -> int:
    match = _LINE_END.match(text, offset)
    return match.end() if match else offset
