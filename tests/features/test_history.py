"""Tests of judging the versions of a report with what they share."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reportls.editions.resolve import resolve
from reportls.features.history import Judge
from reportls.report.report import parse
from reportls.snapshot import Environment
from tests.cli.reports import PERFECT
from tests.support.corpus import histories, needs_corpus, versions

_PIECES = (
    "### Question 1\n",
    "### Question 2\n",
    "> Answer:\n",
    "bees ",
    "\n",
    "##",
    "###",
    "\r\n",
    "Answer:",
    "![a](b)",
)


@given(st.lists(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join), min_size=1, max_size=6))
def test_any_texts(texts: list[str]) -> None:
    """The verdict on a text does not depend on the texts before it."""
    edition = resolve(parse(PERFECT), Environment().wishes)
    judge = Judge(edition)
    for text in texts:
        assert judge.standing(text) == Judge(edition).standing(text)


@needs_corpus
def test_real_histories() -> None:
    """Nor does it in real histories."""
    for name in histories():
        texts = versions(name)
        edition = resolve(parse(texts[-1]), Environment().wishes)
        judge = Judge(edition)
        assert [judge.standing(text) for text in texts] == [Judge(edition).standing(text) for text in texts]
