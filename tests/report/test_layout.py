"""Where the parts of a question stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportls.report.report import parse

if TYPE_CHECKING:
    from reportls.text import Encoding


@pytest.mark.parametrize("marks", ["#", "##", "###", "######"])
def test_a_heading_of_any_level(marks: str) -> None:
    """With two `#` it looks like that of a section, but a question opens none."""
    question = parse(f"{marks} Question 5 🍎\n\n> Answer:\n\n> Cider.\n").questions[0]
    assert question.layout.marker
    assert question[question.content] == "> Cider."


def test_a_heading_that_lost_its_marks() -> None:
    """It has no level, so that it can be told from a heading."""
    levels = [parse(f"{marks}Question 5\n\n> Answer:\n\nCider.\n").questions[0].layout.level for marks in ("", "### ")]
    assert levels == [0, 3]


def test_the_section_that_comes_next() -> None:
    """Its heading and what is quoted below it are no part of the answer."""
    question = parse("## Question 5\n> Answer:\n\nCider.\n\n## Next\n> All about it.\n\n### Question 6\n").questions[0]
    assert question[question.content] == "Cider."


@pytest.mark.parametrize(
    ("answer", "is_answered"),
    [("--", False), ("---", False), ("-- --", False), ("--\n----", False), ("-", True), ("- --", True), ("-- x", True)],
)
def test_answer_of_dashes(answer: str, is_answered: bool) -> None:  # noqa: FBT001  # a parameter of pytest
    """Dashes alone are what is left of a placeholder, but one dash by itself means something."""
    question = parse(f"### Question 5\n\n> Answer:\n\n{answer}\n").questions[0]
    assert question.is_answered is is_answered
    assert bool(question.placeholders) is not is_answered


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_marker_that_opens_a_line(newline: str) -> None:
    """It is the marker even where the prompt has the word before; what is above it belongs to the prompt."""
    lines = ["### Question 1", "> What? Answer: soon.", ">", "> **Answer:** *apple*", "", "More.", ""]
    question = parse(newline.join(lines)).questions[0]
    assert question[question.content] == newline.join(["*apple*", "", "More."])
    assert question.layout.prompt
    assert question[question.layout.prompt] == newline.join(lines[1:3])


def test_no_marker_opens_a_line() -> None:
    """Then the first one counts."""
    question = parse("### Question 1\n> What? Answer: this. Answer: that.\n").questions[0]
    assert question[question.content] == "this. Answer: that."


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_of_a_report(newline: str) -> None:
    """Each is that of the whole text; beyond the last there is the last."""
    lines = [
        "# Report",
        "",
        "### Question 1",
        "> Answer:",
        "",
        "An apple.",
        "### Question 2",
        "> Answer:",
        "",
        "A pear.",
    ]
    report = parse(newline.join(lines))
    assert [report.line_text(number) for number in range(len(lines) + 2)] == [*lines, *lines[-1:] * 2]


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 5), ("utf-16", 3), ("utf-32", 2)])
def test_position_of_an_offset(encoding: Encoding, column: int) -> None:
    """Lines count from the start of the report, and columns in the units of the encoding."""
    text = "# Report\n\n### Question 1\n> Answer:\n\n🍎 apple\n"
    assert parse(text).position(encoding, text.index("apple")) == (5, column)
