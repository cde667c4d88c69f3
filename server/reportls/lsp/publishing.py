"""Publishes diagnostics, and the status of each report in `reportls/status` (see `docs/editors.md`)."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any, NamedTuple

from reportls.features.verdicts import form_status, status
from reportls.lsp.diagnostics import DiagnosticsWriter, written_by_file
from reportls.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from reportls.features.verdicts import Status, UnfinishedQuestion
    from reportls.form_snapshot import AnySnapshot
    from reportls.lsp.capabilities import Client
    from reportls.lsp.conversion import Converter
    from reportls.lsp.documents import Document
    from reportls.lsp.rpc.endpoint import Endpoint

STATUS = "reportls/status"

_log = logging.getLogger(__name__)


class Judged(NamedTuple):
    """A report of the workspace, open or not, with its verdict and findings."""

    uri: str
    version: int | None
    """None if it is not open."""
    snapshot: AnySnapshot
    converter: Converter
    path: Path | None

    @property
    def answers(self) -> Snapshot | None:
        """The snapshot if the report is judged question by question; None if by its template."""
        return self.snapshot if isinstance(self.snapshot, Snapshot) else None


class Publisher:
    """Sends what has changed since it was sent last."""

    def __init__(self, endpoint: Endpoint, client: Client, add_job: Callable[[Iterator[object]], None]) -> None:
        """Start with nothing published; `add_job` runs a long task step by step, while no message waits."""
        self._endpoint = endpoint
        self._client = client
        self._add_job = add_job
        self._pending: dict[str, Document] = {}
        self._judging: dict[str, Document] = {}
        """Documents that a job judges step by step, and publishes then."""
        self._unsaid: dict[str, Document] = {}
        """Documents whose status may have changed."""
        self._writers: dict[str, DiagnosticsWriter] = {}
        self._statuses: dict[str, object] = {}
        self._files: dict[str, str] = {}
        self._unopened: set[str] = set()

    def mark(self, document: Document) -> None:
        """Note that the diagnostics of a document may have changed."""
        self._pending[document.uri] = document

    def drop(self, document: Document) -> None:
        """Withdraw what was published for a document that is closed, or no longer a report."""
        self._pending.pop(document.uri, None)
        self._judging.pop(document.uri, None)
        if self._writers.pop(document.uri, None) and not self._client.pulls:
            self._publish(document.uri, None, "")
        self._unsaid.pop(document.uri, None)
        if self._statuses.pop(document.uri, None) is not None:
            self._endpoint.notify(STATUS, _no_status(document.uri))

    def publish(self) -> None:
        """Publish the diagnostics of documents that were marked."""
        pending, self._pending = self._pending, {}
        for document in pending.values():
            if self._judging.get(document.uri) is not document:
                self._judging[document.uri] = document
                steps = self._publishing(document)
                if next(steps, self) is not self:  # most edits are judged in one step
                    self._add_job(steps)

    def _publishing(self, document: Document) -> Iterator[None]:
        """Judge a document step by step, its newest version whenever it changes, and publish it."""
        while self._judging.get(document.uri) is document:
            if self._fenced(self._publish_report, document):
                self._judging.pop(document.uri, None)
            else:
                yield

    def publish_statuses(self) -> None:
        """Send the statuses that have changed."""
        unsaid, self._unsaid = self._unsaid, {}
        for document in unsaid.values():
            self._fenced(self._send_status, document)

    def items(self, document: Document, snapshot: AnySnapshot) -> str:
        """Return the diagnostics of a report, as the items of a JSON array."""
        writer = self._writers.setdefault(document.uri, DiagnosticsWriter(document.uri, self._client))
        return writer.write(snapshot)

    def publish_files(self, documents: Iterable[Document]) -> None:
        """Publish what is wrong in the configuration files beside these documents, which are all that are open."""
        found = written_by_file(documents, self._client)
        for uri in self._files.keys() - found.keys():
            self._publish(uri, None, "")
        for uri, items in found.items():
            if self._files.get(uri) != items:
                self._publish(uri, None, items)
        self._files = found

    def publish_unopened(self, report: Judged) -> None:
        """Publish the findings of a report that is not open; they stay until it is opened or all are checked again."""
        if report.version is None:
            self._unopened.add(report.uri)
            self._publish(report.uri, None, DiagnosticsWriter(report.uri, self._client).write(report.snapshot))

    def forget_unopened(self, uri: str | None = None) -> None:
        """Withdraw the findings of this report, or of all, that were published while it was not open."""
        forgotten = self._unopened & {uri} if uri else self._unopened
        for each in forgotten:
            self._publish(each, None, "")
        self._unopened = self._unopened - forgotten

    def refresh(self) -> None:
        """Have the client ask again for diagnostics and inlay hints."""
        if self._client.pulls:
            self._endpoint.ask("workspace/diagnostic/refresh", None)
        if self._client.refreshes_hints:
            self._endpoint.ask("workspace/inlayHint/refresh", None)

    def _fenced(self, tell: Callable[[Document], bool], document: Document) -> bool:
        """Publish one document; return whether that is done. Errors are logged and do not affect others."""
        try:
            return tell(document)
        except Exception:  # noqa: BLE001  # any error in rules or features
            _log.exception("judging %s failed", document.uri)
            return True

    def _publish_report(self, document: Document) -> bool:
        """Judge a document a little further; publish it, and return True, if that was the last step."""
        if not document.is_report:
            self.drop(document)
            return True
        snapshot = document.judge_further()
        if snapshot:
            self._unsaid[document.uri] = document
            if not self._client.pulls:
                self._publish(document.uri, document.version, self.items(document, snapshot))
        return snapshot is not None

    def _send_status(self, document: Document) -> bool:
        if snapshot := document.snapshot:
            now = status(snapshot) if isinstance(snapshot, Snapshot) else form_status(snapshot)
            if self._statuses.get(document.uri) != now:
                self._statuses[document.uri] = now
                self._endpoint.notify(STATUS, _plain_status(document.uri, now))
        return True

    def _publish(self, uri: str, version: int | None, items: str) -> None:
        # Put together by hand, because the items are JSON already.
        known = f',"version":{version}' if version is not None else ""
        self._endpoint.send_json(
            '{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":'
            f'{{"uri":{json.dumps(uri)}{known},"diagnostics":[{items}]}}}}'
        )


def _plain_status(uri: str, status: Status) -> dict[str, Any]:
    form = {} if status.form is None else {"form": status.form, "answered": status.answered}
    return {
        "uri": uri,
        "passed": status.passed,
        "total": status.total,
        "completed": status.completed,
        "error": status.error,
        "edition": status.edition,
        "unanswered": [_question(question) for question in status.unanswered],
        "failing": [_question(question) for question in status.failing],
        "handIn": status.hand_in,
        "cause": status.cause,
        **form,
    }


def _no_status(uri: str) -> dict[str, Any]:
    """Return the status of a document that is closed, or no longer a report."""
    unknown = dict.fromkeys(("passed", "total", "completed", "error", "edition", "handIn", "cause"))
    return {"uri": uri, **unknown, "unanswered": [], "failing": []}


def _question(question: UnfinishedQuestion) -> dict[str, Any]:
    plain = {"number": question.number, "line": question.line, "missing": [*question.missing]}
    return {**plain, "name": question.name} if question.name is not None else plain
