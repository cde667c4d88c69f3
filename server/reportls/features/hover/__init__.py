"""What is shown about the thing at an offset: a question, an image, a placeholder, a marker, a task, a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.features.hover.content import Divider, in_markdown, in_plain
from reportls.features.hover.finding import finding_cards
from reportls.features.hover.target import thing_at

if TYPE_CHECKING:
    from reportls.features.hover.content import Card, Part
    from reportls.snapshot import Snapshot
    from reportls.text import Span


class Hover(NamedTuple):
    """What to show, and about what."""

    span: Span
    """What it is about, in offsets of the report."""
    parts: tuple[Part, ...]
    figure: str | None = None
    """A picture that exists and is safe to show above the text: its path relative to the report's folder."""

    @property
    def markdown(self) -> str:
        """The text as Markdown; nothing from the report is live in it."""
        return in_markdown(self.parts)

    @property
    def plain(self) -> str:
        """The same text for programs that show no Markdown."""
        return in_plain(self.parts)


def hover(snapshot: Snapshot, offset: int) -> Hover | None:
    """What there is to show at `offset`: the findings first, then the thing that stands there; None if nothing."""
    if not 0 <= offset <= snapshot.report.starts[-1]:
        return None
    cards = [*finding_cards(snapshot, offset), *thing_at(snapshot, offset)]
    if not cards:
        return None
    smallest = min((card.span for card in cards), key=lambda span: (span.end - span.start, span))
    return Hover(smallest, _joined(cards), next((card.figure for card in cards if card.figure), None))


def _joined(cards: list[Card]) -> tuple[Part, ...]:
    parts = [part for card in cards for part in (Divider(), *card.parts)]
    return tuple(parts[1:])
