"""The server: one handler for each thing that a client may send, in the order of the specification.

A handler converts what came in, calls the core, and converts what comes out. It runs to its end before the next
message is looked at, so what it sees is the newest version.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from reportls import __version__
from reportls.lsp import commands, showing
from reportls.lsp.acting import action_options, actions, resolved
from reportls.lsp.client import Client
from reportls.lsp.completing import completion_options, completions
from reportls.lsp.loop import Loop
from reportls.lsp.parent import end_with
from reportls.lsp.plain import PLAIN, Place, PlainChange, pull
from reportls.lsp.protocol import ReportProtocol
from reportls.lsp.pulling import pulled
from reportls.lsp.renaming import prepared, rename_filters, renamed, will_rename
from reportls.lsp.session import Session
from reportls.lsp.settings import SECTION
from reportls.lsp.structuring import structuring
from reportls.lsp.uris import path_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from cattrs import Converter as Structuring

    from reportls.lsp.connection import Connection
    from reportls.lsp.message import Written

NAME = "reportls"


class ReportServer(LanguageServer):
    """A server for one client."""

    protocol: ReportProtocol
    session: Session
    loop: Loop

    def __init__(self, connection: Connection) -> None:
        """Serve whoever is connected there."""
        super().__init__(NAME, __version__, protocol_cls=ReportProtocol, converter_factory=_converter, max_workers=1)
        self.protocol.connection = connection

    def run(self) -> int:
        """Serve until the session is over; the exit code."""
        self.loop = Loop(self.protocol, self._publish, self._publish_statuses)
        self.loop.run()
        return self.protocol.exit_code or 0

    def _publish(self) -> None:
        if self.protocol.is_initialized:
            self.session.publisher.publish()

    def _publish_statuses(self) -> None:
        if self.protocol.is_initialized:
            self.session.publisher.publish_statuses()


def _converter() -> Structuring:
    # `protocol.py` finds out what is wrong with a message if it turns out to be.
    return structuring(explains=False)


def create_server(connection: Connection) -> ReportServer:
    """A server, ready for `initialize`."""
    server = ReportServer(connection)
    for method, handler, options in _HANDLERS:
        server.feature(method, options)(handler)
    for name, command in commands.ALL.items():
        server.command(name)(_command(server, command))
    return server


def _command(server: ReportServer, command: Callable[..., Any]) -> Callable[..., Any]:
    def execute(*arguments: Any) -> Any:  # noqa: ANN401  # whatever the client sent
        return command(server.session, *arguments)

    return execute


def _initialize(ls: ReportServer, params: types.InitializeParams) -> None:
    uris = [folder.uri for folder in params.workspace_folders or ()] or [params.root_uri or ""]
    folders = [path for path in map(path_of, uris) if path]
    client = Client.of(params.capabilities)
    ls.session = Session(ls.protocol, client, folders, params.initialization_options, ls.loop.add_job)
    if params.process_id is not None:
        end_with(params.process_id, ls.loop.end)
    if client.pulls:
        options = types.DiagnosticOptions(inter_file_dependencies=False, workspace_diagnostics=False, identifier=NAME)
        ls.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)(_diagnostic)
    ls.protocol.experimental = {NAME: {"page": True}}
    ls.protocol.plain = {
        kind: partial(take, ls.session) for kind, take in PLAIN.items() if client.pulls or take is not pull
    }


def _initialized(ls: ReportServer, _params: types.InitializedParams) -> None:
    if ls.session.client.notifies_of_settings:
        options = types.DidChangeConfigurationRegistrationOptions(section=SECTION)
        what = types.Registration("settings", types.WORKSPACE_DID_CHANGE_CONFIGURATION, options)
        ls.protocol.ask(types.CLIENT_REGISTER_CAPABILITY, types.RegistrationParams([what]))
    _ask_for_settings(ls)


def _ask_for_settings(ls: ReportServer) -> None:
    if ls.session.client.configures:
        params = types.ConfigurationParams([types.ConfigurationItem(section=SECTION)])
        ls.protocol.ask(
            types.WORKSPACE_CONFIGURATION, params, lambda found: ls.session.configure(next(iter(found), None))
        )


def _exit(ls: ReportServer, _params: object) -> None:
    ls.protocol.end()


def _did_open(ls: ReportServer, params: types.DidOpenTextDocumentParams) -> None:
    ls.session.open(params.text_document)


def _did_change(ls: ReportServer, params: types.DidChangeTextDocumentParams) -> None:
    # Only what is not quite as it should be comes here, see `plain.py`.
    document = params.text_document
    changes = [_plain_change(change) for change in params.content_changes]
    ls.session.change(document.uri, document.version, changes)


def _plain_change(change: types.TextDocumentContentChangeEvent) -> PlainChange:
    if isinstance(change, types.TextDocumentContentChangeWholeDocument):
        return PlainChange(None, change.text)
    start, end = change.range.start, change.range.end
    return PlainChange(Place(start.line, start.character, end.line, end.character), change.text)


def _did_save(ls: ReportServer, _params: types.DidSaveTextDocumentParams) -> None:
    ls.session.look_again(ls.session.documents.values(), is_sure=True)


def _did_close(ls: ReportServer, params: types.DidCloseTextDocumentParams) -> None:
    ls.session.close(params.text_document.uri)


def _definition(ls: ReportServer, params: types.DefinitionParams) -> list[types.Location] | None:
    return showing.definition(ls.session.document(params.text_document.uri), params.position)


def _references(ls: ReportServer, params: types.ReferenceParams) -> list[types.Location] | None:
    return showing.references(ls.session, ls.session.document(params.text_document.uri), params)


def _document_link(ls: ReportServer, params: types.DocumentLinkParams) -> list[types.DocumentLink]:
    return showing.document_links(ls.session.document(params.text_document.uri))


def _hover(ls: ReportServer, params: types.HoverParams) -> types.Hover | None:
    return showing.hovered(ls.session, ls.session.document(params.text_document.uri), params.position)


def _folding_range(ls: ReportServer, params: types.FoldingRangeParams) -> list[types.FoldingRange]:
    return showing.folding_ranges(ls.session.document(params.text_document.uri))


def _selection_range(ls: ReportServer, params: types.SelectionRangeParams) -> list[types.SelectionRange]:
    return showing.selection_ranges(ls.session.document(params.text_document.uri), params.positions)


def _document_symbol(
    ls: ReportServer, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
    return showing.document_symbols(ls.session, ls.session.document(params.text_document.uri))


def _inlay_hint(ls: ReportServer, params: types.InlayHintParams) -> list[types.InlayHint]:
    return showing.inlay_hints(ls.session.document(params.text_document.uri), params.range)


def _completion(ls: ReportServer, params: types.CompletionParams) -> types.CompletionList:
    return completions(ls.session, ls.session.document(params.text_document.uri), params.position)


def _diagnostic(ls: ReportServer, params: types.DocumentDiagnosticParams) -> Written:
    return pulled(ls.session, ls.session.document(params.text_document.uri), params.previous_result_id)


def _code_action(ls: ReportServer, params: types.CodeActionParams) -> list[types.CodeAction | types.Command]:
    document = ls.session.document(params.text_document.uri)
    ls.session.look_again([document], is_sure=False)
    return actions(ls.session, document, params.range, params.context)


def _code_action_resolve(ls: ReportServer, params: types.CodeAction) -> types.CodeAction:
    return resolved(ls.session, params)


def _rename(ls: ReportServer, params: types.RenameParams) -> types.WorkspaceEdit | None:
    document = ls.session.document(params.text_document.uri)
    return renamed(ls.session, document, params.position, params.new_name)


def _prepare_rename(ls: ReportServer, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    return prepared(ls.session.document(params.text_document.uri), params.position)


def _workspace_symbol(ls: ReportServer, params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
    return showing.workspace_symbols(ls.session, params.query)


def _did_change_configuration(ls: ReportServer, params: types.DidChangeConfigurationParams) -> None:
    if ls.session.client.configures:
        _ask_for_settings(ls)
    else:
        ls.session.configure(params.settings)


def _did_change_workspace_folders(ls: ReportServer, params: types.DidChangeWorkspaceFoldersParams) -> None:
    gone = [path_of(folder.uri) for folder in params.event.removed]
    come = [path for path in (path_of(folder.uri) for folder in params.event.added) if path]
    ls.session.folders = [folder for folder in ls.session.folders if folder not in gone] + come


def _did_change_watched_files(ls: ReportServer, _params: types.DidChangeWatchedFilesParams) -> None:
    ls.session.look_again(ls.session.documents.values(), is_sure=True)


def _will_rename_files(ls: ReportServer, params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
    return will_rename(ls.session, params.files)


_HANDLERS: tuple[tuple[str, Any, Any], ...] = (
    (types.INITIALIZE, _initialize, None),
    (types.INITIALIZED, _initialized, None),
    (types.EXIT, _exit, None),
    (types.TEXT_DOCUMENT_DID_OPEN, _did_open, None),
    (types.TEXT_DOCUMENT_DID_CHANGE, _did_change, None),
    (types.TEXT_DOCUMENT_DID_SAVE, _did_save, types.SaveOptions(include_text=False)),
    (types.TEXT_DOCUMENT_DID_CLOSE, _did_close, None),
    (types.TEXT_DOCUMENT_DEFINITION, _definition, None),
    (types.TEXT_DOCUMENT_REFERENCES, _references, None),
    (types.TEXT_DOCUMENT_DOCUMENT_LINK, _document_link, None),
    (types.TEXT_DOCUMENT_HOVER, _hover, None),
    (types.TEXT_DOCUMENT_FOLDING_RANGE, _folding_range, None),
    (types.TEXT_DOCUMENT_SELECTION_RANGE, _selection_range, None),
    (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, _document_symbol, types.DocumentSymbolOptions(label=NAME)),
    (types.TEXT_DOCUMENT_INLAY_HINT, _inlay_hint, None),
    (types.TEXT_DOCUMENT_COMPLETION, _completion, completion_options()),
    (types.TEXT_DOCUMENT_CODE_ACTION, _code_action, action_options()),
    (types.CODE_ACTION_RESOLVE, _code_action_resolve, None),
    (types.TEXT_DOCUMENT_RENAME, _rename, None),
    (types.TEXT_DOCUMENT_PREPARE_RENAME, _prepare_rename, None),
    (types.WORKSPACE_SYMBOL, _workspace_symbol, None),
    (types.WORKSPACE_DID_CHANGE_CONFIGURATION, _did_change_configuration, None),
    (types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, _did_change_workspace_folders, None),
    (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, _did_change_watched_files, None),
    (types.WORKSPACE_WILL_RENAME_FILES, _will_rename_files, rename_filters()),
)
