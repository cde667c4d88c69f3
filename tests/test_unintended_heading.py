"""Lines of dashes are headings exactly where Python-Markdown, which makes the hand-in page, says so."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from random import Random

import markdown
import pytest

from reportls.report.handin_page.blocks import page_lines, read_page, underlines
from tests.support import corpus
from tests.support.steps import steps_anew

_LINES = [
    "word w{}",
    "word é w{} 😋",
    "",
    "",
    "---",
    "===",
    "-",
    "--",
    "--- ",
    "   ---",
    "    ---",
    "***",
    "- item w{}",
    "- ",
    "* star w{}",
    "- - nested w{}",
    "1. number w{}",
    "  - half w{}",
    "    - deep item w{}",
    "     - deeper item w{}",
    "    deep w{}",
    "        deeper w{}",
    "\ttab w{}",
    "> quote w{}",
    "> - quoted item w{}",
    ">",
    "> ---",
    "# hash w{}",
    "   \t ",
    "[w{}]: target",
    "  [w{}]: <target> 'title'",
    "[w{}]:",
    "[w{}]: some words",
]
_HTML = [
    "<div>",
    "</div>",
    "<p>text w{}</p>",
    "<pre>",
    "</pre>",
    "<br>",
    "<hr>",
    "<!-- note -->",
    "a <div> w{}",
    "<img a>",
]


def _headings_of_page(text: str) -> Counter[str]:
    """Return the first numbered word of each heading on the page without a `#`."""
    headings = re.findall(r"<h[1-6]>(.*?)</h[1-6]>", markdown.markdown(text), re.DOTALL)
    return Counter(_mark(heading) for heading in headings if "hash" not in heading)


def _mark(text: str) -> str:
    found = re.search(r"w\d+", text)
    return found[0] if found else ""


@pytest.mark.parametrize("lines", [_LINES, _LINES + _HTML], ids=["Markdown", "with HTML"])
@pytest.mark.parametrize("seed", range(5))
def test_random_texts(lines: list[str], seed: int) -> None:
    """The headings of random small texts are those on the page."""
    rng = Random(seed)  # noqa: S311  # repeatable, not secret
    for _ in range(400):
        drawn = [rng.choice(lines).format(number) for number in range(rng.randint(2, 9))]
        found = Counter(_mark(drawn[line - 1]) for line in underlines(page_lines(drawn)))
        assert found == _headings_of_page("\n".join(drawn)), drawn


_HASHES = [
    *(
        "#w{} word",
        "# w{}",
        "##w{}",
        " #w{}",
        "    #w{}",
        "- #w{}",
        "1. #w{}",
        "> #w{}",
        "`#w{}`",
        "\\#w{}",
        "word w{}",
    ),
    *("", "    - #w{}", "- word\n#w{}", "#w{} #", "word #w{}", "---", "\t#w{}", "> word\n#w{}"),
]


@pytest.mark.parametrize("seed", range(5))
def test_number_signs(seed: int) -> None:
    """The lines that a `#` makes headings are the headings on the page."""
    rng = Random(seed)  # noqa: S311  # repeatable, not secret
    for _ in range(400):
        drawn = "\n".join(
            rng.choice(_HASHES).replace("w{}", f"w{number}") for number in range(rng.randint(1, 7))
        ).split("\n")
        found = Counter(_mark(drawn[line]) for line in read_page(page_lines(drawn)).headings)
        html = markdown.markdown("\n".join(drawn))
        headings = Counter(map(_mark, re.findall(r"<h[1-6]>(.*?)</h[1-6]>", html, re.DOTALL)))
        underlined = Counter(_mark(drawn[line - 1]) for line in underlines(page_lines(drawn)))
        assert found + underlined == headings, drawn


@pytest.mark.parametrize("blank", ["\u00a0", "\v", "\f", "\u2003"])
def test_white_space_between_code_and_text(blank: str) -> None:
    """White space after code continues it, so the next text starts a new block."""
    for lines in (["    ---", blank, "---"], ["    a", blank, "w1", "---"], ["w2", blank, "---"]):
        found = Counter(_mark(lines[line - 1]) for line in underlines(page_lines(lines)))
        assert found == _headings_of_page("\n".join(lines)), lines


@corpus.needs_corpus
@pytest.mark.parametrize("name", corpus.names())
def test_real_reports(name: str) -> None:
    """Without the reported underlines, the page has exactly that many fewer headings."""
    lines = re.split(r"\r\n|\r|\n", corpus.report(name))
    found = underlines(page_lines(lines))
    without = ["" if line in found else text for line, text in enumerate(lines)]
    before, after = (markdown.markdown("\n".join(texts)).count("</h") for texts in (lines, without))
    assert before - after == len(found)


@pytest.mark.parametrize(
    "lines",
    [
        ["---"],
        ["    a", "---"],
        ["# a"],
        ["- a"],
        ["- a", "    - b"],
        ["a", "==="],
        ["> a", "---"],
        ["<div>"],
        ["<!--"],
        ["[a]: b"],
        ["[a]: b", "c"],
        ["[a]:" + "'" * 30],
    ],
)
def test_linear(lines: list[str]) -> None:
    """Work on long adversarial texts grows in proportion to their length."""
    short, middle, long = (
        steps_anew(partial(underlines, page_lines(lines * number))) for number in (1_000, 2_000, 4_000)
    )
    assert long - middle <= 2.5 * (middle - short)
