"""Makes pages for tests and parses them as browsers do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import html5lib

from reportls.render.page import page_of
from tests.support.cursor import snapshot_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

PNG = b"\x89PNG\r\n\x1a\n and so on"
FIGURE = {"figures/bee.png": PNG}


def report_of(answer: str) -> str:
    """Return a report with that answer to the first of its two questions."""
    return (
        f"# Bees 🐝\n\n### Question 1\n\n> **What do they eat?**\n>\n> Answer:\n\n{answer}\n\n"
        "### Question 2\n\n> **Where do they live?**\n>\n> Answer:\n\nIn a box.\n"
    )


def page(text: str, files: str = "", contents: Mapping[str, bytes] = FIGURE) -> str:
    """Return the page of a report; `files` as `files_from` reads them, with their contents."""
    return page_of(snapshot_of(text, files), "README.md", contents.get)


def tree(html: str) -> Element:
    """Parse a page as browsers do; names of elements have no namespace."""
    root: Element = html5lib.parse(html)
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    return root


def strict_tree(html: str) -> Element:
    """Parse a page as browsers do; fail on anything that they would have to correct."""
    html5lib.HTMLParser(strict=True).parse(html)
    return tree(html)


def answer(html: str) -> Element:
    """Return the element with the answer to the first question."""
    found = tree(html).find(".//section[@id='question-1']/div[@class='answer']")
    assert found is not None
    return found


def words(element: Element | None) -> str:
    """Return all text in an element on one line."""
    assert element is not None
    return " ".join("".join(element.itertext()).split())
