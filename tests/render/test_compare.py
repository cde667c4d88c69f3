"""Where the course's page differs from the report as written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportls.render.blocks import Comparison, Kind, Look, blocks_of, compare, mark
from reportls.render.sanitize import can_be_parsed, report_tree
from reportls.render.side_by_side import Sides, sides_of
from tests.render.pages import FIGURE, report_of, tree, words
from tests.support import corpus
from tests.support.cursor import snapshot_of

HOSTILE = (
    "<a",
    "<a x='",
    "<!--",
    "<![",
    "</",
    "<div>",
    "<ul><li>",
    "<p>x",
    "<style></style>",
    "<td>",
    "&#",
    "<li>x</li>",
    "x<hr>",
    "<b><p>",
    "<i><b>",
    "<table><tr><td>",
    "<a><table>",
    "<b><div></b>",
    "<svg><foreignObject>",
    "<math><annotation-xml encoding=text/html>",
    "<template>",
    "<select><option>",
    "<form>",
    "<font color=a>",
    "</p>",
    "<p a=b ",
    "<img src=x>",
    "<details><summary>",
    "<b a=1><b a=2><p>",
    "<b><div></dd></li></h1></b></table></td>",
    "<b><div><!--<b>--></b>",
    "<nobr><div>",
    "<p title='<b>'></b>",
)
"""HTML that is hard on parsers when there is much of it."""
FRONT = "---\nlayout: default\nnav_exclude: true\n---\n\n"
"""Exactly as long as the start that the course's script drops."""


def sides(answer: str, files: str = "") -> Sides:
    """Return both pages of a report with that answer to its first question."""
    return sides_of(snapshot_of(FRONT + report_of(answer), files), FIGURE.get)


def found(answer: str, files: str = "") -> list[str]:
    """Return the differences in that answer."""
    return [place.words for place in sides(answer, files).places]


@pytest.mark.parametrize(
    ("answer", "difference"),
    [
        ("```python\nx = 1 🐝\n```", "a code block, shown as plain text: “x = 1 🐝”"),
        ("|a|b|\n|-|-|\n|1|2|", "a table, shown as plain text: “a b 1 2”"),
        ("These:\n* one\n* two", "plain text and a list, shown as plain text: “These: one two”"),
        ("- [x] one\n- [ ] two", "a list with boxes, shown as a list: “☑ one ☐ two”"),
        ("- one\n  - two", "a list, indented otherwise: “two”"),
        ("So it\ngoes\n---\n\non.", "a heading, shown as plain text: “So it goes”"),
        ("Some ~~bad~~ good words.", "“Some bad good words.”, shown as “Some ~~bad~~ good words.”"),
        ("![x](figures/my bee.png)", "“![x](figures/my bee.png)”, shown as “[image: figures/my bee.png]”"),
        ("1. one\n\nand\n\n3. three", "a list, numbered otherwise: “three”"),
    ],
)
def test_differences(answer: str, difference: str) -> None:
    """A difference is described by what is written and what is shown."""
    assert found(answer) == [difference]


@pytest.mark.parametrize(
    "answer",
    [
        "Just *some* **words** with `code`,\non two lines & an entity: &eacute;.",
        "- one\n- two\n\nand\n\n1. a\n2. b",
        "- loose\n\n- list",
        "- one\n    - two",
        "> quoted",
        "    code",
        "![A bee](figures/bee.png)",
        "![A bee](figures/no%20bee.png) and <img src='figures/bee.png'>",
        "[a link](https://example.org) and <https://example.org>",
        "<table><tr><td>raw</td></tr></table>",
        "<!-- a comment -->",
        "",
    ],
)
def test_no_difference(answer: str) -> None:
    """Markdown and HTML that both pages show alike is no difference."""
    assert not found(answer, "figures/bee.png")


def test_other_line_ends() -> None:
    """Line ends make no difference."""
    assert not sides_of(snapshot_of((FRONT + report_of("One\n\n- two")).replace("\n", "\r\n")), FIGURE.get).places


def test_places_have_questions() -> None:
    """Places in answers come first; the dropped start of a report without front matter is one too."""
    text = report_of("So.") + "\n```\nx\n```\n"
    places = sides_of(snapshot_of(text), FIGURE.get).places
    assert [(place.question, place.in_answer) for place in places] == [(2, True), (1, False)]


def test_swallowed() -> None:
    """An element that is left open swallows the next question on the course's page."""
    both = sides("<div>\nopen")
    assert [place.question for place in both.places]
    assert "Where do they live?" in words(tree(both.written).find(".//section[@id='question-2']"))


def test_marks() -> None:
    """Both pages have marks on the place that differs, and pairs of marks on equal blocks."""
    both = sides("A table:\n\n|a|b|\n|-|-|\n|1|2|")
    for page, elements in ((both.written, ["th", "th", "td", "td"]), (both.course, ["p"])):
        root = tree(page)
        assert [element.tag for element in root.iter() if element.get("data-place") == "0"] == elements
    pairs = [{e.get("data-pair"): words(e) for e in tree(p).iter() if e.get("data-pair")} for p in both[:2]]
    assert pairs[0] == pairs[1]
    assert "A table:" in pairs[0].values()


