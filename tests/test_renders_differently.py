"""Statements of `renders-differently` about the hand-in page are true of the page's renderer."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import html5lib
import markdown
import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reportls.findings.settings import Settings
from reportls.report.lists import fix_of, lists_in
from reportls.report.report import parse
from reportls.snapshot import Environment, take
from reportls.text import apply_edits
from tests.support import corpus

if TYPE_CHECKING:
    from reportls.findings.finding import Finding
    from reportls.report.commonmark.nodes import Element
    from reportls.report.question import Question
    from reportls.text import Span

_REPORT = "### Question 1\n\n> **How?**\n>\n> Answer:\n\n{}\n\n### Question 2\n\n> Answer:\n\nSo.\n"
_ONLY_THIS = Environment(Settings(select=frozenset({"renders-differently"})))
_ITEM = re.compile(r"^([ \t]*(?:[*+-]|[0-9]+[.)])[ \t]+)(.*)", re.MULTILINE)

PLAIN = (
    *("", "", "", "words", "more words 🍎", "  words", "    words", "      words"),
    *("- one", "- two é", "* star", "1. first", "2. second", "3) third", "-   wide", " - shifted"),
    *("  - inner", "   - inner", "    - inner", "   1. inner", "      - deep", "        - deep", "\t- tab"),
    *("> quoted", "> - quoted", "---", "#### Title", "    code", "- [ ] box", "| a | b |"),
)
LINES = st.sampled_from([*PLAIN, "```"])
_AROUND_LISTS = (
    "===",
    "=",
    "___",
    "# Title",
    "~~~",
    "<b>",
    "<!--",
    "-->",
    "[a]: b",
    "`",
    "$$",
    "\\",
    "*",
    "-",
    "**bold**",
    "\f",
)


class _Items(HTMLParser):
    """Collects the numbered marks at the start of list items, and how deep each is nested."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[int, int] = {}
        self.level = 0
        self.begins = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        self.level += tag in ("ul", "ol")
        self.begins = tag == "li" or (self.begins and tag == "p")

    def handle_endtag(self, tag: str) -> None:
        self.level -= tag in ("ul", "ol")

    def handle_data(self, data: str) -> None:
        match = re.match(r"\s*ITEM(\d+)X", data)
        if self.begins and match:
            self.found[int(match[1])] = self.level
        self.begins = self.begins and not data.strip()


def _question(answer: str) -> Question:
    return parse(_REPORT.format(answer)).questions[0]


def _findings(answer: str) -> list[Finding]:
    return list(take(_REPORT.format(answer), _ONLY_THIS).findings)


def _numbered(text: str) -> str:
    """Return the text with a mark at the start of each line that looks like a list item."""
    number = 0

    def mark(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f"{match[1]}ITEM{number}X {match[2]}"

    return _ITEM.sub(mark, text)


def _on_page(text: str) -> dict[int, int]:
    return _Items(markdown.markdown(text)).found


def _on_github(text: str) -> dict[int, int]:
    return _Items(MarkdownIt("commonmark").enable("table").render(text)).found


@settings(max_examples=400)
@given(st.lists(LINES, min_size=1, max_size=9).map("\n".join))
def test_fixed_lists_are_alike(answer: str) -> None:
    """After the fix of a list, the page shows it as GitHub does, and GitHub as before."""
    numbered = _numbered(answer)
    question = _question(numbered)
    before = _on_github(question.text)
    for found in lists_in(question):
        list_fix = fix_of(question, found) if found.misplaced(question.page.items) else None
        if list_fix:
            after = apply_edits(question.text, list_fix.edits)
            items = {int(number) for item in found.items for number in _numbers(question, item.line)}
            assert {number: _on_page(after).get(number) for number in items} == {
                number: before.get(number) for number in items
            }
            assert _on_github(after) == before


@settings(max_examples=500)
@given(
    st.lists(
        st.one_of(st.sampled_from(["", "- one", "+ two", "* three"]), LINES, st.sampled_from(_AROUND_LISTS)),
        max_size=12,
    )
)
def test_plain_lists_are_alike(lines: list[str]) -> None:
    """The page shows each item as GitHub does if the triggers say that the rule need not look at the lists."""
    question = _question(_numbered("\n".join(lines)))
    assume("lists" not in question.triggers)
    items = _on_github(question.text)
    event(f"{min(len(items), 3)} items")
    page = _on_page(question.text)
    assert {number: page.get(number) for number in items} == items


def _numbers(question: Question, line: int) -> list[str]:
    return re.findall(r"ITEM(\d+)X", question[question.source.line_span(line)])


@settings(max_examples=400)
@given(st.lists(LINES, min_size=1, max_size=9).map("\n".join))
def test_page_has_the_items(answer: str) -> None:
    """Exactly the items that we find on the page are there, at the same depth."""
    _check_items(_question(_numbered(answer)))


def _check_items(question: Question) -> None:
    actual = _on_page(question.text)
    for line, span in enumerate(question.source.line_spans):
        for number in re.findall(r"^[ \t>]*\S+[ \t]+ITEM(\d+)X", question[span]):
            assert question.page.items.get(line, 0) == actual.get(int(number), 0), question[span]


def _page_numbers(html: str) -> dict[int, int]:
    """Return the number of each marked item, 0 for a bullet, by its mark."""
    found = {}
    for parent in html5lib.parse(html, namespaceHTMLElements=False).iter():
        if parent.tag not in ("ol", "ul"):
            continue
        for number, item in enumerate(parent.findall("li"), start=1):
            first = item.text or "".join(item[0].itertext()) if len(item) or item.text else ""
            if match := re.match(r"\s*ITEM(\d+)X", first):
                found[int(match[1])] = number if parent.tag == "ol" else 0
    return found


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=9).map("\n".join))
def test_page_has_the_numbers(answer: str) -> None:
    """Each item has the number that the page shows."""
    question = _question(_numbered(answer))
    actual = _page_numbers(markdown.markdown(question.text))
    for line, span in enumerate(question.source.line_spans):
        for number in re.findall(r"^[ \t>]*\S+[ \t]+ITEM(\d+)X", question[span]):
            if line in question.page.numbers and int(number) in actual:
                assert question.page.numbers[line] == actual[int(number)], question[span]


