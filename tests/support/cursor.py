"""Reports with a cursor, written as `$0`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.settings import Settings
from reportls.snapshot import Environment, Snapshot, take
from tests.support.files import files_from

if TYPE_CHECKING:
    from reportls.text import Span

CURSOR = "$0"


def at_cursor(text: str) -> tuple[str, int]:
    """Return the text without its `$0`, and the offset of that."""
    before, cursor, after = text.partition(CURSOR)
    assert cursor, f"no {CURSOR} in the text"
    return before + after, len(before)


def between_cursors(text: str) -> tuple[str, int, int]:
    """Return the text without its two `$0`, and the span between them."""
    text, start = at_cursor(text)
    text, end = at_cursor(text)
    return text, start, end


def snapshot_of(text: str, files: str = "", edition: str | None = None, settings: Settings = Settings()) -> Snapshot:
    """Judge the report; `files` is in the format of `files_from`."""
    return take(text, Environment(settings, files_from(files), named=edition))


def shown(snapshot: Snapshot, span: Span) -> str:
    """Return the text in the span."""
    return snapshot.report.text[span.start : span.end]
