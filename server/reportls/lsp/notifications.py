"""What is taken as plain data: all that every session begins with, what comes with every keystroke, our own requests.

Making the protocol's types of the data, and passing them through the machinery for all others, would take as long as
judging the report. What is not exactly as it should be is refused, and that machinery says why.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from reportls.lsp.members import change_from, inner, member, optional, paths
from reportls.lsp.paging import PAGE, page_of_document
from reportls.lsp.pulling import pulled
from reportls.lsp.settings import SECTION

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportls.lsp.rpc.endpoint import Take
    from reportls.lsp.rpc.messages import Written
    from reportls.lsp.session import Session

_SETTINGS = "workspace/didChangeConfiguration"


def takers(session: Session) -> dict[tuple[str, bool], Take]:
    """What takes the messages of a session, by method and whether they are requests."""
    return {kind: partial(take, session) for kind, take in _TAKERS.items()}


def _initialized(session: Session, _params: object) -> None:
    if session.client.notifies_of_settings:
        what = {"id": "settings", "method": _SETTINGS, "registerOptions": {"section": SECTION}}
        session.endpoint.ask("client/registerCapability", {"registrations": [what]})
    _ask_for_settings(session)


def _ask_for_settings(session: Session) -> None:
    if session.client.configures:
        wanted = {"items": [{"section": SECTION}]}
        session.endpoint.ask("workspace/configuration", wanted, partial(_take_settings, session))


def _take_settings(session: Session, answer: object) -> None:
    session.configure(answer[0] if isinstance(answer, list) and answer else None)


def _did_change_configuration(session: Session, params: object) -> None:
    if session.client.configures:
        _ask_for_settings(session)
    else:
        session.configure(params.get("settings") if isinstance(params, dict) else None)


def _did_open(session: Session, params: object) -> None:
    document = inner(params, "textDocument")
    session.open(member(document, "uri", str), member(document, "version", int), member(document, "text", str))


def _did_change(session: Session, params: object) -> None:
    document, changes = inner(params, "textDocument"), member(params, "contentChanges", list)
    uri, version = member(document, "uri", str), member(document, "version", int)
    session.change(uri, version, [change_from(each) for each in changes])


def _did_close(session: Session, params: object) -> None:
    session.close(_uri(params))


def _files_changed(session: Session, _params: object) -> None:
    session.look_again(session.documents.values(), is_sure=True)


def _folders_changed(session: Session, params: object) -> None:
    event = inner(params, "event")
    gone, come = (paths(member(event, which, list)) for which in ("removed", "added"))
    session.folders = [folder for folder in session.folders if folder not in gone] + come


def _pull(session: Session, params: object) -> Written:
    return pulled(session, session.document(_uri(params)), optional(params, "previousResultId", str))


def _show_page(session: Session, params: object) -> Written:
    return page_of_document(session.document(member(params, "uri", str)))


def _progress_cancelled(session: Session, params: object) -> None:
    session.cancel_progress(params.get("token") if isinstance(params, dict) else None)


def _uri(params: object) -> str:
    uri: str = member(inner(params, "textDocument"), "uri", str)
    return uri


_TAKERS: dict[tuple[str, bool], Callable[[Session, Any], Written | None]] = {
    ("initialized", False): _initialized,
    ("window/workDoneProgress/cancel", False): _progress_cancelled,
    ("textDocument/didOpen", False): _did_open,
    ("textDocument/didChange", False): _did_change,
    ("textDocument/didSave", False): _files_changed,
    ("textDocument/didClose", False): _did_close,
    ("textDocument/diagnostic", True): _pull,
    (_SETTINGS, False): _did_change_configuration,
    ("workspace/didChangeWorkspaceFolders", False): _folders_changed,
    ("workspace/didChangeWatchedFiles", False): _files_changed,
    (PAGE, True): _show_page,
}
