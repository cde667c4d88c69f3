"""Small reports with a cursor, for tests of hover texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.features.hover import Hover, hover
from tests.support.cursor import at_cursor, snapshot_of

if TYPE_CHECKING:
    from reportls.snapshot import Snapshot

FILES = "figures/äpfel.png\nfigures/b.png"


def at(text: str, files: str = FILES, edition: str | None = None) -> tuple[Snapshot, Hover]:
    """Return the snapshot and the hover text at the cursor in it."""
    text, offset = at_cursor(text)
    snapshot = snapshot_of(text, files, edition)
    found = hover(snapshot, offset)
    assert found
    return snapshot, found


def question(answer: str, limit: str = "5-10 words", number: int = 1, newline: str = "\n") -> str:
    """Return a question with that limit; the cursor `$0` is in its prompt unless it is in the answer or the limit."""
    cursor = "" if "$0" in answer + limit else "$0"
    text = (
        f"### Question {number}\n\n> **What is it 🍎?{cursor}**\n>\n> Recommended answer length: {limit}.\n>\n"
        f"> Answer:\n\n{answer}\n"
    )
    return text.replace("\n", newline)
