"""An editor based on pytest-lsp's client, which fails if the server violates the specification."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from lsprotocol.converters import get_converter
from pygls.lsp.client import LanguageClient as PlainClient
from pytest_lsp import LanguageClient
from pytest_lsp.client import register_lsp_features

from tests.support import editing
from tests.support.capabilities import capabilities

if TYPE_CHECKING:
    from pathlib import Path

CONVERTER = get_converter()
SECONDS = 30.0
"""Time limit of a request in seconds, on a busy machine."""


class Editor(LanguageClient):
    """An editor with one open document."""

    uri: str
    text: str
    encoding: str
    standard_error: asyncio.Task[bytes]
    published: asyncio.Queue[types.PublishDiagnosticsParams]
    """Published diagnostics that no test has looked at yet."""

    async def start_io(self, cmd: str, *args: Any, **options: Any) -> None:  # noqa: ANN401  # the base class's
        """Start the server and record its standard error."""
        await PlainClient.start_io(self, cmd, *args, **options)
        assert self._server
        assert self._server.stderr
        self.standard_error = asyncio.create_task(self._server.stderr.read())

    async def begin(self, folder: Path, encoding: str) -> types.ServerCapabilities:
        """Begin a session in the folder, with columns in that unit."""
        self.published = asyncio.Queue()
        self._wait_for_diagnostics()
        params = types.InitializeParams(
            capabilities=CONVERTER.structure(capabilities(encodings=[encoding]), types.ClientCapabilities),
            workspace_folders=[types.WorkspaceFolder(folder.as_uri(), folder.name)],
        )
        self.encoding = encoding
        result = await asyncio.wait_for(self.initialize_session(params), SECONDS)
        return result.capabilities

    def open(self, uri: str, text: str) -> None:
        """Open a document."""
        self.uri, self.text = uri, text
        document = types.TextDocumentItem(uri, types.LanguageKind.Markdown, 1, text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(document))

    async def ask(self, method: str, **params: Any) -> Any:  # noqa: ANN401  # any type of the protocol
        """Send a request about the document; return the result in the protocol's types."""
        kind: Any = types.METHOD_TO_TYPES[method][2]
        data = kind(text_document=types.TextDocumentIdentifier(self.uri), **params)
        return await self.request(method, data)

    async def request(self, method: str, params: object) -> Any:  # noqa: ANN401  # any type of the protocol
        """Send a request; return the result in the protocol's types."""
        protocol: Any = self.protocol
        return await asyncio.wait_for(protocol.send_request_async(method, params), SECONDS)

    async def actions(self, words: str, *only: types.CodeActionKind) -> list[types.CodeAction]:
        """Return the code actions of these kinds at the words."""
        context = types.CodeActionContext([], only=[*only] or None)
        method, range_ = types.TEXT_DOCUMENT_CODE_ACTION, self.range_of(words)
        found: list[types.CodeAction] = await self.ask(method, range=range_, context=context)
        return found

    async def execute(self, command: str, *more: Any) -> Any:  # noqa: ANN401  # plain JSON
        """Execute a command on the document; return its result."""
        params = types.ExecuteCommandParams(command, arguments=[self.uri, *more])
        return await self.request(types.WORKSPACE_EXECUTE_COMMAND, params)

    async def findings(self, version: int = 1) -> list[tuple[object, str]]:
        """Return rule and marked text of each diagnostic of that version."""
        while True:
            found = await asyncio.wait_for(self.published.get(), SECONDS)
            if (found.uri, found.version) == (self.uri, version):
                return [(it.code, self.shown(it.range)) for it in found.diagnostics]

    def _wait_for_diagnostics(self) -> None:
        """Wait for further diagnostics, several of which may arrive together."""
        protocol: Any = self.protocol
        protocol.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, self._take_diagnostics)

    def _take_diagnostics(self, params: types.PublishDiagnosticsParams) -> None:
        self.published.put_nowait(params)
        self._wait_for_diagnostics()

    def place(self, words: str) -> types.Position:
        """Return the position before the words, which must occur once."""
        assert self.text.count(words) == 1
        return types.Position(**editing.position_of(self.text, self.text.index(words), self.encoding))

    def range_of(self, words: str) -> types.Range:
        """Return the range of the words, which must occur once."""
        start = self.text.index(words)
        return CONVERTER.structure(editing.range_of(self.text, start, start + len(words), self.encoding), types.Range)

    def shown(self, range_: types.Range) -> str:
        """Return the text in a range."""
        return editing.shown_in(self.text, CONVERTER.unstructure(range_), self.encoding)

    def after(self, edit: types.WorkspaceEdit | None) -> str:
        """Return the text after the edit; renamed files are ignored."""
        data = CONVERTER.unstructure(edit)
        data["documentChanges"] = [change for change in data["documentChanges"] if "textDocument" in change]
        return editing.workspace_after(data, {self.uri: self.text}, self.encoding)[self.uri]

    async def leave(self) -> list[str]:
        """End the session; return all errors that occurred in it."""
        await asyncio.wait_for(self.shutdown_session(), SECONDS)
        assert self._server
        assert self._server.returncode == 0
        messages: list[types.ShowMessageParams | types.LogMessageParams] = [*self.messages, *self.log_messages]
        said = [it.message for it in messages if it.type is types.MessageType.Error]
        return said + (await self.standard_error).decode().splitlines()


def make_editor() -> Editor:
    """Return an editor whose server is not started yet."""
    editor = Editor()
    register_lsp_features(editor)
    # What else the server asks an editor for.
    editor.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda _: None)
    editor.feature(types.CLIENT_UNREGISTER_CAPABILITY)(lambda _: None)
    editor.feature(types.WORKSPACE_INLAY_HINT_REFRESH)(lambda _: None)
    editor.feature(types.WORKSPACE_APPLY_EDIT)(lambda _: types.ApplyWorkspaceEditResult(applied=True))
    return editor
