"""The reports of the workspace, open or in a folder that the editor has open, and the edits of them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from lsprotocol import types

from reportls.form_snapshot import snapshot_of
from reportls.host.discovery import find_reports
from reportls.host.loading import load
from reportls.host.paths import HostError
from reportls.lsp.conversion import Converter, uri_of
from reportls.lsp.publishing import Judged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from reportls.lsp.capabilities import Client
    from reportls.lsp.documents import Document
    from reportls.lsp.session import Session

AnyEdit = types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit
Change = types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile


def open_reports(session: Session) -> Iterator[Judged]:
    """Yield the open reports."""
    for document in session.documents.values():
        if snapshot := document.snapshot:
            yield Judged(document.uri, document.version, snapshot, document.converter, document.path)


def all_reports(session: Session, folders: Iterable[Path]) -> Iterator[Judged]:
    """Yield the open reports, then those in the folders; files that cannot be read are left out.

    Raises RefusedError if the client cancels the request that is being handled.
    """
    seen: set[Path | None] = set()
    for report in open_reports(session):
        seen.add(report.path)
        yield report
    for path in _found(folders):
        if path not in seen and (unopened := _from_disk(session, path)):
            seen.add(path)
            yield unopened


def reports_beside(session: Session, document: Document) -> Iterator[Judged]:
    """Yield an open report and the others of its folder."""
    folder = document.path.parent if document.path else None
    for report in all_reports(session, [folder] if folder else []):
        if report.uri == document.uri or (folder and report.path and report.path.parent == folder):
            yield report


def _found(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        with suppress(HostError):
            yield from find_reports(folder)


def _from_disk(session: Session, path: Path) -> Judged | None:
    try:
        loaded = load(path, session.flags)
    except HostError:
        return None
    snapshot = snapshot_of(loaded.text, loaded.environment, pause=session.endpoint.pause)
    converter = Converter(snapshot.report, session.client.encoding)
    return Judged(uri_of(path), None, snapshot, converter, path)


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
