"""Navigation to the next unanswered question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportls.features.questions import next_unanswered
from tests.report.test_incremental import random_text
from tests.support.cursor import at_cursor, shown, snapshot_of

PROMPT = "> **Hvad?** Answer length: 2-3 words.\r\n>\r\n> Answer:\r\n"


def report(*answers: str) -> str:
    """Return a report with these answers."""
    return "Æbler 🍎\r\n\r\n" + "".join(
        f"### Question {number}\r\n{PROMPT}{answer}" for number, answer in enumerate(answers, start=1)
    )


FILL = "\r\n--- question {} fill here ---\r\n\r\n"
ANSWERED = "\r\nblå bær\r\n\r\n"


def test_round_and_round() -> None:
    """Each placeholder is selected in turn, and the first follows the last."""
    snapshot = snapshot_of(report(FILL.format(1), ANSWERED, FILL.format(3), FILL.format(4)))
    offset, found = 0, []
    for _ in range(4):
        place = next_unanswered(snapshot, offset)
        assert place
        found.append(shown(snapshot, place))
        offset = place.end
    assert found == [f"--- question {number} fill here ---" for number in (1, 3, 4, 1)]


@pytest.mark.parametrize(
    ("empty", "following"),
    [
        ("\r\n$0\r\n\r\n", ANSWERED),
        ("$0\r\n", ANSWERED),
        ("\r\n$0", ""),
        ("\r\n$0\r\n\r\n## Så\r\n", ANSWERED),
    ],
)
def test_empty_answers(empty: str, following: str) -> None:
    """In an empty answer the position is below the marker, after a blank line if there is room."""
    text, offset = at_cursor(report(ANSWERED, empty, *filter(None, [following])))
    assert next_unanswered(snapshot_of(text), 0) == (offset, offset)


def test_failing_ones_when_all_are_answered() -> None:
    """If all are answered, the next failed answer is found, at its end."""
    text, offset = at_cursor(report(ANSWERED, "\r\nblå$0\r\n\r\n", ANSWERED))
    snapshot = snapshot_of(text)
    assert next_unanswered(snapshot, 0) == (offset, offset)


def test_nothing_left() -> None:
    """If all questions pass, there is no next one."""
    assert next_unanswered(snapshot_of(report(ANSWERED, ANSWERED)), 0) is None
    assert next_unanswered(snapshot_of(""), 0) is None


@given(random_text, st.integers(-5, 400))
def test_any_text(text: str, offset: int) -> None:
    """The next position is in the text, and exists exactly if a question is unanswered or failed."""
    snapshot = snapshot_of(text)
    found = next_unanswered(snapshot, offset)
    is_done = all(not ctx.is_unanswered and all(judged.passed for judged in ctx.judged) for ctx in snapshot.questions)
    assert (found is None) == is_done
    assert found is None or 0 <= found.start <= found.end <= len(text)
