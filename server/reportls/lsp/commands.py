"""The commands that a client may have executed. Each takes the session and the arguments that the client sent."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from reportls.features.tasks import toggled
from reportls.features.unanswered import next_unanswered
from reportls.lsp.capabilities import CHECK_ALL, NEXT_UNANSWERED, TOGGLE_TASK
from reportls.lsp.checking import check_all
from reportls.lsp.rpc.messages import INVALID_PARAMS, RefusedError
from reportls.lsp.workspace_edits import in_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportls.lsp.documents import Document
    from reportls.lsp.session import Session


def go_to_next_unanswered(session: Session, *arguments: object) -> types.Location | None:
    """Go from a place in a document to the next question that is not answered; where that is."""
    document, position = _place(session, arguments)
    snapshot, converter = document.snapshot, document.converter
    span = next_unanswered(snapshot, converter.offset(position)) if snapshot else None
    if not span:
        return None
    range_ = converter.range(span)
    if session.client.shows_documents:
        params = types.ShowDocumentParams(document.uri, take_focus=True, selection=range_)
        session.endpoint.ask(types.WINDOW_SHOW_DOCUMENT, params)
    return types.Location(document.uri, range_)


def toggle_task(session: Session, *arguments: object) -> types.WorkspaceEdit | None:
    """Tick the task at a place in a document, or untick it; the edit, which the client is asked to make if it can."""
    document, position = _place(session, arguments)
    snapshot, converter = document.snapshot, document.converter
    edit = toggled(snapshot, converter.offset(position)) if snapshot else None
    if not edit:
        return None
    made = in_document(document, converter.edits([edit]), session.client)
    if session.client.applies_edits:
        session.endpoint.ask(types.WORKSPACE_APPLY_EDIT, types.ApplyWorkspaceEditParams(made, label="toggle the task"))
    return made


ALL: dict[str, Callable[..., Any]] = {
    NEXT_UNANSWERED: go_to_next_unanswered,
    TOGGLE_TASK: toggle_task,
    CHECK_ALL: check_all,
}
"""By name."""


def _place(session: Session, arguments: tuple[object, ...]) -> tuple[Document, types.Position]:
    """A document's URI and a position in it; without a position, its start.

    Raises:
        RefusedError: they are something else, or the document is not open.
    """
    uri, position = (*arguments, None, None)[:2]
    if not isinstance(uri, str):
        raise RefusedError(INVALID_PARAMS, "the arguments are the URI of a document and a position in it")
    return session.document(uri), _position(position)


def _position(value: object) -> types.Position:
    if value is None:
        return types.Position(0, 0)
    if isinstance(value, dict) and all(type(value.get(name)) is int for name in ("line", "character")):
        with suppress(ValueError):  # a number that is no uinteger
            return types.Position(value["line"], value["character"])
    raise RefusedError(INVALID_PARAMS, "the second argument is a position: an object with `line` and `character`")
