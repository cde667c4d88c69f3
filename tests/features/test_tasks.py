"""Ticking tasks of the checklist."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportls.features.checklist import is_done, task_at, toggled
from reportls.text import apply_edits
from tests.report.test_incremental import random_text
from tests.support import corpus
from tests.support.cursor import at_cursor, snapshot_of

REPORT = "# Æbler 🍎\r\n\r\n{}\r\n* [x] Spis\r\n\r\n### Question 1\r\n> Answer:\r\n\r\n* [ ] nej\r\n"


@pytest.mark.parametrize(
    ("task", "after"),
    [
        ("* [ ] Kø$0b", "* [x] Køb"),
        ("$0- [x] Køb", "- [ ] Køb"),
        ("  + [X] Køb 🍎$0", "  + [ ] Køb 🍎"),
        ("* [*] Køb$0", "* [x] Køb"),
        ("* []$0 Køb", "* [x] Køb"),
        ("* [ ] Køb\r\n  in$0d", "* [x] Køb\r\n  ind"),
        ("* [ ] Køb\r\n$0* [ ] Sort", "* [ ] Køb\r\n* [x] Sort"),
    ],
)
def test_toggled(task: str, after: str) -> None:
    """The task on the cursor's line is ticked or unticked, and nothing else changes."""
    text, offset = at_cursor(REPORT.format(task))
    edit = toggled(snapshot_of(text), offset)
    assert edit
    assert apply_edits(text, [edit]) == REPORT.format(after)


@pytest.mark.parametrize("text", ["$0", "# Æ$0bler", "* [ ] a\n$0", "* [ ] a\n### Question 1\n* [ ] b$0\n"])
def test_no_task(text: str) -> None:
    """There is no task elsewhere or in an answer."""
    text, offset = at_cursor(text)
    assert toggled(snapshot_of(text), offset) is None


@given(random_text, st.integers(-5, 400))
def test_any_text(text: str, offset: int) -> None:
    """An edit is on the offset's task and changes whether it is done."""
    snapshot = snapshot_of(text)
    edit, task = toggled(snapshot, offset), task_at(snapshot, offset)
    assert (edit is None) == (task is None)
    if edit and task:
        after = snapshot.edited(edit)
        changed = task_at(after, edit.span.start)
        assert changed
        introductions = (snapshot.report.introduction, after.report.introduction)
        assert is_done(introductions[0], task) != is_done(introductions[1], changed)


@given(st.lists(st.sampled_from(["* [ ] a\n", "- [x] å 🍎\r\n", "  over\n", "\n", "## b\n"]), max_size=9).map("".join))
def test_twice_is_once_too_often(text: str) -> None:
    """Toggling a task twice restores the text."""
    snapshot = snapshot_of(text)
    for task in snapshot.report.introduction.tasks:
        once = toggled(snapshot, task.words.end)
        assert once
        after = snapshot.edited(once)
        again = toggled(after, task.words.end)
        assert again
        assert after.edited(again).report.text == text != after.report.text


@corpus.needs_corpus
def test_real_reports() -> None:
    """Every offset in a task of a real report finds that task."""
    for name in corpus.names():
        snapshot = snapshot_of(corpus.report(name))
        for task in snapshot.report.introduction.tasks:
            assert task_at(snapshot, task.mark.start) == task_at(snapshot, task.words.end) == task
