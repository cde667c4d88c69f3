"""A question as its author sees it: heading, prompt, marker, answer.

Nearly every edit changes only words of an answer, and then `reworded` keeps the parsed heading, prompt and marker.
Reading the block again would give the same result and take several times as long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.lazy import cached_property
from reportls.report.block import Block
from reportls.report.checker import segment_of
from reportls.report.commonmark.answer import read_markup
from reportls.report.form import FORM
from reportls.report.handin_page.blocks import Page, page_from
from reportls.report.handin_page.hidden import HiddenAreas
from reportls.report.handin_page.inline import AnswerTag, tags_in
from reportls.report.images import AnswerImage, images_in
from reportls.report.kinds import WORDS
from reportls.report.layout import Layout, lay_out
from reportls.report.placeholder import lines_of_dashes, placeholder_dashes
from reportls.report.prompt import EXAMPLE, PromptPrint, Stated, prompt_print, read_prompt
from reportls.report.target import target_of
from reportls.report.triggers import OF_PLACEHOLDERS, Trigger, triggers_of
from reportls.text import Span, apply_edits, end_of_line, pattern, start_of_line

if TYPE_CHECKING:
    from reportls.report.commonmark.answer import AnswerMarkup
    from reportls.text import Edit

_OWN_SEGMENTS = 2
_IS_MORE = pattern(rf"{FORM.cut}|{FORM.marker}|\]:|<<<<<<<|>>>>>>>|\|\|\|\|\|\|\|")
"""Opens a section or an answer, defines a link for other answers, or is what git leaves of a merge."""


class Question(Block):
    """One question, from its heading to the next one's."""

    own_lines = 1  # its heading may have two `#`

    @cached_property
    def layout(self) -> Layout:
        """The spans of its parts."""
        return lay_out(self.source, self.tail.start)

    @cached_property
    def number(self) -> int:
        """The number in the heading."""
        return int(self[self.layout.number])

    @cached_property
    def triggers(self) -> frozenset[Trigger]:
        """The constructs that it may contain. Rules for any other need not run."""
        return triggers_of(self.text, self.layout, self.segments)

    @cached_property
    def content(self) -> Span:
        """The answer without the white space around it; empty if there is none."""
        answer = self.layout.answer
        text = self[answer]
        stripped = text.strip()
        start = answer.start + (len(text) - len(text.lstrip()) if stripped else 0)
        return Span(start, start + len(stripped))

    @cached_property
    def words(self) -> str:
        """The words of the answer, with one blank between two."""
        return " ".join(self[self.content].split())

    @cached_property
    def placeholders(self) -> tuple[Span, ...]:
        """The placeholders in the answer, or all that is left of them: dashes and nothing else."""
        if OF_PLACEHOLDERS.isdisjoint(self.triggers):
            return ()
        answer = self.layout.answer
        if dashes := lines_of_dashes(self.text, self.content):
            return dashes
        found = FORM.fill_here.finditer(self[answer])
        return tuple(Span(*match.span("alone" if match["alone"] else 0)).shifted(answer.start) for match in found)

    @cached_property
    def is_answered(self) -> bool:
        """Whether there is text other than the placeholder."""
        if not self.placeholders:
            return bool(self[self.content])
        return not lines_of_dashes(self.text, self.content) and bool(
            FORM.fill_here.sub("", self[self.layout.answer]).strip()
        )

    @cached_property
    def placeholder_dashes(self) -> tuple[Span, ...]:
        """The placeholder's own dashes, left around the answer: those before it, those after it, or both."""
        return () if "dashes" not in self.triggers or self.placeholders else placeholder_dashes(self.text, self.content)

    @cached_property
    def stated(self) -> Stated:
        """The limits that the prompt's own words name."""
        return read_prompt(self.text, self.layout.prompt)

    @cached_property
    def answer_in_quote(self) -> int | None:
        """The start of an answer inside the quote, if the marker is lost; None if there is none or it cannot be told.

        It is the first paragraph after the length that is not the example's, whose text is in italics.
        """
        length, prompt = self.stated[WORDS], self.layout.prompt
        if self.layout.marker or self.is_answered or not length or not prompt:
            return None
        first, last = self.source.line_at(length.span.start) + 1, self.source.line_at(prompt.end)
        starts_paragraph, is_example = False, False
        for number in range(first, last + 1):
            line = self.source.line_span(number)
            words = self[line].lstrip("> \t")
            if not words:
                starts_paragraph = True
            elif starts_paragraph and words.lstrip("*_").startswith(EXAMPLE):
                starts_paragraph, is_example = False, True
            elif starts_paragraph and not (is_example and words.startswith(("*", "_"))):
                return line.start
            else:
                starts_paragraph = False
        return None

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
        """The answer's lines as the hand-in page reads them."""
        first = self.first_page_line
        return page_from([self[span] for span in self.source.line_spans[first:]], first)

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
        if "images" not in self.triggers:
            return ()
        return images_in(self.text, self.layout.answer, self.markup.images, self.hidden_areas)

    @cached_property
    def hidden_areas(self) -> HiddenAreas:
        """The stretches of the answer in which no image is shown."""
        return HiddenAreas(self.source, self.layout.answer, self.markup, lambda: self.page)

    @cached_property
    def tags(self) -> list[AnswerTag]:
        """The HTML tags of the answer, those that only GitHub or only the hand-in page knows among them."""
        if "html" not in self.triggers:
            return []
        return tags_in(self.source, self.layout.answer, self.page, self.first_page_line, self.markup)

    @cached_property
    def image_paths(self) -> frozenset[str]:
        """The relative paths of those images, normalised."""
        targets = [target_of(image.path) for image in self.images]
        return frozenset(path for target in targets if target.kind == "relative" for path in target[1:])

    def edited(self, edit: Edit) -> Question:
        """Return the question after an edit of its answer; offsets count from its start."""
        return Question(apply_edits(self.text, (edit,)))


