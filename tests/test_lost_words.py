"""No word is lost without a finding, as measured with the two renderers and an HTML parser."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportls.findings.settings import Settings
from reportls.report.handin_page.blocks import page_lines, read_page
from reportls.report.handin_page.inline import tags_of
from reportls.report.report import parse
from reportls.snapshot import Environment, take
from reportls.text import SourceText, apply_edits
from tests.support import corpus
from tests.support.cases import read_cases
from tests.support.lost_words import Lost, hand_in_words, lost_words, words_of_page

CASES = Path(__file__).with_name("rules")
COLLECTED = corpus.CORPUS.parent / "cases"

_REPORT = "### Question 1\n\n> **How?**\n>\n> Answer:\n\n{}\n\n### Question 2\n\n> Answer:\n\nSo.\n"
_ENVIRONMENT = Environment()
_ONLY_THIS = Environment(Settings(select=frozenset({"words-not-shown"})))

PIECES = st.sampled_from(
    [
        *("word", "<name>", "<path/to>", "<two words>", "</end>", "<a b=c>", "<b>", "</b>", "<i class='x y'>", "</i>"),
        *("<b and c>", "<str, int>", "<under_score>", "<br>", "<source>", "<data>", "</data>", "<A-B>", "<x=1>"),
        *("`code`", "`<name>`", "``<it>``", "`", "\\<name>", "\\`", "<!-- note -->", "<https://a.b>", "<a@b.c>"),
        *("[link](target)", "![image](figures/a.png)", "*star*", "_low_", "a < b", "> c", "&lt;name>", "\n", "\n\n"),
        *("\n- ", "\n1. ", "\n> ", "\n#### ", "\n    ", "\n---\n", "é", "🍎"),
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=9).map(" ".join)


def _lost(text: str) -> list[Lost]:
    return [lost for lost in lost_words(take(text, _ENVIRONMENT)) if not lost.excluded]


def _unreported(text: str) -> list[Lost]:
    return [lost for lost in _lost(text) if not lost.is_found]


@settings(max_examples=400)
@given(TEXTS)
def test_every_lost_word_is_reported(answer: str) -> None:
    """Every word that a page does not show, and that is not excluded, lies in a finding."""
    assert not _unreported(_REPORT.format(answer))


@settings(max_examples=400)
@given(TEXTS)
def test_every_reported_word_is_lost(answer: str) -> None:
    """Each finding about lost words contains a word that is shown less often than written."""
    snapshot = take(_REPORT.format(answer), _ONLY_THIS)
    lost = list(lost_words(snapshot))
    for finding in snapshot.findings:
        assert any(finding.span.covers(word.span) for word in lost), finding


@settings(max_examples=200)
@given(TEXTS)
def test_fixes_show_the_words(answer: str) -> None:
    """Each fix makes both pages show more words, and a safe fix keeps the checker's count."""
    text = _REPORT.format(answer)
    before = len(_lost(text))
    for finding in take(text, _ONLY_THIS).findings:
        for fix in finding.fixes:
            after = apply_edits(text, fix.edits)
            assert len(_lost(after)) < before
            assert not fix.safe or len(after.split()) == len(text.split())


@settings(max_examples=400)
@given(TEXTS)
def test_tags_of_the_page(text: str) -> None:
    """Exactly those texts count as tags that Python-Markdown stores as HTML."""
    stored: list[str] = []
    renderer = markdown.Markdown()
    store = renderer.htmlStash.store

    def noting(html: str) -> str:
        stored.append(html)
        return store(html)

    renderer.htmlStash.store = noting  # type: ignore[method-assign, assignment]
    renderer.convert(text)
    source = SourceText(text)
    page = read_page(page_lines([source[span] for span in source.line_spans]))
    found = [tag for tag in tags_of(source, page, 0) if tag.name]
    assert len(found) == sum(bool(re.match("</?[a-zA-Z]", html)) for html in stored)


def test_measure_sees_what_browsers_hide() -> None:
    """Unknown tags, attributes and scripts count as hidden, the content of `details` does not."""
    assert words_of_page("<p>a <x y> b <script>c</script> <details>d <title>e</title></details></p>") == ["a", "b", "d"]
    assert hand_in_words("a <b c> `<d>` <!-- e -->") == ["a", "d"]


@corpus.needs_corpus
@pytest.mark.parametrize("name", corpus.names())
def test_real_reports(name: str) -> None:
    """No word of a real report is lost without a finding."""
    assert not _unreported(corpus.report(name))


@pytest.mark.parametrize("path", sorted(CASES.glob("*.md")), ids=lambda path: path.stem)
def test_cases(path: Path) -> None:
    """No word of a case's report is lost without a finding; a tag over two lines is marked on the first."""
    for case in read_cases(path):
        assert not _unreported(case.report) or case.title == "Over two lines", case.title


@corpus.needs_corpus
@pytest.mark.parametrize("path", sorted(COLLECTED.rglob("*.md")), ids=lambda path: path.stem)
def test_collected_cases(path: Path) -> None:
    """The same holds for cases that were collected, where they are at hand."""
    assert not _unreported(corpus.text_of(path))


@corpus.needs_corpus
@pytest.mark.parametrize("name", corpus.names())
def test_whole_page(name: str) -> None:
    """The page of a real report shows as many words as those of its questions alone, on which words are looked for."""
    text = corpus.report(name).replace("\r\n", "\n").replace("\r", "\n")
    alone = Counter(word for block in parse(text).blocks for word in hand_in_words(block.text))
    assert not alone - Counter(hand_in_words(text))
