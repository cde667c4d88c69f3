"""JSON-RPC and the life cycle of a session as the specification has them, where pygls has them otherwise.

Of pygls this keeps the routing of messages to handlers, the types and their conversion, the capabilities, and the
requests to the client. It does not use pygls' documents: `documents.py` says why.
"""

from __future__ import annotations

import concurrent.futures
import json
import logging
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from cattrs import ClassValidationError, transform_error
from lsprotocol import types
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInternalError,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
    JsonRpcMethodNotFound,
    JsonRpcRequestCancelled,
    JsonRpcServerNotInitialized,
)
from pygls.protocol import JsonRPCResponseMessage, LanguageServerProtocol, lsp_method

from reportls.lsp.client import encoding_of
from reportls.lsp.message import Message, NotPlainError, Written, read_message
from reportls.lsp.structuring import structuring

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from concurrent.futures import Future

    from reportls.lsp.connection import Connection
    from reportls.lsp.frames import Bad

_log = logging.getLogger(__name__)
_CANCELLED = JsonRpcRequestCancelled("the request was cancelled")

_OURS = (
    types.EXIT,
    types.TEXT_DOCUMENT_DID_OPEN,
    types.TEXT_DOCUMENT_DID_CHANGE,
    types.TEXT_DOCUMENT_DID_CLOSE,
    types.NOTEBOOK_DOCUMENT_DID_OPEN,
    types.NOTEBOOK_DOCUMENT_DID_CHANGE,
    types.NOTEBOOK_DOCUMENT_DID_CLOSE,
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS,
)
"""What pygls would handle before our handlers, with its own documents, or ends the process for."""
_NOT_AS_DESCRIBED = "the parameters are not as `server/docs/editors.md` describes them"
_OPTIONAL = "$/"
"""Methods that begin like this may be ignored."""


