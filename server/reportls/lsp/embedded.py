"""Serves a client in the same process: JavaScript, which runs us with Pyodide in a page or in an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportls.lsp.logs import prepare_logs, tell
from reportls.lsp.server import Server

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportls.lsp.rpc.framing import Framing
    from reportls.lsp.rpc.loop import Loop


def serve(send: Callable[[str], object], framing: Framing) -> Loop:
    """Start a session and return its loop.

    The caller drives it: `receive` takes what the client sends; `work` and `rest` are due as `patience` says. `send` is
    called with what the server sends, which is ASCII.
    """
    prepare_logs()
    server = Server(lambda data: send(data.decode("ascii")), framing)
    tell(server.endpoint)
    return server.loop
