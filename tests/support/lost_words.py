"""Finds the words of a report that its readers do not see, with the real renderers and an HTML parser."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import html5lib
import markdown
from markdown_it import MarkdownIt

from reportls.text import Span, is_covered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from reportls.report.question import Question
    from reportls.snapshot import Snapshot

WORD = re.compile(r"[^\W_]+")

_HIDDEN = {"head", "script", "style", "template", "title", "textarea", "iframe", "noembed", "noframes", "select"}
_HIDDEN |= {"audio", "video", "object", "canvas", "datalist", "noscript"}
"""Elements whose content browsers do not show as text."""

RENDERING = (
    "a|abbr|b|big|blockquote|br|button|caption|center|cite|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|"
    "figcaption|figure|font|h1|h2|h3|h4|h5|h6|hr|i|img|ins|kbd|label|li|mark|ol|p|pre|q|s|samp|section|small|"
    "span|strike|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var"
)
"""Tags with an effect, which are not meant to be read."""

_ATTRIBUTE = r"""\s+[a-zA-Z-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'=<>`]+)"""
EXCLUSIONS = {
    "comments": re.compile(r"<!--[\s\S]*?-->"),
    "tags that render": re.compile(rf"</?(?:{RENDERING})(?:{_ATTRIBUTE}|\s+open|\s+controls)*\s*/?>", re.IGNORECASE),
    "targets of links and images": re.compile(r"\]\((?:[^()]|\([^()\n]*\))*\)|\]\[[^\[\]\n]*\]"),
    "texts of fields": re.compile(r"<textarea>[^<]*</textarea>"),
    "definitions": re.compile(
        r"^(?:> ?)* {0,3}\[[^\]\n]*\]:[ \t]*\n?[ \t]*(?:<[^<>\n]*>|\S+)"
        r"(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$",
        re.MULTILINE,
    ),
    "texts of images": re.compile(r"!\[(?:[^\[\]]|\[[^\]]*\])*\]"),
    "numbers of items": re.compile(r"^[ \t>]*[0-9]{1,9}[.)](?=\s)", re.MULTILINE),
    "words behind a fence": re.compile(r"^[ \t>]*(?:[*+-] +|[0-9]+\. +)*(?:```+|~~~+)[^`\n]*$", re.MULTILINE),
    "character references": re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);"),
}
"""Patterns of text that need not be seen as written, by name."""


_PLACEHOLDERS = "the prompts' own placeholders"


class Lost(NamedTuple):
    """A word that readers do not see."""

    question: int
    """The number in the heading of its question."""
    span: Span
    """The place of the word in the report."""
    word: str
    page: bool
    """Whether the hand-in page lacks it."""
    github: bool
    """Whether GitHub lacks it."""
    excluded: str
    """Why it need not be reported; empty if it must be."""
    is_found: bool
    """Whether it lies in a finding."""


def _shown(element: Element) -> Iterator[str]:
    tag = str(element.tag).rpartition("}")[2]
    if tag not in _HIDDEN and isinstance(element.tag, str):
        yield element.text or ""
        for child in element:
            yield from _shown(child)
            yield child.tail or ""


def words_of_page(html: str) -> list[str]:
    """Return the words that a browser shows of a page, in order."""
    root = html5lib.parseFragment(html) if not html.lstrip().startswith("<!") else html5lib.parse(html)
    return [word for text in _shown(root) for word in WORD.findall(text)]


def hand_in_words(text: str) -> list[str]:
    """Return the words of the page that the course's script makes."""
    return words_of_page("<html><body>" + markdown.markdown(text) + "</body></html>")


def github_words(text: str) -> list[str]:
    """Return the words that GitHub shows."""
    return words_of_page(str(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)))


def lost_words(snapshot: Snapshot) -> Iterator[Lost]:
    """Yield each word of the report that the page or GitHub does not show, question by question.

    If a word occurs several times, those occurrences count as missing that need not be seen, such as a link target that
    equals the text of its link, or one in a finding.
    """
    for ctx, start in zip(snapshot.questions, snapshot.report.starts[1:-1], strict=True):
        question = ctx.question
        plain = question.text.replace("\r\n", "\n").replace("\r", "\n")
        words = [(Span(*match.span()), match[0]) for match in WORD.finditer(question.text)]
        excluded = [_exclusion(question, span) for span, _ in words]
        marked = [finding.span.shifted(-start) for finding in snapshot.findings]
        marked += [Span(left, len(question.text)) for left in _left_open(snapshot, start)]
        found = [any(other.covers(span) for other in marked) for span, _ in words]
        order = sorted(range(len(words)), key=lambda at: (bool(excluded[at]), found[at], at))
        page, github = (_missing(words, order, shown) for shown in (hand_in_words(plain), github_words(plain)))
        for at in sorted(page | github):
            span, word = words[at]
            yield Lost(question.number, span.shifted(start), word, at in page, at in github, excluded[at], found[at])


def _left_open(snapshot: Snapshot, start: int) -> Iterator[int]:
    """Yield where a tag is reported that hides what follows it, from `start` on."""
    yield from (
        finding.span.start - start
        for finding in snapshot.findings
        if finding.rule == "unclosed-html" and finding.span.start >= start
    )


def _exclusion(question: Question, span: Span) -> str:
    """Return the name of the exclusion that covers a word; empty for none."""
    if span.start < question.layout.answer.start and is_covered(span, _placeholders(question.text)):
        return _PLACEHOLDERS
    return next((name for name, spans in _exclusions(question.text).items() if is_covered(span, spans)), "")


@cache
def _placeholders(text: str) -> list[Span]:
    return [Span(*match.span()) for match in re.finditer(r"<[^<>\s]+>", text)]


@cache
def _exclusions(text: str) -> dict[str, list[Span]]:
    return {name: [Span(*match.span()) for match in found.finditer(text)] for name, found in EXCLUSIONS.items()}


def _missing(words: list[tuple[Span, str]], order: list[int], shown: list[str]) -> set[int]:
    """Return the indices of the words that are not shown.

    If a word occurs more often than it is shown, the last occurrences in `order` are missing.
    """
    spare, missing = Counter(shown), set()
    for at in order:
        if spare[words[at][1]]:
            spare[words[at][1]] -= 1
        else:
            missing.add(at)
    return missing
