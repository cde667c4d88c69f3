"""One session: the client, its open documents and settings, and what follows from each change."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from reportls.configuration.settings import settings_from
from reportls.host.loading import Flags
from reportls.lazy import cached_property
from reportls.lsp.conversion import file_of
from reportls.lsp.documents import Document, DocumentEnvironment
from reportls.lsp.logs import WARNING
from reportls.lsp.publishing import Publisher
from reportls.lsp.rpc.messages import INVALID_PARAMS, RefusedError
from reportls.lsp.watched_files import WatchedFiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from reportls.lsp.capabilities import Client
    from reportls.lsp.conversion import PlainChange
    from reportls.lsp.past import Pasts
    from reportls.lsp.rpc.endpoint import Endpoint

_log = logging.getLogger(__name__)

SECTION = "reportls"
"""Name of our settings in the editor's."""
_OF_CLIENTS = frozenset({"server", "trace"})
"""Editors' own settings under our name, which the server ignores."""
_OF_FILES = "reports"
"""The setting that only a configuration file may have."""


class Proposed(NamedTuple):
    """Renaming of a file that we proposed, together with the edits of reports that it needs."""

    old: Path
    new: Path
    uri: str
    """URI of the document in which it was asked for."""
    version: int


class Session:
    """State of a session; the handlers in `notifications` and `requests` work on it."""

    def __init__(
        self,
        endpoint: Endpoint,
        client: Client,
        folders: Sequence[Path],
        options: object,
        add_job: Callable[[Iterator[object]], None],
    ) -> None:
        """Start with nothing open.

        Args:
            endpoint: sends messages to the client.
            client: what the client can do.
            folders: the folders that the editor has open.
            options: the settings in `initialize`, as JSON.
            add_job: runs a long task step by step, while no message waits.
        """
        self.endpoint = endpoint
        self.add_job = add_job
        self.client = client
        self.folders = [*folders]
        self.documents: dict[str, Document] = {}
        self.publisher = Publisher(endpoint, client, add_job)
        self.template: Path | None = None
        """The template that the command line of the server names."""
        self.editor_settings: Mapping[str, object] = {}
        self.watched_files = WatchedFiles(endpoint, client)
        self.proposed: Proposed | None = None
        """The last proposal, until the client has asked about it."""
        self.in_progress: dict[str, Future[Any]] = {}
        """Results of tasks whose progress the client shows, by token."""
        self._complaints: dict[str, str] = {}
        """Current complaints, by their subject; each is shown once."""
        self.configure(options)

    @cached_property
    def pasts(self) -> Pasts:
        """The histories of the reports, for hovers."""
        from reportls.lsp.past import Pasts  # noqa: PLC0415  # no session needs it before its first hover

        return Pasts()

    @property
    def flags(self) -> Flags:
        """The settings that go on top of configuration files."""
        return Flags(template=self.template, editor=self.editor_settings)

    def open(self, uri: str, version: int, text: str) -> None:
        """Open a document."""
        # From now on the client's text counts, not the file's.
        self.publisher.forget_unopened(uri)
        environment = DocumentEnvironment(file_of(uri), self.flags)
        self.documents[uri] = opened = Document(uri, version, text, self.client.encoding, environment)
        opened.pause = self.endpoint.pause
        self._judge([opened])

    def change(self, uri: str, version: int, changes: Sequence[PlainChange]) -> None:
        """Make the client's edits of an open document."""
        if document := self.documents.get(uri):
            was_report = document.is_report
            document.change(version, changes)
            self.publisher.mark(document)
            if document.is_report != was_report:
                self._judge([document])
        else:
            _log.warning("a document was changed that is not open: %s", uri)

    def close(self, uri: str) -> None:
        """Close a document."""
        if document := self.documents.pop(uri, None):
            self.publisher.drop(document)
            self._settle()

    def document(self, uri: str) -> Document:
        """Return the open document.

        Raises:
            RefusedError: it is not open.
        """
        if document := self.documents.get(uri):
            return document
        raise RefusedError(INVALID_PARAMS, f"this document is not open: {uri}")

    def look_again(self, documents: Iterable[Document], *, is_sure: bool) -> None:
        """Check files beside the documents for changes; if there are some, publish what follows.

        `is_sure`: the client said that files have changed; else the files are looked at only now and then.
        """
        if changed := [document for document in documents if document.look_again(is_sure=is_sure)]:
            self._judge(changed)
            self.publisher.refresh()

    def configure(self, data: object) -> None:
        """Take the editor's settings, as JSON."""
        settings, complaint = _read_settings(data)
        self._complain("settings", complaint)
        if settings == self.editor_settings:
            return
        self.editor_settings = settings
        for document in self.documents.values():
            document.environment.set_flags(self.flags)
            document.judge_anew()
        if self.documents:
            self._judge(self.documents.values())
            self.publisher.refresh()

    def show(self, kind: int, message: str) -> None:
        """Show the user a message of a kind in `logs`."""
        self.endpoint.notify("window/showMessage", {"type": kind, "message": f"reportls: {message}"})

    def cancel_progress(self, token: object) -> None:
        """Cancel the task with this progress token."""
        if isinstance(token, str) and (future := self.in_progress.get(token)):
            future.cancel()

    def _judge(self, documents: Iterable[Document]) -> None:
        for document in documents:
            environment = document.environment
            is_concerned = document.is_report or environment.has_bad_template
            self._complain(str(document.path), environment.trouble if is_concerned else None)
            self.publisher.mark(document)
        self._settle()

    def _settle(self) -> None:
        """Update everything that depends on which reports are open and which files lie beside them."""
        self.publisher.publish_files(self.documents.values())
        self.watched_files.adapt([*self.documents.values()])

    def _complain(self, where: str, complaint: str | None) -> None:
        """Show a complaint, unless it is shown already; None withdraws it."""
        is_new = complaint is not None and complaint not in self._complaints.values()
        if complaint is None:
            self._complaints.pop(where, None)
            return
        self._complaints[where] = complaint
        if is_new:
            self.show(WARNING, complaint)


def _read_settings(data: object) -> tuple[Mapping[str, object], str | None]:
    """Return the editor's settings, and what is wrong with them.

    Editors send the settings as such or nested under `reportls`, and null for one that is not set.
    """
    if isinstance(data, dict) and isinstance(data.get(SECTION), dict):
        data = data[SECTION]
    if data is None:
        return {}, None
    if not isinstance(data, dict):
        return {}, f"the editor's settings for reportls must be an object, not {type(data).__name__}"
    given = cast("Mapping[str, object]", data)
    wanted = {name: value for name, value in given.items() if value is not None and name not in _OF_CLIENTS}
    _, complaints = settings_from(wanted)
    messages = [complaint.message for complaint in complaints]
    if wanted.pop(_OF_FILES, None) is not None:
        messages.append(
            f"`{_OF_FILES}` counts only in a `reportls.toml`, because its patterns are relative to that file"
        )
    return wanted, f"in the editor's settings for reportls: {'; '.join(messages)}" if messages else None
