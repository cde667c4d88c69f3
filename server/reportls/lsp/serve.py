"""Starts the server on whatever connects a client with it."""

from __future__ import annotations

import socket
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from reportls.lsp.logs import told_to
from reportls.lsp.rpc.connection import WebSocketConnection, of_socket, standard_streams
from reportls.lsp.server import Server

if TYPE_CHECKING:
    from websockets.sync.server import ServerConnection

    from reportls.lsp.rpc.connection import Connection
    from reportls.text import Encoding

_LOCAL_PAGES = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?"
"""Where a page may come from that talks to us through a browser; any other might be anybody's."""


def serve_standard_streams(columns: Encoding | None = None) -> int:
    """Serve the client that started us, which counts columns in that unit if it does not say how; the exit code."""
    return _serve(standard_streams(), columns)


def serve_tcp(host: str, port: int, columns: Encoding | None = None) -> int:
    """Serve everyone who connects to that port, each in a session of their own, until interrupted.

    Raises:
        OSError: the address cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as listener:
        _say(f"listening on {host}, port {listener.getsockname()[1]}")
        while True:
            client, _ = listener.accept()
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=_serve, args=(of_socket(client), columns), daemon=True).start()


def serve_ws(host: str, port: int, columns: Encoding | None = None) -> int:
    """The same for web sockets.

    Raises:
        ImportError: websockets is not installed.
        OSError: the address cannot be listened on.
    """
    import re  # noqa: PLC0415  # only needed here

    from websockets.sync.server import serve  # noqa: PLC0415  # an extra

    def answer(websocket: ServerConnection) -> None:
        _serve(WebSocketConnection(websocket), columns)

    with serve(answer, host, port, origins=[None, re.compile(_LOCAL_PAGES)]) as server:
        _say(f"listening on {host}, port {server.socket.getsockname()[1]}, for web sockets")
        server.serve_forever()
    return 0


def _serve(connection: Connection, columns: Encoding | None = None) -> int:
    server = Server(connection, columns)
    with told_to(server.endpoint):
        try:
            return server.run()
        finally:
            with suppress(OSError):
                connection.close()


def _say(message: str) -> None:
    print(f"reportls: {message}", file=sys.stderr, flush=True)  # noqa: T201  # for whoever started it
