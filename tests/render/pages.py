"""Pages, and what a browser would make of them."""

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
    """A report with that answer to the first of its two questions."""
    return (
        f"# Bees 🐝\n\n### Question 1\n\n> **What do they eat?**\n>\n> Answer:\n\n{answer}\n\n"
        "### Question 2\n\n> **Where do they live?**\n>\n> Answer:\n\nIn a box.\n"
    )


def page(text: str, files: str = "", contents: Mapping[str, bytes] = FIGURE) -> str:
    """The page of a report; `files` as `files_from` reads them, and what is in them."""
    return page_of(snapshot_of(text, files), "README.md", contents.get)


def tree(html: str) -> Element:
    """The page as browsers read it, no name with its namespace."""
    root: Element = html5lib.parse(html)
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    return root


def strict_tree(html: str) -> Element:
    """The same; fails on anything that browsers would have to mend."""
    html5lib.HTMLParser(strict=True).parse(html)
    return tree(html)


def answer(html: str) -> Element:
    """The answer to the first question."""
    found = tree(html).find(".//section[@id='question-1']/div[@class='answer']")
    assert found is not None
    return found


def words(element: Element | None) -> str:
    """All text in it, on one line."""
    assert element is not None
    return " ".join("".join(element.itertext()).split())
