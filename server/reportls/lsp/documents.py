"""The documents that the client has open, as it last said they are.

pygls has documents, too, but splits their lines at form feeds, U+2028 and others, where no client does, so that an edit
lands in the wrong line; and it splits all of them anew at each edit. Here a `Report` is the document: it knows its
lines, and an edit makes the next one out of it.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from reportls.lsp.columns import Columns
from reportls.report.report import parse
from reportls.snapshot import Snapshot, take
from reportls.text import Edit, Span, difference

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reportls.lsp.environment import Surroundings
    from reportls.lsp.members import PlainChange
    from reportls.lsp.positions import Converter
    from reportls.report.report import Change
    from reportls.text import Encoding

_generations = count(1)


class Document:
    """One open document."""

    def __init__(self, uri: str, version: int, text: str, encoding: Encoding, surroundings: Surroundings) -> None:
        """Take what the client says of it, and what lies beside it."""
        self.uri = uri
        self.version = version
        self.report = parse(text)
        self.surroundings = surroundings
        self.generation = next(_generations)
        """Another number whenever something else than the text has changed, in any document."""
        self._encoding = encoding
        self._snapshot: Snapshot | None = None
        self._changes: list[Change] = []
        """What has changed in the text since the snapshot."""
        self.is_report = False
        """Whether it is judged."""
        self._decide()

    @property
    def path(self) -> Path | None:
        """Where its file is; None if it has none."""
        return self.surroundings.path

    @property
    def converter(self) -> Converter:
        """Between positions and offsets in the text as it is now."""
        # What speaks of positions uses the protocol's types, which are loaded late.
        from reportls.lsp.positions import Converter  # noqa: PLC0415

        return Converter(self.report, self._encoding)

    @property
    def snapshot(self) -> Snapshot | None:
        """The newest version, judged; None if it is no report."""
        if not self.is_report:
            return None
        before, self._snapshot = self._snapshot, None  # should this fail, the next time begins from scratch
        self._snapshot = self._judged(before)
        self.report = self._snapshot.report
        self._changes = []
        return self._snapshot

    def _judged(self, before: Snapshot | None) -> Snapshot:
        environment = self.surroundings.environment
        if before is None or before.environment is not environment:
            return take(self.report, environment, before)
        if len(self._changes) == 1:
            return before.changed(self._changes[0], self.report)
        return before.edited(_together(self._changes, self.report.text)) if self._changes else before

    def change(self, version: int, changes: Sequence[PlainChange]) -> None:
        """Make the client's edits, one after another."""
        for place, new_text in changes:
            columns = Columns(self.report, self._encoding)
            self.edit(version, columns.span_of(place) if place else None, new_text)

    def edit(self, version: int, span: Span | None, new_text: str) -> None:
        """Put the new text in the place of what stands at the span; without a span, of everything."""
        edit = Edit(span, new_text) if span else difference(self.report.text, new_text)
        change = self.report.change(edit)
        self.version = version
        self.report = self.report.after(change)
        if self._snapshot:
            self._changes.append(change)
        self._decide()

    def look_again(self, *, is_sure: bool) -> bool:
        """See whether something beside the document has changed; whether there is something new to say."""
        if not self.surroundings.has_changed(is_sure=is_sure):
            return False
        self.judge_anew()
        return True

    def judge_anew(self) -> None:
        """Take in that something else than the text has changed."""
        self.generation = next(_generations)
        self._decide()

    def _decide(self) -> None:
        """Whether it is a report: once it was one, it is until neither a question nor a marker is left."""
        report = self.report
        if self.is_report:
            has_questions = len(report.blocks) > 1
            self.is_report = has_questions or report.introduction.has_marker or self.surroundings.is_named
        else:
            self.is_report = report.is_recognisable or self.surroundings.is_named
        if not self.is_report:
            self._snapshot, self._changes = None, []


def _together(changes: Sequence[Change], text: str) -> Edit:
    """One edit that does what all the changes do one after another; `text` is what they lead to."""
    (start, old_end), first_text = changes[0].edit
    new_end = start + len(first_text)
    for (span, new_text), *_ in changes[1:]:
        start = min(start, span.start)
        old_end += max(span.end - new_end, 0)
        new_end = max(new_end, span.end) + len(new_text) - (span.end - span.start)
    return Edit(Span(start, old_end), text[start:new_end])
