"""A local HTTP server for a preview. It serves a handful of paths and no files from the disk."""

from __future__ import annotations

import os
import secrets
import socket
import sys
from http.server import ThreadingHTTPServer
from socketserver import TCPServer
from threading import Lock, Thread
from typing import TYPE_CHECKING

from reportls.cli.output import UsageError, complain
from reportls.cli.preview.answering import handler_for

if TYPE_CHECKING:
    from types import TracebackType

    from reportls.cli.preview.pages import Board

_LOOPBACK = "127.0.0.1"


class Server:
    """A context manager that serves from its own threads and ends all of them on exit."""

    def __init__(self, board: Board, port: int) -> None:
        """Bind a port; 0 picks a free one.

        Raises:
            UsageError: the port cannot be used.
        """
        # Other users of this machine can reach the port, but cannot guess the path.
        path = f"/{secrets.token_urlsafe(16)}/"
        self._board = board
        try:
            self._server = _ThreadingServer((_LOOPBACK, port), handler_for(board, path))
        except (OSError, OverflowError) as error:
            what = error.strerror.lower() if isinstance(error, OSError) and error.strerror else "there is no such port"
            message = f"port {port}: {what}: choose another, or leave out --port"
            raise UsageError(message) from None
        self.address = f"http://{_LOOPBACK}:{self._server.server_address[1]}{path}"
        self._thread = Thread(target=self._server.serve_forever, name="preview")

    def __enter__(self) -> Server:  # noqa: PYI034  # Python 3.10 has no `Self`
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._board.close()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()


class _ThreadingServer(ThreadingHTTPServer):
    daemon_threads = False  # so that closing waits for them
    # On Windows, SO_REUSEADDR would let another program bind the port as well.
    allow_reuse_address = os.name != "nt"

    def __init__(self, address: tuple[str, int], handler: type) -> None:
        self._connections: set[socket.socket] = set()
        self._lock = Lock()
        super().__init__(address, handler)

    def server_bind(self) -> None:
        # The base class looks up the host name of the address, which can take long.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]  # of IPv4

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        connection, address = super().get_request()
        with self._lock:
            self._connections.add(connection)
        return connection, address

    def close_request(self, request: socket.socket) -> None:  # type: ignore[override]  # of TCP
        with self._lock:
            self._connections.discard(request)
        super().close_request(request)

    def hang_up(self) -> None:
        """Close all open connections, so that no thread waits for a silent client."""
        with self._lock:
            for connection in self._connections:
                _shut(connection)

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002  # the base class's
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):  # clients come and go
            complain(f"a bug in reportls, not in your report ({type(error).__name__}): please report it")


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:  # it is gone
        return
