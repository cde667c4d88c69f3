"""Where the parts of a question stand."""

from __future__ import annotations

import pytest

from reportls.report.report import parse


@pytest.mark.parametrize("marks", ["#", "##", "###", "######"])
def test_a_heading_of_any_level(marks: str) -> None:
    """With two `#` it looks like that of a section, but a question opens none."""
    question = parse(f"{marks} Question 5 🍎\n\n> Answer:\n\n> Cider.\n").questions[0]
    assert question.layout.marker
    assert question[question.content] == "> Cider."


def test_the_section_that_comes_next() -> None:
    """Its heading and what is quoted below it are no part of the answer."""
    question = parse("## Question 5\n> Answer:\n\nCider.\n\n## Next\n> All about it.\n\n### Question 6\n").questions[0]
    assert question[question.content] == "Cider."
