"""Pages generated from code are up to date. `pytest --update-docs tests/test_docs.py` writes them."""

from __future__ import annotations

import re
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

from reportls.cli.rule import needs_in_words
from reportls.rules import ALL
from tests.support.pages import assert_current

ROOT = Path(__file__).parents[1]
RULES = ROOT / "server" / "docs" / "rules.md"
ANIMATION = ROOT / "server" / "docs" / "images" / "first-minute.svg"
PAGES = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md")),
    *sorted((ROOT / ".github").glob("*.md")),
    *sorted((ROOT / "server").glob("*.md")),
    *sorted((ROOT / "editors").glob("*/README.md")),
    # What the rules' pages link to are examples.
    *sorted(page for page in (ROOT / "server" / "docs").glob("*.md") if page != RULES),
]
"""What people read."""


def rules_page() -> str:
    """Return a table of all rules, and the page of each."""
    head = (
        "# Rules\n\n<!-- made from the docstrings in reportls/rules -->\n\n"
        "`reportls rule NAME` prints the page of one rule.\n\n"
        "*Error*: this fails a question or crashes the checker. *Warning*: it will be handed in wrong. *Information*: "
        "still to be done. *Hint*: could be better. What cannot change the verdict is never an error.\n\n"
        "Some rules need something that judges the report, and are silent without it. *Checker*: a course's script or "
        "a built-in edition; *edition*: a built-in edition alone; *form*: a template.\n\n"
        "| rule | severity | what is wrong |\n|---|---|---|\n"
    )
    table = "".join(f"| [{rule.name}](#{rule.name}) | {rule.severity.word} | {rule.title} |\n" for rule in ALL)
    pages = "".join(
        f"\n## {rule.name}\n\n*{rule.severity.word}{needs_in_words(rule)}*\n\n{rule.page}\n" for rule in ALL
    )
    return head + table + pages


def test_rules_page(request: pytest.FixtureRequest) -> None:
    """`server/docs/rules.md` agrees with the rules' docstrings."""
    assert_current(RULES, rules_page(), request)


@pytest.mark.skipif(sys.platform == "win32", reason="the animation is made in a POSIX terminal")
def test_animation(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """The README's animation shows what the commands print now, and is small enough for a page."""
    make: dict[str, Any] = runpy.run_path(str(ROOT / "server" / "publishing" / "animation.py"))
    picture = make["drawn"](make["record"](tmp_path))
    assert_current(ANIMATION, picture, request)
    assert "7 of 10 passed" in picture
    assert len(picture) < 400_000


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    """Every link to a file of the project leads to an existing file and heading."""
    text = re.sub(r"^```.*?^```$|`[^`\n]+`", "", path.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    for target, heading in re.findall(r"\]\(([^)#:]*)(?:#([^)]+))?\)", text):
        if path.parent == ROOT and target == "../../releases":
            continue  # the way from the README to that page on GitHub
        page = path.parent / target if target else path
        assert page.exists(), target
        assert not heading or heading in anchors(page), (target, heading)


def test_every_page_is_found() -> None:
    """Each page in `docs` is linked from the page that users or contributors read first."""
    linked = "".join(path.read_text("utf-8") for path in (ROOT / "README.md", ROOT / "server" / "README.md"))
    pages = [path.name for path in PAGES if path.parent.name == "docs"]
    assert [name for name in pages if f"docs/{name})" not in linked] == ["index.md"], "the start page of the site"


def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub makes of the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_rules_that_are_named_exist() -> None:
    """The README names only rules that exist."""
    named = re.findall(r"`reportls rule ([a-z-]+)`", (ROOT / "README.md").read_text("utf-8"))
    assert set(named) <= {rule.name for rule in ALL}
