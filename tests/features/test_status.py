"""The status of a report."""

from __future__ import annotations

from hypothesis import given

from reportls.features.verdicts import UnfinishedQuestion, status
from reportls.text import Edit, Span
from tests.report.test_incremental import random_text
from tests.support import corpus
from tests.support.cursor import at_cursor, snapshot_of

REPORT = """Æbler 🍎

### Question 1
> **Hvem?** Answer length: 2-3 words.
>
> Answer:

blå bær$0

### Question 2
> **Hvad?** Answer length: 0-9 words.
>
> Answer:

--- question 2 fill here ---

### Question 3
> **Insert 1-2 images.** Answer length: 2-3 words.
>
> Answer:

blå
"""


def test_open_questions() -> None:
    """Unanswered and failed questions are listed with their lines, also placeholders that pass."""
    text, _ = at_cursor(REPORT)
    found = status(snapshot_of(text.replace("\n", "\r\n")))
    assert (found.passed, found.total, found.completed, found.error, found.edition) == (2, 3, True, None, None)
    assert found.unanswered == (UnfinishedQuestion(2, 2, 9, ()),)
    assert found.failing == (UnfinishedQuestion(3, 3, 16, ("1 word, 2-3 wanted", "0 images, 1-2 wanted")),)


def test_equal_until_something_changes() -> None:
    """The status stays equal until a question passes or fails."""
    text, offset = at_cursor(REPORT)
    before = snapshot_of(text)
    longer = before.edited(Edit(Span(offset, offset), " mørke"))
    too_long = longer.edited(Edit(Span(offset, offset), " helt"))
    assert status(longer) == status(before)
    assert status(too_long) != status(before)


def test_crash() -> None:
    """In a crash nothing has passed or failed, but unanswered questions are known."""
    text, _ = at_cursor(REPORT)
    found = status(snapshot_of(text, edition="dtu-02476-2026"))
    assert (found.passed, found.total, found.completed) == (None, 31, False)
    assert found.error == "3 answers found, 31 expected"
    assert [(question.number, question.position) for question in found.unanswered] == [(2, 2)]
    assert found.failing == ()


@given(random_text)
def test_any_text(text: str) -> None:
    """In any text the lines exist, and no question is both unanswered and failed."""
    snapshot = snapshot_of(text)
    found = status(snapshot)
    last = snapshot.report.first_lines[-1]
    assert all(0 <= question.line <= last for question in (*found.unanswered, *found.failing))
    assert not {question.line for question in found.unanswered} & {question.line for question in found.failing}


@corpus.needs_corpus
def test_real_reports() -> None:
    """Passed and failed questions of real reports agree with the course's checker."""
    for name, verdict in corpus.verdicts().items():
        found = status(snapshot_of(corpus.report(name), edition=verdict["edition"]))
        assert (found.completed, found.passed) == (verdict["completed"], verdict["passed"])
        if found.passed is not None:
            unanswered = sum(bool(question.missing) for question in found.unanswered)
            assert found.passed + len(found.failing) + unanswered == found.total
