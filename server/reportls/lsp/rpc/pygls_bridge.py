"""Messages as the protocol's types: routed by pygls, where `endpoint.py` does not take them as plain data.

Of pygls this keeps the routing of requests to handlers, their execution, and commands; of lsprotocol the types and
their conversion. It does not use pygls' documents: `documents.py` says why.
"""

from __future__ import annotations

import concurrent.futures
import json
import logging
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from cattrs import ClassValidationError, transform_error
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol

from reportls.lsp.rpc.converter import plain_of, structuring
from reportls.lsp.rpc.endpoint import CANCELLED
from reportls.lsp.rpc.messages import INVALID_PARAMS, METHOD_NOT_FOUND, RefusedError, Written, failure

if TYPE_CHECKING:
    from concurrent.futures import Future

    from reportls.lsp.rpc.endpoint import Endpoint
    from reportls.lsp.rpc.messages import Message

_log = logging.getLogger(__name__)
_NOT_AS_DESCRIBED = "the parameters are not as `server/docs/editors.md` describes them"
_NOT_AS_SPECIFIED = "not as the specification says"


class TypedProtocol(LanguageServerProtocol):
    """The requests of one session that pygls routes."""

    endpoint: Endpoint

    def _register_builtin_features(self) -> None:
        super()._register_builtin_features()  # type: ignore[no-untyped-call]
        # All else that pygls would handle is taken as plain data, or is about its documents.
        execute = self.fm.builtin_features[types.WORKSPACE_EXECUTE_COMMAND]
        self.fm.builtin_features.clear()
        self.fm.builtin_features[types.WORKSPACE_EXECUTE_COMMAND] = execute

    def route(self, message: Message) -> None:
        """See `endpoint.Router`."""
        method = cast("str", message.method)
        if method not in self.fm.builtin_features and method not in self.fm.features:
            if message.is_request:
                raise RefusedError(METHOD_NOT_FOUND, f"nobody handles {method}")
            _log.info("nobody handles %s", method)
            return
        params = self._structured(message, types.METHOD_TO_TYPES[method][0]).params
        handler = self._get_handler(method)
        if message.id is None:
            self._execute_handler(method, handler, partial(self._finish, method), (params,))
        else:
            self._ctx_msg_id.set(message.id)
            self._execute_handler(message.id, handler, partial(self._answer, message.id, method), (params,))

    def call_off(self, message_id: int | str) -> None:
        """See `endpoint.Router`."""
        if (future := self._request_futures.get(message_id)) and not future.done():
            future.cancel()

    def explain(self, message: Message) -> str:
        """See `endpoint.Router`."""
        method = cast("str", message.method)
        if method not in types.METHOD_TO_TYPES:  # one of ours
            return _NOT_AS_DESCRIBED
        try:
            structuring(explains=True).structure(message.data, types.METHOD_TO_TYPES[method][0])
        except ClassValidationError as error:
            return "; ".join(transform_error(error, path="message"))
        except Exception as error:  # noqa: BLE001  # cattrs raises whatever it stumbles over
            return f"{_NOT_AS_SPECIFIED}: {error}"
        return _NOT_AS_SPECIFIED

    def _structured(self, message: Message, kind: type[Any]) -> Any:  # noqa: ANN401  # any type of the protocol
        try:
            return self._converter.structure(message.data, kind)
        except Exception:  # noqa: BLE001  # likewise
            raise RefusedError(INVALID_PARAMS, self.explain(message)) from None

    def _finish(self, method: str, future: Future[object]) -> None:
        self._request_futures.pop(method, None)
        if not future.cancelled() and (error := future.exception()):
            _log.error("%s failed", method, exc_info=error)

    def _answer(self, message_id: int | str, method: str, future: Future[object]) -> None:
        self._request_futures.pop(message_id, None)
        if future.cancelled():
            self.endpoint.refuse(message_id, CANCELLED)
        elif isinstance(error := future.exception(), RefusedError):
            self.endpoint.refuse(message_id, error)
        elif isinstance(error, JsonRpcException):  # of pygls: there is no such command
            self.endpoint.refuse(message_id, RefusedError(error.code, error.message))
        elif error:
            _log.error("%s failed", method, exc_info=error)
            self.endpoint.refuse(message_id, failure(method, error))
        elif isinstance(result := future.result(), concurrent.futures.Future):
            self._request_futures[message_id] = result  # it is done bit by bit
            result.add_done_callback(partial(self._answer, message_id, method))
        else:
            self.endpoint.answer(message_id, Written(json.dumps(result, default=plain_of)))
