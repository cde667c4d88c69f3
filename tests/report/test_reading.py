"""The Markdown of an answer is the same whether it is read stretch by stretch or as a whole."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reportls.report.commonmark.answer import _stretches, read_markup
from reportls.report.commonmark.nodes import Markup
from reportls.report.commonmark.parse import _markdown, read_stretch
from reportls.text import SourceText, Span
from tests.support import corpus

_WORDS = (
    *("\n", "\r\n", "\r", "\n\n", "\n\n", "\r\n\r\n", " ", "    ", "\t", "a", "é", "🍎", "\u00a0", "\f", "\u2028"),
    *("- b", "1. c", "> d", "# e", "```", "~~~", "<!--", "-->", "<div>", "</div>", "`", "![f](g.png)", "[h](i)"),
    *("[j]: k", "[j]", "| l | m |", "a | b", "| - | - |", "---", "===", "***", "*", "_", "\\", "(", ")", '"', "!"),
)
_texts = st.lists(st.sampled_from(_WORDS), max_size=40).map("".join)


@given(_texts)
@example("a\n\n\u00a0")
def test_stretches_together_are_the_whole(text: str) -> None:
    """Whatever stands in them."""
    whole = read_stretch(SourceText(text)) if text.strip() else Markup()
    assert _markup_of(text) == whole


@given(_texts)
def test_asking_fewer_rules_what_ends_a_paragraph_changes_nothing(text: str) -> None:
    """The parser finds the same blocks as one that asks them all."""
    plain = MarkdownIt("commonmark", {"maxNesting": 20}).enable(["table", "strikethrough"])
    text = text.replace("\r\n", "\n").replace("\r", "\n")

    def blocks(markdown: MarkdownIt) -> list[tuple[str, list[int] | None, str]]:
        return [(token.type, token.map, token.content) for token in markdown.parse(text)]

    assert blocks(_markdown()) == blocks(plain)


def test_paragraphs_are_read_by_themselves() -> None:
    """Paragraphs are stretches of their own, and so is a list below one."""
    parts = ["One.\n\n", "Two\ntoo.\r\n\r\n", "Three.\n\n", "- four\n\n", "Five."]
    assert [stretch.text for stretch in _stretches("".join(parts))] == parts


@corpus.needs_corpus
@pytest.mark.parametrize("name", corpus.names())
def test_real_reports_are_the_same_either_way(name: str) -> None:
    """Introductions and all."""
    text = corpus.report(name)
    assert _markup_of(text) == read_stretch(SourceText(text))


def _markup_of(text: str) -> Markup:
    """All that is found stretch by stretch."""
    found = read_markup(text, Span(0, len(text)), 0)
    return Markup(**{kind: getattr(found, kind) for kind in Markup._fields})
