"""Hover texts of hostile reports: nothing in them is active, and none fails."""

from __future__ import annotations

from itertools import chain
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reportls.features.hover import Hover, hover
from reportls.features.hover.content import Items, Paragraph, RuleLine, code, in_markdown, plain, told
from reportls.rules import ALL
from reportls.snapshot import Environment, take
from tests.features.hover_reports import FILES, question
from tests.report.test_incremental import PIECES
from tests.support import corpus
from tests.support.bending import bend
from tests.support.corpus import needs_corpus
from tests.support.cursor import snapshot_of
from tests.support.files import FilesInMemory, plain_file
from tests.support.sample import SAMPLE

if TYPE_CHECKING:
    from reportls.findings.rule import Rule
    from reportls.snapshot import Snapshot

LIVE = {"link_open", "image", "html_inline", "html_block"}
HOSTILE = [
    "](command:x)",
    "![x](http://evil.test/x.png)",
    "<img src=http://evil.test/x.png>",
    "<script>",
    "`](http://evil.test)`",
    "``` <b>",
    "[x]: http://evil.test",
    "<http://evil.test>",
    "&lt;b&gt;",
    "\\`[a](b)",
    "``![a](b)`",
    "*a* _b_ ~c~ | d |\n---\n# e\n\n1. f",
]


def live_in(markdown: str) -> set[str]:
    """Return the kinds of tokens that could load, link or run something."""
    tokens = MarkdownIt("js-default", {"html": True}).parse(markdown)
    return {token.type for token in chain(tokens, *(token.children or () for token in tokens))} & LIVE


@pytest.mark.parametrize("text", HOSTILE)
def test_names_stay_names(text: str) -> None:
    """Text in a run stays text, whatever is next to it."""
    for line in ((plain(text),), (code(text),), told(text), (code(text), plain(text), code("`"), code(text))):
        assert not live_in(in_markdown([Paragraph(line), Items((line, line))]))


def test_addresses_are_no_links() -> None:
    """Bare addresses do not become links, as some clients make them."""
    line = told("see http://evil.test, www.evil.test, me@evil.test and `http://code.test`")
    markdown = "see http\\://evil.test, www\\.evil.test, me\\@evil.test and `http://code.test`"
    assert in_markdown([Paragraph(line)]) == markdown


@given(st.text("`![](x)<a>\\&*_ \n\r#h:/-+1.é😋\u2028\ud800", max_size=40))
@settings(max_examples=400)
def test_any_words_stay_words(text: str) -> None:
    """Any words stay words of one paragraph that can be encoded."""
    markdown = in_markdown([Paragraph((plain("x "), *told(text), code(text), plain(text)))])
    assert not live_in(markdown)
    assert [token.type for token in MarkdownIt("js-default").parse(markdown)][1:] == ["inline", "paragraph_close"]
    assert markdown.encode()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_reports(text: str) -> None:
    """Hostile paths, marks, texts and file names stay text."""
    files = FilesInMemory({f"figures/{text}.png": plain_file("a.png")})
    report = f"# {text}\n\n* [{text[:4]}] {text}\n" + question(
        f"![{text}](<figures/{text}.png>)\n![{text}](figures/{text}x.png)\n\n## {text}", "5-9 words + 1 image"
    ).replace("$0", "")
    snapshot = take(report, Environment(files=files))
    found = [hover(snapshot, offset) for offset in range(len(report))]
    assert not live_in("\n\n".join(dict.fromkeys(each.markdown for each in found if each)))


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_links_to_pages_are_all_that_is_live(rule: Rule) -> None:
    """The line of a rule has one link, to its page, and nothing else that is active."""
    line = [RuleLine(told(rule.title), rule.name)]
    assert not live_in(in_markdown(line))
    assert live_in(in_markdown(line, lambda name: f"https://page.test/{name}")) == {"link_open"}


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.integers(-1, 400))
@settings(max_examples=300)
def test_any_text_at_any_offset(text: str, offset: int) -> None:
    """The span of a hover is in the text and includes the offset or ends there."""
    _check(snapshot_of(text, FILES), min(offset, len(text)))


@given(st.integers(0, 10**9), st.sampled_from([27, 31]))
@settings(max_examples=25)
def test_bent_samples(seed: int, family: int) -> None:
    """Hover works at findings and elsewhere in damaged reports."""
    rng = Random(seed)  # noqa: S311  # repeatable, not secret
    text = bend(bend(SAMPLE[family], rng), rng)
    snapshot = snapshot_of(text, FILES, {27: "dtu-02476-2023", 31: "dtu-02476-2026"}[family])
    for offset in [
        *(finding.span.start for finding in snapshot.findings),
        *(rng.randint(0, len(text)) for _ in range(30)),
    ]:
        _check(snapshot, offset)


@needs_corpus
def test_corpus() -> None:
    """Every question, image, placeholder and finding of real reports has a hover."""
    for name in corpus.names():
        text = corpus.report(name)
        snapshot = take(text, Environment(files=corpus.figures(name)))
        offsets = {finding.span.start for finding in snapshot.findings}
        for start, each in zip(snapshot.report.starts[1:-1], snapshot.report.questions, strict=True):
            spans = (each.layout.heading, *each.placeholders, *(image.span for image in each.images))
            offsets |= {start + span.start for span in spans}
        for offset in offsets:
            assert _check(snapshot, offset)


def _check(snapshot: Snapshot, offset: int) -> Hover | None:
    found = hover(snapshot, offset)
    if found:
        assert 0 <= found.span.start <= offset <= found.span.end <= len(snapshot.report.text)
        assert not live_in(found.markdown)
        assert found.plain
    return found
