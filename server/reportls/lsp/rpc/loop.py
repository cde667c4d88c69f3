"""The message loop without input or output: bytes are handed to it, and it hands back bytes.

All messages are taken in before the first is handled. Only so can a request be cancelled while it waits, and only so is
it known that another edit follows and that judging the current one would be wasted. Handlers run one after another in
the thread that calls `work`: they need no locks, and see every edit that was sent before them.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from reportls.lsp.rpc.endpoint import Endpoint
from reportls.lsp.rpc.framing import Bad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportls.lsp.rpc.endpoint import Router
    from reportls.lsp.rpc.framing import Framing
    from reportls.lsp.rpc.messages import Message

_QUIET = 0.1
"""Seconds without a message after which work that can wait is done."""
_MOST_WAITING = 1000
"""Messages that are read ahead; a faster client has to wait, and our memory stays bounded."""


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
        self.when_idle: Callable[[], None] = _nothing
        """Called when all received messages are handled."""
        self.when_quiet: Callable[[], None] = _nothing
        """Called when after that nothing was received for a while."""
        self._framing = framing
        self._waiting: deque[Message] = deque()
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
        return not self._is_open or len(self._waiting) >= _MOST_WAITING

    @property
    def has_work(self) -> bool:
        """Whether `work` has something to do."""
        return bool(self._waiting or not self._is_idle or self._jobs or not self._is_open)

    @property
    def patience(self) -> float | None:
        """Seconds to wait for bytes before calling `work` or `rest`; None: until some arrive."""
        if self.has_work:
            return 0
        return None if self._is_quiet else _QUIET

    def add_job(self, steps: Iterator[object]) -> None:
        """Run a long task step by step while no message waits."""
        self._jobs.append(steps)

    def receive(self, data: bytes) -> None:
        """Take in bytes from the client; requests that they cancel are answered at once."""
        for body in self._framing.decode(data):
            if (message := self.endpoint.read(body)) is not None:
                self._waiting.append(message)
                if (cancelled := message.cancels) is not None:
                    self._cancel(cancelled)
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
            self.endpoint.handle(self._waiting.popleft())
        elif not self._is_open:
            self.endpoint.end()
        elif not self._is_idle:
            self._is_idle = True
            self.when_idle()
        elif self._jobs and next(self._jobs[0], self) is self:
            self._jobs.popleft()

    def rest(self) -> None:
        """Do what was left for a quiet moment; to be called when nothing was received for `patience` seconds."""
        self._is_quiet = True
        self.when_quiet()

    def _cancel(self, message_id: int | str) -> None:
        for message in self._waiting:
            if message.is_request and message.id == message_id:
                self._waiting.remove(message)
                self.endpoint.cancel(message)
                return


def _nothing() -> None:
    pass
