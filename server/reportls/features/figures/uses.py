"""The uses of a picture in a report: as an image, as a link, or by its bare path."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.analysis.image_paths import is_figure, is_picture
from reportls.features.figures.places import all_places, places_in

if TYPE_CHECKING:
    from reportls.features.figures.places import Place
    from reportls.snapshot import Snapshot
    from reportls.text import Span


class FigureUse(NamedTuple):
    """A place where a report speaks of a picture."""

    path: str
    """The picture's path from the report's folder, with `/`, decoded."""
    span: Span
    """The path as it is written, without `<>`, title, quotes and what stands behind a `?` or `#`."""


def figure_at(snapshot: Snapshot, offset: int) -> FigureUse | None:
    """The picture whose path stands at `offset`, its end included; the file need not exist."""
    if not 0 <= offset <= snapshot.report.starts[-1]:
        return None
    block = snapshot.report.block_at(offset)
    if not block:
        return None
    places = places_in(snapshot, block)
    found = next((place for place in places if place.span.start <= offset <= place.span.end), None)
    return FigureUse(found.path, found.span) if found and _is_picture(snapshot, found) else None


def uses_of(snapshot: Snapshot, path: str) -> tuple[FigureUse, ...]:
    """Every use of the picture in the answers, in the order of the text.

    An image by reference is used where its label is defined, for there stands the path.
    """
    return tuple(FigureUse(path, place.span) for place in all_places(snapshot) if place.path == path)


def _is_picture(snapshot: Snapshot, place: Place) -> bool:
    return (
        place.form in ("image", "tag") or is_figure(snapshot.environment.settings, place.path) or is_picture(place.path)
    )
