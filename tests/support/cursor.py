"""A report with a cursor in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.findings.settings import Settings
from reportls.snapshot import Environment, Snapshot, take
from tests.support.files import files_from

if TYPE_CHECKING:
    from reportls.text import Span

CURSOR = "$0"


def at_cursor(text: str) -> tuple[str, int]:
    """The text without its `$0`, and where that stood."""
    before, cursor, after = text.partition(CURSOR)
    assert cursor, f"no {CURSOR} in the text"
    return before + after, len(before)


def between_cursors(text: str) -> tuple[str, int, int]:
    """The text without its two `$0`, and where they stood."""
    text, start = at_cursor(text)
    text, end = at_cursor(text)
    return text, start, end


def snapshot_of(text: str, files: str = "", edition: str | None = None, settings: Settings = Settings()) -> Snapshot:
    """The report judged; `files` as `files_from` reads them."""
    return take(text, Environment(settings, files_from(files), named=edition))


def shown(snapshot: Snapshot, span: Span) -> str:
    """What stands there."""
    return snapshot.report.text[span.start : span.end]
