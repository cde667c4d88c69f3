"""Hovers and inlay hints: the core's words about a place, in the protocol's types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from reportls.features.hints import hints
from reportls.features.hover import hover
from reportls.lsp.uris import uri_of

if TYPE_CHECKING:
    from reportls.features.hover import Hover
    from reportls.lsp.documents import Document
    from reportls.lsp.session import Session


def hovered(session: Session, document: Document, position: types.Position) -> types.Hover | None:
    """Return the hover text for the item at the position."""
    snapshot, converter = document.snapshot, document.converter
    found = hover(snapshot, converter.offset(position)) if snapshot else None
    if not found:
        return None
    if session.client.reads_markdown:
        content = types.MarkupContent(
            types.MarkupKind.Markdown, _figure(document, found) + found.with_links(session.client.page_of_rule)
        )
    else:
        content = types.MarkupContent(types.MarkupKind.PlainText, found.plain)
    return types.Hover(content, converter.range(found.span))


def inlay_hints(document: Document, range_: types.Range) -> list[types.InlayHint]:
    """Return the live counts of the questions in the range."""
    snapshot, converter = document.snapshot, document.converter
    if not snapshot:
        return []
    return [
        types.InlayHint(converter.position(hint.offset), hint.text, tooltip=hint.tooltip, padding_left=True)
        for hint in hints(snapshot, converter.span(range_))
    ]


def _figure(document: Document, found: Hover) -> str:
    if not found.figure or not document.path:
        return ""
    # Parentheses would end the target of the image; percent-encoded, nothing in the URI means anything to Markdown.
    uri = uri_of(document.path.parent / found.figure).replace("(", "%28").replace(")", "%29")
    return f"![]({uri})\n\n"
