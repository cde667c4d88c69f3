"""What lies beside an open document: its configuration, its `report.py`, its figures. Looked at again when asked to."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from reportls.configuration.settings import settings_from
from reportls.host.loading import Flags, HostError, load
from reportls.host.mtimes import surroundings
from reportls.snapshot import Environment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reportls.host.loading import FileFinding

_SHARE = 0.05
"""How much of the time may go into looking at files that nobody says have changed."""


class Surroundings:
    """What the findings of one document depend on besides its text."""

    def __init__(self, path: Path | None, editor: Mapping[str, object]) -> None:
        """Take the document's absolute path, if it has one, and the editor's own settings."""
        self.path = path
        self.environment = Environment()
        self.configuration: tuple[FileFinding, ...] = ()
        """What is wrong in the configuration file and the `report.py`."""
        self.is_named = False
        """Whether the configuration says that the document is a report, whatever it holds."""
        self.trouble: str | None = None
        """Why what lies there could not be read; then all is as it was before."""
        self._editor = editor
        self._seen: object = None
        self._rests_until = 0.0
        self._load(self._look())

    def set_editor(self, editor: Mapping[str, object]) -> None:
        """Take other settings from the editor."""
        self._editor = editor
        self._load(self._look())

    def has_changed(self, *, is_sure: bool) -> bool:
        """Look again; whether anything is different. If nobody is sure that it is, not too often."""
        started = time.monotonic()
        if self.path is None or (not is_sure and started < self._rests_until):
            return False
        seen = self._look()
        ended = time.monotonic()
        self._rests_until = ended + (ended - started) / _SHARE
        if seen == self._seen:
            return False
        self._load(seen)
        return True

    def _look(self) -> object:
        return surroundings(self.path.parent, self.environment.settings.figures) if self.path else None

    def _load(self, seen: object) -> None:
        """Read everything; `seen` is from before, so that what changes meanwhile is noticed the next time."""
        self.trouble = None
        self._seen = seen
        if self.path is None:
            self.environment = Environment(settings_from(self._editor)[0])
            return
        try:
            loaded = load(self.path, Flags(editor=self._editor), "")
        except HostError as error:
            self.trouble = str(error)
            return
        self.environment, self.configuration, self.is_named = loaded[2:]