class Place(Question):
    """A place to answer whose parts are known, so that its text need not look like a question's."""

    def __init__(self, text: str, number: int, name: str, anchor: Span, answer: Span) -> None:
        """Take the text of the place, its number and name, and where in it are the line that asks and the answer."""
        super().__init__(text)
        self.number, self.name = number, name
        self.layout = Layout(anchor, 0, anchor, None, None, marker_quoted=False, answer=answer)

    def edited(self, edit: Edit) -> Place:
        """Return the place after an edit of its answer; offsets count from its start."""
        heading, (start, end) = self.layout.heading, self.layout.answer
        return Place(apply_edits(self.text, (edit,)), self.number, self.name, heading, Span(start, end + edit.growth))


def reworded(question: Question, edit: Edit) -> Question | None:
    """Return the question after an edit below its marker's line; None if the edit may change more than words.

    The edit's offsets count from the start of the block. A second marker or a `##` needs a full parse: the checker
    counts such a block in more than one way.
    """
    layout, text = question.layout, question.text
    (start, end), new_text = edit
    line = start_of_line(text, start, layout.answer.start)
    # Without a line break before it, the edit is on the marker's own line, which decides where the answer begins.
    if not line or not layout.marker or len(question.segments) != _OWN_SEGMENTS:
        return None
    if question.conflicts or end > layout.answer.end or text.find(FORM.cut, layout.heading.end, layout.answer.end) >= 0:
        return None
    line_end = end_of_line(text, end)
    before, after = text[line:line_end], text[line:start] + new_text + text[end:line_end]
    # Whole lines are compared, since an edit of one letter can make or break a marker beside it.
    if before == after or _is_more(before) or _is_more(after):
        return None
    text = text[:line] + after + text[line_end:]
    return None if _moves_section(question, before, after, text) else _with_text(question, text)


def _moves_section(question: Question, before: str, after: str, text: str) -> bool:
    """Return whether another heading, or none any more, may open the section of the next question.

    The question becomes `text`, in which the lines `after` are in place of `before`.
    """
    # The section of the next question opens at a line with a `#`, so one that comes or goes may move its beginning.
    if ("#" in before) != ("#" in after):
        return True
    if question.tail.start < len(question.text):
        return "#" in before
    return text.find("#", question.layout.heading.end) >= 0 and Question(text).tail.start < len(text)


def _is_more(lines: str) -> bool:
    return bool(_IS_MORE.search(lines) or FORM.later_openings.search("\n" + lines))


def _with_text(before: Question, text: str) -> Question:
    """Return a question of that text, which differs from the one before below the first line of the answer only."""
    after = Question(text)
    by = len(text) - len(before.text)
    prompt, own = before.segments
    answer = before.layout.answer
    # Setting a cached property saves computing it.
    after.tail = before.tail.shifted(by)
    after.layout = before.layout._replace(answer=answer._replace(end=answer.end + by))
    after.segments = (prompt, segment_of(text[own.start :], own.start))
    after.number, after.stated, after.prompt_print = before.number, before.stated, before.prompt_print
    after.definitions, after.conflicts = before.definitions, before.conflicts
    return after
