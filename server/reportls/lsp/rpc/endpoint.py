"""Our end of a session: JSON-RPC and the life cycle as the specification has them.

Messages that every session begins with, or that come with every keystroke, are taken here as the plain data that JSON
gives, see `notifications.py`. All others are routed by pygls, see `pygls_bridge.py`, which is loaded when the first of
them comes: it and the protocol's types would take most of the time that a session needs to start.
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

    from reportls.lsp.rpc.connection import Connection
    from reportls.lsp.rpc.framing import Bad

    Take = Callable[[object], Written | None]

_log = logging.getLogger(__name__)

INITIALIZE = "initialize"
SHUTDOWN = "shutdown"
EXIT = "exit"
CANCELLED = RefusedError(REQUEST_CANCELLED, "the request was cancelled")
"""What is answered to a request that was called off."""
_OPTIONAL = "$/"
"""Notifications that begin like this may be ignored."""


class Router(Protocol):
    """What takes the messages that are not taken here."""

    def route(self, message: Message) -> None:
        """Do what the message asks for, and see that it is answered.

        Raises:
            RefusedError: it cannot be done.
        """

    def call_off(self, message_id: int | str) -> None:
        """Cancel what is being done for a request."""

    def explain(self, message: Message) -> str:
        """What is wrong with a message of a known method."""


class _Asked(NamedTuple):
    method: str
    then: Callable[[Any], None]


class Endpoint:
    """One session with one client."""

    def __init__(self, connection: Connection, load_router: Callable[[], Router]) -> None:
        """Begin with whoever is connected there; nothing is taken before `plain` says what."""
        self.connection = connection
        self.exit_code: int | None = None
        """Set when the client ends the session."""
        self.plain: dict[tuple[str, bool], Take] = {(SHUTDOWN, True): self._shut_down, (EXIT, False): self._exit}
        """What takes the messages of a method, by method and whether they are requests."""
        self.is_initialized = False
        """Whether `initialize` was answered."""
        self._is_shut_down = False
        self._load_router = load_router
        self._router: Router | None = None
        self._asked: dict[int | str | None, _Asked] = {}
        self._ids = count(1)

    @property
    def router(self) -> Router:
        """What takes everything that is not plain."""
        self._router = self._router or self._load_router()
        return self._router

    def end(self) -> None:
        """End the session: with 0 if the client has said that it is done, else with 1."""
        self.exit_code = 0 if self._is_shut_down else 1

    def read(self, arrival: bytes | Bad) -> Message | None:
        """The message that has arrived; None if it is none, which the client is then told."""
        try:
            return read_message(arrival)
        except RefusedError as error:
            _log.warning("a message could not be read: %s", error.reason)
            self.refuse(None, error)
            return None

    def cancel(self, message: Message) -> None:
        """Answer a request that was called off before its turn came."""
        self.refuse(message.id, CANCELLED)

    def handle(self, message: Message) -> None:
        """Do what the message asks for, and answer it."""
        try:
            if message.method is None:
                self._take_answer(message)
            elif message.cancels is not None:
                self._call_off(message.cancels)
            elif self._is_welcome(message) and not self._took_plain(message):
                self.router.route(message)
        except RefusedError as error:
            _log.warning("%s: %s", message.method or "an answer", error.reason)
            if message.is_request:
                self.refuse(message.id, error)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is logged, and the session goes on
            _log.exception("%s failed", message.method or "an answer")
            if message.is_request:
                self.refuse(message.id, failure(message.method, error))

    def _is_welcome(self, message: Message) -> bool:
        """Whether the state of the session allows the message.

        Raises:
            RefusedError: it does not, and an answer is owed.
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
        """Take a message that is dealt with as the plain data it is; whether it is one, or may be ignored.

        Raises:
            RefusedError: it is not as it should be.
        """
        method = message.method or ""
        if not (take := self.plain.get((method, message.is_request))):
            return method.startswith(_OPTIONAL) and not message.is_request
        try:
            result = take(message.data.get("params"))
        except NotPlainError:
            raise RefusedError(INVALID_PARAMS, self.router.explain(message)) from None
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
        """Cancel what is being done for a request; one that waits was called off by the loop, others are answered."""
        if self._router:
            self._router.call_off(message_id)

    def _take_answer(self, message: Message) -> None:
        asked = self._asked.pop(message.id, None)
        if not asked:
            _log.info("an answer came to a question that was not asked, or is not asked any more")
        elif "error" in message.data:
            _log.info("the client refused %s: %s", asked.method, message.data["error"])
        else:
            asked.then(message.data["result"])

    def ask(self, method: str, params: object, then: Callable[[Any], None] = lambda _: None) -> None:
        """Send the client a request, and call `then` with its result, as JSON has it; an error is logged instead."""
        message_id = next(self._ids)
        self._asked[message_id] = _Asked(method, then)
        self._send({"jsonrpc": "2.0", "id": message_id, "method": method, "params": params})

    def notify(self, method: str, params: object) -> None:
        """Send the client a notification; `params` are plain data, or of the protocol's types."""
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def answer(self, message_id: int | str | None, result: Written) -> None:
        """Answer a request."""
        self.send_json(f'{{"jsonrpc":"2.0","id":{json.dumps(message_id)},"result":{result.json}}}')

    def refuse(self, message_id: int | str | None, error: RefusedError) -> None:
        """Answer a request, or what could not be read as one, with an error."""
        self._send({"jsonrpc": "2.0", "id": message_id, "error": {"code": error.code, "message": error.reason}})

    def _send(self, message: Mapping[str, object]) -> None:
        self.send_json(json.dumps(message, default=_plain))

    def send_json(self, text: str) -> None:
        """Send a message that is JSON already, in ASCII; if the client is gone, the session is over."""
        if self.exit_code is not None:
            return
        _log.debug("sent %s", text)
        try:
            self.connection.write(text.encode("ascii"))
        except OSError:
            self.end()


def _plain(typed: object) -> object:
    # Only what the typed half sends is not plain already.
    from reportls.lsp.rpc.converter import plain_of  # noqa: PLC0415

    return plain_of(typed)
