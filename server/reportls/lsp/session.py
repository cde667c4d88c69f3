"""One session: the client, what it has open, and what happens when something changes."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, NamedTuple

from reportls.lsp.documents import Document
from reportls.lsp.environment import Surroundings
from reportls.lsp.logs import WARNING
from reportls.lsp.publishing import Publisher
from reportls.lsp.rpc.messages import INVALID_PARAMS, RefusedError
from reportls.lsp.settings import read_settings
from reportls.lsp.uris import file_of
from reportls.lsp.watched_files import Watching

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from reportls.lsp.client import Client
    from reportls.lsp.members import PlainChange
    from reportls.lsp.rpc.endpoint import Endpoint

_log = logging.getLogger(__name__)


class Proposed(NamedTuple):
    """A file's new name that we proposed together with the edits that it takes."""

    old: Path
    new: Path
    uri: str
    """The document in which it was asked for."""
    version: int


class Session:
    """What the handlers of `notifications.py` and `requests.py` work on."""

    def __init__(
        self,
        endpoint: Endpoint,
        client: Client,
        folders: Sequence[Path],
        options: object,
        add_job: Callable[[Iterator[object]], None],
    ) -> None:
        """Begin with nothing open; `options` is what the client sent as settings at the start."""
        self.endpoint = endpoint
        self.add_job = add_job
        """Has something long done step by step, while nothing else waits."""
        self.client = client
        self.folders = [*folders]
        """The folders that the editor has open."""
        self.documents: dict[str, Document] = {}
        self.publisher = Publisher(endpoint, client)
        self.editor_settings: Mapping[str, object] = {}
        self.watching = Watching(self)
        self.proposed: Proposed | None = None
        """The last such proposal, until the client has asked about it."""
        self.in_progress: dict[str, Future[Any]] = {}
        """What the client shows the progress of, by token."""
        self._complaints: dict[str, str] = {}
        """What is wrong, by where; each is shown once."""
        self.configure(options)

    def open(self, uri: str, version: int, text: str) -> None:
        """Take in a document."""
        self.publisher.forget_unopened(uri)
        surroundings = Surroundings(file_of(uri), self.editor_settings)
        self.documents[uri] = opened = Document(uri, version, text, self.client.encoding, surroundings)
        self._judge([opened])

    def change(self, uri: str, version: int, changes: Sequence[PlainChange]) -> None:
        """Make the client's edits; of a document that is not open, there is nothing to edit."""
        if document := self.documents.get(uri):
            was_report = document.is_report
            document.change(version, changes)
            self.publisher.mark(document)
            if document.is_report != was_report:
                self._judge([document])
        else:
            _log.warning("a document was changed that is not open: %s", uri)

    def close(self, uri: str) -> None:
        """Forget a document."""
        if document := self.documents.pop(uri, None):
            self.publisher.drop(document)
            self._settle()

    def document(self, uri: str) -> Document:
        """The open document.

        Raises:
            RefusedError: it is not open.
        """
        if document := self.documents.get(uri):
            return document
        raise RefusedError(INVALID_PARAMS, f"this document is not open: {uri}")

    def look_again(self, documents: Iterable[Document], *, is_sure: bool) -> None:
        """See whether something beside the documents has changed; if so, say what that changes."""
        if changed := [document for document in documents if document.look_again(is_sure=is_sure)]:
            self._judge(changed)
            self.publisher.refresh()

    def configure(self, data: object) -> None:
        """Take other settings from the editor."""
        settings, complaint = read_settings(data)
        self._complain("settings", complaint)
        if settings == self.editor_settings:
            return
        self.editor_settings = settings
        for document in self.documents.values():
            document.surroundings.set_editor(settings)
            document.judge_anew()
        if self.documents:
            self._judge(self.documents.values())
            self.publisher.refresh()

    def show(self, kind: int, message: str) -> None:
        """Show the user a message; `logs.py` has the kinds."""
        self.endpoint.notify("window/showMessage", {"type": kind, "message": f"reportls: {message}"})

    def cancel_progress(self, token: object) -> None:
        """Call off what the user sees the progress of."""
        if isinstance(token, str) and (future := self.in_progress.get(token)):
            future.cancel()

    def _judge(self, documents: Iterable[Document]) -> None:
        for document in documents:
            self._complain(str(document.path), document.surroundings.trouble if document.is_report else None)
            self.publisher.mark(document)
        self._settle()

    def _settle(self) -> None:
        """Bring in line what depends on which reports are open and on what lies beside them."""
        self.publisher.publish_files(self.documents.values())
        self.watching.adapt()

    def _complain(self, where: str, complaint: str | None) -> None:
        """Show what is wrong, unless it was shown already; what was mended meanwhile is shown again."""
        is_new = complaint is not None and complaint not in self._complaints.values()
        if complaint is None:
            self._complaints.pop(where, None)
            return
        self._complaints[where] = complaint
        if is_new:
            self.show(WARNING, complaint)
