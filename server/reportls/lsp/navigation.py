"""Ways through a report, in the protocol's types: definitions, references, links, folding, selection and symbols."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from lsprotocol import types

from reportls.features.ranges import FoldKind, folds, selections
from reportls.features.references import figure_at, links, uses_of
from reportls.features.symbols import Symbol, SymbolKind, matching, symbols
from reportls.lsp.conversion import uri_of
from reportls.lsp.documents import MOST_ITEMS
from reportls.lsp.workspace import all_reports, reports_beside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportls.features.references import Place
    from reportls.lsp.conversion import Converter
    from reportls.lsp.documents import Document
    from reportls.lsp.session import Session
    from reportls.text import Span

_START = types.Range(types.Position(0, 0), types.Position(0, 0))
_KINDS = {
    SymbolKind.TITLE: types.SymbolKind.Module,
    SymbolKind.SECTION: types.SymbolKind.Namespace,
    SymbolKind.CHECKLIST: types.SymbolKind.Array,
    SymbolKind.QUESTION: types.SymbolKind.String,
}


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


def document_symbols(
    session: Session, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
    """Return the outline; a flat list for clients that cannot show a tree."""
    document = session.document(params.text_document.uri)
    snapshot, converter = document.snapshot, document.converter
    tree = symbols(snapshot) if snapshot else ()
    shown = document.within_budget(matching(tree, ""), "symbols")
    if session.client.nests_symbols:
        tree = tuple(_first(tree, iter(shown)))
        return [_symbol(symbol, converter) for symbol in tree]
    return [
        types.SymbolInformation(
            types.Location(document.uri, converter.range(symbol.span)), symbol.name, _KINDS[symbol.kind]
        )
        for symbol in shown
    ]


def workspace_symbols(session: Session, params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
    """Return the questions of all reports that match the query."""
    found = (
        types.WorkspaceSymbol(
            types.Location(report.uri, report.converter.range(symbol.selection)),
            symbol.name,
            _KINDS[symbol.kind],
            container_name=f"{report.path.name if report.path else report.uri}: {symbol.detail}",
        )
        for report in all_reports(session, session.folders)
        for symbol in matching(symbols(report.snapshot), params.query)
    )
    return [*islice(found, MOST_ITEMS)]


def _first(tree: Iterable[Symbol], shown: Iterator[Symbol]) -> Iterator[Symbol]:
    """Yield the part of the tree that has as many symbols as are shown, counted in the order of the text."""
    for symbol in tree:
        if next(shown, None) is None:
            return
        yield symbol._replace(children=tuple(_first(symbol.children, shown)))


def _symbol(symbol: Symbol, converter: Converter) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        symbol.name,
        _KINDS[symbol.kind],
        converter.range(symbol.span),
        converter.range(symbol.selection),
        symbol.detail,
        children=[_symbol(child, converter) for child in symbol.children],
    )
