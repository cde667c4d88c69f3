"""Handlers on the path of a keystroke: they take the JSON of a message directly.

These are the messages that each session starts with, those that each edit sends, and our own requests. Making
lsprotocol's types of them and passing them through pygls takes longer than checking the report. A handler raises
`NotPlainError` if anything in the message is not exactly as specified; then the slow way finds out what is wrong.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from reportls.features.questions import question_rows
from reportls.host.read import reader_beside
from reportls.lsp.conversion import Place, PlainChange, path_of
from reportls.lsp.rpc.messages import NotPlainError, Written, inner, member, optional
from reportls.lsp.session import SECTION
from reportls.rules import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportls.features.questions import Amount, QuestionRow
    from reportls.form_snapshot import AnySnapshot
    from reportls.lsp.documents import Document
    from reportls.lsp.rpc.endpoint import Take
    from reportls.lsp.session import Session

PAGE = "reportls/page"
QUESTIONS = "reportls/questions"
RULE = "reportls/rule"
HANDED_IN, TO_READ = "handed-in", "to-read"
"""The kinds of pages: that which the course's script makes, and ours."""
_SETTINGS = "workspace/didChangeConfiguration"


def plain_handlers(session: Session) -> dict[tuple[str, bool], Take]:
    """Return the handlers of a session, by method and whether they are of requests."""
    return {kind: partial(handle, session) for kind, handle in _HANDLERS.items()}


def change_from(value: object) -> PlainChange:
    """Read one element of `contentChanges`.

    Raises:
        NotPlainError: it is not as specified.
    """
    text = member(value, "text", str)
    if isinstance(value, dict) and value.get("range") is None:
        return PlainChange(None, text)
    start, end = _position(inner(value, "range", "start")), _position(inner(value, "range", "end"))
    return PlainChange(Place(*start, *end), text)


def folder_paths(folders: list[Any]) -> list[Path]:
    """Return the paths of workspace folders; those that are not on this disk are left out.

    Raises:
        NotPlainError: one has no URI.
    """
    found = (path_of(member(folder, "uri", str)) for folder in folders)
    return [path for path in found if path]


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
    # A client that can be asked sends nothing useful here, by the specification.
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
    gone, come = (folder_paths(member(event, which, list)) for which in ("removed", "added"))
    session.folders = [folder for folder in session.folders if folder not in gone] + come


def _pull_diagnostics(session: Session, params: object) -> Written:
    document, known = session.document(_uri(params)), optional(params, "previousResultId", str)
    snapshot = document.snapshot
    # The version alone would not do: files beside the document change the findings, too.
    current = f"{document.version}.{document.generation}" if snapshot else "none"
    if known == current:
        return Written(json.dumps({"kind": "unchanged", "resultId": current}))
    items = session.publisher.items(document, snapshot) if snapshot else ""
    return Written(f'{{"kind":"full","resultId":"{current}","items":[{items}]}}')


def _show_page(session: Session, params: object) -> Written:
    """Return `{"html", "kind", "kinds", "problem"}`: a page of the report; null if the document is no open report."""
    # Few sessions show the page, and what renders it loads slowly.
    from reportls.render.markdown import checker_page_or_problem  # noqa: PLC0415
    from reportls.render.page import page_of  # noqa: PLC0415
    from reportls.render.pictures import LARGEST  # noqa: PLC0415

    judged = _judged(session, params)
    if not judged:
        return Written("null")
    document, snapshot = judged
    path = document.path
    kinds = [*([HANDED_IN] if document.answers and document.answers.edition.id else []), TO_READ]
    kind = optional(params, "kind", str) or kinds[0]
    if kind == HANDED_IN and kind in kinds:
        html, problem = checker_page_or_problem(snapshot.report.text)
        return Written(json.dumps({"kind": HANDED_IN, "kinds": kinds, "html": html, "problem": problem}))
    name = path.name if path else document.uri.rpartition("/")[2].removeprefix("untitled:")
    read = reader_beside(path, LARGEST) if path else lambda _: None
    html = page_of(snapshot, name, read, session.endpoint.pause)
    return Written(json.dumps({"kind": TO_READ, "kinds": kinds, "html": html, "problem": None}))


def _show_rule(_session: Session, params: object) -> Written:
    """Return `{"name", "title", "page"}` of a rule; null if there is none with that name."""
    rule = BY_NAME.get(member(params, "rule", str))
    return Written(json.dumps({"name": rule.name, "title": rule.title, "page": rule.page} if rule else None))


def _list_questions(session: Session, params: object) -> Written:
    """Return `{"version": ..., "questions": [...]}`; null if the document is no open report."""
    judged = _judged(session, params)
    if not judged:
        return Written("null")
    document, snapshot = judged
    rows = [_plain_row(row) for row in question_rows(snapshot)]
    return Written(json.dumps({"version": document.version, "questions": rows}))


def _judged(session: Session, params: object) -> tuple[Document, AnySnapshot] | None:
    """Return the report that a request of ours names, and its snapshot; None if it is not an open report.

    A client asks after every change, so a document may well be closed when its request arrives. That is no error.
    """
    document = session.documents.get(member(params, "uri", str))
    snapshot = document.snapshot if document else None
    return (document, snapshot) if document and snapshot else None


def _plain_row(row: QuestionRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "number": row.number,
        "topic": row.topic,
        "line": row.line,
        "end": row.end,
        "state": row.state.value,
        "optional": row.is_optional,
        "judgedAs": row.judged_as,
        "count": row.in_words,
        "amounts": [_plain_amount(amount) for amount in row.amounts],
        "figures": [*row.figures],
        "missing": [*row.missing],
    }


def _plain_amount(amount: Amount) -> dict[str, Any]:
    limit = [*amount.limit] if amount.limit else None
    return {"kind": amount.key, "found": amount.found, "limit": limit, "missed": amount.is_missed}


def _progress_cancelled(session: Session, params: object) -> None:
    session.cancel_progress(params.get("token") if isinstance(params, dict) else None)


def _uri(params: object) -> str:
    uri: str = member(inner(params, "textDocument"), "uri", str)
    return uri


def _position(position: dict[str, Any]) -> tuple[int, int]:
    line, column = member(position, "line", int), member(position, "character", int)
    if line < 0 or column < 0:
        raise NotPlainError
    return line, column


_HANDLERS: dict[tuple[str, bool], Callable[[Session, Any], Written | None]] = {
    ("initialized", False): _initialized,
    ("window/workDoneProgress/cancel", False): _progress_cancelled,
    ("textDocument/didOpen", False): _did_open,
    ("textDocument/didChange", False): _did_change,
    ("textDocument/didSave", False): _files_changed,
    ("textDocument/didClose", False): _did_close,
    ("textDocument/diagnostic", True): _pull_diagnostics,
    (_SETTINGS, False): _did_change_configuration,
    ("workspace/didChangeWorkspaceFolders", False): _folders_changed,
    ("workspace/didChangeWatchedFiles", False): _files_changed,
    (PAGE, True): _show_page,
    (RULE, True): _show_rule,
    (QUESTIONS, True): _list_questions,
}