def test_picture_in_both() -> None:
    """Figures are embedded in both pages."""
    for page in sides("![A bee](figures/bee.png)", "figures/bee.png")[:2]:
        (image,) = tree(page).iter("img")
        assert (image.get("src") or "").startswith("data:image/png;base64,")


def test_script_that_crashes() -> None:
    """If the script crashes, its page says so and the other one is still shown."""
    both = sides("* " * 5000 + "é")
    assert "the course's script crashes" in words(tree(both.course).find(".//main"))
    assert "Where do they live?" in both.written
    assert not both.places


LOOKS = st.lists(st.builds(Look, st.just(Kind.TEXT), st.text("ab", max_size=2)), max_size=12)


@given(LOOKS, LOOKS)
def test_all_is_told(ours: list[Look], theirs: list[Look]) -> None:
    """Every block is either in a difference or paired with one that looks the same, in order."""
    result = compare(ours, theirs)
    check(result, ours, theirs)
    assert compare(ours, ours).differences == []


def check(result: Comparison, ours: list[Look], theirs: list[Look]) -> None:
    """Every block is in exactly one pair or difference, in order."""
    assert all(ours[one] == theirs[two] for one, two in result.pairs)
    for side, looks in enumerate((ours, theirs)):
        covered = [pair[side] for pair in result.pairs]
        for difference in result.differences:
            covered += range(*difference[side])
        assert sorted(covered) == [*range(len(looks))]
    assert result.pairs == sorted(result.pairs)
    assert result.differences == sorted(result.differences)


def test_many_blocks() -> None:
    """Many equal blocks, and many without one in common, are compared in seconds."""
    many = [Look(Kind.TEXT, str(number)) for number in range(20_000)]
    alike = [Look(Kind.TEXT, "ab"[number % 7 % 2]) for number in range(20_000)]
    for ours, theirs in ((many, many[::-1]), (alike, alike[3:]), (many, alike), (many, many[1:] + many[:1])):
        check(compare(ours, theirs), ours, theirs)


@pytest.mark.parametrize("part", HOSTILE)
def test_hostile_html(part: str) -> None:
    """HTML that costs parsers minutes costs seconds, and what stands after it is still there."""
    text = part * (10_000 // part.count("<") if "<" in part else 10_000)
    assert "Where do they live?" in words(tree(sides(text).written))


@pytest.mark.parametrize("part", HOSTILE)
def test_as_much_hostile_html_as_is_parsed(part: str) -> None:
    """As many tags as are parsed at all take seconds, and their blocks are the same once they are marked."""
    most = max(count for count in range(0, 600, 10) if can_be_parsed(part * count))
    written = report_tree(part * most)
    blocks = blocks_of(written)
    looks = [block.look for block in blocks]
    check(compare(looks, looks[::-1]), looks, looks[::-1])
    mark((block, "data-place", str(number)) for number, block in enumerate(blocks))
    assert blocks_of(written) == blocks


def test_hostile_markdown() -> None:
    """A report that costs the course's script minutes is not rendered with it, and the page says so."""
    both = sides("![" * 20_000)
    assert "The page is not made here" in both.course
    assert "Where do they live?" in both.written


@given(st.lists(st.sampled_from(["<p>", "</p>", "<ul>", "<li>", "</ul>", "a", " ", "<hr>", "<pre>", "<b>", "é😋"])))
def test_marks_change_nothing_else(parts: list[str]) -> None:
    """A page with marks has the elements and words of the page without; each block has one mark, or shares its own."""
    tree = report_tree("".join(parts))
    plain = tree.to_html(pretty=False)
    blocks = blocks_of(tree)
    mark((block, "data-place", str(number)) for number, block in enumerate(blocks))
    with_marks = tree.to_html(pretty=False)
    assert with_marks.count("data-place") == len({id(block.node) for block in blocks})
    assert re.sub(r'<span data-place="\d+"></span>| data-place="\d+"', "", with_marks) == plain
    assert [block.look for block in blocks_of(tree)] == [block.look for block in blocks]


def test_blocks() -> None:
    """Blocks are headings, paragraphs and items with bullets, numbers and quotes; white space does not count."""
    html = (
        "<h2>A\n b</h2><ul><li>one<p>more</p></li><li></li></ul><blockquote><ol start='3'><li><p>x</ol></blockquote>y"
    )
    looks = [block.look for block in blocks_of(report_tree(html))]
    assert looks == [
        Look(Kind.HEADING, "A b"),
        Look(Kind.ITEM, "one", "•", 1),
        Look(Kind.TEXT, "more", "", 1),
        Look(Kind.ITEM, "", "•", 1),
        Look(Kind.ITEM, "x", "3.", 1, 1),
        Look(Kind.TEXT, "y"),
    ]


@corpus.needs_corpus
def test_real_reports() -> None:
    """Every real report has more in common with its page than differences."""
    for name in corpus.names()[::20]:
        both = sides_of(snapshot_of(corpus.report(name)), FIGURE.get)
        assert both.written.count("data-pair") > both.written.count("data-place"), name
        assert all(place.words for place in both.places)
