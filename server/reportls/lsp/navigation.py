"""Definitions, references, links, folding and selection: ways through a report, in the protocol's types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from reportls.features.ranges import FoldKind, folds, selections
from reportls.features.references import figure_at, links, uses_of
from reportls.lsp.conversion import uri_of
from reportls.lsp.workspace import reports_beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportls.features.references import Place
    from reportls.lsp.conversion import Converter
    from reportls.lsp.documents import Document
    from reportls.lsp.session import Session
    from reportls.text import Span

_START = types.Range(types.Position(0, 0), types.Position(0, 0))


def definition(session: Session, params: types.DefinitionParams | types.ReferenceParams) -> list[types.Location] | None:
    """Return the file of the figure that is used at the position."""
    document = session.document(params.text_document.uri)
    snapshot, use = document.snapshot, figure_used(document, params.position)
    if not snapshot or not use or not document.path or not snapshot.environment.files.info(use.path):
        return None
    return [types.Location(uri_of(document.path.parent / use.path), _START)]


def figure_used(document: Document, position: types.Position) -> Place | None:
    """Return the figure whose path is at the position; None if there is none, or the document is no report."""
    snapshot = document.snapshot
    return figure_at(snapshot, document.converter.offset(position)) if snapshot else None


def references(session: Session, params: types.ReferenceParams) -> list[types.Location] | None:
    """Return every use, in all reports of the folder, of the figure that is used at the position."""
    document = session.document(params.text_document.uri)
    if not (use := figure_used(document, params.position)):
        return None
    found = (
        types.Location(report.uri, report.converter.range(place.span))
        for report in reports_beside(session, document)
        for place in uses_of(report.snapshot, use.path)
    )
    declared = definition(session, params) if params.context.include_declaration else None
    return [*(declared or ()), *document.within_budget(found, "uses of a figure")]


def document_links(session: Session, params: types.DocumentLinkParams) -> list[types.DocumentLink]:
    """Return a link to each file that the report shows or names."""
    document = session.document(params.text_document.uri)
    snapshot, path = document.snapshot, document.path
    if not snapshot or not path:
        return []
    return [
        types.DocumentLink(document.converter.range(link.span), uri_of(path.parent / link.path), link.tooltip)
        for link in document.within_budget(links(snapshot), "links")
    ]


def folding_ranges(session: Session, params: types.FoldingRangeParams) -> list[types.FoldingRange]:
    """Return what can be folded; prompts count as comments, which editors fold all at once by one command."""
    document = session.document(params.text_document.uri)
    snapshot, converter = document.snapshot, document.converter
    found = []
    for fold in document.within_budget(folds(snapshot), "folds") if snapshot else ():
        range_ = converter.range(fold.span)
        kind = types.FoldingRangeKind.Comment if fold.kind is FoldKind.PROMPT else types.FoldingRangeKind.Region
        found.append(
            types.FoldingRange(
                range_.start.line,
                range_.end.line,
                range_.start.character,
                range_.end.character,
                kind,
                fold.collapsed_text,
            )
        )
    return found


def selection_ranges(session: Session, params: types.SelectionRangeParams) -> list[types.SelectionRange]:
    """Return for each position the ranges around it, each inside the next."""
    document = session.document(params.text_document.uri)
    converter, snapshot = document.converter, document.snapshot
    return [
        _nested(converter, selections(snapshot, converter.offset(at)) if snapshot else (), at)
        for at in params.positions
    ]


def _nested(converter: Converter, spans: Sequence[Span], position: types.Position) -> types.SelectionRange:
    found: types.SelectionRange | None = None
    for span in reversed(spans):
        found = types.SelectionRange(converter.range(span), found)
    # The specification wants one for each position, though nothing be there.
    return found or types.SelectionRange(types.Range(position, position))
