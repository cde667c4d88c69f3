"""Images and code are found where they stand, whatever Markdown has made of the line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportls.report.question import Question
from tests.report.test_incremental import PIECES

HEAD = "### Question 1\n> hi\n>\n> Answer:"
TRICKY = [
    *["\n\u00a0\nwords\n![a](b.png)", "\n- a\n\t![a](b.png)\n", "\n| a \\| b ![a](b.png) | c |\n|---|---|\n"],
    *[
        "\n| ![a](b.png) | ![a](b.png) |\n|---|---|\n",
        "     ![a](b.png)",
        " - `code` ![a](b.png)",
        "\n> ![a](b.png)\n> `x`\n",
    ],
]


def spans_with_signs(question: Question) -> list[tuple[str, str, str]]:
    """What stands at each span, and the signs that it must begin and end with."""
    markup = question.markup
    inline = [(question[image.span], "![", ")") for image in markup.images if image.form == "inline"]
    return [*inline, *((question[span], "`", "`") for span in markup.code)]


@pytest.mark.parametrize("answer", TRICKY)
def test_found_where_it_stands(answer: str) -> None:
    """Each of these has an image, and nothing is wrong about its place."""
    question = Question(HEAD + answer)
    assert {question[image.span] for image in question.markup.images} == {"![a](b.png)"}
    assert {question[image.target] for image in question.markup.images if image.target} == {"b.png"}


@pytest.mark.parametrize("answer", ["![a]()", "see ![a]( ) there", "[a]()", "> ![a]() b", "![a](<>)"])
def test_nothing_between_the_brackets(answer: str) -> None:
    """The path is as long as what stands there, and within the brackets."""
    question = Question(f"{HEAD}\n\n{answer}\n")
    images, links = question.markup.images, question.markup.links
    (found,) = images or links
    assert found.target
    assert found.target.start == found.target.end
    assert found.span.covers(found.target)


def test_bars_in_cells() -> None:
    """Each takes a backslash, also within code and images, and what follows in the row is found all the same."""
    question = Question(HEAD + "\n\n| a\\|b `c\\|d` | ![e\\|f](b.png) `c` |\n|---|---|\n| \\| `c` | g |\n")
    assert [question[span] for span in question.markup.code] == ["`c\\|d`", "`c`", "`c`"]
    assert question.markup.code == tuple(sorted(question.markup.code))
    (image,) = question.markup.images
    assert (question[image.span], question[image.target or image.span]) == ("![e\\|f](b.png)", "b.png")


def test_words_on_the_markers_line_begin_no_line() -> None:
    """They are neither code nor a list, whatever they look like."""
    for words in ("     code?", " - item?", " # heading?", " ```"):
        kinds = {element.kind for element in Question(HEAD + words + "\n").markup.elements}
        assert kinds == {"paragraph"}


@given(st.lists(st.sampled_from([*PIECES, *TRICKY]), max_size=10).map("".join))
@settings(max_examples=300)
def test_never_in_the_wrong_place(answer: str) -> None:
    """Rather no place than a wrong one."""
    for found, opening, closing in spans_with_signs(Question(HEAD + "\n\n" + answer)):
        assert found.startswith(opening)
        assert found.endswith(closing)
