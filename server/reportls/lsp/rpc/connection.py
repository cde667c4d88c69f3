"""The ways in which a client may be connected: standard input and output, a socket, a web socket."""

from __future__ import annotations

import os
import select
import sys
from contextlib import suppress
from itertools import chain
from socket import SHUT_RDWR
from typing import TYPE_CHECKING, NamedTuple, Protocol

from reportls.lsp.rpc.framing import Bad, Frames
from reportls.lsp.rpc.inbox import Arrival, Inbox, PolledInbox, ThreadedInbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from socket import socket

    from websockets.sync.server import ServerConnection

_CHUNK = 65536


class Connection(Protocol):
    """Messages in both directions."""

    def inbox(self) -> Inbox:
        """Where what the client sends arrives. To be called once."""

    def write(self, body: bytes) -> None:
        """Send one message.

        Raises:
            OSError: the client is gone.
        """

    def close(self) -> None:
        """Let the client see that nothing more will come."""

    def cut_off(self) -> None:
        """End a write that waits for ever for a client that is gone; by the end of the process if need be."""


class Stream(NamedTuple):
    """Where bytes come from and go to."""

    read: Callable[[], bytes]
    """Waits for some bytes; gives none at the end."""
    write: Callable[[bytes], object]
    """Takes all of them."""
    close: Callable[[], object]
    cut_off: Callable[[], object]
    """As in `Connection`."""
    descriptor: int
    """What to ask whether there is something to read."""


class StreamConnection:
    """Bytes in, bytes out, each message behind a header."""

    def __init__(self, stream: Stream, *, is_trusted: bool = True) -> None:
        """Take over a stream.

        Whoever is not trusted is cut off at the first bytes that are no message: it may be a browser that a page in it
        makes talk to us, with our messages inside of HTTP.
        """
        self._stream = stream
        self._frames = Frames()
        self._is_trusted = is_trusted

    def inbox(self) -> Inbox:
        """See `Connection`."""
        if hasattr(select, "poll"):
            return PolledInbox(self._stream.descriptor, self._receive)
        return ThreadedInbox(chain.from_iterable(iter(self._receive, None)))

    def _receive(self) -> Iterator[Arrival]:
        """Wait for some bytes; what they complete, and None at the end."""
        try:
            data = self._stream.read()
        except OSError:
            data = b""  # as good as an end
        if not data:
            yield None
            return
        for arrival in self._frames.feed(data):
            yield arrival
            if isinstance(arrival, Bad) and not self._is_trusted:
                yield None
                return

    def write(self, body: bytes) -> None:
        """See `Connection`."""
        self._stream.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    def close(self) -> None:
        """See `Connection`."""
        self._stream.close()

    def cut_off(self) -> None:
        """See `Connection`."""
        self._stream.cut_off()


class WebSocketConnection:
    """One message a frame."""

    def __init__(self, websocket: ServerConnection) -> None:
        """Take over an open web socket."""
        self._websocket = websocket

    def inbox(self) -> Inbox:
        """See `Connection`."""
        return ThreadedInbox(message.encode() if isinstance(message, str) else message for message in self._websocket)

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

    def cut_off(self) -> None:
        """See `Connection`."""
        _hang_up(self._websocket.socket)


def standard_streams() -> StreamConnection:
    """Standard input and output. Nothing else can write there from then on: what is printed goes to standard error."""
    sys.stdout.flush()
    output = os.dup(1)
    os.dup2(2, 1)
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415  # only there

        for descriptor in (0, output):
            msvcrt.setmode(descriptor, os.O_BINARY)

    def write(data: bytes) -> None:
        left = memoryview(data)
        while left:
            left = left[os.write(output, left) :]

    # Nothing else ends a write to a pipe that nobody reads and somebody keeps open.
    stream = Stream(lambda: os.read(0, _CHUNK), write, lambda: os.close(output), lambda: os._exit(1), 0)
    return StreamConnection(stream)


def of_socket(client: socket) -> StreamConnection:
    """A client on a socket."""

    def hang_up() -> None:
        _hang_up(client)

    stream = Stream(lambda: client.recv(_CHUNK), client.sendall, hang_up, hang_up, client.fileno())
    return StreamConnection(stream, is_trusted=False)


def _hang_up(client: socket) -> None:
    # Closing alone does nothing while the other thread waits for data.
    with suppress(OSError):
        client.shutdown(SHUT_RDWR)
    client.close()
