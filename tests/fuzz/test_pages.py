"""Fuzzes the pages of reports: ours is safe and complete, and statements about the hand-in page are true."""

from __future__ import annotations

import re
from collections import Counter

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportls.render.markdown import checker_page
from reportls.render.page import page_of
from reportls.report.handin_page.blocks import page_from, page_lines, read_page, underlines
from reportls.snapshot import Environment, take
from tests.fuzz.quiet import nothing_fails
from tests.fuzz.texts import any_environment, any_report, heaps
from tests.render.pages import FIGURE, tree
from tests.render.test_checker_page import as_the_script
from tests.render.test_safety import ATTACKS, ATTRIBUTES, ELEMENTS
from tests.test_unintended_heading import _HTML, _LINES

_hostile = st.lists(st.one_of(st.sampled_from(ATTACKS), heaps), max_size=6).map("".join)
_KNOWN = {*ELEMENTS.split()}, {*ATTRIBUTES.split()}
"""Texts that may appear in a page."""


@given(st.one_of(any_report, _hostile), any_environment)
@settings(max_examples=25)
def test_page(text: str, environment: Environment) -> None:
    """Nothing in the page runs, loads or sends, and every question can be found in it."""
    with nothing_fails():
        snapshot = take(text, environment)
        root = tree(page_of(snapshot, "README.md", FIGURE.get))
    elements, attributes = _KNOWN
    for element in root.iter():
        if not isinstance(element.tag, str):
            pytest.fail(f"a comment: {element.text}")
        assert element.tag in elements, element.tag
        assert {*element.attrib} <= attributes, element.attrib
        assert re.fullmatch(r"data:image/png;base64,[\w+/=]+", element.get("src", "data:image/png;base64,AA=="))
        assert re.match(r"https?://|mailto:|#", element.get("href", "#"))
    shown = [section.get("id") or "" for section in root.findall("./body/main/section")]
    assert len(shown) == len(snapshot.report.questions)
    assert len({*shown}) == len(shown)


@given(
    st.lists(
        st.sampled_from(
            [
                *_LINES,
                *_HTML,
                "* ",
                "\u00a0",
                "~~~",
                "[a]: b",
                "[a]: '",
                "[w{}]:",
                '"w{}"',
                "w{} --",
                "+ plus w{}",
                "<b>w{}",
            ]
        ),
        max_size=9,
    )
)
def test_handin_page(lines: list[str]) -> None:
    """Exactly the lines that are said to become headings on the hand-in page do so."""
    drawn = [line.format(number) for number, line in enumerate(lines)]
    text = "\n".join(drawn)
    headings = re.findall(r"<h[1-6]>(.*?)</h[1-6]>", markdown.markdown(text), re.DOTALL)
    wanted = Counter(_mark(heading) for heading in headings if "hash" not in heading)
    assert Counter(_mark(drawn[line - 1]) for line in underlines(page_lines(drawn))) == wanted
    assert page_from(drawn, 0) == read_page(page_lines(drawn))
    assert checker_page(text * 9) == as_the_script(text * 9)


def _mark(text: str) -> str:
    found = re.search(r"w\d+", text)
    return found[0] if found else ""