class ReportProtocol(LanguageServerProtocol):
    """One session with one client."""

    connection: Connection

    def __init__(self, *args: Any) -> None:  # noqa: ANN401  # the base class's
        """See the base class."""
        super().__init__(*args)
        self.exit_code: int | None = None
        """Set when the client ends the session."""
        self.plain: dict[tuple[str, bool], Callable[[object], Written | None]] = {}
        """What takes messages of some methods as the plain data they are, by method and whether they are requests."""
        self.experimental: dict[str, object] | None = None
        """What is announced besides what the specification knows."""
        self.is_initialized = False
        """Whether `initialize` was answered."""

    def _register_builtin_features(self) -> None:
        super()._register_builtin_features()  # type: ignore[no-untyped-call]
        for method in _OURS:
            self.fm.builtin_features.pop(method)

    def end(self) -> None:
        """End the session: with 0 if the client has said that it is done, else with 1."""
        self.exit_code = 0 if self._shutdown else 1

    def read(self, arrival: bytes | Bad) -> Message | None:
        """The message that has arrived; None if it is none, which the client is then told."""
        try:
            return read_message(arrival)
        except JsonRpcException as error:
            _log.warning("a message could not be read: %s", error.message)
            self._send_error(None, error)
            return None

    def cancel(self, message: Message) -> None:
        """Answer a request that was called off before its turn came."""
        self._send_error(message.id, _CANCELLED)

    def handle(self, message: Message) -> None:
        """Do what the message asks for, and answer it."""
        try:
            if message.method is None:
                self._take_answer(message)
            elif message.cancels is not None:
                self._call_off(message.cancels)
            elif self._is_welcome(message) and self._is_known(message) and not self._took_plain(message):
                self._route(message, message.method)
        except JsonRpcException as error:
            _log.warning("%s: %s", message.method or "an answer", error.message)
            if message.is_request:
                self._send_error(message.id, error)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is logged, and the session goes on
            _log.exception("%s failed", message.method or "an answer")
            if message.is_request:
                self._send_error(message.id, _failure(message.method, error))

    def _is_welcome(self, message: Message) -> bool:
        """Whether the state of the session allows the message.

        Raises:
            JsonRpcException: it does not, and an answer is owed.
        """
        why: JsonRpcException | None = None
        if message.method == types.EXIT:
            return True
        if self._shutdown:
            why = JsonRpcInvalidRequest("the server is shutting down")
        elif self.is_initialized and message.method == types.INITIALIZE:
            why = JsonRpcInvalidRequest("the server is initialized already")
        elif not self.is_initialized and message.method != types.INITIALIZE:
            why = JsonRpcServerNotInitialized("`initialize` comes first")
        if why and message.is_request:
            raise why
        return not why

    def _is_known(self, message: Message) -> bool:
        """Whether there is a handler.

        Raises:
            JsonRpcMethodNotFound: there is none, and an answer is owed.
        """
        method = cast("str", message.method)
        if method in self.fm.builtin_features or method in self.fm.features or (method, True) in self.plain:
            return True
        if message.is_request:
            raise JsonRpcMethodNotFound.of(method)
        if not method.startswith(_OPTIONAL):
            _log.info("nobody handles %s", method)
        return False

    def _route(self, message: Message, method: str) -> None:
        if method not in types.METHOD_TO_TYPES:  # one of ours, which are plain
            raise JsonRpcInvalidParams(_NOT_AS_DESCRIBED)
        params = self._structured(message.data, types.METHOD_TO_TYPES[method][0]).params
        handler = self._get_handler(method)
        if message.id is None:
            self._execute_handler(method, handler, partial(self._finish, method), (params,))
            return
        self._ctx_msg_id.set(message.id)
        self._execute_handler(message.id, handler, partial(self._answer, message.id, method), (params,))
        self.is_initialized = self.is_initialized or method == types.INITIALIZE

    def _took_plain(self, message: Message) -> bool:
        """Take a message that is dealt with as the plain data it is; whether it is one, and as it should be."""
        take = self.plain.get((cast("str", message.method), message.is_request))
        if not take:
            return False
        try:
            result = take(message.data.get("params"))
        except NotPlainError:
            return False
        if result:
            self._send_written(message.id, result)
        return True

    def _call_off(self, message_id: int | str) -> None:
        """Cancel what is being done for a request; one that waits was called off by the loop, others are answered."""
        if (future := self._request_futures.get(message_id)) and not future.done():
            future.cancel()

    def _take_answer(self, message: Message) -> None:
        message_id = message.id if message.id is not None else ""
        future = self._request_futures.pop(message_id, None)
        result_type = self._result_types.pop(message_id, None)
        if not future or future.done():
            _log.info("an answer came to a question that was not asked, or is not asked any more")
        elif "error" in message.data:
            future.set_exception(RuntimeError(str(message.data["error"])))
        else:
            future.set_result(self._structured(message.data, result_type or JsonRPCResponseMessage).result)

    def _structured(self, data: dict[str, Any], kind: type[Any]) -> Any:  # noqa: ANN401  # any type of the protocol
        """The message in the protocol's types.

        Raises:
            JsonRpcInvalidParams: it is not as the specification says.
        """
        try:
            return self._converter.structure(data, kind)
        except Exception:  # noqa: BLE001  # cattrs raises whatever it stumbles over
            raise JsonRpcInvalidParams(_reason(data, kind)) from None

    def _finish(self, method: str, future: Future[object]) -> None:
        self._request_futures.pop(method, None)
        if not future.cancelled() and (error := future.exception()):
            _log.error("%s failed", method, exc_info=error)

    def _answer(self, message_id: int | str, method: str, future: Future[object]) -> None:
        self._request_futures.pop(message_id, None)
        if future.cancelled():
            self._send_error(message_id, _CANCELLED)
        elif isinstance(error := future.exception(), JsonRpcException):
            self._send_error(message_id, error)
        elif error:
            _log.error("%s failed", method, exc_info=error)
            self._send_error(message_id, _failure(method, error))
        elif isinstance(result := future.result(), concurrent.futures.Future):
            self._request_futures[message_id] = result  # it is done bit by bit
            result.add_done_callback(partial(self._answer, message_id, method))
        elif isinstance(result, Written):
            self._send_written(message_id, result)
        else:
            self._send_response(message_id, result=result)

    def ask(self, method: str, params: object, then: Callable[[Any], None] = lambda _: None) -> None:
        """Send the client a request, and call `then` with its answer; an error is logged and is no answer."""

        def answered(future: Future[Any]) -> None:
            if future.cancelled():
                return
            if error := future.exception():
                _log.info("the client refused %s: %s", method, error)
            else:
                then(future.result())

        self.send_request(method, params).add_done_callback(answered)

    def _send_written(self, message_id: int | str | None, result: Written) -> None:
        self.send_json(f'{{"jsonrpc":"2.0","id":{json.dumps(message_id)},"result":{result.json}}}')

    def _send_error(self, message_id: int | str | None, error: JsonRpcException) -> None:
        self.send({"jsonrpc": "2.0", "id": message_id, "error": {"code": error.code, "message": error.message}})

    def _send_data(self, data: Any) -> None:  # noqa: ANN401  # the base class's
        self.send_json(json.dumps(data, default=self._serialize_message))

    def send(self, data: dict[str, Any]) -> None:
        """Send a message that is plain data already."""
        self.send_json(json.dumps(data))

    def send_json(self, text: str) -> None:
        """Send a message that is JSON already, in ASCII; if the client is gone, the session is over."""
        if self.exit_code is not None:
            return
        _log.debug("sent %s", text)
        try:
            self.connection.write(text.encode("ascii"))
        except OSError:
            self.end()

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: types.InitializeParams) -> Generator[Any, Any, types.InitializeResult]:
        """As the base class, but columns are counted in UTF-16 unless the client cannot."""
        result: types.InitializeResult = yield from super().lsp_initialize(params)
        result.capabilities.position_encoding = encoding_of(params.capabilities)
        result.capabilities.experimental = self.experimental
        return result


def _failure(method: str | None, error: BaseException) -> JsonRpcException:
    return JsonRpcInternalError(f"{method} failed in reportls: {error!r}")


def _reason(data: dict[str, Any], kind: type[Any]) -> str:
    try:
        structuring(explains=True).structure(data, kind)
    except ClassValidationError as error:
        return "; ".join(transform_error(error, path="message"))
    except Exception as error:  # noqa: BLE001  # likewise
        return f"not as the specification says: {error}"
    return "not as the specification says"
