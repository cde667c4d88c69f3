"""No text of a report makes its page run, load or send anything."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.render.pages import answer, page, report_of, tree, words
from tests.support.attacks import attacks

LONGEST = 1000
"""Characters of an attack that html5lib parses quickly; the browser tests have the longer ones."""
ATTACKS = [attack for attack in attacks() if len(attack) < LONGEST]
GROUPS = 20
"""Number of groups that are tested one by one."""
ELEMENTS = (
    "html head meta title style body a header h1 ul li nav h2 p ol span svg rect path main details summary div section"
    " h3 h4 footer strong code pre em b i u s del ins kbd mark small sub sup img br hr blockquote table thead tbody"
    " tfoot tr td th caption abbr cite dd dl dt q samp strike tt var"
    " bdi big center col colgroup dfn font rp rt ruby wbr"
)
ATTRIBUTES = (
    "lang charset http-equiv content name class id href rel aria-labelledby aria-label aria-hidden role viewBox x y"
    " width height d open src alt align colspan rowspan start"
)


def check(html: str) -> None:
    """Assert that nothing in the page runs, loads or sends, and that its structure is whole."""
    root = tree(html)
    for element in root.iter():
        if not isinstance(element.tag, str):
            pytest.fail(f"a comment: {element.text}")
        assert element.tag in ELEMENTS.split()
        assert {*element.attrib} <= {*ATTRIBUTES.split()}, element.attrib
        assert re.fullmatch(r"data:image/png;base64,[\w+/=]+", element.get("src", "data:image/png;base64,AA=="))
        assert re.match(r"https?://|mailto:|#", element.get("href", "#"))
        if not element.get("href", "#").startswith("#"):
            assert (element.tag, element.get("rel")) == ("a", "noopener noreferrer")
    assert [meta.get("name") or meta.get("http-equiv") for meta in root.iter("meta")] == [
        None,
        "Content-Security-Policy",
        "generator",
        "referrer",
        "viewport",
        "color-scheme",
    ]
    assert {"question-1", "question-2"} <= {section.get("id") for section in root.findall("./body/main/section")}
    assert len([*root.iter("style")]) == 1


@pytest.mark.parametrize("start", range(GROUPS))
def test_attacks(start: int) -> None:
    """An attack does nothing as an answer, in the prompt and in the introduction."""
    for attack in ATTACKS[start::GROUPS]:
        asked = report_of(attack).replace("**What do they eat?**", attack.replace("\n", "\n> "))
        check(
            page(f"# {attack}\n\n{attack}\n\n* [ ] {attack}\n\n## {attack}\n\n> {attack}\n\n{asked}", "figures/bee.png")
        )


@given(
    st.lists(st.sampled_from([*ATTACKS, "\n", "\n\n", " ", "*", "`", "> ", "- ", "é😋", "<p>", "'", '"']), max_size=8)
)
@settings(max_examples=60)
def test_attacks_together(parts: list[str]) -> None:
    """Attacks in any order, one within the other, do nothing."""
    check(page(report_of("".join(parts)), "figures/bee.png"))


def test_what_is_escaped_is_still_read() -> None:
    """A script in a code span is shown as text."""
    html = page(report_of("Never write `<script>alert(1)</script>` 🐝."))
    assert words(answer(html)) == "Never write <script>alert(1)</script> 🐝."


def test_policy() -> None:
    """The page's policy allows embedded images and the page's own style, and nothing else."""
    root = tree(page(report_of("So.")))
    style = root.find(".//style")
    assert style is not None
    digest = b64encode(sha256((style.text or "").encode()).digest()).decode()
    (policy,) = (meta.get("content") for meta in root.iter("meta") if meta.get("http-equiv"))
    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_style_loads_nothing() -> None:
    """The style sheet loads nothing."""
    style = tree(page(report_of("So."))).find(".//style")
    assert style is not None
    assert not re.search(r"url\(|@import|@font-face|http|</", style.text or "")


def test_links() -> None:
    """Links to web pages, mail addresses and places in the page stay; other links become their text."""
    html = page(
        report_of("[a](https://example.org/é) [b](mailto:a@example.org) [c](#question-2) [d](../x.md) [e](/etc)")
    )
    assert [(link.text, link.get("href")) for link in answer(html).iter("a")] == [
        ("a", "https://example.org/%C3%A9"),
        ("b", "mailto:a@example.org"),
        ("c", "#question-2"),
        ("d", None),
        ("e", None),
    ]


def test_many_signs() -> None:
    """A text that would cost a parser hours is shown as it is."""
    html = page(report_of("[" * 30_000 + "<a" * 30_000 + " é"))
    assert words(answer(html)).endswith("<a é")
