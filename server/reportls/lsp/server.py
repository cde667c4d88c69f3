"""The server of one client, whatever transports the bytes: it needs no process, no threads and no event loop."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from reportls import __version__
from reportls.lsp.capabilities import NAME, Client, capabilities_for
from reportls.lsp.logs import prepare_logs, tell
from reportls.lsp.notifications import folder_paths, plain_handlers
from reportls.lsp.rpc.endpoint import INITIALIZE
from reportls.lsp.rpc.framing import HeaderFraming
from reportls.lsp.rpc.loop import Loop
from reportls.lsp.rpc.messages import Written, inner, optional
from reportls.lsp.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportls.lsp.rpc.endpoint import Router
    from reportls.lsp.rpc.framing import Framing
    from reportls.text import Encoding

_LOOKED_AT = ("general", "textDocument", "workspace", "window")
"""The parts of a client's capabilities that we read."""


class Server:
    """A server that waits for `initialize`.

    Serve it with `rpc.connection.run`; or call `receive` with what the client sends, and `rest` when it has sent
    nothing for a tenth of a second.
    """

    session: Session
    """Set by `initialize`."""

    def __init__(
        self,
        send: Callable[[bytes], object],
        framing: Framing | None = None,
        columns: Encoding | None = None,
        watch_client: Callable[[int], None] | None = None,
        template: Path | None = None,
    ) -> None:
        """Start a server.

        Args:
            send: transports bytes to the client; raises OSError if the client is gone.
            framing: how messages are kept apart; headers as in a byte stream if not given.
            columns: the unit of columns of a client that does not name one.
            watch_client: called with the id of the client's process, if the client sends it.
            template: the template of all reports, if the command line names one.
        """
        self.loop = Loop(send, framing or HeaderFraming(), self._load_router)
        self.loop.when_idle, self.loop.when_quiet = self._publish, self._when_quiet
        self.endpoint = self.loop.endpoint
        self.endpoint.plain[INITIALIZE, True] = self._initialize
        self._columns = columns
        self._watch_client = watch_client
        self._template = template

    @property
    def exit_code(self) -> int | None:
        """The exit code for the process of the server; None before the end of the session."""
        return self.endpoint.exit_code

    def receive(self, data: bytes) -> None:
        """Take in bytes from the client, and do all that follows from them at once."""
        self.loop.receive(data)
        while self.loop.has_work and not self.loop.is_over:
            self.loop.work()

    def rest(self) -> None:
        """Do what was left for a quiet moment."""
        self.loop.rest()

    def _initialize(self, params: object) -> Written:
        capabilities = inner(params, "capabilities")
        for part in _LOOKED_AT:
            optional(capabilities, part, dict)
        client = Client.of(capabilities, self._columns)
        folders, options = _folders(params), inner(params).get("initializationOptions")
        process = optional(params, "processId", int)
        self.session = Session(self.endpoint, client, folders, options, self.loop.add_job)
        self.session.template = self._template
        self.endpoint.plain.update(plain_handlers(self.session))
        if process is not None and self._watch_client:
            self._watch_client(process)
        about = {"name": NAME, "version": __version__}
        return Written(json.dumps({"capabilities": capabilities_for(client), "serverInfo": about}))

    def _publish(self) -> None:
        if self.endpoint.is_initialized:
            self.session.publisher.publish()

    def _when_quiet(self) -> None:
        if not self.endpoint.is_initialized:
            return
        self.session.publisher.publish_statuses()
        # Importing pygls takes 0.3 s: better now, when nobody waits, than with the first hover.
        if any(document.is_report for document in self.session.documents.values()):
            self.endpoint.load_router()

    def _load_router(self) -> Router:
        from reportls.lsp.requests import router_for_session  # noqa: PLC0415  # importing pygls takes 0.3 s

        return router_for_session(self.endpoint, lambda: self.session)


def serve_embedded(send: Callable[[str], object], framing: Framing) -> Loop:
    """Start a session with a client in the same process, and return its loop.

    The client is JavaScript, which runs us with Pyodide in a page or in an editor. It drives the loop: `receive` takes
    what the client sends; `work` and `rest` are due as `patience` says. `send` is called with what the server sends,
    which is ASCII.
    """
    prepare_logs()
    server = Server(lambda data: send(data.decode("ascii")), framing)
    tell(server.endpoint)
    return server.loop


def _folders(params: Any) -> list[Path]:  # noqa: ANN401  # as the client sent it
    """Return the folders that the editor has open; older clients name one as `rootUri`."""
    listed = optional(params, "workspaceFolders", list)
    return folder_paths(listed or [{"uri": optional(params, "rootUri", str) or ""}])
