"""On any text, no rule raises, marks nothing, or offers a fix that does not fix."""

from __future__ import annotations

import logging
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportls.snapshot import Environment, take
from tests.report.test_incremental import PIECES
from tests.support.bending import bend
from tests.support.files import FilesInMemory, plain_file
from tests.support.fixing import check_fixes, check_marks
from tests.support.sample import SAMPLE

FILES = FilesInMemory(
    {name: plain_file(name) for name in ("figures/thing1.png", "figures/b.PNG", "figures/Thing2.png")}
)
# In a heap of headings with chance numbers, which question is out of place is anyone's guess; bent reports have them.
ANSWERS = [piece for piece in PIECES if "uestion " not in piece or "fill" in piece]
ANSWERS += [
    "\n\u00a0\n![x](figures/Thing1.png)\n",
    "- a\n\t![x](figures/thing1.png)\n",
    "\n| a \\| b | ![x](figures/thing1.png) |\n|---|---|\n",
    "![x](figures/thing1.png",
    "\n```\n## a\n```\n",
]
PROMPT = "> **What?**\n>\n> Recommended answer length: 2-9 words + 1 to 2 images.\n>\n> Answer:\n\n"

questions = st.lists(st.lists(st.sampled_from(ANSWERS), max_size=12).map("".join), min_size=1, max_size=3).map(
    lambda answers: "".join(f"### Question {i}\n{PROMPT}{answer}\n" for i, answer in enumerate(answers, 1))
)


@pytest.fixture(autouse=True)
def _no_rule_fails(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)


def check(text: str, environment: Environment, caplog: pytest.LogCaptureFixture) -> None:
    """Check that nothing is logged, that marks are visible, and that fixes work."""
    caplog.clear()
    snapshot = take(text, environment)
    check_marks(snapshot)
    check_fixes(snapshot)
    assert not caplog.records


@pytest.mark.parametrize(
    "answer", ["a\r---\n", "\u2028\r---\n", "> a\r---\r", "a\r- b\n", "\ra\r---\n- b\r", ">\t> a\n"]
)
def test_odd_white_space(caplog: pytest.LogCaptureFixture, answer: str) -> None:
    """Fixes do not join a lone carriage return with a line feed, and handle tabs between quote marks."""
    check(f"### Question 1\n{PROMPT}{answer}", Environment(files=FILES), caplog)


@given(questions)
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_answers_of_stumbling_blocks(caplog: pytest.LogCaptureFixture, text: str) -> None:
    """Answers are made of fragments that parsers stumble over."""
    check(text, Environment(files=FILES), caplog)


@given(st.integers(0, 10**9), st.sampled_from([27, 31]), st.integers(1, 5))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_bent_samples(caplog: pytest.LogCaptureFixture, seed: int, family: int, times: int) -> None:
    """Whole reports are damaged at random and judged as the course's."""
    rng, text = Random(seed), SAMPLE[family]  # noqa: S311  # repeatable, not secret
    for _ in range(times):
        text = bend(text, rng)
    edition = {27: "dtu-02476-2023", 31: "dtu-02476-2026"}[family]
    check(text, Environment(files=FILES, named=edition), caplog)
