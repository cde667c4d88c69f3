"""HTML that is not closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.analysis.html_tags import HIDING, lost_attributes
from reportls.findings.finding import Fix, Problem, Severity
from reportls.findings.rule import question_rule
from reportls.report.handin_page.raw_html import unclosed_stretch
from reportls.report.question import Question
from reportls.text import Edit, Span, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.findings.context import QuestionContext
    from reportls.report.commonmark.nodes import Element
    from reportls.report.handin_page.inline import Tag

_LOOKS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em", "cite"), "slanted"),
    **dict.fromkeys(("s", "strike", "del"), "struck out"),
    **dict.fromkeys(("u", "ins"), "underlined"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "in a monospaced font"),
    **dict.fromkeys(("big", "small", "sub", "sup"), "in another size"),
    "mark": "marked",
}
"""What happens to the text after the tag."""

_OPENING, _CLOSING = "<!--", "-->"
_VERBATIM = frozenset({"pre", "script", "style", "textarea"})
"""Elements whose blank lines are shown or have a meaning."""


@question_rule(Severity.WARNING, fix="offered", of={"html"})
def unclosed_html(ctx: QuestionContext) -> Iterator[Problem]:
    """An HTML tag or comment is opened but not closed before the answer ends.

    On the hand-in page a tag such as `<div>`, `<details>`, `<table>` or `<p>` at the beginning of a line starts a block
    of HTML that goes on until the tag is closed. If it never is, everything after it is shown without its Markdown,
    including the next questions: no images, no headings, no paragraphs. This happens in fenced code, too, because the
    page does not support fences.

    In the middle of a line, a tag such as `<s>` or `<code>` changes the look of everything after it until it is closed.
    Browsers show nothing at all of what follows `<script>`, `<style>`, `<title>` or `<textarea>`.

    A comment that is not closed hides everything after it on GitHub.

    Close it where it should end:

        <details>
        <summary>The whole log</summary>
        ...
        </details>

    If the tag is meant as text, write it between backticks.
    """
    question = ctx.question
    if question.conflicts:
        return
    yield from _tags(question)
    yield from _inline_tags(question)
    for element in question.markup.elements if _OPENING in question.text else ():
        if element.kind == "html" and _is_open_comment(question, element):
            yield _comment(question, element)


def _tags(question: Question) -> Iterator[Problem]:
    found = unclosed_stretch(question.text.replace("\r", "\n"))
    if not found or found.tag.start < question.layout.answer.start:
        return
    source, at = question.source, question.content.end
    span = Span(found.tag.start, min(found.tag.end, source.line_span(source.line_at(found.tag.start)).end))
    newlines = question.newline * (1 if found.name in _VERBATIM else 2)
    edit = Edit(Span(at, at), newlines + found.closing)
    fence = any(element.kind == "fence" and element.span.covers(span) for element in question.markup.elements)
    where = ", which does not support fences," if fence else ""
    message = f"`<{found.name}>` is not closed: the hand-in page{where} shows everything after it without its Markdown"
    yield Problem(span, message, (Fix(f"close `<{found.name}>` at the end of the answer", (edit,)),))


def _inline_tags(question: Question) -> Iterator[Problem]:
    """Find the last tag of each name that is opened within a line and not closed."""
    stretch = unclosed_stretch(question.text.replace("\r", "\n"))
    end = stretch.tag.start if stretch else len(question.text)
    for name, tags in _open_tags(question).items():
        span = tags[-1].span
        if span.end > end:
            continue
        if name in HIDING:
            message = f"`<{name}>` is not closed: browsers show nothing of what follows on the hand-in page"
            edits = (Edit(Span(span.start, span.start), "`"), Edit(Span(span.end, span.end), "`"))
            fix = Fix("write it between backticks", edits)
        else:
            message = f"`<{name}>` is not closed: what follows is {_LOOKS[name]} on the hand-in page"
            fix = Fix(f"write `</{name}>`", (Edit(Span(span.start + 1, span.start + 1), "/"),))
        after = Question(apply_edits(question.text, fix.edits))
        fixes = (fix,) if len(_open_tags(after).get(name, ())) < len(tags) else ()
        line = question.source.line_span(question.source.line_at(span.start))
        yield Problem(
            Span(span.start, min(span.end, line.end)), message, fixes if name in HIDING or len(tags) > 1 else ()
        )


def _open_tags(question: Question) -> dict[str, list[Tag]]:
    """The unclosed tags of the hand-in page that change the look of text or hide it, by name."""
    found: dict[str, list[Tag]] = {}
    for tag in (found.tag for found in question.tags if found.on_page):
        if tag.is_closing and found.get(tag.name):
            found[tag.name].pop()
        elif not tag.is_closing and (tag.name in HIDING or tag.name in _LOOKS) and not lost_attributes(tag):
            found.setdefault(tag.name, []).append(tag)
    return {name: tags for name, tags in found.items() if tags}


def _is_open_comment(question: Question, element: Element) -> bool:
    start = question.text.find(_OPENING, element.span.start, element.span.end)
    is_last = element.span.end >= question.content.end
    return is_last and start >= 0 and question.text.find(_CLOSING, start, element.span.end) < 0


def _comment(question: Question, element: Element) -> Problem:
    start = question.text.index(_OPENING, element.span.start)
    line = question.source.line_span(question.source.line_at(start))
    words = question[Span(start + len(_OPENING), line.end)].rstrip()
    end = start + len(_OPENING) + len(words)
    at = question.content.end
    fixes = [Fix("close the comment at the end of the answer", (Edit(Span(at, at), question.newline + _CLOSING),))]
    if words:
        fixes.insert(0, Fix("close the comment at the end of its line", (Edit(Span(end, end), f" {_CLOSING}"),)))
    message = "this comment is not closed: GitHub hides everything after it"
    return Problem(Span(start, start + len(_OPENING)), message, tuple(fixes[:1] if end == at else fixes))
