"""What a client may ask for: one handler for each request, in the order of the specification.

A handler converts what came in, calls the core, and converts what comes out. It runs to its end before the next
message is looked at, so what it sees is the newest version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from reportls import __version__
from reportls.lsp import commands
from reportls.lsp import navigation as showing
from reportls.lsp.capabilities import NAME
from reportls.lsp.code_actions import actions, resolved
from reportls.lsp.completion import completions
from reportls.lsp.rename import prepared, renamed, will_rename
from reportls.lsp.rpc.converter import structuring
from reportls.lsp.rpc.pygls_bridge import TypedProtocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from cattrs import Converter as Structuring

    from reportls.lsp.server import Server
    from reportls.lsp.session import Session


class RequestServer(LanguageServer):
    """The part of a server that pygls runs."""

    protocol: TypedProtocol

    def __init__(self, server: Server) -> None:
        """Handle what that server does not take itself."""
        super().__init__(NAME, __version__, protocol_cls=TypedProtocol, converter_factory=_converter, max_workers=1)
        self.protocol.endpoint = server.endpoint
        self._whole = server

    @property
    def session(self) -> Session:
        """The session, which has begun when any of these requests comes."""
        return self._whole.session


def router_for(server: Server) -> TypedProtocol:
    """What routes the requests that a server does not take itself."""
    requests = RequestServer(server)
    for method, handler in _HANDLERS:
        requests.feature(method)(handler)
    for name, command in commands.ALL.items():
        requests.command(name)(_command(requests, command))
    return requests.protocol


def _converter() -> Structuring:
    # `TypedProtocol.explain` finds out what is wrong with a message if it turns out to be.
    return structuring(explains=False)


def _command(ls: RequestServer, command: Callable[..., Any]) -> Callable[..., Any]:
    def execute(*arguments: Any) -> Any:  # noqa: ANN401  # whatever the client sent
        return command(ls.session, *arguments)

    return execute


def _definition(ls: RequestServer, params: types.DefinitionParams) -> list[types.Location] | None:
    return showing.definition(ls.session.document(params.text_document.uri), params.position)


def _references(ls: RequestServer, params: types.ReferenceParams) -> list[types.Location] | None:
    return showing.references(ls.session, ls.session.document(params.text_document.uri), params)


def _document_link(ls: RequestServer, params: types.DocumentLinkParams) -> list[types.DocumentLink]:
    return showing.document_links(ls.session.document(params.text_document.uri))


def _hover(ls: RequestServer, params: types.HoverParams) -> types.Hover | None:
    return showing.hovered(ls.session, ls.session.document(params.text_document.uri), params.position)


def _folding_range(ls: RequestServer, params: types.FoldingRangeParams) -> list[types.FoldingRange]:
    return showing.folding_ranges(ls.session.document(params.text_document.uri))


def _selection_range(ls: RequestServer, params: types.SelectionRangeParams) -> list[types.SelectionRange]:
    return showing.selection_ranges(ls.session.document(params.text_document.uri), params.positions)


def _document_symbol(
    ls: RequestServer, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
    return showing.document_symbols(ls.session, ls.session.document(params.text_document.uri))


def _inlay_hint(ls: RequestServer, params: types.InlayHintParams) -> list[types.InlayHint]:
    return showing.inlay_hints(ls.session.document(params.text_document.uri), params.range)


def _completion(ls: RequestServer, params: types.CompletionParams) -> types.CompletionList:
    return completions(ls.session, ls.session.document(params.text_document.uri), params.position)


def _code_action(ls: RequestServer, params: types.CodeActionParams) -> list[types.CodeAction | types.Command]:
    document = ls.session.document(params.text_document.uri)
    ls.session.look_again([document], is_sure=False)
    return actions(ls.session, document, params.range, params.context)


def _code_action_resolve(ls: RequestServer, params: types.CodeAction) -> types.CodeAction:
    return resolved(ls.session, params)


def _rename(ls: RequestServer, params: types.RenameParams) -> types.WorkspaceEdit | None:
    document = ls.session.document(params.text_document.uri)
    return renamed(ls.session, document, params.position, params.new_name)


def _prepare_rename(ls: RequestServer, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    return prepared(ls.session.document(params.text_document.uri), params.position)


def _workspace_symbol(ls: RequestServer, params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
    return showing.workspace_symbols(ls.session, params.query)


def _will_rename_files(ls: RequestServer, params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
    return will_rename(ls.session, params.files)


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
