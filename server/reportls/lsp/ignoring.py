"""The edit of the configuration file that has a rule ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from reportls.configuration.ignoring import ignoring
from reportls.host.configuration import OWN, SHARED, TABLE, configuration_for
from reportls.host.error import HostError
from reportls.lsp.positions import Converter
from reportls.lsp.uris import uri_of
from reportls.lsp.workspace_edits import in_files
from reportls.report.report import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reportls.lsp.documents import Document
    from reportls.lsp.session import Session


class FileEdit(NamedTuple):
    """An edit of a file that need not be open."""

    name: str
    """The file's."""
    edit: types.WorkspaceEdit


def ignoring_edits(session: Session, document: Document, rules: Sequence[str]) -> Iterator[tuple[str, FileEdit]]:
    """For each rule the edit, if there is a file to edit, or the client can make one; none if the file is broken."""
    if not document.path or not rules:
        return
    try:
        found = configuration_for(document.path.parent)
    except HostError:
        return
    for rule in rules:
        new = document.path.parent / OWN
        edit = _in_file(session, found.path, found.text, rule) if found.path else _in_new_file(session, new, rule)
        if edit:
            yield rule, edit


def _in_file(session: Session, path: Path, text: str, rule: str) -> FileEdit | None:
    edits = ignoring(text, TABLE if path.name == SHARED else (), rule)
    if not edits:
        return None
    changes = [(uri_of(path), None, Converter(parse(text), session.client.encoding).edits(edits))]
    return FileEdit(path.name, in_files(changes, session.client))


def _in_new_file(session: Session, path: Path, rule: str) -> FileEdit | None:
    edits = ignoring(None, (), rule)
    if not edits or not session.client.creates_files or not session.client.takes_document_changes:
        return None
    uri = uri_of(path)
    created = types.CreateFile(uri, options=types.CreateFileOptions(ignore_if_exists=True))
    written = Converter(parse(""), session.client.encoding).edits(edits)
    return FileEdit(path.name, in_files([(uri, None, written)], session.client, [created]))
