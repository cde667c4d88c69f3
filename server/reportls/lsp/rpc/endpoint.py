"""Our end of a session: the life cycle of the specification, dispatch of messages, responses and requests of our own.

A method in `plain` is handled with the JSON as it was parsed: everything that each session starts with, and everything
that each keystroke sends. Making the protocol's types of it and passing it through pygls takes longer than checking the
report. All other methods go to the router (`pygls_bridge`), which is loaded late because pygls and lsprotocol take 0.3
s to import.
"""

from __future__ import annotations

import json
import logging
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from reportls.lsp.rpc.messages import (
    INVALID_PARAMS,
    INVALID_REQUEST,
    NOT_INITIALIZED,
    REQUEST_CANCELLED,
    Message,
    NotPlainError,
    RefusedError,
    Written,
    failure,
    read_message,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reportls.lsp.rpc.framing import Bad

    Take = Callable[[object], Written | None]
    """Handles the `params` of a message; a request's result is None if the response is sent later."""

_log = logging.getLogger(__name__)

INITIALIZE = "initialize"
SHUTDOWN = "shutdown"
EXIT = "exit"
CANCELLED = RefusedError(REQUEST_CANCELLED, "the request was cancelled")
_OPTIONAL = "$/"
"""Prefix of notifications that a server may ignore."""


class Router(Protocol):
    """Handles the methods that are not in `Endpoint.plain`."""

    def route(self, message: Message) -> None:
        """Handle a message, and see that a request is answered.

        Raises:
            RefusedError: it cannot be done.
        """

    def call_off(self, message_id: int | str) -> None:
        """Cancel a request that is being handled."""

    def explain(self, message: Message) -> str:
        """Return what is wrong with the parameters of a message whose method is known."""

    def plain(self, typed: object) -> object:
        """Return the JSON for a value of the protocol's types."""


class _Asked(NamedTuple):
    method: str
    then: Callable[[Any], None]


class Endpoint:
    """One session with one client."""

    def __init__(self, send: Callable[[bytes], object], load_router: Callable[[], Router]) -> None:
        """Start a session; `send` transports one message body, and raises OSError if the client is gone."""
        self.exit_code: int | None = None
        """Set when the session has ended."""
        self.plain: dict[tuple[str, bool], Take] = {(SHUTDOWN, True): self._shut_down, (EXIT, False): self._exit}
        """Handlers that take plain JSON, by method and whether they are of requests."""
        self.pause: Callable[[], None] = lambda: None
        """To be called between the steps of a long computation: takes in what has arrived.

        Raises RefusedError if that cancels the request that is being handled.
        """
        self.is_initialized = False
        """Whether `initialize` was answered."""
        self._is_shut_down = False
        self._send_body = send
        self._load_router = load_router
        self._router: Router | None = None
        self._asked: dict[int | str | None, _Asked] = {}
        self._ids = count(1)

    def load_router(self) -> Router:
        """Return the router, which is loaded now if it was not before."""
        self._router = self._router or self._load_router()
        return self._router

    def end(self) -> None:
        """End the session: with exit code 0 if the client has sent `shutdown`, else with 1."""
        self.exit_code = 0 if self._is_shut_down else 1

    def read(self, body: bytes | Bad) -> Message | None:
        """Parse a message; None if it is invalid, which the client is told."""
        try:
            return read_message(body)
        except RefusedError as error:
            _log.warning("a message could not be read: %s", error.reason)
            self.refuse(None, error)
            return None

    def cancel(self, message: Message) -> None:
        """Answer a request that was cancelled before it was handled."""
        self.refuse(message.id, CANCELLED)

    def handle(self, message: Message) -> None:
        """Handle a message, and answer it if it is a request. Errors are logged; the session goes on.

        Raises:
            MemoryError: a notification could not be handled, so that the client's text may not be known any more.
        """
        try:
            if message.method is None:
                self._take_answer(message)
            elif message.cancels is not None:
                self._call_off(message.cancels)
            # The router is loaded only for a message that no plain handler takes: its imports are slow.
            elif self._is_welcome(message) and not self._took_plain(message):
                self.load_router().route(message)
        except RefusedError as error:
            _log.warning("%s: %s", message.method or "an answer", error.reason)
            if message.is_request:
                self.refuse(message.id, error)
        except MemoryError as error:
            if not message.is_request:
                raise  # judging a text that is not the client's would be worse than a new session, which gets it whole
            self.refuse(message.id, failure(message.method, error))
        except Exception as error:  # noqa: BLE001  # whatever it is, it is logged, and the session goes on
            _log.exception("%s failed", message.method or "an answer")
            if message.is_request:
                self.refuse(message.id, failure(message.method, error))

    def _is_welcome(self, message: Message) -> bool:
        """Return whether the life cycle allows the message now.

        Raises:
            RefusedError: it does not, and a response is owed.
        """
        why: RefusedError | None = None
        if message.method == EXIT:
            return True
        if self._is_shut_down:
            why = RefusedError(INVALID_REQUEST, "the server is shutting down")
        elif self.is_initialized and message.method == INITIALIZE:
            why = RefusedError(INVALID_REQUEST, "the server is initialized already")
        elif not self.is_initialized and message.method != INITIALIZE:
            why = RefusedError(NOT_INITIALIZED, "`initialize` comes first")
        if why and message.is_request:
            raise why
        return not why

    def _took_plain(self, message: Message) -> bool:
        """Handle a message whose method is in `plain`, or that may be ignored; return whether it was one.

        Raises:
            RefusedError: its parameters are wrong.
        """
        method = message.method or ""
        if not (take := self.plain.get((method, message.is_request))):
            return method.startswith(_OPTIONAL) and not message.is_request
        try:
            result = take(message.data.get("params"))
        except NotPlainError:
            # Plain handlers only know that something is wrong; cattrs can say what, and where.
            raise RefusedError(INVALID_PARAMS, self.load_router().explain(message)) from None
        if result:
            self.answer(message.id, result)
        self.is_initialized = self.is_initialized or method == INITIALIZE
        return True

    def _shut_down(self, _params: object) -> Written:
        self._is_shut_down = True
        return Written("null")

    def _exit(self, _params: object) -> None:
        self.end()

    def _call_off(self, message_id: int | str) -> None:
        """Cancel a request that is handled now. One that waits was cancelled on arrival; any other is answered."""
        if self._router:
            self._router.call_off(message_id)

    def _take_answer(self, message: Message) -> None:
        asked = self._asked.pop(message.id, None)
        if not asked:
            _log.info("a response came without a request, or after the request was cancelled")
        elif "error" in message.data:
            _log.info("the client refused %s: %s", asked.method, message.data["error"])
        else:
            asked.then(message.data["result"])

    def ask(self, method: str, params: object, then: Callable[[Any], None] = lambda _: None) -> None:
        """Send the client a request, and call `then` with the JSON of its result; an error response is logged.

        `params` are plain JSON, or of the protocol's types.
        """
        message_id = next(self._ids)
        self._asked[message_id] = _Asked(method, then)
        self._send({"jsonrpc": "2.0", "id": message_id, "method": method, "params": params})

    def notify(self, method: str, params: object) -> None:
        """Send the client a notification; `params` are plain JSON, or of the protocol's types."""
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def answer(self, message_id: int | str | None, result: Written) -> None:
        """Answer a request with its result."""
        self.send_json(f'{{"jsonrpc":"2.0","id":{json.dumps(message_id)},"result":{result.json}}}')

    def refuse(self, message_id: int | str | None, error: RefusedError) -> None:
        """Answer a request with an error; the id is None if the request could not be read."""
        self._send({"jsonrpc": "2.0", "id": message_id, "error": {"code": error.code, "message": error.reason}})

    def send_json(self, text: str) -> None:
        """Send a message that is already JSON in ASCII; if the client is gone, the session ends."""
        if self.exit_code is not None:
            return
        _log.debug("sent %s", text)
        try:
            self._send_body(text.encode("ascii"))
        except OSError:
            self.end()

    def _send(self, message: Mapping[str, object]) -> None:
        self.send_json(json.dumps(message, default=self._plain))

    def _plain(self, typed: object) -> object:
        return self.load_router().plain(typed)
