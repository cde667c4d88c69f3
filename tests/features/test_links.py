"""Document links to files."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reportls.features.references import links
from tests.support.cursor import shown, snapshot_of

FILES = "figures/a.png\nfigures/my plot.png\nnotes/ø.md\n../outside.md"
QUESTION = "### Question 1\n\n> **What 😀? ![a](figures/a.png)**\n>\n> Answer:\n\n{}\n"


def linked(answer: str) -> list[tuple[str, str]]:
    """Return the text and the target of each link."""
    snapshot = snapshot_of("See figures/a.png\n\n" + QUESTION.format(answer), FILES)
    return [(shown(snapshot, link.span), link.path) for link in links(snapshot)]


def test_images_links_tags_and_definitions_are_followed() -> None:
    """Each is linked at its path, in the order of the text."""
    answer = (
        'Look 😀: ![x](figures/my%20plot.png "both")\n<img src="figures/a.png" width=9>\n\n'
        "[notes](<./notes/ø.md#end>)\n\n![y][plot]\n\n[plot]: figures/a.png\n"
    )
    assert linked(answer) == [
        ("figures/my%20plot.png", "figures/my plot.png"),
        ("figures/a.png", "figures/a.png"),
        ("./notes/ø.md", "notes/ø.md"),
        ("figures/a.png", "figures/a.png"),
    ]


def test_lines_that_end_otherwise() -> None:
    """Links work with CRLF and with a lone CR."""
    assert linked("a\r\n\r\n- ![x](figures/a.png)\r\n") == [("figures/a.png", "figures/a.png")]
    assert linked("a\r\r[x]: <figures/a.png>\r") == [("figures/a.png", "figures/a.png")]


def test_nothing_else_is_followed() -> None:
    """Web addresses, missing files, files outside and code are not linked."""
    assert not linked(
        "[a](https://example.org/figures/a.png) [b](../outside.md) ![c](/figures/a.png) ![d](figures/A.png)"
    )
    assert not linked("```\n[a]: figures/a.png\n```\n\n[notes](.) [up](..) []() ![]()")


def test_a_tooltip_names_the_file() -> None:
    """The tooltip has the decoded name of the file."""
    (link,) = links(snapshot_of(QUESTION.format("![x](figures/my%20plot.png)"), FILES))
    assert link.tooltip == "open figures/my plot.png"


@given(st.lists(st.sampled_from(["![", "[", "](", ")", "<", ">", "figures/a.png", "\n", "\r\n", "`", "]: ", "😀"])))
def test_any_answer(parts: list[str]) -> None:
    """Every link in text typed halfway is the path of a file, on one line."""
    snapshot = snapshot_of(QUESTION.format("".join(parts)), FILES)
    assert all(shown(snapshot, link.span) == link.path == "figures/a.png" for link in links(snapshot))
