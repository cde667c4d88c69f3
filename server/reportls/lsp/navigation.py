"""What is only shown: the core's features in the protocol's types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from reportls.features.figures import figure_at, uses_of
from reportls.features.folding import FoldKind, folds
from reportls.features.hints import hints
from reportls.features.hover import hover
from reportls.features.links import links
from reportls.features.selection import selections
from reportls.features.symbols import Symbol, SymbolKind, matching, symbols
from reportls.lsp.uris import uri_of
from reportls.lsp.workspace import all_reports, reports_beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportls.features.hover import Hover
    from reportls.lsp.documents import Document
    from reportls.lsp.positions import Converter
    from reportls.lsp.session import Session
    from reportls.text import Span

_KINDS = {
    SymbolKind.TITLE: types.SymbolKind.Module,
    SymbolKind.SECTION: types.SymbolKind.Namespace,
    SymbolKind.CHECKLIST: types.SymbolKind.Array,
    SymbolKind.QUESTION: types.SymbolKind.String,
}
_START = types.Range(types.Position(0, 0), types.Position(0, 0))


def hovered(session: Session, document: Document, position: types.Position) -> types.Hover | None:
    """What is to be said of what stands there."""
    snapshot, converter = document.snapshot, document.converter
    found = hover(snapshot, converter.offset(position)) if snapshot else None
    if not found:
        return None
    if session.client.reads_markdown:
        content = types.MarkupContent(types.MarkupKind.Markdown, _picture(document, found) + found.markdown)
    else:
        content = types.MarkupContent(types.MarkupKind.PlainText, found.plain)
    return types.Hover(content, converter.range(found.span))


def _picture(document: Document, found: Hover) -> str:
    if not found.figure or not document.path:
        return ""
    # Percent signs in the URI leave nothing that Markdown could take for anything else.
    uri = uri_of(document.path.parent / found.figure).replace("(", "%28").replace(")", "%29")
    return f"![]({uri})\n\n"


def definition(document: Document, position: types.Position) -> list[types.Location] | None:
    """The file of the figure that is used there."""
    snapshot = document.snapshot
    use = figure_at(snapshot, document.converter.offset(position)) if snapshot else None
    if not snapshot or not use or not document.path or not snapshot.environment.files.info(use.path):
        return None
    return [types.Location(uri_of(document.path.parent / use.path), _START)]


def references(session: Session, document: Document, params: types.ReferenceParams) -> list[types.Location] | None:
    """Every use of the figure that is used there, in all reports of the folder."""
    snapshot = document.snapshot
    use = figure_at(snapshot, document.converter.offset(params.position)) if snapshot else None
    if not use:
        return None
    found = [
        types.Location(report.uri, report.converter.range(place.span))
        for report in reports_beside(session, document)
        for place in uses_of(report.snapshot, use.path)
    ]
    declared = definition(document, params.position) if params.context.include_declaration else None
    return [*(declared or ()), *found]


def document_links(document: Document) -> list[types.DocumentLink]:
    """The files that the report shows or links to."""
    snapshot, path = document.snapshot, document.path
    if not snapshot or not path:
        return []
    return [
        types.DocumentLink(document.converter.range(link.span), uri_of(path.parent / link.path), link.tooltip)
        for link in links(snapshot)
    ]


def folding_ranges(document: Document) -> list[types.FoldingRange]:
    """What can be folded; prompts count as comments, so that one command folds them all."""
    snapshot, converter = document.snapshot, document.converter
    found = []
    for fold in folds(snapshot) if snapshot else ():
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


def selection_ranges(document: Document, positions: Sequence[types.Position]) -> list[types.SelectionRange]:
    """For each position what a wider and wider selection takes in."""
    converter, snapshot = document.converter, document.snapshot
    return [_nested(converter, selections(snapshot, converter.offset(at)) if snapshot else (), at) for at in positions]


def _nested(converter: Converter, spans: Sequence[Span], position: types.Position) -> types.SelectionRange:
    found: types.SelectionRange | None = None
    for span in reversed(spans):
        found = types.SelectionRange(converter.range(span), found)
    return found or types.SelectionRange(types.Range(position, position))


def document_symbols(
    session: Session, document: Document
) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
    """The outline; flat for clients that cannot show a tree."""
    snapshot, converter = document.snapshot, document.converter
    tree = symbols(snapshot) if snapshot else ()
    if session.client.nests_symbols:
        return [_symbol(symbol, converter) for symbol in tree]
    return [
        types.SymbolInformation(
            types.Location(document.uri, converter.range(symbol.span)), symbol.name, _KINDS[symbol.kind]
        )
        for symbol in matching(tree, "")
    ]


def _symbol(symbol: Symbol, converter: Converter) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        symbol.name,
        _KINDS[symbol.kind],
        converter.range(symbol.span),
        converter.range(symbol.selection),
        symbol.detail,
        children=[_symbol(child, converter) for child in symbol.children],
    )


def workspace_symbols(session: Session, query: str) -> list[types.WorkspaceSymbol]:
    """The questions, in all reports, that the words fit."""
    return [
        types.WorkspaceSymbol(
            types.Location(report.uri, report.converter.range(symbol.selection)),
            symbol.name,
            _KINDS[symbol.kind],
            container_name=f"{report.path.name if report.path else report.uri}: {symbol.detail}",
        )
        for report in all_reports(session, session.folders)
        for symbol in matching(symbols(report.snapshot), query)
    ]


def inlay_hints(document: Document, range_: types.Range) -> list[types.InlayHint]:
    """The live count at each question in the range."""
    snapshot, converter = document.snapshot, document.converter
    if not snapshot:
        return []
    return [
        types.InlayHint(converter.position(hint.offset), hint.text, tooltip=hint.tooltip, padding_left=True)
        for hint in hints(snapshot, converter.span(range_))
    ]
