"""Lists of questions: their items are places to answer, or the prompt of the heading above them.

Design documents and proposals have such lists, and most of their authors answer the whole list in one text.
"""

from __future__ import annotations

from reportls.form_snapshot import FormSnapshot, snapshot_of
from reportls.forms.rows import SlotState
from reportls.forms.template import read_template
from reportls.snapshot import Environment

BLANK = """\
# Design

## Summary

One paragraph.

## Alternatives

- Why is this the best design?
- What else did you think of, and why is it not better?

## Risks

- What may go wrong?
- Who has to be asked?
"""
ENVIRONMENT = Environment(template=read_template(BLANK))


def _judged(text: str) -> FormSnapshot:
    snapshot = snapshot_of(text, ENVIRONMENT)
    assert isinstance(snapshot, FormSnapshot)
    return snapshot


def test_a_list_that_is_answered_as_one() -> None:
    """Where no item is left, the heading is what is answered."""
    snapshot = _judged("# Design\n\n## Summary\n\nA.\n\n## Alternatives\n\nNone fit.\n\n## Risks\n\nFew of them.\n")
    assert not snapshot.findings
    assert [row.name for row in snapshot.rows] == ["Summary", "Alternatives", "Risks"]
    assert all(row.state in {SlotState.ANSWERED, SlotState.WITHIN_LIMITS} for row in snapshot.rows)


def test_a_list_whose_items_are_answered() -> None:
    """Where an item is left, each is a place to answer."""
    text = BLANK.replace("One paragraph.", "A.").replace("design?\n", "design?\n\n    It is small.\n\n")
    answered = [row.name for row in _judged(text).rows if row.state is SlotState.ANSWERED]
    assert "Why is this the best design?" in answered
    unanswered = [finding for finding in _judged(text).findings if finding.rule == "unanswered"]
    assert len(unanswered) == 3


def test_a_section_with_a_list_that_is_missing() -> None:
    """A heading that is missing with its list is one section that is missing."""
    snapshot = _judged("# Design\n\n## Summary\n\nA.\n\n## Alternatives\n\nNone fit.\n")
    assert [finding.message for finding in snapshot.findings] == ["Risks: this section is missing"]


def test_text_below_fields() -> None:
    """What stands below the lines of names belongs to the section and not to the last name."""
    template = read_template(
        "# Questions\n\n**Name:** [your name]\n\nAnswer in 5-8 sentences per question.\n\n## Question 1\n\nWhy?\n"
    )
    assert [(slot.name, len(slot.limits)) for slot in template.slots] == [("Name", 0), ("Question 1", 1)]
