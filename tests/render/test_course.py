"""The page of a whole course."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

import pytest

from reportls.features.course.collect import judgement_of
from reportls.features.course.records import GroupRow
from reportls.features.course.shared_answers import Place, Shared
from reportls.features.course.statistics import Tallies
from reportls.render.overview import course_page
from tests.cli.reports import PERFECT, SHORT
from tests.render.pages import strict_tree, words
from tests.support.cursor import snapshot_of

TWICE = "`###` after the last `Answer:`: the checker takes the last answer twice"
HOSTILE = "<script>hit()</script><b>\"' onload=hit() &amp; \u202e \0"


def row(name: str, text: str | None, problem: str | None = None, page: str | None = None) -> GroupRow:
    """Return a group with that report, or with none."""
    judgement = judgement_of(snapshot_of(text)) if text else None
    return GroupRow(name, f"course/{name}", "reports/README.md", (), judgement, problem, page)


def page(*rows: GroupRow, links: str | None = None, shared: tuple[Shared, ...] | None = None) -> str:
    """Return the page of these groups."""
    tallies = Tallies()
    for one in rows:
        tallies.add(one)
    return "".join(course_page(rows, tallies, links, shared))


ROWS = (
    row("a", PERFECT, page="a.html"),
    row("b", SHORT),
    row("c", SHORT.replace("Nectar.", "")),
    row("d", PERFECT + "\n### x\n"),
    row("e", None, "no report"),
)


def test_rows() -> None:
    """Each group is a row with its verdict, for readers and for the script."""
    tree = strict_tree(page(*ROWS))
    rows = tree.findall(".//section[@id='groups']//tbody/tr")
    assert [one.get("data-verdict") for one in rows] == ["passes", "fails", "fails", "crashes", "not judged"]
    assert [one.get("data-failing") for one in rows] == [None, ":1", ":1", None, None]
    assert [words(one.find("td[2]")) for one in rows] == [
        "✓ 2 of 2",
        "✗ 1 of 2",
        "✗ 1 of 2",
        f"✗ crashes3 answers found, 2 expected; line 21: {TWICE}",
        "○ not judgedno report",
    ]
    assert words(tree.find(".//p[@class='summary']")) == (
        "5 groups: 1 pass every question, 2 fail some, 1 crash the check, 1 could not be judged"
    )


def test_chart() -> None:
    """Each question has in words how many groups fail it and why, as the table has."""
    tree = strict_tree(page(*ROWS))
    columns = tree.findall(".//svg//a")
    assert [column.get("aria-label") for column in columns] == [
        "Question 1: 2 of 3 groups fail: 1 unanswered, 1 too short (by 2 words)",
        "Question 2: 0 of 3 groups fail",
    ]
    kinds = [rect.get("class") for rect in columns[0].findall("rect")]
    assert kinds == ["back", "few-1", "open"]
    for column in columns:
        assert tree.find(f".//*[@id='{(column.get('href') or '')[1:]}']") is not None


def test_chart_of_few_questions() -> None:
    """Few questions are drawn no larger than many, though the chart is as wide as the page."""
    drawing = strict_tree(page(*ROWS)).find(".//figure//svg")
    assert drawing is not None
    _, _, width, height = map(float, (drawing.get("viewBox") or "").split())
    assert (width > 700, height < 100) == (True, True)


def test_links() -> None:
    """Names link to the pages of groups that have one."""
    assert 'href="../x/a.html"' in page(*ROWS, links="../x/")
    assert "a.html" not in page(*ROWS)


def test_hostile() -> None:
    """Names and texts of groups are never HTML."""
    text = SHORT.replace("Nectar.", HOSTILE).replace("### Question 2", f"## {HOSTILE}\n### Question 2")
    alike = (("Own ", False), (HOSTILE, True))
    shared = (Shared(0.5, 20, (Place(HOSTILE, 1, alike), Place("b", 2, alike))),)
    html = page(row(HOSTILE, text, page=HOSTILE), row(HOSTILE, None, HOSTILE), links="x/", shared=shared)
    tree = strict_tree(html)
    assert len(tree.findall(".//script")) == 1
    assert not tree.findall(".//b")
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    assert words(tree.find(".//section[@id='shared']/ul/li")).startswith("50% of 20 words: <script>hit()</script>")


def test_many_shared_answers() -> None:
    """The page lists the most alike pairs and counts the rest: a text that all were given makes thousands."""
    pair = (Place("a", 1, (("x", True),)), Place("b", 1, (("x", True),)))
    tree = strict_tree(page(*ROWS, shared=tuple(Shared(1 - number / 1000, 20, pair) for number in range(130))))
    assert len(tree.findall(".//section[@id='shared']/ul/li")) == 100
    assert "30 pairs that are less similar" in words(tree.find(".//section[@id='shared']"))


def test_policy() -> None:
    """The policy allows our own script and style, and no loading."""
    html = page(*ROWS)
    tree = strict_tree(html)
    policy = tree.find(".//meta[@http-equiv='Content-Security-Policy']")
    assert policy is not None
    for element in (*tree.findall(".//script"), *tree.findall(".//style")):
        digest = b64encode(sha256((element.text or "").encode()).digest()).decode()
        assert f"'sha256-{digest}'" in (policy.get("content") or "")
    assert not [element for element in tree.iter() if "style" in element.attrib or "src" in element.attrib]


@pytest.mark.parametrize("rows", [(), (ROWS[4],), (ROWS[0],)])
def test_nothing_to_draw(rows: tuple[GroupRow, ...]) -> None:
    """A page says so if no group fails anything."""
    tree = strict_tree(page(*rows))
    said = words(tree.find(".//section[@id='questions']"))
    assert said.endswith("No group fails a question." if rows == (ROWS[0],) else "There is no verdict on any group.")


def test_no_shared_answers() -> None:
    """A search without result is reported; without a search the page has nothing on it."""
    assert "There are none." in page(*ROWS, shared=())
    assert "Shared" not in page(*ROWS).partition("<body")[2]