@pytest.mark.parametrize(
    ("answer", "shown", "fixed"),
    [
        (r"It is $87\%$ here.", r"$87\%$", None),
        (r"It is $\mathcal{L}_{CE}$ here.", r"$\mathcal{L}_{CE}$", None),
        (r"It cost \$5, \$6 and \~7.", r"\$5, \$6 and \~7", "&#36;5, &#36;6 and &#126;7"),
        (r"87\% of a \< b.", r"87\% of a \&lt; b", "87% of a &lt; b"),
        ("One\\\ntwo.", "One\\\ntwo", "One<br />\ntwo"),
        ("We ~~never~~ test.", "~~never~~", "<del>never</del>"),
        ("> [!NOTE]\n> This.", "[!NOTE]", None),
        ("So :tada: it is.", ":tada:", None),
        ("A note [^1].\n\n[^1]: It is long.", "A note [^1]", None),
        ("![a](b.png){width=50%}", "{width=50%}", "b.png"),
        ("Two:\n-one\n-two", "-one\n-two", None),
    ],
)
def test_page_shows_the_signs(answer: str, shown: str, fixed: str | None) -> None:
    """The page shows what is found as it stands there, and, where there is a fix, what was meant after it."""
    (finding,) = _findings(answer)
    assert shown in markdown.markdown(answer)
    assert bool(finding.fixes) == (fixed is not None)
    for fix in finding.fixes:
        after = apply_edits(_REPORT.format(answer), fix.edits)
        assert str(fixed) in markdown.markdown(after)
        assert shown not in markdown.markdown(after)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("1. one\n\n![a](b.png)\n\n2. two", "shows this item as `1.`"),
        ("1. one\n\nwords\n\n2. two", "shows this item as `1.`"),
        ("1. one\n\n  - bullet\n\n2. two", "shows this bullet as `2.`"),
        ("3. three", "every list begins at 1"),
        ("- one\n\n1. two", "shows a bullet for this number: put a line of text above the list"),
        ("- one\n\n  more", "outside of its item"),
    ],
)
def test_lists_that_differ(answer: str, message: str) -> None:
    """Messages about numbers and paragraphs are true of the page."""
    assert any(message in finding.message for finding in _findings(answer))
    fixes = [fix for finding in _findings(answer) for fix in finding.fixes]
    for fix in fixes:
        assert not _findings(apply_edits(answer, [edit.shifted(-_REPORT.index("{}")) for edit in fix.edits]))


CODE = st.sampled_from(
    ["", "code", "    code", "# code", "- code", "> code", "---", "<div>", "</div>", "`code`", "===", "1. code", "é 🍎"]
)


