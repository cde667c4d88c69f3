"""The histories of open reports, for hovers: read in the background, so that no keystroke waits for git."""

from __future__ import annotations

import sys
import time
from threading import Thread
from typing import TYPE_CHECKING

from reportls.features.history import judge_of
from reportls.form_snapshot import FormSnapshot
from reportls.host.history import history_of, place_of
from reportls.host.mtimes import stamps
from reportls.host.paths import HostError, repository_root
from reportls.host.read import read_report_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from reportls.features.history import AnyJudge, History
    from reportls.form_snapshot import AnySnapshot
    from reportls.host.history import Judgeable

_COMMITS = (".git/HEAD", ".git/logs/HEAD", ".git/packed-refs")
"""Files that change with every commit."""
_BREATH = 0.002
"""Seconds of rest after each version, in which the session can answer."""


class Pasts:
    """The histories of reports, as far as they are read."""

    def __init__(self) -> None:
        """Start without any."""
        self._known: dict[Path, tuple[object, History | None]] = {}
        """The histories, with the inputs of each: it is read again when one of them changes."""
        self._asked: dict[Path, object] = {}

    def of(self, report: Path, snapshot: AnySnapshot) -> History | None:
        """Return the history of a report; None if it has none, or is not read yet.

        The first call, and the first after each commit or save, starts reading it for a later call.
        """
        root = repository_root(report.parent)
        # A browser has neither threads nor git.
        if root is None or sys.platform in ("emscripten", "wasi"):
            return None
        files = (str(report), *(str(root / name) for name in _COMMITS))
        state = (_decisive(snapshot), stamps(files))
        known = self._known.get(report)
        if known and known[0] == state:
            return known[1]
        if self._asked.get(report) != state:
            self._asked[report] = state
            arguments = (report, lambda: judge_of(snapshot.report, snapshot.environment), state)
            Thread(target=self._read, args=arguments, daemon=True, name="history").start()
        return None

    def _read(self, report: Path, judge: Callable[[], AnyJudge], state: object) -> None:
        try:
            history = history_of(place_of(report), read_report_text(report), judge(), progress=_resting)
        except HostError:
            history = None
        self._known[report] = (state, history)


def _decisive(snapshot: AnySnapshot) -> object:
    """Return what the verdicts on all versions depend on."""
    if not isinstance(snapshot, FormSnapshot):
        return snapshot.edition
    settings = snapshot.environment.settings
    return snapshot.template.text, settings.slots, settings.counting


def _resting(texts: Iterable[Judgeable], _: int) -> Iterator[Judgeable]:
    for text in texts:
        yield text
        time.sleep(_BREATH)
