"""Messages that are taken as the plain data that JSON gives: two that come with every keystroke, and our own requests.

Making the protocol's types of the former, and passing them through the machinery for all others, would take as long as
judging the report. One that is not exactly as it should be is left to that machinery, which says what is wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from lsprotocol import types

from reportls.lsp.message import NotPlainError
from reportls.lsp.paging import PAGE, page_of_document
from reportls.lsp.pulling import pulled

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportls.lsp.message import Written
    from reportls.lsp.session import Session


class Place(NamedTuple):
    """Where a change begins and ends: lines, and columns in the client's unit."""

    start_line: int
    start_column: int
    end_line: int
    end_column: int


class PlainChange(NamedTuple):
    """What one edit puts in which place; None for the whole document."""

    place: Place | None
    text: str


def change(session: Session, params: object) -> None:
    """Take a `textDocument/didChange`.

    Raises:
        NotPlainError: it is not as it should be, and nothing was done.
    """
    document, changes = _object(params, "textDocument"), _member(params, "contentChanges", list)
    uri, version = _member(document, "uri", str), _member(document, "version", int)
    session.change(uri, version, [_change(each) for each in changes])


def pull(session: Session, params: object) -> Written:
    """The result of a `textDocument/diagnostic`.

    Raises:
        NotPlainError: it is not as it should be.
    """
    document = session.documents.get(_member(_object(params, "textDocument"), "uri", str))
    known = params.get("previousResultId") if isinstance(params, dict) else None
    if document is None or not isinstance(known, (str, type(None))):
        raise NotPlainError
    return pulled(session, document, known)


def show_page(session: Session, params: object) -> Written:
    """The result of a `reportls/page`.

    Raises:
        NotPlainError: it is not as it should be.
    """
    return page_of_document(session.document(_member(params, "uri", str)))


PLAIN: dict[tuple[str, bool], Callable[[Session, object], Written | None]] = {
    (types.TEXT_DOCUMENT_DID_CHANGE, False): change,
    (types.TEXT_DOCUMENT_DIAGNOSTIC, True): pull,
    (PAGE, True): show_page,
}
"""By method, and whether it is a request."""


def _change(value: object) -> PlainChange:
    text = _member(value, "text", str)
    if isinstance(value, dict) and value.get("range") is None:
        return PlainChange(None, text)
    range_ = _object(value, "range")
    start, end = _object(range_, "start"), _object(range_, "end")
    return PlainChange(Place(*_position(start), *_position(end)), text)


def _position(position: dict[str, Any]) -> tuple[int, int]:
    line, column = _member(position, "line", int), _member(position, "character", int)
    if line < 0 or column < 0:
        raise NotPlainError
    return line, column


def _object(value: object, name: str) -> dict[str, Any]:
    found: dict[str, Any] = _member(value, name, dict)
    return found


def _member(value: object, name: str, kind: type[Any]) -> Any:  # noqa: ANN401  # of that type
    found = value.get(name) if isinstance(value, dict) else None
    if type(found) is not kind:
        raise NotPlainError
    return found