@pytest.mark.parametrize(("words", "reported"), [(0, 20), (4000, 1), (1000, 3), (100, 20)])
def test_long_answers_have_fewer_findings(words: int, reported: int) -> None:
    """The longer an answer, the fewer of its lists are reported, since each fix reads the whole answer again."""
    lists = "words\n- one\n- two\n\n" * 25
    assert len(_findings(f"{lists}{'more words ' * words}")) == reported


@st.composite
def _fenced(draw: st.DrawFn) -> str:
    """Return a fence among other lines, each with its own mark."""
    ticks, word = draw(st.sampled_from(["```", "````", "~~~"])), draw(st.sampled_from(["", "python", " sh x"]))
    indent = draw(st.sampled_from(["", "", "  ", "    "]))
    lines = draw(st.lists(st.sampled_from(PLAIN), max_size=3))
    lines += [indent + line for line in [ticks + word, *draw(st.lists(CODE, max_size=4)), ticks]]
    lines += draw(st.lists(st.sampled_from(PLAIN), max_size=2))
    is_plain = re.compile(r".*[a-z\U0001f34e]", re.IGNORECASE).match
    return "\n".join(
        f"{line} MARK{number}X" if is_plain(line) and ticks not in line and "<" not in line else line
        for number, line in enumerate(lines)
    )


@settings(max_examples=400)
@given(_fenced())
def test_what_becomes_of_a_fence(answer: str) -> None:
    """If lines are said to run together, they are in one code span on the page; otherwise the backticks are visible."""
    question = _question(answer)
    html = markdown.markdown(question.text)
    spans = [_marks(code) for code in re.findall(r"<code>(.*?)</code>", html, re.DOTALL)]
    outside = re.sub(r"(?<!<pre>)<code>(.*?)</code>", "", html, flags=re.DOTALL)
    for finding in _findings(answer):
        if "fences" in finding.message:
            for span, message in _of_each(finding):
                fence = next(fence for fence in _fences(question) if fence.span.covers(span))
                if "it shows the" in message:
                    assert fence.markup in outside, (message, html)
                else:
                    assert _marks(question[fence.span]) in spans, (message, html)


def _of_each(finding: Finding) -> list[tuple[Span, str]]:
    return [(place.span, place.message) for place in finding.related] or [(finding.span, finding.message)]


def _marks(text: str) -> set[str]:
    return set(re.findall(r"MARK\d+X", text))


def _fences(question: Question) -> list[Element]:
    return [element for element in question.markup.elements if element.kind == "fence"]


@pytest.mark.parametrize(
    ("answer", "element", "message"),
    [
        ("We use:\n- one\n- two", "<ul>", "no blank line above this list"),
        ("We use:\n1. one\n2. two", "<ol>", "no blank line above this list"),
        ("---\nWe use:\n- one\n- two\n---", "<ul>", "no blank line above this list"),
        ("We use\n\n1) one\n2) two", "<ol>", "supports `1.` but not `1)`"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "<table>", "not support tables"),
        ("- [x] one\n- [ ] two", "<input", "not support boxes"),
    ],
)
def test_page_lacks_what_is_said(answer: str, element: str, message: str) -> None:
    """The page lacks the element, and the offered fix adds it."""
    (finding,) = _findings(answer)
    assert message in finding.message
    assert element not in markdown.markdown(answer)
    for fix in finding.fixes:
        assert element in markdown.markdown(apply_edits(_REPORT.format(answer), fix.edits))


def test_spaced_path_is_an_image_on_the_page_only() -> None:
    """The other way round."""
    answer = "![an apple](figures/an apple.png)"
    assert ["space" in finding.message for finding in _findings(answer)] == [True]
    assert "<img" in markdown.markdown(answer)
    assert "<img" not in MarkdownIt("commonmark").render(answer)


@corpus.needs_corpus
def test_lists_of_real_reports() -> None:
    """List items are found exactly as on the page, in every real answer."""
    for name in corpus.names():
        for question in parse(corpus.report(name)).questions:
            numbered = parse(_REPORT.format(_numbered(question[question.content]))).questions[0]
            _check_items(numbered)


@settings(max_examples=200)
@given(st.lists(LINES, min_size=1, max_size=12).map("\n".join))
def test_all_at_once(answer: str) -> None:
    """Applying all fixes again and again, as `--fix` does, soon leaves none."""
    text = _REPORT.format(answer)
    for _ in range(len(answer.split("\n")) + 1):
        findings = take(text, _ONLY_THIS).findings
        text = apply_edits(text, [edit for finding in findings for fix in finding.fixes for edit in fix.edits])
    assert not [finding for finding in take(text, _ONLY_THIS).findings if finding.fixes]
