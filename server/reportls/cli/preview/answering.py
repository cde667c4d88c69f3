"""Handles HTTP requests of a preview: which hosts and paths are served, and with which security headers."""

from __future__ import annotations

import json
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from importlib.resources import files
from secrets import compare_digest
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reportls.cli.preview.pages import Board, Shown

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
            self._send(with_body=True)

    def do_HEAD(self) -> None:
        self._send(with_body=False)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """Send an error page that repeats nothing of the request."""
        self.close_connection = True
        self._write(_words(HTTPStatus(code)), with_body=True)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's
        """Log nothing: the terminal is for problems of the report."""

    def version_string(self) -> str:
        """Return the name of the server without versions, which would only help attackers."""
        return "reportls"

    def _send(self, *, with_body: bool) -> None:
        self._write(self._answer(), with_body=with_body)

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
