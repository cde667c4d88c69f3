"""The rows of a list of questions."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given

from reportls.features.questions import State, question_rows
from tests.report.test_incremental import random_text
from tests.support import corpus
from tests.support.cursor import snapshot_of

REPORT = """# Æbler 🍎

### Question 1
> **Hvem er I?**
>
> Answer length: 2-3 words.
>
> Answer:

blå bær

### Question 2
> Answer length: 3-9 words.
>
> Answer:

--- question 2 fill here ---

### Question 3
> **Insert 1-2 images.** Answer length: 2-3 words.
>
> Answer:

![a](figures/a.png) ![a](figures/a.png) ![b](figures/b%20c.png) four words in all
"""


def test_a_row_for_each_question() -> None:
    """A row has name, topic, lines, state, numbers against limits, figures, and what is missing."""
    first, second, third = question_rows(snapshot_of(REPORT))
    assert (first.name, first.number, first.topic) == ("Question 1", 1, "Hvem er I?")
    assert (first.line, first.end, first.state) == (2, 11, State.PASSED)
    assert (first.in_words, first.missing, first.figures) == ("2 / 2-3 words", (), ())
    assert (second.line, second.end, second.state) == (11, 18, State.UNANSWERED)
    assert third.state is State.FAILED
    assert third.in_words == "7 / 2-3 words · 3 / 1-2 images"
    assert third.missing == ("4 words too many", "1 image too many")
    assert third.figures == ("figures/a.png", "figures/b c.png")


def test_a_limit_that_is_not_reached() -> None:
    """What is missing is the number still to be written."""
    row = question_rows(snapshot_of(REPORT.replace("blå bær", "blå")))[0]
    assert (row.state, row.missing) == (State.FAILED, ("1 word to go",))


def test_crash() -> None:
    """In a crash no question is judged, but the numbers after its repair are known."""
    first, second, _ = question_rows(snapshot_of(REPORT, edition="dtu-02476-2026"))
    assert (first.state, second.state) == (State.NOT_JUDGED, State.UNANSWERED)
    assert first.amounts[0].found == 2


@given(random_text)
def test_any_text(text: str) -> None:
    """In any text the rows follow each other without a gap, up to the end of the report."""
    snapshot = snapshot_of(text)
    rows = question_rows(snapshot)
    for row, after in pairwise(rows):
        assert row.line < row.end == after.line
    assert not rows or rows[-1].end == len(text_lines(text))


def text_lines(text: str) -> list[str]:
    """Return the lines of a text, as the report divides it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


@corpus.needs_corpus
def test_real_reports() -> None:
    """The states of real reports agree with the course's checker wherever a question is answered."""
    for name, verdict in corpus.verdicts().items():
        snapshot = snapshot_of(corpus.report(name), edition=verdict["edition"])
        judged = {one.position: one.passed for one in snapshot.verdict.judged}
        for ctx, row in zip(snapshot.questions, question_rows(snapshot), strict=True):
            if row.state in (State.PASSED, State.FAILED) and len(ctx.judged) == 1:
                assert (row.state is State.PASSED) == judged[ctx.judged[0].position], name
