"""What is shown now, for all who look at it."""

from __future__ import annotations

from threading import Condition
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reportls.cli.preview.pages import Pages


class Shown(NamedTuple):
    """The pages of one save, or the last ones that could be made."""

    version: int
    pages: Pages
    problem: str | None = None
    """Why there are no newer pages."""


class Board:
    """The newest pages; any number of threads read them and wait for newer ones."""

    def __init__(self, pages: Pages) -> None:
        """Show the first pages."""
        self._now = Shown(1, pages)
        self._is_over = False
        self._changed = Condition()

    @property
    def now(self) -> Shown:
        """What is shown now."""
        return self._now

    def show(self, pages: Pages) -> None:
        """Show new pages."""
        self._put(Shown(self._now.version + 1, pages))

    def show_problem(self, message: str) -> None:
        """Say why there are no new ones; the old ones stay."""
        self._put(Shown(self._now.version + 1, self._now.pages, message))

    def newer(self, version: int, seconds: float) -> Shown | None:
        """What is newer than that, if need be after waiting so long, or else what is shown; None once it is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_over or self._now.version > version, seconds)
            return None if self._is_over else self._now

    def close(self) -> None:
        """Have nobody wait any longer."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()

    def _put(self, shown: Shown) -> None:
        with self._changed:
            self._now = shown
            self._changed.notify_all()
