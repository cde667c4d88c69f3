"""The counts shown after the headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportls.features.hints import hints
from reportls.text import Span
from tests.report.test_incremental import random_text
from tests.support import corpus
from tests.support.cursor import snapshot_of
from tests.support.sample import SAMPLE

if TYPE_CHECKING:
    from reportls.snapshot import Snapshot


def report(*questions: str) -> str:
    """Return a report of questions, each `prompt | answer`, with non-ASCII text in a heading."""
    pairs = (question.split(" | ") for question in questions)
    return "".join(
        f"### Question {number} 🍎\r\n> **{prompt}**\r\n>\r\n> Answer:\r\n\r\n{answer}\r\n\r\n"
        for number, (prompt, answer) in enumerate(pairs, start=1)
    )


def texts(snapshot: Snapshot) -> list[tuple[str, bool | None]]:
    """Return the texts of all hints of a report."""
    return [(hint.text, hint.passed) for hint in hints(snapshot, Span(0, len(snapshot.report.text)))]


LENGTH = "Hvad? Answer length: 2-3 words."


@pytest.mark.parametrize(
    ("question", "text", "passed"),
    [
        (f"{LENGTH} | blå bær", "2 / 2-3 words ✓", True),
        (f"{LENGTH} | blå", "1 / 2-3 words, 1 to go", False),
        (f"{LENGTH} | et to tre fire fem", "5 / 2-3 words, 2 too many", False),
        ("Insert 1-2 images | ![å](figures/å.png)", "1 / 1-2 images ✓", True),
        ("Insert an image | ![a](b) ![a](b)", "2 / 1 image, 1 too many", False),
        (
            "Answer length: 2-3 words + 1 to 2 images | blå bær",
            "2 / 2-3 words ✓ · 0 / 1-2 images, 1 to go",
            False,
        ),
        ("Answer length: at least 3 words | blå", "1 / at least 3 words, 2 to go", False),
        (f"{LENGTH} | --- question 1 fill here ---", "unanswered", False),
        ("Hvad? | --- question 1 fill here ---", "unanswered", True),
    ],
)
def test_counts(question: str, text: str, passed: bool) -> None:  # noqa: FBT001  # a table's column
    """A hint has the number found, the limit and the difference."""
    assert texts(snapshot_of(report(question))) == [(text, passed)]


def test_no_limits_no_hint() -> None:
    """A question without limits has no hint."""
    assert texts(snapshot_of(report("Hvem? | mig"))) == []


def test_place_and_tooltip() -> None:
    """A hint is at the end of the heading's line, and its tooltip names the source of the limits."""
    snapshot = snapshot_of(report("Hvem? | mig", f"{LENGTH} | blå"))
    (hint,) = hints(snapshot, Span(0, len(snapshot.report.text)))
    assert snapshot.report.text[: hint.offset].endswith("### Question 2 🍎")
    assert hint.tooltip == (
        "the checker counts 1 word and 0 images, 2-3 words wanted: question 2 failed"
        " (the limits come from the words of the prompt)"
    )


def test_only_within_the_span() -> None:
    """Only hints within the requested span are returned."""
    snapshot = snapshot_of(report(*[f"{LENGTH} | blå bær"] * 5))
    starts = snapshot.report.starts
    found = hints(snapshot, Span(starts[2] + 1, starts[4]))
    assert [snapshot.report.block_at(hint.offset) for hint in found] == [2, 3]


def test_crash_is_told_once() -> None:
    """A crash is reported once, at the first heading."""
    snapshot = snapshot_of("Før\r\n\r\n" + report(*[f"{LENGTH} | blå bær"] * 3), edition="dtu-02476-2026")
    (hint,) = hints(snapshot, Span(0, len(snapshot.report.text)))
    assert (hint.text, hint.passed) == ("the check crashes: 3 answers found, 31 expected; fix this first", None)
    assert snapshot.report.text[: hint.offset].endswith("### Question 1 🍎")
    assert hints(snapshot, Span(snapshot.report.starts[2], len(snapshot.report.text))) == ()


def test_shifted_and_dropped() -> None:
    """Hints name the question whose limits apply, and answers that are dropped."""
    text = SAMPLE[31]
    text = text.replace("> Answer:\n\nThing 3 ", "\n\nThing 3 ").replace("Thing 6 ", "### Answer: Thing 6 ")
    snapshot = snapshot_of(text, edition="dtu-02476-2026")
    found = hints(snapshot, Span(0, len(text)))
    assert snapshot.verdict.completed
    by_block = {snapshot.report.block_at(hint.offset): hint.text for hint in found}
    assert by_block[3] == "not judged"
    assert by_block[4].startswith("judged as question 3: ")
    assert not by_block[8].startswith("judged as")


@given(random_text, st.integers(-5, 400), st.integers(-5, 400))
def test_any_text(text: str, start: int, end: int) -> None:
    """Any hint of any text is at the end of a line within the span."""
    snapshot = snapshot_of(text)
    for hint in hints(snapshot, Span(start, end)):
        assert start <= hint.offset <= end
        assert text[hint.offset : hint.offset + 1] in {"", "\r", "\n"}
        assert hint.text.strip()


@corpus.needs_corpus
def test_real_reports() -> None:
    """Hints on real reports agree with the course's checker."""
    for name, verdict in corpus.verdicts().items():
        snapshot = snapshot_of(corpus.report(name), edition=verdict["edition"])
        failed = [hint for hint in hints(snapshot, Span(0, len(snapshot.report.text))) if hint.passed is False]
        if verdict["completed"]:
            assert len(failed) == verdict["total"] - verdict["passed"]
