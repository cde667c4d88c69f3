"""Open documents: the text as the client last described it, the files beside it, and its findings.

pygls' documents split lines at form feeds, U+2028 and others, where no client does, so an edit lands on the wrong line;
and they split all lines again at each edit. Here a `Report` is the document: it knows its lines, and an edit makes the
next report out of it.
"""

from __future__ import annotations

import logging
import time
from itertools import count, islice
from typing import TYPE_CHECKING, TypeVar

from reportls.configuration.settings import settings_from
from reportls.form_snapshot import AnySnapshot, judging_any, parse_for
from reportls.forms.recognition import follows
from reportls.forms.sections import SectionedReport
from reportls.host.loading import Flags, HostError, load
from reportls.host.mtimes import surroundings
from reportls.host.templates import Choice
from reportls.lsp.conversion import Converter
from reportls.snapshot import Environment, Snapshot
from reportls.text import Edit, Span, difference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from reportls.host.loading import FileFinding
    from reportls.lsp.conversion import PlainChange
    from reportls.report.report import Change
    from reportls.text import Encoding

_SHARE = 0.05
"""Largest share of the time spent on polling for changes of files that nobody has reported."""
MOST_ITEMS = 2000
"""Most items of one answer to an editor. None shows as many, and real reports have fewer than two hundred."""
_generations = count(1)
_log = logging.getLogger(__name__)
_Item = TypeVar("_Item")


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


class Document:
    """One open document."""

    pause: Callable[[], None] = staticmethod(lambda: None)
    """Called between the steps of judging it for a request; may raise to end the request."""

    def __init__(self, uri: str, version: int, text: str, encoding: Encoding, environment: DocumentEnvironment) -> None:
        """Open it; `encoding` is the unit of the client's columns."""
        self.uri = uri
        self.version = version
        self.report = parse_for(text, environment.current)
        self.environment = environment
        self.generation = next(_generations)
        """Changes whenever something other than the text has changed; no two documents share a number."""
        self._encoding = encoding
        self._snapshot: AnySnapshot | None = None
        self._changes: list[Change] = []
        """Edits since the snapshot."""
        self._steps: Iterator[AnySnapshot | None] = iter(())
        """The remaining steps of judging a version."""
        self._judged_of: tuple[object, object] = (None, None)
        """The judged version and its environment."""
        self.is_report = False
        """Whether the document is a report and therefore checked."""
        self._decide()

    @property
    def path(self) -> Path | None:
        """Path of its file; None if it has none."""
        return self.environment.path

    @property
    def converter(self) -> Converter:
        """Converter between positions and offsets in the current text."""
        return Converter(self.report, self._encoding)

    def within_budget(self, items: Iterable[_Item], what: str) -> list[_Item]:
        """Return the items of an answer; of too many the first, with a log that names the document and `what` they are.

        Lazy items are computed only as far as they are returned.
        """
        remaining = iter(items)
        found = [*islice(remaining, MOST_ITEMS)]
        if next(remaining, None) is not None:
            _log.warning("%s: more than %d %s: the rest is not shown", self.uri, MOST_ITEMS, what)
        return found

    @property
    def snapshot(self) -> AnySnapshot | None:
        """The current version with its findings; None if it is not a report."""
        if not self.is_report:
            return None
        while not (found := self.judge_further()):
            self.pause()
        return found

    @property
    def answers(self) -> Snapshot | None:
        """The current version if it is judged question by question; None if by its template, or if it is no report."""
        snapshot = self.snapshot
        return snapshot if isinstance(snapshot, Snapshot) else None

    def judge_further(self) -> AnySnapshot | None:
        """Take a step in judging the current version; return the snapshot if that was the last. It must be a report."""
        environment = self.environment.current
        if self._snapshot and self._snapshot.environment is environment and not self._changes:
            return self._snapshot
        report, known = self._judged_of
        if report is not self.report or known is not environment:
            self._judged_of, self._steps = (self.report, environment), self._judging(environment)
        try:
            found = next(self._steps)
        except Exception:
            # The next attempt starts from scratch instead of from a state that may be the cause.
            self._forget()
            raise
        if found:
            self._forget()
            self._snapshot, self.report = found, found.report
        return found

    def _forget(self) -> None:
        self._snapshot, self._changes, self._judged_of = None, [], (None, None)

    def _judging(self, environment: Environment) -> Iterator[AnySnapshot | None]:
        before, changes = self._snapshot, self._changes
        if before is None or before.environment is not environment:
            yield from judging_any(self.report, environment, before)
            return
        change, report = changes[0], self.report
        if len(changes) > 1:
            change = before.report.change(_together(changes, self.report.text))
            report = before.report.after(change)
        yield from before.changing(change, report)

    def change(self, version: int, changes: Sequence[PlainChange]) -> None:
        """Make the client's edits in turn: each counts positions in the text that the one before has left."""
        for place, new_text in changes:
            converter = Converter(self.report, self._encoding)
            self.edit(version, converter.span_of(place) if place else None, new_text)

    def edit(self, version: int, span: Span | None, new_text: str) -> None:
        """Replace the text of the span, or the whole text if `span` is None."""
        edit = Edit(span, new_text) if span else difference(self.report.text, new_text)
        change = self.report.change(edit)
        self.version = version
        self.report = self.report.after(change)
        if self._snapshot:
            self._changes.append(change)
        self._decide()

    def look_again(self, *, is_sure: bool) -> bool:
        """Check the files beside the document for changes; return whether there are any. See `DocumentEnvironment`."""
        if not self.environment.has_changed(is_sure=is_sure):
            return False
        self.judge_anew()
        return True

    def judge_anew(self) -> None:
        """Note that something other than the text has changed."""
        self.generation = next(_generations)
        if self.environment.current.has_form != isinstance(self.report, SectionedReport):
            self.report = parse_for(self.report.text, self.environment.current)
            self._forget()
        self._decide()

    def _decide(self) -> None:
        """Decide whether it is a report: once it was one, it is one until no question and no marker is left.

        With a template, a text is a report that fills it in; once it was one, it is one until it is empty.
        """
        # Otherwise all findings would come and go while the author retypes a heading.
        report, template = self.report, self.environment.current.template
        if template and self.environment.current.has_form and not self.environment.is_named:
            self.is_report = bool(report.text.strip()) if self.is_report else follows(template, report.text)
        elif self.is_report:
            has_questions = len(report.blocks) > 1
            self.is_report = has_questions or report.introduction.has_marker or self.environment.is_named
        else:
            self.is_report = report.is_recognisable or self.environment.is_named
        if not self.is_report:
            self._forget()


def _together(changes: Sequence[Change], text: str) -> Edit:
    """Return one edit that has the effect of all changes in turn; `text` is their result."""
    (start, old_end), first_text = changes[0].edit
    new_end = start + len(first_text)
    for (span, new_text), *_ in changes[1:]:
        start = min(start, span.start)
        old_end += max(span.end - new_end, 0)
        new_end = max(new_end, span.end) + len(new_text) - (span.end - span.start)
    return Edit(Span(start, old_end), text[start:new_end])
