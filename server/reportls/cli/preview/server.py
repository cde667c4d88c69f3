"""A local HTTP server for a preview: a handful of paths, no files from the disk, strict hosts and security headers."""

from __future__ import annotations

import json
import os
import secrets
import socket
import sys
from contextlib import suppress
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from secrets import compare_digest
from socketserver import TCPServer
from threading import Lock, Thread
from typing import TYPE_CHECKING, NamedTuple

from reportls.cli.output import UsageError, complain

if TYPE_CHECKING:
    from types import TracebackType

    from reportls.cli.preview.pages import Board, Shown

_LOOPBACK = "127.0.0.1"
_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""Accepted hosts. Any other host name is refused: with DNS rebinding, another site could read the page under its own
name."""
_PATIENCE = 20
"""Seconds that a client may take to send its request and to accept the response."""
_BEAT = 10
"""Seconds between empty lines, which show whether the client is still connected."""
_KINDS = {"html": "text/html", "js": "text/javascript", "css": "text/css"}
_FILES = {
    "": "shell.html",
    **{name: name for name in ("shell.js", "panes.js", "frames.js", "scrolling.js", "places.js", "shell.css")},
}
_SHELL = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:;"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types"
)
_DOCUMENT = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'self'; sandbox allow-same-origin"
)
"""The policy of report pages: their content runs and loads nothing, but the shell may read and scroll them."""
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
}


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
            raise UsageError(f"port {port}: {what}: choose another, or leave out --port") from None
        self.address = f"http://{_LOOPBACK}:{self._server.server_address[1]}{path}"
        self._thread = Thread(target=self._server.serve_forever, name="preview")

    def __enter__(self) -> Server:  # noqa: PYI034  # Python 3.10 has no `Self`
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Waiting threads must end first: `server_close` joins them.
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
                with suppress(OSError):  # it is gone
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002  # the base class's
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):  # clients come and go
            complain(f"a bug in reportls, not in your report ({type(error).__name__}): please report it")


class _Answer(NamedTuple):
    status: HTTPStatus
    kind: str
    policy: str
    body: bytes


def handler_for(board: Board, path: str) -> type[BaseHTTPRequestHandler]:
    """Return a handler that serves the board's pages below that path, which begins and ends with a slash."""

    class Handler(_Handler):
        _board = board
        _path = path

    return Handler


class _Handler(BaseHTTPRequestHandler):
    _board: Board
    _path: str
    timeout = _PATIENCE

    def do_GET(self) -> None:
        if self._name() == "events" and self._is_from_here():
            self._send_events()
        else:
            self._write(self._answer(), with_body=True)

    def do_HEAD(self) -> None:
        self._write(self._answer(), with_body=False)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """Send an error page that repeats nothing of the request."""
        self.close_connection = True
        self._write(_words(HTTPStatus(code)), with_body=True)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's
        """Log nothing: the terminal is for problems of the report."""

    def version_string(self) -> str:
        """Return the name of the server without versions, which would only help attackers."""
        return "reportls"

    def _answer(self) -> _Answer:
        if not self._is_from_here():
            return _words(HTTPStatus.MISDIRECTED_REQUEST)
        name = self._name()
        if name == "events":
            return _Answer(HTTPStatus.OK, "text/event-stream", _SHELL, b"")
        if name in _FILES:
            file = _FILES[name]
            return _Answer(HTTPStatus.OK, _KINDS[file.rpartition(".")[2]], _SHELL, _content(file))
        document = self._board.now.pages.documents.get(name or "")
        if document is None:
            return _words(HTTPStatus.NOT_FOUND)
        return _Answer(HTTPStatus.OK, "text/html", _DOCUMENT, document)

    def _is_from_here(self) -> bool:
        hosts = self.headers.get_all("Host", [])
        name, _, port = hosts[0].strip().lower().rpartition(":") if len(hosts) == 1 else ("", "", "")
        # Accept any port: a tunnel from another machine has its own.
        return (name or port) in _NAMES and (not name or port.isdecimal() or f"{name}:{port}" == "[::1]")

    def _name(self) -> str | None:
        """Return the path below ours that is asked for; None if it is another path."""
        path = self.path.partition("?")[0]
        start, name = path[: len(self._path)], path[len(self._path) :]
        is_ours = compare_digest(start.encode("utf-8", "replace"), self._path.encode())
        return name if is_ours else None

    def _write(self, answer: _Answer, *, with_body: bool) -> None:
        self._write_head(answer)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if with_body:
            self.wfile.write(answer.body)

    def _write_head(self, answer: _Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", f"{answer.kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", answer.policy)
        for name, value in _HEADERS.items():
            self.send_header(name, value)

    def _send_events(self) -> None:
        self._write_head(self._answer())
        self.end_headers()
        self.wfile.write(b"retry: 1000\n\n")
        version = 0
        while shown := self._board.newer(version, _BEAT):
            self.wfile.write(b": \n\n" if shown.version == version else _event(shown))
            version = shown.version


def _event(shown: Shown) -> bytes:
    news = {
        "version": shown.version,
        "name": shown.pages.name,
        "problem": shown.problem,
        "course": shown.pages.has_course,
        "places": [place._asdict() for place in shown.pages.places],
    }
    return f"data: {json.dumps(news)}\n\n".encode()


def _words(status: HTTPStatus) -> _Answer:
    words = f"{status.value} {status.phrase}: open the whole address that reportls printed.\n"
    return _Answer(status, "text/plain", _DOCUMENT, words.encode())


@cache
def _content(file: str) -> bytes:
    return files("reportls.cli.preview").joinpath("files", file).read_bytes()
