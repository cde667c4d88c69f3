"""The pages of a report that a preview shows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportls.cli.exits import UsageError
from reportls.host.beside import reader_beside
from reportls.host.error import HostError, shown

if TYPE_CHECKING:
    from reportls.cli.sources import Opened
    from reportls.render.side_by_side import Place

FAILURES = (Exception,)
"""Whatever goes wrong while a report is half saved, the preview goes on."""


class Pages(NamedTuple):
    """A report as it was saved."""

    name: str
    """Its path as it is shown."""
    documents: dict[str, bytes]
    """Whole pages by their names: `ours` to read, `written` and `course` to compare."""
    places: tuple[Place, ...]
    """Where the last two differ."""


def pages_of(opened: Opened) -> Pages:
    """All pages of a report."""
    from reportls.render.page import page_of
    from reportls.render.pictures import LARGEST
    from reportls.render.side_by_side import sides_of
    from reportls.snapshot import take

    snapshot = take(opened.report, opened.loaded.environment)
    path = opened.loaded.path
    read = reader_beside(path, LARGEST)
    sides = sides_of(snapshot, read)
    documents = {
        "ours": page_of(snapshot, shown(Path(path.name)), read),
        "written": sides.written,
        "course": sides.course,
    }
    encoded = {name: document.encode("utf-8", "replace") for name, document in documents.items()}
    return Pages(opened.path, encoded, sides.places)


def in_words(error: Exception) -> str:
    """What went wrong, for whoever looks at the page."""
    if isinstance(error, (UsageError, HostError)):
        return str(error)
    return f"a mistake in reportls itself, not in your report ({type(error).__name__}): please report it"
