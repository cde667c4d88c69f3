"""Outlines of documents and questions of the workspace, as the protocol's symbols."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from lsprotocol import types

from reportls.features.symbols import Symbol, SymbolKind, matching, symbols
from reportls.lsp.documents import MOST_ITEMS
from reportls.lsp.workspace import all_reports

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportls.lsp.conversion import Converter
    from reportls.lsp.session import Session

_KINDS = {
    SymbolKind.TITLE: types.SymbolKind.Module,
    SymbolKind.SECTION: types.SymbolKind.Namespace,
    SymbolKind.CHECKLIST: types.SymbolKind.Array,
    SymbolKind.QUESTION: types.SymbolKind.String,
}


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
