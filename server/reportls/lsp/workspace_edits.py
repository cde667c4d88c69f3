"""Edits of files in the form that the client takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportls.lsp.client import Client
    from reportls.lsp.documents import Document

AnyEdit = types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit
Change = types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile


def in_document(document: Document, edits: Sequence[AnyEdit], client: Client) -> types.WorkspaceEdit:
    """Edits of an open document, of exactly this version if the client can see to that."""
    return in_files([(document.uri, document.version, edits)], client)


def in_files(
    files: Sequence[tuple[str, int | None, Sequence[AnyEdit]]], client: Client, before: Sequence[Change] = ()
) -> types.WorkspaceEdit:
    """Edits of several files, by URI and, if open, version; first what is to be done `before`."""
    if client.takes_document_changes:
        changes: list[Change] = [*before]
        for uri, version, edits in files:
            identifier = types.OptionalVersionedTextDocumentIdentifier(uri, version)
            changes.append(types.TextDocumentEdit(identifier, [*edits]))
        return types.WorkspaceEdit(document_changes=changes)
    plain = {uri: [edit for edit in edits if isinstance(edit, types.TextEdit)] for uri, _, edits in files}
    return types.WorkspaceEdit(changes=plain)
