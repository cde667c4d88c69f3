"""Completion items in the protocol's types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from reportls.features.completion import Completion, CompletionKind, complete
from reportls.lsp.conversion import uri_of

if TYPE_CHECKING:
    from reportls.lsp.documents import Document
    from reportls.lsp.session import Session

_KINDS = {
    CompletionKind.FIGURE: types.CompletionItemKind.File,
    CompletionKind.FOLDER: types.CompletionItemKind.Folder,
    CompletionKind.SNIPPET: types.CompletionItemKind.Snippet,
    CompletionKind.STUDY_NUMBER: types.CompletionItemKind.Value,
}

_MANY = 50
"""Each kind of completion has this limit or a higher one; with this many items, some may be missing."""


def completions(session: Session, params: types.CompletionParams) -> types.CompletionList:
    """Return the completions at the position, in the order in which to show them."""
    document = session.document(params.text_document.uri)
    snapshot, converter = document.snapshot, document.converter
    found = complete(snapshot, converter.offset(params.position)) if snapshot else ()
    items = [_item(session, document, completion) for completion in found]
    return types.CompletionList(is_incomplete=len(items) >= _MANY, items=items)


def _item(session: Session, document: Document, completion: Completion) -> types.CompletionItem:
    is_snippet = completion.snippet is not None and session.client.takes_snippets
    new_text = (completion.snippet if is_snippet else None) or completion.new_text
    return types.CompletionItem(
        completion.label,
        kind=_KINDS[completion.kind],
        detail=completion.detail,
        documentation=_documentation(session, document, completion),
        # Clients sort by text: padded, 10 comes after 9.
        sort_text=f"{completion.order:04}",
        # Clients compare this with all the text that the completion replaces.
        filter_text=document.report.text[completion.replaced.start : completion.replaced.end] + completion.new_text
        if completion.kind is CompletionKind.SNIPPET
        else completion.new_text,
        insert_text_format=types.InsertTextFormat.Snippet if is_snippet else types.InsertTextFormat.PlainText,
        text_edit=types.TextEdit(document.converter.range(completion.replaced), new_text),
    )


def _documentation(session: Session, document: Document, completion: Completion) -> types.MarkupContent | None:
    words = completion.documentation
    if completion.figure and document.path and session.client.reads_markdown:
        words = f"![]({uri_of(document.path.parent / completion.figure)})\n\n{words}"
    if not words:
        return None
    kind = types.MarkupKind.Markdown if session.client.reads_markdown else types.MarkupKind.PlainText
    return types.MarkupContent(kind, words)
