"""The ways in which a client may be connected: standard input and output, a socket, a web socket."""

from __future__ import annotations

import os
import sys
import threading
from queue import SimpleQueue
from typing import TYPE_CHECKING, Protocol

from reportls.lsp.frames import Bad, Frames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from socket import socket

    from websockets.sync.server import ServerConnection

_CHUNK = 65536

Arrival = bytes | Bad | None
"""The body of a message, what is none, or, last of all, None: the client is gone."""


class Connection(Protocol):
    """Messages in both directions."""

    def arrivals(self) -> Iterable[Arrival]:
        """What the client sends, until it is gone. Waits for it; runs in a thread of its own."""

    def write(self, body: bytes) -> None:
        """Send one message.

        Raises:
            OSError: the client is gone.
        """

    def close(self) -> None:
        """Let the client see that nothing more will come."""


class StreamConnection:
    """Bytes in, bytes out, each message behind a header."""

    def __init__(
        self,
        read: Callable[[], bytes],
        write: Callable[[bytes], object],
        close: Callable[[], object],
        *,
        is_trusted: bool = True,
    ) -> None:
        """`read` waits for some bytes, and gives none at the end; `write` takes all.

        Whoever is not trusted is cut off at the first bytes that are no message: it may be a browser that a page in it
        makes talk to us, with our messages inside of HTTP.
        """
        self._read = read
        self._write = write
        self._close = close
        self._is_trusted = is_trusted

    def arrivals(self) -> Iterable[Arrival]:
        """See `Connection`."""
        frames = Frames()
        while data := self._read():
            for arrival in frames.feed(data):
                yield arrival
                if isinstance(arrival, Bad) and not self._is_trusted:
                    return

    def write(self, body: bytes) -> None:
        """See `Connection`."""
        self._write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    def close(self) -> None:
        """See `Connection`."""
        self._close()


class WebSocketConnection:
    """One message a frame."""

    def __init__(self, websocket: ServerConnection) -> None:
        """Take over an open web socket."""
        self._websocket = websocket

    def arrivals(self) -> Iterable[Arrival]:
        """See `Connection`."""
        for message in self._websocket:
            yield message.encode() if isinstance(message, str) else message

    def write(self, body: bytes) -> None:
        """See `Connection`."""
        from websockets.exceptions import ConnectionClosed  # noqa: PLC0415  # an extra

        try:
            self._websocket.send(body.decode())
        except ConnectionClosed as error:
            raise BrokenPipeError from error

    def close(self) -> None:
        """See `Connection`."""
        self._websocket.close()


def standard_streams() -> StreamConnection:
    """Standard input and output. Nothing else can write there from then on: what is printed goes to standard error."""
    sys.stdout.flush()
    output = os.dup(1)
    os.dup2(2, 1)
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415  # only there

        for descriptor in (0, output):
            msvcrt.setmode(descriptor, os.O_BINARY)
    return StreamConnection(lambda: os.read(0, _CHUNK), lambda data: _write_all(output, data), lambda: os.close(output))


def of_socket(client: socket) -> StreamConnection:
    """A client on a socket."""
    return StreamConnection(lambda: client.recv(_CHUNK), client.sendall, client.close, is_trusted=False)


def _write_all(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def inbox_of(connection: Connection) -> SimpleQueue[Arrival]:
    """What arrives, as it arrives: a thread does the waiting, so that one can tell whether more is there."""
    inbox: SimpleQueue[Arrival] = SimpleQueue()
    threading.Thread(target=_receive, args=(connection, inbox), daemon=True, name="receive").start()
    return inbox


def _receive(connection: Connection, inbox: SimpleQueue[Arrival]) -> None:
    try:
        for arrival in connection.arrivals():
            inbox.put(arrival)
    except OSError:
        pass  # as good as an end
    finally:
        inbox.put(None)
