"""The words of a prompt and the limits that they name."""

from __future__ import annotations

import pytest

from reportls.report.kinds import IMAGES, WORDS, Limit
from reportls.report.prompt import read_prompt
from reportls.text import Span


@pytest.mark.parametrize(
    ("words", "limit", "marked"),
    [
        ("> Recommended answer length: 100-200 words.", Limit(100, 200), "100-200 words"),
        ("> Recommended answer length: 100-200 words", Limit(100, 200), "100-200 words"),
        ("> **Answer length: 50-100 words.**", Limit(50, 100), "50-100 words"),
        ("> Answer length: **25 – 100 words**", Limit(25, 100), "25 – 100 words"),
        ("> recommended answer length: 10 to 20 words", Limit(10, 20), "10 to 20 words"),
        ("> Answer length: at most 80 words", Limit(0, 80), "at most 80 words"),
        ("> Answer length: max. 80 words", Limit(0, 80), "max. 80 words"),
        ("> Answer length: at least 80 words", Limit(80, None), "at least 80 words"),
        ("> Answer length: 1 word", Limit(0, 1), "1 word"),
        ("> Answer length: between 50 and 100 words", Limit(50, 100), "between 50 and 100 words"),
        ("> Answer length: from **50** to **100** words", Limit(50, 100), "from **50** to **100** words"),
        ("> Recommended answer length: **100-200** words.", Limit(100, 200), "100-200** words"),
        ("> *Answer length*: 100-200 words", Limit(100, 200), "100-200 words"),
        ("> Answer length: 100-200\u00a0words", Limit(100, 200), "100-200\u00a0words"),
        ("> Answer length: 200-100 words", Limit(100, 200), "200-100 words"),
        ("> Answer length: 60 words minimum", Limit(60, None), "60 words minimum"),
        ("> Write at most 1,000 words", Limit(0, 1000), "at most 1,000 words"),
        ("> Answer length: about 80 words", None, None),
        ("> The book has 200 words. How many do you have?", None, None),
        ("> Recommended answer length: some words", None, None),
    ],
)
def test_lengths(words: str, limit: Limit | None, marked: str | None) -> None:
    """Every form in use, and none that only looks like one."""
    stated = read_prompt(words, Span(0, len(words)))[WORDS]
    assert (stated and stated.limit) == limit
    assert (stated and words[slice(*stated.span)]) == marked


@pytest.mark.parametrize(
    ("words", "limit", "marked"),
    [
        ("> Recommended answer length: 200-300 words + 1 to 3 screenshots.", Limit(1, 3), "1 to 3 screenshots"),
        ("> **Insert 1-2 images of the kitchen.**", Limit(1, 2), "1-2 images"),
        ("> **What grows in it?** Insert 1-2 images of it.", Limit(1, 2), "1-2 images"),
        ("> __What grows in it?__ Upload a figure.", Limit(1, 1), "a figure"),
        ("> Upload one image of it", Limit(1, 1), "one image"),
        ("> **Explain it. Include a figure that shows the flow**", Limit(1, 1), "a figure"),
        ("> What is it? Please add a picture", Limit(1, 1), "a picture"),
        ("> Which? Insert at least one image", Limit(1, None), "at least one image"),
        ("> Which? Insert at most two images", Limit(0, 2), "at most two images"),
        ("> Which? Insert between one and three pictures", Limit(1, 3), "between one and three pictures"),
        ("> **Did you add a diagram to your README?**", None, None),
        ("> Example:\n> *we insert 3 images*", None, None),
        ("> Tell us of an image", None, None),
        ("> Include a figurehead", None, None),
    ],
)
def test_images(words: str, limit: Limit | None, marked: str | None) -> None:
    """Images asked for beside the length or in the question, not those of an example."""
    stated = read_prompt(words, Span(0, len(words)))[IMAGES]
    assert (stated and stated.limit) == limit
    assert (stated and words[slice(*stated.span)]) == marked


def test_no_prompt() -> None:
    """Nothing is stated where nothing stands."""
    assert not any(read_prompt("text", None))
