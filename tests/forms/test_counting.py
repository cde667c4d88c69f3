"""The things that a template can limit, as readers see them and as a script finds them."""

from __future__ import annotations

import pytest

from reportls.forms.counting import MEASURES, Source, number_in_words, visible
from reportls.report.limit_words import UNITS


def _source(*paragraphs: str, code_blocks: int = 0) -> Source:
    return Source(paragraphs, code_blocks, "\n\n".join(paragraphs))


@pytest.mark.parametrize(
    ("paragraph", "seen"),
    [
        ("> A **bold** [link](https://example.org/a_(b)) and `code`", "A bold link and code"),
        ("- one\n- [x] two", "one two"),
        ("### Own *part*", "Own part"),
        ("![a plot](figures/plot.png) shows <b>it</b>", "shows it"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a b 1 2"),
        ("[1]: https://example.org", ""),
        ("snake_case stays, _italics_ do not", "snake_case stays, italics do not"),
    ],
)
def test_visible(paragraph: str, seen: str) -> None:
    """Readers see words and cells, but neither marks nor targets nor images."""
    assert visible(paragraph) == seen


@pytest.mark.parametrize(
    ("unit", "paragraphs", "number"),
    [
        ("words", ["Søuth - and north!", "Two."], 4),
        ("words", ["我们走 south"], 4),
        ("characters", ["a  **b**", "cd"], 5),
        ("sentences", ["We went, e.g. south. Was it 3.5 km? Yes!", "- no full stop"], 4),
        ("sentences", ["这是一句话。那是另一句。"], 2),
        ("paragraphs", ["### Own part", "One.", "---", "Two."], 2),
        ("lines", ["one\ntwo", "x" * 170], 5),
        ("pages", ["x" * 1200], 0.5),
        ("minutes", ["word " * 300], 1.5),
        ("images", ["![a](b.png) and <img src='c.png'>", "![d][e]", "[no](image.png)"], 3),
        ("links", ["[a](b) <https://c.org> https://d.org ![e](f.png)"], 3),
        ("references", ["As said[^1] and again[^1], see [@shells2020]."], 2),
        ("references", ["[1]: https://a.org\n[2]: https://b.org"], 2),
    ],
)
def test_amounts(unit: str, paragraphs: list[str], number: float) -> None:
    """Each thing is counted as a reader would count it."""
    assert MEASURES[unit].visible(_source(*paragraphs)) == number


def test_source() -> None:
    """A script counts markup and targets as words, and only images on one line."""
    source = _source("> A [link](b) - ![c](d.png)", code_blocks=2)
    assert MEASURES["words"].source(source) == 5
    assert MEASURES["images"].source(source) == 1
    assert MEASURES["characters"].source(source) == len(source.raw)
    assert MEASURES["code blocks"].source(source) == MEASURES["code blocks"].visible(source) == 2


def test_every_unit_is_measured() -> None:
    """Whatever the grammar of limits reads can be counted."""
    assert MEASURES.keys() == UNITS.keys()


def test_numbers_in_words() -> None:
    """Thousands have commas, and fractions one digit."""
    assert [number_in_words(number) for number in (2259, 0.5, 3.0, 1.25, 0.25)] == ["2,259", "0.5", "3", "1.2", "0.25"]
    assert MEASURES["words"].amount(1) == "1 word"
