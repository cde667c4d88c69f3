"""The files beside an open document that its findings depend on: configuration, template, `report.py`, figures."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from reportls.configuration.settings import settings_from
from reportls.host.loading import Flags, HostError, load
from reportls.host.mtimes import surroundings
from reportls.host.templates import Choice
from reportls.snapshot import Environment

if TYPE_CHECKING:
    from pathlib import Path

    from reportls.host.loading import FileFinding

_SHARE = 0.05
"""Largest share of the time spent on polling for changes of files that nobody has reported."""


class DocumentEnvironment:
    """Everything that the findings of one document depend on besides its text."""

    def __init__(self, path: Path | None, flags: Flags) -> None:
        """Read the files.

        `path` is the document's absolute path, None if it is not a file; `flags` have the editor's settings.
        """
        self.path = path
        self.current = Environment()
        """The environment as rules get it."""
        self.configuration: tuple[FileFinding, ...] = ()
        """Findings in the configuration file and the `report.py`."""
        self.is_named = False
        """Whether the configuration names the document as a report, whatever it contains."""
        self.trouble: str | None = None
        """Why the files could not be read, if so; then everything stays as it was."""
        self.choice = Choice()
        """The template that was asked for."""
        self._flags = flags
        self._seen: object = None
        self._rests_until = 0.0
        self._load(self._look())

    @property
    def has_bad_template(self) -> bool:
        """Whether a template is asked for and cannot be used; then nobody knows which files are reports."""
        return self.choice.refusal is not None and not self.choice.is_report

    def set_flags(self, flags: Flags) -> None:
        """Take the editor's new settings."""
        self._flags = flags
        self._load(self._look())

    def has_changed(self, *, is_sure: bool) -> bool:
        """Look for changes, unless nobody `is_sure` and the last look was recent; return whether there are any."""
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
        if not self.path:
            return None
        return surroundings(self.path.parent, self.current.settings.figures, self.choice.path)

    def _load(self, seen: object) -> None:
        """Read everything. `seen` was taken before, so a change during reading is noticed the next time."""
        self.trouble = None
        self._seen = seen
        if self.path is None:
            self.current = Environment(settings_from(self._flags.editor)[0])
            return
        try:
            loaded = load(self.path, self._flags, "")
        except HostError as error:
            self.trouble = str(error)
            return
        self.current, self.configuration, self.is_named = loaded[2:5]
        self.choice = loaded.choice
        if self.has_bad_template and self.choice.refusal not in {found.problem.message for found in self.configuration}:
            self.trouble = self.choice.refusal  # the editor's settings name it, where no line can be marked
