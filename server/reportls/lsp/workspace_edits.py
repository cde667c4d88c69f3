"""Workspace edits in the form that the client understands."""

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
    """Return an edit of an open document; clients that check versions make it in this version only."""
    return in_files([(document.uri, document.version, edits)], client)


def in_files(
    files: Sequence[tuple[str, int | None, Sequence[AnyEdit]]], client: Client, before: Sequence[Change] = ()
) -> types.WorkspaceEdit:
    """Return an edit of several files, given by URI, version (None if not open) and text edits.

    `before` are changes to make first, such as renaming a file; only clients with `takes_document_changes` support
    them.
    """
    if client.takes_document_changes:
        changes: list[Change] = [*before]
        for uri, version, edits in files:
            identifier = types.OptionalVersionedTextDocumentIdentifier(uri, version)
            changes.append(types.TextDocumentEdit(identifier, [*edits]))
        return types.WorkspaceEdit(document_changes=changes)
    plain = {uri: [edit for edit in edits if isinstance(edit, types.TextEdit)] for uri, _, edits in files}
    return types.WorkspaceEdit(changes=plain)
