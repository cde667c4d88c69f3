"""Bars of words against limits."""

from __future__ import annotations

import pytest

from reportls.render.summary import WIDTH
from tests.render.pages import page, report_of, tree


@pytest.mark.parametrize(
    ("words", "limits", "line", "band", "is_beyond"),
    [
        (40, "20-80", 0.4, (0.2, 0.8), False),
        (0, "20-80", None, (0.2, 0.8), False),
        (100, "20-80", 1, (0.2, 0.8), False),
        (101, "20-80", 1, (0.2, 0.8), True),
        (50, "at least 50", 0.4, (0.4, 1), False),
    ],
)
def test_bar(words: int, limits: str, line: float | None, band: tuple[float, float], *, is_beyond: bool) -> None:
    """The longest limit is at four fifths of the width; a count beyond the whole width has a tip."""
    text = report_of("é " * words).replace("eat?**\n", f"eat?**\n>\n> Answer length: {limits} words.\n")
    (svg, *_) = tree(page(text)).iter("svg")
    parts = {part.get("class"): part for part in svg}
    assert ("beyond" in parts) == is_beyond
    assert _ends(parts["band"].attrib) == pytest.approx(band, abs=0.01)
    if line is None:
        assert "line" not in parts
    else:
        assert _ends(parts["line"].attrib) == pytest.approx((0, line), abs=0.01)


def _ends(rect: dict[str, str]) -> tuple[float, float]:
    start = float(rect["x"])
    return start / WIDTH, (start + float(rect["width"])) / WIDTH
