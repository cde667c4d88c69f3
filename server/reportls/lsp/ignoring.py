"""The edit of the configuration file that has a rule ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types

from reportls.configuration.ignoring import ignoring
from reportls.host.configuration import configuration_for
from reportls.host.error import HostError
from reportls.lsp.convert import Converter
from reportls.lsp.edits import in_files
from reportls.lsp.uris import uri_of
from reportls.report.report import parse

if TYPE_CHECKING:
    from pathlib import Path

    from reportls.findings.rule import Rule
    from reportls.lsp.documents import Document
    from reportls.lsp.session import Session

_NEW = "reportls.toml"
_SHARED = "pyproject.toml"
_TABLE = ("tool", "reportls")


class FileEdit(NamedTuple):
    """An edit of a file that need not be open."""

    name: str
    """The file's."""
    edit: types.WorkspaceEdit


def ignoring_edit(session: Session, document: Document, rule: Rule) -> FileEdit | None:
    """The edit, if there is a file to edit, or the client can make one; None also if the file is broken."""
    if not document.path:
        return None
    try:
        found = configuration_for(document.path.parent)
    except HostError:
        return None
    if found.path is None:
        return _in_new_file(session, document.path.parent / _NEW, rule)
    table = _TABLE if found.path.name == _SHARED else ()
    edits = ignoring(found.text, table, rule.name)
    if not edits:
        return None
    converter = Converter(parse(found.text), session.client.encoding)
    changes = [(uri_of(found.path), None, converter.edits(edits))]
    return FileEdit(found.path.name, in_files(changes, session.client))


def _in_new_file(session: Session, path: Path, rule: Rule) -> FileEdit | None:
    edits = ignoring(None, (), rule.name)
    if not edits or not session.client.creates_files or not session.client.takes_document_changes:
        return None
    uri = uri_of(path)
    created = types.CreateFile(uri, options=types.CreateFileOptions(ignore_if_exists=True))
    written = Converter(parse(""), session.client.encoding).edits(edits)
    return FileEdit(path.name, in_files([(uri, None, written)], session.client, [created]))
