"""Selection ranges."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportls.features.ranges import selections
from tests.report.test_incremental import random_text
from tests.support.cursor import at_cursor, shown, snapshot_of

LIST = "- blå\r\n  bær 🍎 og\r\n- ![et æble](figures/æble.png) og [hår](side.html)"
ANSWER = f"Ét ord.\r\n\r\n{LIST}\r\n\r\n```\r\nprint(1)\r\n\r\n```"
QUESTION = f"### Question 1\r\n> **Hvad?**\r\n>\r\n> Answer:\r\n\r\n{ANSWER}\r\n\r\n"
BEFORE = "# Æbler\r\n\r\n## Opgaver\r\n* [x] Køb\r\n  ind\r\n\r\n"
SECTION = f"## Først\r\n{QUESTION}"
REPORT = f"{BEFORE}{SECTION}## Så\r\n### Question 2\r\n> Answer:\r\n"


def around(text: str) -> list[str]:
    """Return the selected texts at the cursor, from inner to outer."""
    text, offset = at_cursor(text)
    snapshot = snapshot_of(text)
    return [shown(snapshot, span) for span in selections(snapshot, offset)]


@pytest.mark.parametrize(
    ("place", "steps"),
    [
        ("bæ$0r 🍎", ["bær", "  bær 🍎 og", "- blå\r\n  bær 🍎 og"]),
        (
            "figures/æb$0le.png",
            [
                "æble",
                "figures/æble.png",
                "![et æble](figures/æble.png)",
                "- ![et æble](figures/æble.png) og [hår](side.html)",
            ],
        ),
        ("[h$0år]", ["hår", "[hår](side.html)"]),
        ("print($01)", ["1", "print(1)", "```\r\nprint(1)\r\n\r\n```"]),
        ("É$0t ord", ["Ét", "Ét ord."]),
    ],
)
def test_from_word_to_report(place: str, steps: list[str]) -> None:
    """A selection grows from word to line, element, answer, question, section and report."""
    text = REPORT.replace(place.replace("$0", ""), place)
    found = around(text)
    assert found[: len(steps)] == steps
    assert found[-4:] == [ANSWER, QUESTION, SECTION, REPORT]


def test_whole_list() -> None:
    """A list is between its item and the answer."""
    assert LIST in around(REPORT.replace("blå", "b$0lå"))


def test_prompt_and_heading() -> None:
    """Prompt and heading are parts of a question."""
    assert around(REPORT.replace("Hvad", "Hv$0ad"))[:3] == ["Hvad", "> **Hvad?**", "> **Hvad?**\r\n>"]
    assert around(REPORT.replace("Question 1", "Question $01"))[:2] == ["1", "### Question 1"]


def test_task() -> None:
    """A selection grows from task to checklist and report."""
    assert around(REPORT.replace("ind\r\n", "in$0d\r\n")) == [
        "ind",
        "  ind",
        "Køb\r\n  ind",
        "## Opgaver\r\n* [x] Køb\r\n  ind",
        REPORT,
    ]


def test_empty_report() -> None:
    """An empty report has one empty selection."""
    assert around("$0") == [""]


@given(random_text, st.integers(-5, 400))
def test_any_text(text: str, offset: int) -> None:
    """Selections are nested, include the offset and end with the whole text."""
    found = selections(snapshot_of(text), offset)
    assert found[-1] == (0, len(text))
    for inner, outer in pairwise(found):
        assert outer.covers(inner)
        assert outer != inner
    assert all(span.start <= max(min(offset, len(text)), 0) <= span.end for span in found)
