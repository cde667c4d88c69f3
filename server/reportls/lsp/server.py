"""The server of one client: its session, and the loop that runs it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from reportls import __version__
from reportls.lsp.capabilities import NAME, capabilities_for
from reportls.lsp.client import Client
from reportls.lsp.members import inner, optional, paths
from reportls.lsp.notifications import takers
from reportls.lsp.parent import end_with
from reportls.lsp.rpc.endpoint import INITIALIZE, Endpoint
from reportls.lsp.rpc.loop import Loop
from reportls.lsp.rpc.messages import Written
from reportls.lsp.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from reportls.lsp.rpc.connection import Connection
    from reportls.lsp.rpc.endpoint import Router
    from reportls.text import Encoding


_PARTS = ("general", "textDocument", "workspace", "window")
"""Of a client's capabilities, those that we look into."""


class Server:
    """A server, ready for `initialize`."""

    session: Session

    def __init__(self, connection: Connection, columns: Encoding | None = None) -> None:
        """Serve whoever is connected there, and counts columns in that unit if it does not say how."""
        self._columns = columns
        self.endpoint = Endpoint(connection, self._load_router)
        self.endpoint.plain[INITIALIZE, True] = self._initialize
        self._loop = Loop(self.endpoint, self._publish, self._publish_statuses)

    def run(self) -> int:
        """Serve until the session is over; the exit code."""
        self._loop.run()
        return self.endpoint.exit_code or 0

    def _initialize(self, params: object) -> Written:
        capabilities = inner(params, "capabilities")
        for part in _PARTS:
            optional(capabilities, part, dict)
        client = Client.of(capabilities, self._columns)
        folders, options = _folders(params), inner(params).get("initializationOptions")
        process = optional(params, "processId", int)
        self.session = Session(self.endpoint, client, folders, options, self._loop.add_job)
        self.endpoint.plain.update(takers(self.session))
        if process is not None:
            end_with(process, self._loop.end, self._cut_off)
        about = {"name": NAME, "version": __version__}
        return Written(json.dumps({"capabilities": capabilities_for(client), "serverInfo": about}))

    def _cut_off(self) -> None:
        if self.endpoint.exit_code is None:
            self.endpoint.connection.cut_off()

    def _publish(self) -> None:
        if self.endpoint.is_initialized:
            self.session.publisher.publish()

    def _publish_statuses(self) -> None:
        if self.endpoint.is_initialized:
            self.session.publisher.publish_statuses()

    def _load_router(self) -> Router:
        from reportls.lsp.requests import router_for  # noqa: PLC0415  # it loads slowly

        return router_for(self)


def _folders(params: Any) -> list[Path]:  # noqa: ANN401  # as the client sent it
    """The folders that the editor has open."""
    listed = optional(params, "workspaceFolders", list)
    return paths(listed or [{"uri": optional(params, "rootUri", str) or ""}])
