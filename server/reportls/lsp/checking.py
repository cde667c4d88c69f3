"""The command that checks all reports in the folders that the editor has open, also those that are not."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from reportls.features.verdicts import in_words, passes
from reportls.findings.finding import Severity
from reportls.lsp.logs import INFO
from reportls.lsp.workspace import Judged, all_reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportls.lsp.session import Session

_TITLE = "Checking all reports"


def check_all(session: Session, *_: object) -> Future[dict[str, Any]]:
    """Judge every report and publish what is found; a summary, when it is done."""
    result: Future[dict[str, Any]] = Future()
    progress = _Progress(session, result)
    session.add_job(_steps(session, result, progress))
    return result


def _steps(session: Session, result: Future[dict[str, Any]], progress: _Progress) -> Iterator[None]:
    found = []
    session.publisher.forget_unopened()
    for report in all_reports(session, session.folders):
        if result.cancelled():
            break
        found.append(_summary(report))
        session.publisher.publish_unopened(report)
        progress.report(report, len(found))
        yield
    progress.end(_in_words(found))
    if not result.cancelled():
        result.set_result({"reports": found})
        session.show(INFO, _in_words(found))


def _summary(report: Judged) -> dict[str, Any]:
    snapshot = report.snapshot
    severities = [finding.severity for finding in snapshot.findings]
    return {
        "uri": report.uri,
        "edition": snapshot.edition.id,
        "verdict": in_words(snapshot.verdict),
        "passes": passes(snapshot.verdict),
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
    }


def _in_words(found: list[dict[str, Any]]) -> str:
    if len(found) == 1:
        return f"1 report: {found[0]['verdict']}"
    passing = sum(summary["passes"] for summary in found)
    return f"{len(found)} reports, {passing} pass" if found else "there is no report in the open folders"


class _Progress:
    """What the user sees meanwhile, if the client can show it."""

    def __init__(self, session: Session, result: Future[dict[str, Any]]) -> None:
        """Begin; if the user calls it off, the result is cancelled."""
        self._session = session
        self._token: str | None = None
        if session.client.shows_progress:
            token = str(uuid4())
            begin = partial(self._begin, token, result)
            session.endpoint.ask("window/workDoneProgress/create", {"token": token}, begin)

    def report(self, report: Judged, count: int) -> None:
        """Say how far it has come."""
        name = report.path.name if report.path else report.uri
        self._notify({"kind": "report", "message": f"{count}: {name}"})

    def end(self, words: str) -> None:
        """Say that it is done."""
        self._notify({"kind": "end", "message": words})
        if self._token:
            del self._session.in_progress[self._token]
        self._token = None

    def _begin(self, token: str, result: Future[dict[str, Any]], _answer: object) -> None:
        if not result.done():
            self._token = token
            self._session.in_progress[token] = result
            self._notify({"kind": "begin", "title": _TITLE, "cancellable": True})

    def _notify(self, value: dict[str, object]) -> None:
        if self._token:
            self._session.endpoint.notify("$/progress", {"token": self._token, "value": value})
