"""What the client is told without having asked: diagnostics and the state of each report."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

from reportls.features.status import status
from reportls.lsp.diagnostics import DiagnosticsWriter
from reportls.lsp.files import written_by_file
from reportls.lsp.status import no_status, plain_status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reportls.lsp.client import Client
    from reportls.lsp.documents import Document
    from reportls.lsp.rpc.endpoint import Endpoint
    from reportls.lsp.workspace import Judged
    from reportls.snapshot import Snapshot

STATUS = "reportls/status"

_log = logging.getLogger(__name__)


class Publisher:
    """Knows what the client was told last."""

    def __init__(self, endpoint: Endpoint, client: Client) -> None:
        """Say whom to tell."""
        self._endpoint = endpoint
        self._client = client
        self._pending: dict[str, Document] = {}
        self._unsaid: dict[str, Document] = {}
        """The documents of which the status may have changed."""
        self._writers: dict[str, DiagnosticsWriter] = {}
        self._statuses: dict[str, object] = {}
        self._files: dict[str, str] = {}
        self._unopened: set[str] = set()

    def mark(self, document: Document) -> None:
        """Take note that there is something new to say of the document."""
        self._pending[document.uri] = document

    def drop(self, document: Document) -> None:
        """Take back what was said of a document that is closed, or no report any more."""
        self._pending.pop(document.uri, None)
        if self._writers.pop(document.uri, None) and not self._client.pulls:
            self._publish(document.uri, None, "")
        self._unsaid.pop(document.uri, None)
        if self._statuses.pop(document.uri, None) is not None:
            self._endpoint.notify(STATUS, no_status(document.uri))

    def publish(self) -> None:
        """Publish the diagnostics that are new."""
        pending, self._pending = self._pending, {}
        for document in pending.values():
            self._fenced(self._publish_report, document)

    def publish_statuses(self) -> None:
        """Send the statuses that have changed."""
        unsaid, self._unsaid = self._unsaid, {}
        for document in unsaid.values():
            self._fenced(self._send_status, document)

    def items(self, document: Document, snapshot: Snapshot) -> str:
        """The diagnostics of a report, as the items of a JSON array."""
        writer = self._writers.setdefault(document.uri, DiagnosticsWriter(document.uri, self._client))
        return writer.write(snapshot)

    def publish_files(self, documents: Iterable[Document]) -> None:
        """Say what is wrong in the files beside these documents, which are all that are open, and no more than that."""
        found = written_by_file(documents, self._client)
        for uri in self._files.keys() - found.keys():
            self._publish(uri, None, "")
        for uri, items in found.items():
            if self._files.get(uri) != items:
                self._publish(uri, None, items)
        self._files = found

    def publish_unopened(self, report: Judged) -> None:
        """Say what is wrong in a report that is not open; that stands until it is opened or all are checked again."""
        if report.version is None:
            self._unopened.add(report.uri)
            self._publish(report.uri, None, DiagnosticsWriter(report.uri, self._client).write(report.snapshot))

    def forget_unopened(self, uri: str | None = None) -> None:
        """Take back what was said of that report, or of all, while they were not open."""
        forgotten = self._unopened & {uri} if uri else self._unopened
        for each in forgotten:
            self._publish(each, None, "")
        self._unopened = self._unopened - forgotten

    def refresh(self) -> None:
        """Have the client ask again for what it asks for by itself."""
        if self._client.pulls:
            self._endpoint.ask("workspace/diagnostic/refresh", None)
        if self._client.refreshes_hints:
            self._endpoint.ask("workspace/inlayHint/refresh", None)

    def _fenced(self, tell: Callable[[Document, Snapshot], None], document: Document) -> None:
        """Tell of a document; whatever goes wrong costs no more than that."""
        try:
            if snapshot := document.snapshot:
                tell(document, snapshot)
            else:
                self.drop(document)
        except Exception:  # noqa: BLE001  # whatever it is, it is logged and costs no more than this
            _log.exception("judging %s failed", document.uri)

    def _publish_report(self, document: Document, snapshot: Snapshot) -> None:
        self._unsaid[document.uri] = document
        if not self._client.pulls:
            self._publish(document.uri, document.version, self.items(document, snapshot))

    def _send_status(self, document: Document, snapshot: Snapshot) -> None:
        now = status(snapshot)
        if self._statuses.get(document.uri) != now:
            self._statuses[document.uri] = now
            self._endpoint.notify(STATUS, plain_status(document.uri, now))

    def _publish(self, uri: str, version: int | None, items: str) -> None:
        known = f',"version":{version}' if version is not None else ""
        self._endpoint.send_json(
            '{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":'
            f'{{"uri":{json.dumps(uri)}{known},"diagnostics":[{items}]}}}}'
        )
