"""Document symbols, and searching them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from reportls.features.symbols import SymbolKind, matching, symbols
from reportls.text import Span
from tests.report.test_incremental import random_text
from tests.support import corpus
from tests.support.cursor import shown, snapshot_of
from tests.support.sample import SAMPLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.features.symbols import Symbol
    from reportls.snapshot import Snapshot

REPORT = """# Æbler 🍎 `sorted`

## What to do
* [x] Buy
### Never
Nothing.
### Later
* [ ] Sort
  by colour
* [X] Eat

## First
### Question 1
> **Who [are](figures/x.png) you, *really*, and how many äpples do you own?**
>
> Recommended answer length: 2-3 words.
>
> Answer:

one two 🍎

### Question 2
> Example:
> *We are ...*
>
> Answer:

--- question 2 fill here ---

# The machine
> What follows is about it.

### Question 3
> **Upload 1-2 images.**
>
> Answer:

none
"""


def tree(entries: tuple[Symbol, ...], depth: int = 0) -> Iterator[str]:
    """Return one indented line for each symbol."""
    for entry in entries:
        yield f"{'  ' * depth}{entry.name}" + (f" | {entry.detail}" if entry.detail else "")
        yield from tree(entry.children, depth + 1)


def test_outline() -> None:
    """The outline has title, checklist by weeks, sections and questions with their verdicts."""
    assert [*tree(symbols(snapshot_of(REPORT)))] == [
        "Æbler 🍎 sorted",
        "  What to do | 2 of 3 tasks done",
        "    Later | 1 of 2 tasks done",
        "  First",
        "    Question 1 · Who are you, really, and how many äpples do you own? | 3 / 2-3 words · passed",
        "    Question 2 | unanswered",
        "  The machine",
        "    Question 3 · Upload 1-2 images. | 0 / 1-2 images · failed",
    ]


def test_spans() -> None:
    """A symbol ends with its last word, and its selection is its heading."""
    snapshot = snapshot_of(REPORT.replace("\n", "\r\n"))
    title = symbols(snapshot)[0]
    checklist, first, machine = title.children
    assert shown(snapshot, title.span) == snapshot.report.text
    assert shown(snapshot, title.selection) == "Æbler 🍎 `sorted`"
    assert shown(snapshot, checklist.span).endswith("* [X] Eat")
    assert shown(snapshot, first.span).endswith("--- question 2 fill here ---")
    assert shown(snapshot, first.selection) == "## First"
    assert shown(snapshot, machine.children[0].selection) == "### Question 3"
    assert shown(snapshot, first.children[0].span).endswith("one two 🍎")


def test_crash() -> None:
    """In a crash the questions are still listed, and unanswered ones say so."""
    one = snapshot_of(REPORT.replace("> Answer:\n\nnone", "none"), edition="dtu-02476-2026")
    details = [symbol.detail for symbol in matching(symbols(one), "question")]
    assert details == ["the check crashes", "unanswered", "the check crashes"]


def test_dropped_answer() -> None:
    """A dropped answer has no verdict; of two answers in one question, the failed one is shown."""
    text = REPORT.replace("> Answer:\n\none", "one").replace("none\n", "none\n### Answer:\n")
    details = [symbol.detail for symbol in matching(symbols(snapshot_of(text)), "question")]
    assert details == ["not judged", "unanswered", "0 / 1-2 images · failed"]


def test_limits_in_singular() -> None:
    """A limit of one image is in the singular."""
    text = REPORT.replace("Upload 1-2 images", "Upload one image")
    assert matching(symbols(snapshot_of(text)), "Question 3")[0].detail == "0 / 1 image · failed"


def test_report_without_title() -> None:
    """Without a title the entries are at the top level."""
    assert [*tree(symbols(snapshot_of("### Question 1\n> Answer:\n\nhi\n")))] == ["Question 1 | answered"]
    assert symbols(snapshot_of("")) == ()


def test_question_headings_with_two_marks() -> None:
    """Question headings with two marks start no sections."""
    text = "## Question 1\n> **Hvad?**\n> Answer:\n\n## Question 2\n> **Så?**\n> Answer:\n\nhi\n"
    names = [symbol.name for symbol in symbols(snapshot_of(text))]
    assert [name.partition(" ·")[0] for name in names] == ["Question 1", "Question 2"]


@pytest.mark.parametrize("heading", ["# **", "# [](x)", "#  \u2028"])
def test_names_are_never_empty(heading: str) -> None:
    """Every symbol has a name, whatever its heading."""
    assert symbols(snapshot_of(f"{heading}\n### Question 1\n"))[0].name == "Report"


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("MACHINE", ["The machine"]),
        ("q3", ["Question 3"]),
        ("  äpples", ["Question 1"]),
        ("zebra", []),
    ],
)
def test_matching(query: str, names: list[str]) -> None:
    """Names match if they have the query's letters in order, in any case."""
    found = matching(symbols(snapshot_of(REPORT)), query)
    assert [symbol.name.partition(" ·")[0] for symbol in found] == names
    assert all(not symbol.children for symbol in found)


def test_matching_nothing_gives_all() -> None:
    """An empty query matches all, as clients ask before anything is typed."""
    assert len(matching(symbols(snapshot_of(REPORT)), " ")) == 8


def check(snapshot: Snapshot) -> None:
    """Names are one line, and spans are nested within the text."""
    entries = symbols(snapshot)
    assert all(Span(0, len(snapshot.report.text)).covers(entry.span) for entry in entries)
    _check(entries)
    questions = [entry for entry in matching(entries, "") if entry.kind is SymbolKind.QUESTION]
    assert len(questions) == len(snapshot.report.questions)


def _check(entries: tuple[Symbol, ...]) -> None:
    for entry in entries:
        assert entry.name.strip()
        assert len((entry.name + entry.detail).splitlines()) == 1
        assert entry.span.covers(entry.selection)
        assert entry.selection.start <= entry.selection.end
        assert all(entry.span.covers(child.span) for child in entry.children)
        assert all(not one.span.overlaps(other.span) for one, other in pairwise(entry.children))
        _check(entry.children)


@given(random_text)
def test_any_text(text: str) -> None:
    """No text breaks the outline."""
    check(snapshot_of(text))


@pytest.mark.parametrize("family", [27, 31])
def test_whole_reports(family: int) -> None:
    """The outline of a sample has every question once."""
    check(snapshot_of(SAMPLE[family].replace("\n", "\r\n")))


@corpus.needs_corpus
def test_real_reports() -> None:
    """The outline of a real report has every question once."""
    for name in corpus.names():
        check(snapshot_of(corpus.report(name)))
