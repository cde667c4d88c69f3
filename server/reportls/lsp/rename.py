"""Renames a figure: its file, and its path wherever a report uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from reportls.features.references import check_new_name, full_name, rename_edits
from reportls.lsp.conversion import path_of, uri_of
from reportls.lsp.navigation import figure_used
from reportls.lsp.rpc.messages import INVALID_PARAMS, RefusedError
from reportls.lsp.session import Proposed
from reportls.lsp.workspace import all_reports, in_files, reports_beside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportls.lsp.documents import Document
    from reportls.lsp.publishing import Judged
    from reportls.lsp.session import Session
    from reportls.lsp.workspace import AnyEdit


_REQUEST_FAILED = -32803
"""A request makes sense but cannot be done; the message is for the user."""


def prepared(session: Session, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    """Return the figure whose path is at the position, which is what would be renamed."""
    document = session.document(params.text_document.uri)
    use = figure_used(document, params.position)
    return types.PrepareRenamePlaceholder(document.converter.range(use.span), use.path) if use else None


def renamed(session: Session, params: types.RenameParams) -> types.WorkspaceEdit | None:
    """Return the edit that renames the figure whose path is at the position.

    Raises:
        RefusedError: the new name cannot be used, or the client cannot rename files.
    """
    document, new_name = session.document(params.text_document.uri), params.new_name
    snapshot, use, path = document.snapshot, figure_used(document, params.position), document.path
    if not snapshot or not use or not path:
        return None
    if why := check_new_name(snapshot, use.path, new_name):
        raise RefusedError(INVALID_PARAMS, why)
    new = full_name(use.path, new_name)
    before = []
    if snapshot.environment.files.info(use.path):
        if not session.client.renames_files:
            message = "this editor cannot rename files: rename the file itself, then correct the paths in the report"
            raise RefusedError(_REQUEST_FAILED, message)
        old_uri, new_uri = uri_of(path.parent / use.path), uri_of(path.parent / new)
        before = [types.RenameFile(old_uri, new_uri, options=types.RenameFileOptions(overwrite=False))]
        session.proposed = Proposed(path.parent / use.path, path.parent / new, document.uri, document.version)
    return in_files([*_edits(session, document, use.path, new)], session.client, before)


def will_rename(session: Session, params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
    """Return the edits that make reports refer to the new names of files that are about to be renamed."""
    found: dict[str, tuple[str, int | None, list[AnyEdit]]] = {}
    for old, new in ((path_of(file.old_uri), path_of(file.new_uri)) for file in params.files):
        if old and new and not _was_proposed(session, old, new):
            for uri, version, edits in _moved(session, old, new):
                found.setdefault(uri, (uri, version, []))[2].extend(edits)
    return in_files([*found.values()], session.client) if found else None


def _was_proposed(session: Session, old: Path, new: Path) -> bool:
    """Return whether we proposed this rename, edits included: some clients ask again when they carry it out."""
    proposed, session.proposed = session.proposed, None
    document = session.documents.get(proposed.uri) if proposed else None
    return document is not None and proposed == Proposed(old, new, document.uri, document.version)


def _moved(session: Session, old: Path, new: Path) -> Iterator[tuple[str, int | None, list[AnyEdit]]]:
    slash = "/" if old.is_dir() else ""
    for report in all_reports(session, session.folders):
        folder = report.path.parent if report.path else None
        if folder and old.is_relative_to(folder) and new.is_relative_to(folder):
            here, there = (path.relative_to(folder).as_posix() + slash for path in (old, new))
            yield from _of_report(report, here, there)


def _edits(session: Session, document: Document, old: str, new: str) -> Iterator[tuple[str, int | None, list[AnyEdit]]]:
    for report in reports_beside(session, document):
        yield from _of_report(report, old, new)


def _of_report(report: Judged, old: str, new: str) -> Iterator[tuple[str, int | None, list[AnyEdit]]]:
    if edits := rename_edits(report.snapshot, old, new):
        yield report.uri, report.version, [*report.converter.edits(edits)]
