"""The loop of a session: one message after another, in the client's order, and what is left to do when none waits.

Everything runs in the one thread that calls `run`. So handlers need no locks, edits are applied in the order in which
they were made, and "is there more to come?" has an answer.
"""

from __future__ import annotations

from collections import deque
from contextlib import closing, suppress
from queue import Empty
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportls.lsp.rpc.endpoint import Endpoint
    from reportls.lsp.rpc.inbox import Arrival
    from reportls.lsp.rpc.messages import Message

_QUIET = 0.1
"""Seconds without a message after which what can wait is done."""
_MOST_WAITING = 1000
"""Messages that are read ahead; what a client sends beyond them stays in the pipe until there is room."""


class Loop:
    """What has arrived, and what is to be done besides."""

    def __init__(self, endpoint: Endpoint, when_idle: Callable[[], None], when_quiet: Callable[[], None]) -> None:
        """`when_idle` is called when all that has arrived is done, `when_quiet` when then nothing comes for a while."""
        self._endpoint = endpoint
        self._when_idle = when_idle
        self._when_quiet = when_quiet
        self._is_quiet = True
        self._inbox = endpoint.connection.inbox()
        self._waiting: deque[Message] = deque()
        self._jobs: deque[Iterator[object]] = deque()
        self._is_open = True

    def add_job(self, steps: Iterator[object]) -> None:
        """Take the steps one by one while nothing else waits."""
        self._jobs.append(steps)

    def end(self) -> None:
        """Go on as if the client were gone. May be called from any thread."""
        self._inbox.end()

    def run(self) -> None:
        """Go on until the session is over."""
        with closing(self._inbox):
            self._run()

    def _run(self) -> None:
        while self._endpoint.exit_code is None:
            self._take_in()
            if self._waiting:
                self._is_quiet = False
                self._endpoint.handle(self._waiting.popleft())
            elif not self._is_open:
                self._endpoint.end()
            if not self._waiting and self._inbox.empty():
                self._when_idle()
                self._take_step()

    def _take_in(self) -> None:
        """Read all that has arrived; wait for something if there is nothing to do."""
        if not self._waiting and not self._jobs and self._is_open:
            self._take(self._next())
        while len(self._waiting) < _MOST_WAITING and not self._inbox.empty():
            self._take(self._inbox.get())

    def _next(self) -> Arrival:
        if not self._is_quiet:
            with suppress(Empty):
                return self._inbox.get(timeout=_QUIET)
            self._is_quiet = True
            self._when_quiet()
        return self._inbox.get()

    def _take(self, arrival: Arrival) -> None:
        if arrival is None:
            self._is_open = False
        elif (message := self._endpoint.read(arrival)) is not None:
            self._waiting.append(message)
            if (called_off := message.cancels) is not None:
                self._call_off(called_off)

    def _call_off(self, message_id: int | str) -> None:
        for message in self._waiting:
            if message.is_request and message.id == message_id:
                self._waiting.remove(message)
                self._endpoint.cancel(message)
                return

    def _take_step(self) -> None:
        if self._jobs and next(self._jobs[0], self) is self:
            self._jobs.popleft()
