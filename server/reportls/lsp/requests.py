"""The typed requests of a client: one handler for each, in the order of the specification.

A handler finds the document, calls the core through a module that is named after the feature, and returns the
protocol's types. It runs to its end before the next message is looked at, so it sees the newest version of each
document.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from reportls.lsp import commands, navigation, rename, symbols
from reportls.lsp.code_actions import actions, resolved
from reportls.lsp.completion import completions
from reportls.lsp.hover import hovered, inlay_hints
from reportls.lsp.rpc.pygls_bridge import router_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportls.lsp.rpc.endpoint import Endpoint, Router
    from reportls.lsp.session import Session


def router_for_session(endpoint: Endpoint, session: Callable[[], Session]) -> Router:
    """Return the router of a session that has begun when the first request comes."""

    def handle(handler: Callable[[Session, Any], object], params: object) -> object:
        return handler(session(), params)

    def command(execute: Callable[..., object]) -> Callable[..., object]:
        # pygls looks at the signature, and would take what `partial` binds for an argument of the client.
        return lambda *arguments: execute(session(), *arguments)

    handlers = [(method, partial(handle, handler)) for method, handler in _HANDLERS]
    return router_for(endpoint, handlers, {name: command(execute) for name, execute in commands.ALL.items()})


def _definition(session: Session, params: types.DefinitionParams) -> list[types.Location] | None:
    return navigation.definition(session.document(params.text_document.uri), params.position)


def _references(session: Session, params: types.ReferenceParams) -> list[types.Location] | None:
    return navigation.references(session, session.document(params.text_document.uri), params)


def _document_link(session: Session, params: types.DocumentLinkParams) -> list[types.DocumentLink]:
    return navigation.document_links(session.document(params.text_document.uri))


def _hover(session: Session, params: types.HoverParams) -> types.Hover | None:
    return hovered(session, session.document(params.text_document.uri), params.position)


def _folding_range(session: Session, params: types.FoldingRangeParams) -> list[types.FoldingRange]:
    return navigation.folding_ranges(session.document(params.text_document.uri))


def _selection_range(session: Session, params: types.SelectionRangeParams) -> list[types.SelectionRange]:
    return navigation.selection_ranges(session.document(params.text_document.uri), params.positions)


def _document_symbol(
    session: Session, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
    return symbols.document_symbols(session, session.document(params.text_document.uri))


def _inlay_hint(session: Session, params: types.InlayHintParams) -> list[types.InlayHint]:
    return inlay_hints(session.document(params.text_document.uri), params.range)


def _completion(session: Session, params: types.CompletionParams) -> types.CompletionList:
    return completions(session, session.document(params.text_document.uri), params.position)


def _code_action(session: Session, params: types.CodeActionParams) -> list[types.CodeAction | types.Command]:
    document = session.document(params.text_document.uri)
    session.look_again([document], is_sure=False)
    return actions(session, document, params.range, params.context)


def _code_action_resolve(session: Session, params: types.CodeAction) -> types.CodeAction:
    return resolved(session, params)


def _rename(session: Session, params: types.RenameParams) -> types.WorkspaceEdit | None:
    document = session.document(params.text_document.uri)
    return rename.renamed(session, document, params.position, params.new_name)


def _prepare_rename(session: Session, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    return rename.prepared(session.document(params.text_document.uri), params.position)


def _workspace_symbol(session: Session, params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
    return symbols.workspace_symbols(session, params.query)


def _will_rename_files(session: Session, params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
    return rename.will_rename(session, params.files)


_HANDLERS: tuple[tuple[str, Any], ...] = (
    (types.TEXT_DOCUMENT_DEFINITION, _definition),
    (types.TEXT_DOCUMENT_REFERENCES, _references),
    (types.TEXT_DOCUMENT_DOCUMENT_LINK, _document_link),
    (types.TEXT_DOCUMENT_HOVER, _hover),
    (types.TEXT_DOCUMENT_FOLDING_RANGE, _folding_range),
    (types.TEXT_DOCUMENT_SELECTION_RANGE, _selection_range),
    (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, _document_symbol),
    (types.TEXT_DOCUMENT_INLAY_HINT, _inlay_hint),
    (types.TEXT_DOCUMENT_COMPLETION, _completion),
    (types.TEXT_DOCUMENT_CODE_ACTION, _code_action),
    (types.CODE_ACTION_RESOLVE, _code_action_resolve),
    (types.TEXT_DOCUMENT_RENAME, _rename),
    (types.TEXT_DOCUMENT_PREPARE_RENAME, _prepare_rename),
    (types.WORKSPACE_SYMBOL, _workspace_symbol),
    (types.WORKSPACE_WILL_RENAME_FILES, _will_rename_files),
)
