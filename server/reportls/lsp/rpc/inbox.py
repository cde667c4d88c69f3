"""What has arrived and was not yet looked at; it can tell whether there is more without waiting for it."""

from __future__ import annotations

import select
import threading
from collections import deque
from contextlib import suppress
from queue import Empty, Full, Queue
from socket import socketpair
from typing import TYPE_CHECKING, Protocol

from reportls.lsp.rpc.framing import Bad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MOST_READ = 1000
"""Messages that are kept for later; a client that sends more has to wait."""

Arrival = bytes | Bad | None
"""The body of a message, what is none, or, last of all, None: the client is gone."""


class Inbox(Protocol):
    """Where messages arrive."""

    def get(self, timeout: float | None = None) -> Arrival:
        """The next one. Waits for it, for so many seconds at most.

        Raises:
            Empty: none came in that time.
        """

    def empty(self) -> bool:
        """Whether nothing more is there at the moment."""

    def end(self) -> None:
        """Have `None` arrive. May be called from any thread, and at any time."""

    def close(self) -> None:
        """Give back what the system lent."""


class PolledInbox:
    """Reads a file descriptor in the thread that asks: no other need be woken for each message."""

    def __init__(self, descriptor: int, read: Callable[[], Iterable[Arrival]]) -> None:
        """`read` gives what has arrived there since it was last called, and None at the end."""
        self._read = read
        self._arrived: deque[Arrival] = deque()
        self._is_over = False
        """Whether `None` was given: a closed pipe is ready for ever."""
        self._woken, self._waker = socketpair()
        self._poll = select.poll()
        self._poll.register(descriptor, select.POLLIN)
        self._poll.register(self._woken, select.POLLIN)

    def get(self, timeout: float | None = None) -> Arrival:
        """See `Inbox`."""
        while not self._arrived:
            if not self._has_taken_in(timeout):
                raise Empty
        return self._given()

    def empty(self) -> bool:
        """See `Inbox`."""
        if not self._arrived and not self._is_over:
            self._has_taken_in(0)
        return not self._arrived

    def end(self) -> None:
        """See `Inbox`."""
        with suppress(OSError):  # it is closed
            self._waker.send(b"\0")

    def close(self) -> None:
        """See `Inbox`."""
        self._woken.close()
        self._waker.close()

    def _given(self) -> Arrival:
        arrival = self._arrived.popleft()
        self._is_over = self._is_over or arrival is None
        return arrival

    def _has_taken_in(self, timeout: float | None) -> bool:
        """Take in what is there, waiting for so many seconds at most; whether there was anything."""
        ready = [descriptor for descriptor, _ in self._poll.poll(None if timeout is None else timeout * 1000)]
        if self._woken.fileno() in ready:
            self._woken.recv(1)
            self._arrived.append(None)
        elif ready:
            self._arrived.extend(self._read())
        return bool(ready)


class ThreadedInbox:
    """Has another thread do the waiting, where one cannot ask whether there is something to read."""

    def __init__(self, arrivals: Iterable[Arrival]) -> None:
        """Take from an iterable that waits for each message."""
        self._queue: Queue[Arrival] = Queue(_MOST_READ)
        self._is_ended = threading.Event()
        threading.Thread(target=self._receive, args=(arrivals,), daemon=True, name="receive").start()

    def get(self, timeout: float | None = None) -> Arrival:
        """See `Inbox`."""
        if self._is_ended.is_set() and self._queue.empty():
            return None
        return self._queue.get(timeout=timeout)

    def empty(self) -> bool:
        """See `Inbox`."""
        return self._queue.empty()

    def end(self) -> None:
        """See `Inbox`."""
        self._is_ended.set()
        with suppress(Full):  # then nobody waits, and `get` comes to it
            self._queue.put_nowait(None)

    def close(self) -> None:
        """See `Inbox`."""

    def _receive(self, arrivals: Iterable[Arrival]) -> None:
        with suppress(OSError):  # as good as an end
            for arrival in arrivals:
                if arrival is None:
                    break
                self._queue.put(arrival)
        self._queue.put(None)
