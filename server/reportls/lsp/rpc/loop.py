"""The message loop without input or output: bytes are handed to it, and it hands back bytes.

All messages are taken in before the first is handled. This is the only way to cancel a request while it waits, and to
know that another edit follows and that judging the current one would be wasted. Handlers run one after another in
the thread that calls `work`: they need no locks, and see every edit that was sent before them.
"""

from __future__ import annotations

from collections import deque
from time import perf_counter
from typing import TYPE_CHECKING

from reportls.lsp.rpc.endpoint import CANCELLED, Endpoint
from reportls.lsp.rpc.framing import Bad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportls.lsp.rpc.endpoint import Router
    from reportls.lsp.rpc.framing import Framing
    from reportls.lsp.rpc.messages import Message

_QUIET = 0.1
"""Seconds without a message after which work that can wait is done."""
_MOST_WAITING = 10_000
"""Messages that are read ahead; a faster client has to wait, and our memory stays bounded."""
_MOST_BYTES = 20_000_000
"""Bytes of messages that are read ahead."""
_REST = 0.05
"""Seconds to wait for the rest of a message, which may cancel the requests that wait."""
_BETWEEN_LOOKS = 0.001
"""Seconds between two checks for new messages by one handler: a check takes as long as a few of its shortest steps."""


class Loop:
    """One session: `receive` bytes, then `work` until nothing is left to do."""

    def __init__(self, send: Callable[[bytes], object], framing: Framing, load_router: Callable[[], Router]) -> None:
        """Start a session.

        Args:
            send: transports bytes to the client; raises OSError if the client is gone.
            framing: how messages are kept apart, in both directions.
            load_router: returns the handler of methods that are not in `endpoint.plain`; called once, when needed.
        """
        self.endpoint = Endpoint(lambda body: send(framing.encode(body)), load_router)
        self.when_idle: Callable[[], None] = lambda: None
        """Called when all received messages are handled."""
        self.when_quiet: Callable[[], None] = lambda: None
        """Called when after that nothing was received for a while."""
        self.look: Callable[[], bytes | None] = lambda: None
        """Returns what has arrived, without waiting; raises EOFError if the client is gone."""
        self.endpoint.pause = self._pause
        self._framing = framing
        self._waiting: deque[tuple[Message, int]] = deque()
        """Messages and their lengths in bytes."""
        self._bytes = 0
        self._requests: dict[int | str | None, Message] = {}
        """The requests among them, by id; the last if the client uses an id twice."""
        self._cancelled: set[int] = set()
        """The requests among them that are cancelled and answered, by the `id` of the object."""
        self._current: Message | None = None
        """The message that is handled now; None if it is a request that was cancelled."""
        self._looked = 0.0
        """When the handler that runs last checked for new messages; 0 if it has not yet."""
        self._has_rested = False
        self._jobs: deque[Iterator[object]] = deque()
        self._is_open = True
        self._is_idle = True
        self._is_quiet = True

    @property
    def is_over(self) -> bool:
        """Whether the session has ended."""
        return self.endpoint.exit_code is not None

    @property
    def is_full(self) -> bool:
        """Whether nothing more may be received before some messages are handled, or ever."""
        return not self._is_open or len(self._waiting) >= _MOST_WAITING or self._bytes >= _MOST_BYTES

    @property
    def has_work(self) -> bool:
        """Whether `work` has something to do."""
        return bool(self._waiting or not self._is_idle or self._jobs or not self._is_open)

    @property
    def patience(self) -> float | None:
        """Seconds to wait for bytes before calling `work` or `rest`; None: until some arrive."""
        if self.has_work:
            return _REST if self._requests and self._framing.is_amid and not self._has_rested else 0
        return None if self._is_quiet else _QUIET

    def add_job(self, steps: Iterator[object]) -> None:
        """Run a long task step by step while no message waits."""
        self._jobs.append(steps)

    def receive(self, data: bytes) -> None:
        """Take in bytes from the client; requests that they cancel are answered at once."""
        self._has_rested = False
        for body in self._framing.decode(data):
            if (message := self.endpoint.read(body)) is not None:
                # A cancellation that found its request is done; one that did not goes to the handler.
                if (cancelled := message.cancels) is None or not self._cancel(cancelled):
                    self._waiting.append((message, len(body)))
                    self._bytes += len(body)
                if message.is_request:
                    self._requests[message.id] = message
            elif isinstance(body, Bad) and body.is_fatal:
                self.close()
                return

    def close(self) -> None:
        """Take note that the client sends nothing more: the session ends after the messages that wait."""
        self._is_open = False

    def work(self) -> None:
        """Do the next thing: handle a message, do what waits for the last message, or take a step of a job."""
        if self._waiting:
            self._is_idle = self._is_quiet = False
            self._has_rested = True
            self._handle(*self._waiting.popleft())
        elif not self._is_open:
            # Only now: everything that the client sent before it left is handled.
            self.endpoint.end()
        elif not self._is_idle:
            self._is_idle = True
            self.when_idle()
        elif self._jobs:
            # Jobs take turns, so that a slow one does not keep the others waiting.
            job = self._jobs.popleft()
            if next(job, self) is not self:
                self._jobs.append(job)

    def rest(self) -> None:
        """Do what was left for a quiet moment; to be called when nothing was received for `patience` seconds."""
        self._is_quiet = True
        self.when_quiet()

    def _handle(self, message: Message, size: int) -> None:
        self._bytes -= size
        # A client may have used the id again: then the entry belongs to the later request.
        if self._requests.get(message.id) is message:
            del self._requests[message.id]
        # It was answered when the cancellation arrived.
        if id(message) in self._cancelled:
            self._cancelled.remove(id(message))
            return
        self._current, self._looked = message, 0.0
        self.endpoint.handle(message)
        self._current = None

    def _cancel(self, message_id: int | str) -> bool:
        """Cancel a request that waits or is handled now; return whether there is one. One that waits is answered."""
        if message := self._requests.pop(message_id, None):
            self._cancelled.add(id(message))
            self.endpoint.cancel(message)
        elif self._current and self._current.is_request and self._current.id == message_id:
            self._current = None
        else:
            return False
        return True

    def _pause(self) -> None:
        """See `Endpoint.pause`."""
        now = perf_counter()
        if not self._current or not self._current.is_request or (self._looked and now < self._looked + _BETWEEN_LOOKS):
            return
        self._looked = now
        try:
            while not self.is_full and (data := self.look()):
                self.receive(data)
        except EOFError:
            self.close()
        # What was just received may have cancelled the request that is being handled.
        if not self._current:
            raise CANCELLED
