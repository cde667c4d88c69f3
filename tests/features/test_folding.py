"""Folding ranges, which never cross."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from reportls.features.ranges import FoldKind, folds
from tests.report.test_incremental import random_text
from tests.support import corpus
from tests.support.cursor import snapshot_of
from tests.support.sample import SAMPLE

if TYPE_CHECKING:
    from reportls.snapshot import Snapshot

REPORT = """---
layout: blåbær
---
# Title
## What to do
### Week 1
* [x] Buy
* [ ] Sort
### Week 2
* [ ] Eat
  it all 🍎

## First
### Question 1
> **Who?**
>
> Recommended answer length: 2-3 words.
>
> Answer:

one two 🍎


### Question 2
> **When?**

Answer: never

## Last
> About the end.

### Question 3
> Answer:
"""


def lines(snapshot: Snapshot) -> list[tuple[FoldKind, int, int]]:
    """Return the kind, the line that stays and the last folded line of each fold."""
    line_col = snapshot.report.line_col
    return [(fold.kind, line_col(fold.span.start).line, line_col(fold.span.end).line) for fold in folds(snapshot)]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_folds(newline: str) -> None:
    """Trailing blank lines and the marker's line stay visible; single lines do not fold."""
    assert lines(snapshot_of(REPORT.replace("\n", newline))) == [
        (FoldKind.FRONT_MATTER, 0, 2),
        (FoldKind.CHECKLIST, 4, 10),
        (FoldKind.CHECKLIST, 5, 7),
        (FoldKind.CHECKLIST, 8, 10),
        (FoldKind.SECTION, 12, 26),
        (FoldKind.QUESTION, 13, 20),
        (FoldKind.PROMPT, 14, 17),
        (FoldKind.ANSWER, 18, 20),
        (FoldKind.QUESTION, 23, 26),
        (FoldKind.SECTION, 28, 32),
        (FoldKind.QUESTION, 31, 32),
    ]


def test_collapsed_text() -> None:
    """Folded text is summed up."""
    assert [fold.collapsed_text for fold in folds(snapshot_of(REPORT))] == [
        "front matter",
        "1 of 3 tasks done",
        "1 of 2 tasks done",
        "0 of 1 task done",
        "2 questions",
        "3 / 2-3 words · passed",
        "the rest of the prompt",
        "3 / 2-3 words · passed",
        "answered",
        "1 question",
        "empty",
    ]


def test_span_begins_behind_the_line_that_stays() -> None:
    """A fold starts after its first line, so that editors with columns keep the heading."""
    snapshot = snapshot_of("### Question 1 🍎\r\n> Answer:\r\n\r\nhi\r\n")
    assert [snapshot.report.text[: fold.span.start] for fold in folds(snapshot)] == [
        "### Question 1 🍎",
        "### Question 1 🍎\r\n> Answer:",
    ]


def test_checklist_in_front_matter() -> None:
    """Of two folds that would cross, the first is kept."""
    assert lines(snapshot_of("---\n* [ ] a\n---\n* [ ] b\n")) == [(FoldKind.FRONT_MATTER, 0, 2)]


def test_front_matter_that_never_ends() -> None:
    """An unclosed line of dashes is no front matter."""
    assert lines(snapshot_of("---\nlayout: x\n")) == []


def check(snapshot: Snapshot) -> None:
    """Folds have at least two lines, start on different lines and are nested or apart."""
    around: list[tuple[int, int]] = []
    for _, first, last in lines(snapshot):
        assert 0 <= first < last
        while around and around[-1][1] < first:
            around.pop()
        assert not around or (around[-1][0] < first and last <= around[-1][1])
        around.append((first, last))
    assert all(fold.span.end <= len(snapshot.report.text) for fold in folds(snapshot))


@given(random_text)
def test_any_text(text: str) -> None:
    """Folds never cross in any text."""
    check(snapshot_of(text))


@pytest.mark.parametrize("family", [27, 31])
def test_whole_reports(family: int) -> None:
    """Every question, prompt and answer of a sample folds."""
    snapshot = snapshot_of(SAMPLE[family])
    check(snapshot)
    kinds = [fold.kind for fold in folds(snapshot)]
    assert {kinds.count(kind) for kind in (FoldKind.QUESTION, FoldKind.PROMPT, FoldKind.ANSWER)} == {family}


@corpus.needs_corpus
def test_real_reports() -> None:
    """Every question, prompt and answer of a real report folds."""
    for name in corpus.names():
        check(snapshot_of(corpus.report(name)))
