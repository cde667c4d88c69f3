"""What in a report leads to a file beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportls.features.figures.places import all_places

if TYPE_CHECKING:
    from reportls.snapshot import Snapshot
    from reportls.text import Span


class Link(NamedTuple):
    """A path that can be followed."""

    span: Span
    """The path as it stands in the report."""
    path: str
    """The file's path from the report's folder, with `/`, decoded. It exists."""
    tooltip: str


def links(snapshot: Snapshot) -> tuple[Link, ...]:
    """The paths of images, links and definitions in the answers that lead to a file in the repository.

    In the order of the text. No addresses: editors follow those by themselves.
    """
    files = snapshot.environment.files
    return tuple(
        Link(place.span, place.path, f"open {place.path}")
        for place in all_places(snapshot)
        if place.form != "text" and files.info(place.path)
    )
