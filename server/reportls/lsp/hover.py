"""Hovers and inlay hints: the core's words about a place, in the protocol's types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from reportls.features.hints import hints
from reportls.features.history import since_in_words, slot_since_in_words, state_of
from reportls.features.hover import hover, slot_at
from reportls.features.hover.content import Items, told
from reportls.features.verdicts import rows_of
from reportls.form_snapshot import FormSnapshot
from reportls.lsp.conversion import uri_of

if TYPE_CHECKING:
    from reportls.features.hover import Hover
    from reportls.lsp.documents import Document
    from reportls.lsp.session import Session


def hovered(session: Session, params: types.HoverParams) -> types.Hover | None:
    """Return the hover text for the item at the position."""
    document = session.document(params.text_document.uri)
    snapshot, converter = document.snapshot, document.converter
    offset = converter.offset(params.position)
    found = hover(snapshot, offset) if snapshot else None
    if not found:
        return None
    if words := _since(session, document, offset):
        found = found._replace(parts=(*found.parts, Items((told(words),))))
    if session.client.reads_markdown:
        content = types.MarkupContent(
            types.MarkupKind.Markdown, _figure(document, found) + found.with_links(session.client.page_of_rule)
        )
    else:
        content = types.MarkupContent(types.MarkupKind.PlainText, found.plain)
    return types.Hover(content, converter.range(found.span))


def _since(session: Session, document: Document, offset: int) -> str | None:
    """Return since when the question whose heading or prompt is at the offset has its present state, if git knows."""
    snapshot, path = document.snapshot, document.path
    if snapshot is None or path is None or not snapshot.environment.settings.history:
        return None
    if isinstance(snapshot, FormSnapshot):
        index = slot_at(snapshot, offset)
        history = None if index is None else session.pasts.of(path, snapshot)
        if index is None or history is None:
            return None
        return slot_since_in_words(history, snapshot.rows[snapshot.form.slots[index].blank.number])
    block = snapshot.report.block_at(offset)
    rows = [row for row in rows_of(snapshot.report, snapshot.edition, snapshot.verdict) if row.block == block]
    # An answer that the checker counts twice has no single state.
    if not block or len(rows) != 1 or rows[0].counted is None:
        return None
    marker = snapshot.questions[block - 1].question.layout.marker
    if marker is None or offset - snapshot.report.starts[block] > marker.end:
        return None
    history = session.pasts.of(path, snapshot)
    return since_in_words(history, rows[0].number, state_of(rows[0])) if history else None


def inlay_hints(session: Session, params: types.InlayHintParams) -> list[types.InlayHint]:
    """Return the live counts of the questions in the range."""
    document = session.document(params.text_document.uri)
    snapshot, converter = document.snapshot, document.converter
    if not snapshot:
        return []
    return [
        types.InlayHint(converter.position(hint.offset), hint.text, tooltip=hint.tooltip, padding_left=True)
        for hint in document.within_budget(hints(snapshot, converter.span(params.range)), "hints")
    ]


def _figure(document: Document, found: Hover) -> str:
    if not found.figure or not document.path:
        return ""
    # Parentheses would end the target of the image; percent-encoded, nothing in the URI means anything to Markdown.
    uri = uri_of(document.path.parent / found.figure).replace("(", "%28").replace(")", "%29")
    return f"![]({uri})\n\n"
