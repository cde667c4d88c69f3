"""`unclosed-fence` and `unclosed-html` report exactly what hides the next question, by the real renderers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reportls.findings.settings import Settings
from reportls.report.handin_page.raw_html import BLOCK_TAGS
from reportls.snapshot import Environment, take
from reportls.text import apply_edits
from tests.support.lost_words import hand_in_words

if TYPE_CHECKING:
    from reportls.findings.finding import Finding

_REPORT = "### Question 1\n\n> Answer:\n\n{}\n\n### Question 2\n\n> Answer:\n\nSo.\n"
_HEADING = "<h3>Question 2</h3>"
_ENVIRONMENT = Environment(Settings(select=frozenset({"unclosed-fence", "unclosed-html"})))

TAGS = st.sampled_from(
    [
        *("", "words 🍎", "<div>", "</div>", "<div class='x'>é", "  <div>", "    <div>", "- <div>", "text <div>"),
        *("<details><summary>x</summary>", "</details>", "<p>a", "<p>a</p>", "</p>", "<ul>", "<li>a", "</ul>"),
        *("<img src=a>", "<br>", "<hr>", "<name>", "<div/>", "<center>a<center>", "</center>", "```html", "```"),
        *("<!-- a -->", "`<div>`", "> <div>", "<DIV>", "<https://a.b>", "a < b", "<option> b"),
    ]
)
FENCES = st.sampled_from(
    [
        "",
        "words 🍎",
        "```",
        "````",
        "~~~",
        "```é",
        "  ```",
        "    ```",
        "- item",
        "- ```",
        "> ```",
        "<!-- a",
        "b -->",
        "<!-- c -->",
    ]
)


def _findings(answer: str) -> list[Finding]:
    return list(take(_REPORT.format(answer), _ENVIRONMENT).findings)


def _page(text: str) -> str:
    return markdown.markdown(text)


def _github(text: str) -> str:
    return str(MarkdownIt("commonmark").enable("table").render(text))


@settings(max_examples=400)
@given(st.lists(TAGS, min_size=1, max_size=6).map("\n".join))
def test_tags(answer: str) -> None:
    """There is a finding exactly if the page lacks the next heading, and its fix restores it."""
    found = [finding for finding in _findings(answer) if finding.rule == "unclosed-html"]
    assert bool(found) == (_HEADING not in _page(_REPORT.format(answer)))
    for finding in found:
        for fix in finding.fixes:
            assert _HEADING in _page(apply_edits(_REPORT.format(answer), fix.edits))


@settings(max_examples=400)
@given(st.lists(FENCES, min_size=1, max_size=6).map("\n".join))
def test_fences_and_comments(answer: str) -> None:
    """There is a finding exactly if GitHub lacks the next heading, and closing the fence restores it."""
    found = _findings(answer)
    assert bool(found) == (_HEADING not in _github(_REPORT.format(answer)))
    for finding in found:
        for fix in finding.fixes:
            fixed = apply_edits(_REPORT.format(answer), fix.edits)
            # What is closed further up uncovers what follows, and that may open another.
            assert _HEADING in _github(fixed) or "end of the answer" not in fix.title


@pytest.mark.parametrize("tag", sorted(BLOCK_TAGS - {"hr"}))
def test_every_tag(tag: str) -> None:
    """Each tag that opens raw HTML hides what follows until it is closed."""
    (finding,) = _findings(f"<{tag}>\n\nwords")
    text = _REPORT.format(f"<{tag}>\n\nwords")
    assert _HEADING not in _page(text)
    assert _HEADING in _page(apply_edits(text, finding.fixes[0].edits))


@pytest.mark.parametrize("tag", ["script", "style", "textarea", "title", "template", "iframe"])
def test_tags_that_hide(tag: str) -> None:
    """Browsers hide everything after such a tag within a line, and show it after the fix."""
    (finding,) = _findings(f"The page loads a <{tag}> at its end.")
    text = _REPORT.format(f"The page loads a <{tag}> at its end.")
    assert "end" not in hand_in_words(text)
    assert {"end", "So", tag} <= set(hand_in_words(apply_edits(text, finding.fixes[0].edits)))


@pytest.mark.parametrize("tag", ["code", "b", "s", "u", "sub", "mark"])
def test_tags_that_change_the_look(tag: str) -> None:
    """A tag that is opened twice contains what follows; after the fix it does not."""
    (finding,) = _findings(f"Run <{tag}>make<{tag}> first.")
    after = apply_edits(_REPORT.format(f"Run <{tag}>make<{tag}> first."), finding.fixes[0].edits)
    assert f"<{tag}>make</{tag}> first" in _page(after)
    assert not _findings(f"Run <{tag}>make</{tag}> first.")
