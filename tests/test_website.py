"""The documentation site has every page, with links that work there, and loads nothing from elsewhere."""

from __future__ import annotations

import os
import re
import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
BUILD: dict[str, Any] = runpy.run_path(str(ROOT / "server" / "publishing" / "website.py"))
SITE = os.environ.get("REPORTLS_SITE")
"""The folder of the built site; unset to skip its tests."""
BUILT = pytest.mark.skipif(not SITE, reason="REPORTLS_SITE names no built site")
_LOADED = re.compile(r"""<(?:link|script|img|iframe|source|video)\b[^>]*?\b(?:href|src)=["']?([^"'\s>]+)""")


def site() -> list[Path]:
    """Return the pages of the built site."""
    return sorted(Path(SITE or "").rglob("*.html"))


def adapted(text: str, path: str) -> str:
    """Return a text as a page of the site that has its path in the repository."""
    return str(BUILD["adapted"](text, path, BUILD["pages"]()))


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("server/docs/overview.md", "[all](rules.md#unanswered)", "[all](rules.md#unanswered)"),
        ("server/docs/editors.md", "[Vim](../../editors/vim/README.md)", "[Vim](editors/vim.md)"),
        ("server/docs/editors.md", "[`hx`](../../editors/helix/README.md)", "[`hx`](editors/helix.md)"),
        ("editors/vim/README.md", "[R](../../server/docs/rules.md)", "[R](../rules.md)"),
        ("editors/vim/README.md", "[start](../../README.md#try-it)", "[start](../index.md)"),
        ("editors/vim/README.md", "![a](../vscode/images/icon.png)", "![a](icon.png)"),
        (
            "server/docs/overview.md",
            "![a](images/overview.png)",
            "![a](images/overview.png#only-light)![a](images/overview-dark.png#only-dark)",
        ),
        ("server/docs/editors.md", "`[no](link.md)` and\n\n    [no](link.md)\n", None),
        ("server/docs/editors.md", "```\n[no](link.md)\n```\n", None),
        ("server/docs/editors.md", "[web](https://example.org/a.md) [here](#below)", None),
    ],
)
def test_links(path: str, text: str, expected: str | None) -> None:
    """Links lead to the page on the site; code, addresses and anchors stay as they are."""
    assert adapted(text, path) == (text if expected is None else expected)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (None, "see the help"),
        ("https://example.org/x", "see [the help](https://example.org/x/blob/main/editors/a.txt)"),
    ],
)
def test_links_to_what_is_not_on_the_site(address: str | None, expected: str) -> None:
    """A link to another file of the repository leads to its address; while there is none, its text is left."""
    build = runpy.run_path(str(ROOT / "server" / "publishing" / "website.py"))
    build["adapted"].__globals__["ADDRESS"] = address
    assert build["adapted"]("see [the help](../a.txt)", "editors/vim/README.md", build["pages"]()) == expected


def test_every_page_is_in_the_navigation() -> None:
    """Each page has its place in the navigation; MkDocs would refuse to build the site otherwise."""
    settings = (ROOT / "server" / "publishing" / "mkdocs.yml").read_text("utf-8")
    listed = set(re.findall(r": (\S+\.md)$", settings, re.MULTILINE))
    assert {place for place in BUILD["pages"]().values() if place.endswith(".md")} == listed


def test_no_two_files_share_a_place() -> None:
    """Each page and figure has its own path on the site, so none replaces another."""
    places = [place for path, place in BUILD["pages"]().items() if path != "README.md"]
    assert len(places) == len({*places})


@BUILT
def test_every_page_is_built() -> None:
    """Each page of the repository that belongs to the site is on it."""
    wanted = {place.removesuffix(".md") for place in BUILD["pages"]().values() if place.endswith(".md")}
    assert wanted <= {path.relative_to(SITE or "").with_suffix("").as_posix() for path in site()}


@BUILT
def test_nothing_is_loaded_from_elsewhere() -> None:
    """Pages, styles and scripts load only what lies beside them."""
    loaded = {address for path in site() for address in _LOADED.findall(path.read_text("utf-8"))}
    assert len(loaded) > 3
    assert not [address for address in loaded if re.match(r"(?:[a-z]+:)?//", address)]
    styles = [path.read_text("utf-8") for path in Path(SITE or "").rglob("*.css")]
    assert styles
    assert not [style for style in styles if re.search(r"@import|url\([\"']?(?:https?:)?//", style)]


@BUILT
def test_the_site_can_be_searched() -> None:
    """The search index has the rules."""
    assert "answer-too-short" in Path(SITE or "", "search", "search_index.json").read_text("utf-8")
