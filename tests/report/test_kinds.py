"""Kinds of limits: what holds for each entry of the table."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reportls.render.overview_chart
from reportls.report.kinds import IMAGES, KINDS, NOTHING, WORDS, Constraints, Limit, count

_STYLES = Path(reportls.render.overview_chart.__file__).with_name("overview.css").read_text("utf-8")


def test_a_kind_is_its_place_in_the_table() -> None:
    """Each kind indexes its own value, and no two share a key."""
    assert [tuple(range(len(KINDS)))[kind] for kind in KINDS] == list(range(len(KINDS)))
    assert len({kind.key for kind in KINDS}) == len(KINDS)


@given(st.lists(st.sampled_from(["a b", "![x](y.png)", "![x](", "y)", "`", "", " "]), max_size=6))
def test_counts_add_up_over_lines(lines: list[str]) -> None:
    """The checker's view adds the counts of segments, so no kind may reach over a line break."""
    whole = NOTHING
    for line in lines:
        whole += count(line)
    assert count("\n".join(lines)) == whole
    assert whole.less(whole) == NOTHING


def test_constraints_hold_for_each_kind() -> None:
    """An answer passes if every limited kind is within its limit; the others do not matter."""
    for kind in KINDS:
        constraints = Constraints.of({kind: Limit(1, 2)})
        assert [*constraints.limits] == [(kind, Limit(1, 2))]
        assert [constraints.allow(NOTHING.replaced(kind, number)) for number in range(4)] == [False, True, True, False]
    assert Constraints().allow(count("one ![two](three.png)"))
    kept = Constraints.of({WORDS: Limit(1, None)})
    assert pickle.loads(pickle.dumps(kept)) == kept  # noqa: S301  # our own bytes


@pytest.mark.parametrize("side", ["few", "many"])
def test_the_chart_has_a_colour_for_each_kind(side: str) -> None:
    """Words have one for each band, every other kind one of its own."""
    assert all(f".{side}-{kind.key}" in _STYLES for kind in KINDS if kind is not WORDS)
    assert f".{side}-{IMAGES.key}" in _STYLES
