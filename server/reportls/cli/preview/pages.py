"""Renders the pages that a preview shows; a `Board` hands the newest ones to the server's threads."""

from __future__ import annotations

from pathlib import Path
from threading import Condition
from typing import TYPE_CHECKING, NamedTuple

from reportls.cli.output import UsageError
from reportls.host.paths import HostError, shown
from reportls.host.read import reader_beside

if TYPE_CHECKING:
    from reportls.cli.sources import Opened
    from reportls.render.side_by_side import Place


class Pages(NamedTuple):
    """The pages made after one save."""

    name: str
    """The path of the report, as shown to the user."""
    documents: dict[str, bytes]
    """Pages by name: `ours` to read, `written` and `course` to compare."""
    places: tuple[Place, ...]
    """The places at which `written` and `course` differ."""
    has_course: bool
    """Whether the course has a page of its own; else only `ours` is offered."""


class Shown(NamedTuple):
    """The newest pages, and the problem with the last save if there is one."""

    version: int
    pages: Pages
    problem: str | None = None
    """Why the last save could not be rendered; None if it could."""


class Board:
    """Holds the newest pages; any number of threads can read them and wait for newer ones."""

    def __init__(self, pages: Pages) -> None:
        """Start with these pages."""
        self._now = Shown(1, pages)
        self._is_over = False
        self._changed = Condition()

    @property
    def now(self) -> Shown:
        """The current pages."""
        return self._now

    def show(self, pages: Pages) -> None:
        """Replace the current pages."""
        self._put(Shown(self._now.version + 1, pages))

    def show_problem(self, message: str) -> None:
        """Keep the pages and add the reason why there are no newer ones."""
        self._put(Shown(self._now.version + 1, self._now.pages, message))

    def newer(self, version: int, seconds: float) -> Shown | None:
        """Wait up to `seconds` for a version newer than `version`; return the newest one, or None once closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_over or self._now.version > version, seconds)
            return None if self._is_over else self._now

    def close(self) -> None:
        """Wake all waiting threads; `newer` returns None from now on."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()

    def _put(self, shown: Shown) -> None:
        with self._changed:
            self._now = shown
            self._changed.notify_all()


def pages_of(opened: Opened) -> Pages:
    """Render all pages of a report."""
    from reportls.form_snapshot import snapshot_of
    from reportls.render.page import page_of
    from reportls.render.pictures import LARGEST
    from reportls.render.side_by_side import sides_of
    from reportls.snapshot import Snapshot

    snapshot = snapshot_of(opened.report, opened.loaded.environment)
    path = opened.loaded.path
    read = reader_beside(path, LARGEST)
    ours = page_of(snapshot, shown(Path(path.name)), read).encode("utf-8", "replace")
    if not isinstance(snapshot, Snapshot):
        # Only a course with a script has a page of its own to compare with.
        return Pages(opened.path, dict.fromkeys(("ours", "written", "course"), ours), (), has_course=False)
    sides = sides_of(snapshot, read)
    documents = {
        "ours": ours,
        "written": sides.written.encode("utf-8", "replace"),
        "course": sides.course.encode("utf-8", "replace"),
    }
    return Pages(opened.path, documents, sides.places, has_course=snapshot.edition.id is not None)


def in_words(error: Exception) -> str:
    """Return the message that the page shows for an error."""
    if isinstance(error, (UsageError, HostError)):
        return str(error)
    return f"a bug in reportls, not in your report ({type(error).__name__}): please report it"
