"""A short soak; run `python -m tests.soak` for a long one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.soak.__main__ import is_too_much
from tests.soak.reports import REPORTS
from tests.soak.soak import LOOKS, Growth, Plan, growth, session

if TYPE_CHECKING:
    from pathlib import Path

PLAN = Plan(edits=1500, checks=LOOKS, compared=1, seed=7, encoding="utf-8")
_MOST_MEGABYTES = 30
"""Megabytes of growth that are allowed here, as few edits hardly fill the caches; a leak at every edit still shows."""


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux says what a process uses")
def test_a_session(tmp_path: Path) -> None:
    """Twenty reports are edited at random: every check agrees, and no thread or open file is left over."""
    with session(tmp_path, PLAN) as (soaked, steps):
        looks = [*steps]
    assert soaked.edits >= PLAN.edits
    assert soaked.done["reports compared"] > REPORTS
    assert not is_too_much(growth(looks), _MOST_MEGABYTES), growth(looks)


@pytest.mark.parametrize(
    ("grown", "is_leak"),
    [
        (Growth(9_000, 0, 0, 10**6), False),
        (Growth(-500, -1, -1, 0), False),
        (Growth(11_000, 0, 0, 0), True),
        (Growth(0, 1, 0, 0), True),
        (Growth(0, 0, 1, 0), True),
    ],
)
def test_what_counts_as_a_leak(grown: Growth, is_leak: bool) -> None:  # noqa: FBT001  # a parameter of the test
    """Growth by more than ten megabytes, or by one thread or file, counts as a leak."""
    assert is_too_much(grown) == is_leak
