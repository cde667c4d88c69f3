"""Commands that a client can execute. Each takes the session and the arguments that the client sent."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from uuid import uuid4

from lsprotocol import types

from reportls.features.checklist import toggled
from reportls.features.questions import next_unanswered
from reportls.features.verdicts import standing
from reportls.findings.finding import Severity
from reportls.lsp.capabilities import CHECK_ALL, CONFIGURATION_EDITED, NEXT_UNANSWERED, TOGGLE_TASK
from reportls.lsp.logs import INFO
from reportls.lsp.rpc.messages import INVALID_PARAMS, RefusedError
from reportls.lsp.workspace import all_reports, in_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportls.lsp.documents import Document
    from reportls.lsp.publishing import Judged
    from reportls.lsp.session import Session

_CHECKING = "Checking all reports"


def go_to_next_unanswered(session: Session, *arguments: object) -> types.Location | None:
    """Show the next unanswered question after a place in a document; return its location."""
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
    """Tick or untick the task at a place in a document; return the edit, which the client is also asked to make."""
    document, position = _place(session, arguments)
    snapshot, converter = document.answers, document.converter
    edit = toggled(snapshot, converter.offset(position)) if snapshot else None
    if not edit:
        return None
    made = in_document(document, converter.edits([edit]), session.client)
    if session.client.applies_edits:
        session.endpoint.ask(types.WORKSPACE_APPLY_EDIT, types.ApplyWorkspaceEditParams(made, label="toggle the task"))
    return made


def check_all(session: Session, *arguments: object) -> Future[dict[str, Any]]:
    """Check every report of the workspace, open or not, and publish the findings.

    Return a future of `{"reports": [...]}`, a summary of each; it is computed between other messages. With the argument
    `{"quiet": true}`, the client shows the result itself.
    """
    result: Future[dict[str, Any]] = Future()
    progress = _Progress(session, result)
    session.add_job(_steps(session, result, progress, is_quiet=arguments[:1] == ({"quiet": True},)))
    return result


def configuration_edited(session: Session, *arguments: object) -> None:
    """Say that a code action has edited a configuration file, which counts once it is saved.

    The arguments are the file's URI and the rule that it now ignores. Clients that save the file say so themselves.
    """
    uri, rule = (*arguments, None, None)[:2]
    if not isinstance(uri, str) or not isinstance(rule, str):
        raise RefusedError(INVALID_PARAMS, "the arguments are the URI of a file and the name of a rule")
    if not session.client.saves_configuration:
        name = unquote(uri.rpartition("/")[2])
        # Short, because editors in a terminal of 80 columns show it on the last line, after their own words.
        session.show(INFO, f"save {name} to ignore {rule}")


ALL: dict[str, Callable[..., Any]] = {
    NEXT_UNANSWERED: go_to_next_unanswered,
    TOGGLE_TASK: toggle_task,
    CHECK_ALL: check_all,
    CONFIGURATION_EDITED: configuration_edited,
}
"""By name."""


def _place(session: Session, arguments: tuple[object, ...]) -> tuple[Document, types.Position]:
    """Read the arguments: the URI of a document, and a position in it, which is its start if missing.

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


def _steps(session: Session, result: Future[dict[str, Any]], progress: _Progress, *, is_quiet: bool) -> Iterator[None]:
    found = []
    session.publisher.forget_unopened()
    for report in all_reports(session, session.folders):
        if result.cancelled():
            break
        found.append(_summary(report))
        session.publisher.publish_unopened(report)
        progress.report(report, len(found))
        yield
    progress.end(_summary_line(found))
    if not result.cancelled():
        result.set_result({"reports": found})
        if not is_quiet:
            session.show(INFO, _summary_line(found))


def _summary(report: Judged) -> dict[str, Any]:
    snapshot = report.snapshot
    severities = [finding.severity for finding in snapshot.findings]
    words, is_fine = standing(snapshot)
    return {
        "uri": report.uri,
        "edition": report.answers.edition.id if report.answers else None,
        "verdict": words,
        "passes": is_fine,
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
    }


def _summary_line(found: list[dict[str, Any]]) -> str:
    if len(found) == 1:
        return f"1 report: {found[0]['verdict']}"
    passing = sum(summary["passes"] for summary in found)
    return f"{len(found)} reports, {passing} pass" if found else "there is no report in the open folders"


class _Progress:
    """Reports progress to clients that can show it."""

    def __init__(self, session: Session, result: Future[dict[str, Any]]) -> None:
        """Start; if the user cancels, the result is cancelled."""
        self._session = session
        self._token: str | None = None
        if session.client.shows_progress:
            token = str(uuid4())
            begin = partial(self._begin, token, result)
            session.endpoint.ask("window/workDoneProgress/create", {"token": token}, begin)

    def report(self, report: Judged, count: int) -> None:
        """Show which report was checked last, and how many were."""
        name = report.path.name if report.path else report.uri
        self._notify({"kind": "report", "message": f"{count}: {name}"})

    def end(self, words: str) -> None:
        """Show that it is done."""
        self._notify({"kind": "end", "message": words})
        if self._token:
            del self._session.in_progress[self._token]
        self._token = None

    def _begin(self, token: str, result: Future[dict[str, Any]], _answer: object) -> None:
        if not result.done():
            self._token = token
            self._session.in_progress[token] = result
            self._notify({"kind": "begin", "title": _CHECKING, "cancellable": True})

    def _notify(self, value: dict[str, object]) -> None:
        if self._token:
            self._session.endpoint.notify("$/progress", {"token": self._token, "value": value})
