"""Tests of how many answers are wrongly taken for shared ones, and how much editing hides one."""

from __future__ import annotations

import random

import pytest

from reportls.features.course.collect import for_judging, judgement_of
from reportls.features.course.records import GroupRow
from reportls.features.course.shared_answers import LIKENESS, shared_answers
from reportls.snapshot import Environment, take
from tests.cli.reports import PERFECT
from tests.support import corpus

_WORDS = [f"{first}{second}" for first in "bcdfglmnprst" for second in ("ee", "oa", "u", "ick", "ane")]


def row(name: str, text: str) -> GroupRow:
    """Return the row of a group with that report."""
    snapshot = take(text, for_judging(Environment()))
    return GroupRow(name, "", judgement=judgement_of(snapshot, is_sharing=True))


@corpus.needs_corpus
def test_real_reports() -> None:
    """Among all answers of all real reports, those of the one true pair are found and no others."""
    found = shared_answers([row(name, corpus.report(name)) for name in corpus.names()], 20)
    assert len(found) == 16
    assert {tuple(place.group for place in each.places) for each in found} == {("2026-071", "seed-2")}


@pytest.mark.parametrize(("changed", "is_found"), [(0.0, True), (0.1, True), (0.15, True), (0.6, False)])
def test_edited_answer(changed: float, is_found: bool) -> None:  # noqa: FBT001  # a parameter of the test
    """A copy is found with one word in seven replaced, and is another text once most of it is."""
    rng = random.Random(7)  # noqa: S311  # no secret
    words = [rng.choice(_WORDS) for _ in range(200)]
    copy = [rng.choice(_WORDS).upper() if rng.random() < changed else word for word in words]
    one, other = (PERFECT.replace("In a box in the garden.", " ".join(text)) for text in (words, copy))
    found = shared_answers([row("a", one), row("b", other)], 20)
    assert [each.likeness >= LIKENESS for each in found] == [True] * is_found


def test_pieces_are_the_whole_text() -> None:
    """The pieces of each text, put together, are the text; what both have is marked."""
    own = "Bees (and wasps) eat nectar, pollen and fruit; in the winter they live on honey."
    other = own.replace("fruit", "meat")
    texts = [PERFECT.replace("In a box in the garden.", text) for text in (own, other)]
    (found,) = shared_answers([row("a", texts[0]), row("b", texts[1])], 10)
    assert ["".join(text for text, _ in place.pieces) for place in found.places] == [own, other]
    assert [text for text, is_shared in found.places[0].pieces if not is_shared] == [" fruit"]
