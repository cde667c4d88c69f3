"""A server that finds nothing, the lower bound for any server on pygls: `python -m tests.bench.empty_server`."""

from __future__ import annotations

from lsprotocol import types
from pygls.lsp.server import LanguageServer

_server = LanguageServer("empty", "0")


@_server.feature(types.TEXT_DOCUMENT_DID_OPEN)
@_server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
def publish(
    server: LanguageServer, params: types.DidOpenTextDocumentParams | types.DidChangeTextDocumentParams
) -> None:
    """Publish an empty list for each version."""
    document = params.text_document
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(document.uri, [], document.version))


if __name__ == "__main__":
    _server.start_io()
