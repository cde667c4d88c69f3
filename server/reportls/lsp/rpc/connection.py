"""Connections to a client: standard input and output, a socket, a web socket; and the loop that serves one."""

from __future__ import annotations

import os
import select
import sys
import threading
from contextlib import suppress
from queue import Empty, Full, Queue
from socket import SHUT_RDWR, socketpair
from typing import TYPE_CHECKING, NamedTuple, Protocol

from reportls.lsp.rpc.framing import HeaderFraming, MessageFraming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from socket import socket

    from websockets.sync.server import ServerConnection

    from reportls.lsp.rpc.framing import Framing
    from reportls.lsp.rpc.loop import Loop

_CHUNK = 65536
_MOST_READ = 1000
"""Most chunks that a thread reads ahead."""


class Connection(Protocol):
    """Bytes in both directions."""

    @property
    def framing(self) -> Framing:
        """The framing that separates messages, in both directions."""

    def read(self, timeout: float | None, /) -> bytes | None:
        """Return received bytes, after at most so many seconds; None if there were none in that time.

        Raises:
            EOFError: the client is gone, or `interrupt` was called.
        """

    def write(self, data: bytes, /) -> object:
        """Send all these bytes.

        Raises:
            OSError: the client is gone.
        """

    def interrupt(self) -> object:
        """Make `read` end as if the client were gone. May be called from any thread, and at any time."""

    def cut_off(self) -> object:
        """End a write that waits for a client that is gone; by ending the process if nothing else helps."""

    def close(self) -> object:
        """Release everything; the client sees the end of the session."""


def run(loop: Loop, connection: Connection) -> None:
    """Serve a client until the session is over."""
    loop.look = lambda: connection.read(0)
    while not loop.is_over:
        if loop.is_full:
            loop.work()
            continue
        try:
            data = connection.read(loop.patience)
        except EOFError:
            loop.close()
            continue
        # Everything that has arrived is taken in before anything is handled: see `loop`.
        if data is not None:
            loop.receive(data)
        elif loop.has_work:
            loop.work()
        else:
            loop.rest()


class Stream(NamedTuple):
    """The two ends of a transport, as functions that read and write bytes."""

    read: Callable[[], bytes]
    """Waits for some bytes; returns none at the end."""
    write: Callable[[bytes], object]
    """Takes all of them."""
    close: Callable[[], object]
    cut_off: Callable[[], object]
    """Ends the transport at once, as `Connection.cut_off` does."""
    descriptor: int
    """File descriptor that can be asked whether there is something to read."""


class StreamConnection:
    """A byte stream in each direction."""

    def __init__(self, stream: Stream, *, is_trusted: bool = True) -> None:
        """Take over a stream.

        A client that is not trusted is cut off at the first bytes that are not a message: it may be a browser that a
        web page makes send our messages inside of HTTP.
        """
        self.framing = HeaderFraming(is_trusted=is_trusted)
        self.write = stream.write
        self.cut_off = stream.cut_off
        self._stream = stream
        # Windows cannot poll pipes.
        self._reader = _PollingReader(stream) if hasattr(select, "poll") else _ThreadReader(iter(stream.read, b""))
        self.read = self._reader.read
        self.interrupt = self._reader.interrupt

    def close(self) -> None:
        """See `Connection`."""
        self._reader.close()
        self._stream.close()


class WebSocketConnection:
    """A web socket: each of its messages is one of ours."""

    def __init__(self, websocket: ServerConnection) -> None:
        """Take over an open web socket."""
        self.framing = MessageFraming()
        self._websocket = websocket
        self._reader = _ThreadReader(_received(websocket))
        self.read = self._reader.read
        self.interrupt = self._reader.interrupt
        self.close = websocket.close

    def write(self, data: bytes) -> None:
        """See `Connection`."""
        from websockets.exceptions import ConnectionClosed  # noqa: PLC0415  # an extra

        try:
            self._websocket.send(data.decode())
        except ConnectionClosed as error:
            raise BrokenPipeError from error

    def cut_off(self) -> None:
        """See `Connection`."""
        _hang_up(self._websocket.socket)


def _received(websocket: ServerConnection) -> Iterator[bytes]:
    """Yield each message until the client is gone, whether it takes its leave or not."""
    from websockets.exceptions import ConnectionClosed  # noqa: PLC0415  # an extra

    with suppress(ConnectionClosed):
        for message in websocket:
            yield message.encode() if isinstance(message, str) else message


class _PollingReader:
    """Reads in the calling thread: waking another one for each message would cost more than reading it."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._woken, self._waker = socketpair()
        self._poll = select.poll()
        self._poll.register(stream.descriptor, select.POLLIN)
        self._poll.register(self._woken, select.POLLIN)

    def read(self, timeout: float | None) -> bytes | None:
        """See `Connection`."""
        ready = [descriptor for descriptor, _ in self._poll.poll(None if timeout is None else timeout * 1000)]
        if not ready:
            return None
        data = b""
        if self._woken.fileno() not in ready:
            with suppress(OSError):  # as good as an end
                data = self._stream.read()
        if not data:
            raise EOFError
        return data

    def interrupt(self) -> None:
        """See `Connection`."""
        with suppress(OSError):  # already closed
            self._waker.send(b"\0")

    def close(self) -> None:
        """Close the descriptors that wake the reader."""
        self._woken.close()
        self._waker.close()


class _ThreadReader:
    """Reads in a thread of its own, where one cannot ask whether there is something to read."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._queue: Queue[bytes | None] = Queue(_MOST_READ)
        self._is_interrupted = threading.Event()
        threading.Thread(target=self._receive, args=(chunks,), daemon=True, name="receive").start()

    def read(self, timeout: float | None) -> bytes | None:
        """See `Connection`."""
        if self._is_interrupted.is_set() and self._queue.empty():
            raise EOFError
        try:
            data = self._queue.get(timeout=timeout)
        except Empty:
            return None
        if data is None:
            raise EOFError
        return data

    def interrupt(self) -> None:
        """See `Connection`."""
        self._is_interrupted.set()
        with suppress(Full):  # then nobody waits, and `read` sees the flag when the queue is empty
            self._queue.put_nowait(None)

    def close(self) -> None:
        """Leave the thread to the end of its input."""

    def _receive(self, chunks: Iterable[bytes]) -> None:
        try:
            with suppress(OSError):  # as good as an end
                for chunk in chunks:
                    self._queue.put(chunk)
        finally:
            self._queue.put(None)


def standard_streams() -> StreamConnection:
    """Connect standard input and output. From then on, what is printed goes to standard error."""
    # A stray `print`, of ours or a library's, would corrupt the stream of messages.
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
    """Connect a client on a socket."""

    def hang_up() -> None:
        _hang_up(client)

    stream = Stream(lambda: client.recv(_CHUNK), client.sendall, hang_up, hang_up, client.fileno())
    return StreamConnection(stream, is_trusted=False)


def _hang_up(client: socket) -> None:
    # Closing alone does nothing while another thread waits for data.
    with suppress(OSError):
        client.shutdown(SHUT_RDWR)
    client.close()
