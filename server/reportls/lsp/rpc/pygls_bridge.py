"""Routes messages to typed handlers with pygls, and converts between JSON and lsprotocol's types.

Taken from pygls: the table of handlers and commands, how a handler is run, futures and their cancellation. Taken from
lsprotocol and cattrs: the types of all methods and their conversion. Not used: pygls' input and output, its life cycle
and its documents; the package's docstring says why.
"""

from __future__ import annotations

import concurrent.futures
import json
import logging
from functools import cache, partial
from typing import TYPE_CHECKING, Any, cast

import cattrs
from lsprotocol import converters, types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol

from reportls.lsp.rpc.endpoint import CANCELLED
from reportls.lsp.rpc.messages import INVALID_PARAMS, METHOD_NOT_FOUND, RefusedError, Written, failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from concurrent.futures import Future

    from reportls.lsp.rpc.endpoint import Endpoint
    from reportls.lsp.rpc.messages import Message

_log = logging.getLogger(__name__)
_NOT_AS_DESCRIBED = "the parameters are not as `server/docs/editors.md` describes them"
_NOT_AS_SPECIFIED = "not as the specification requires"


def router_for(
    endpoint: Endpoint,
    handlers: Iterable[tuple[str, Callable[[Any], object]]],
    commands: Mapping[str, Callable[..., object]],
) -> PyglsRouter:
    """Return a router for these methods and commands.

    A handler takes the method's parameters in lsprotocol's type and returns a result in lsprotocol's types, or a future
    of one. A command takes the arguments that the client sent, as JSON.
    """
    server = LanguageServer("", "", protocol_cls=PyglsRouter, converter_factory=_converter, max_workers=1)
    router = cast("PyglsRouter", server.protocol)
    router.endpoint = endpoint
    for method, handler in handlers:
        server.feature(method)(handler)
    for name, command in commands.items():
        server.command(name)(command)
    return router


class PyglsRouter(LanguageServerProtocol):
    """Implements `endpoint.Router`."""

    endpoint: Endpoint

    def _register_builtin_features(self) -> None:
        super()._register_builtin_features()  # type: ignore[no-untyped-call]
        # Everything else that pygls would handle is handled as plain JSON, or is about its documents.
        execute = self.fm.builtin_features[types.WORKSPACE_EXECUTE_COMMAND]
        self.fm.builtin_features.clear()
        self.fm.builtin_features[types.WORKSPACE_EXECUTE_COMMAND] = execute

    def route(self, message: Message) -> None:
        """See `endpoint.Router`."""
        method = cast("str", message.method)
        if method not in self.fm.builtin_features and method not in self.fm.features:
            if message.is_request:
                raise RefusedError(METHOD_NOT_FOUND, f"unknown method {method}")
            _log.info("unknown method %s", method)
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
        except cattrs.ClassValidationError as error:
            return "; ".join(cattrs.transform_error(error, path="message"))
        except Exception as error:  # noqa: BLE001  # cattrs raises whatever it stumbles over
            return f"{_NOT_AS_SPECIFIED}: {error}"
        return _NOT_AS_SPECIFIED

    def plain(self, typed: object) -> object:
        """See `endpoint.Router`."""
        return self._converter.unstructure(typed)

    def _structured(self, message: Message, kind: type[Any]) -> Any:  # noqa: ANN401  # any type of the protocol
        try:
            return self._converter.structure(message.data, kind)
        except Exception:  # noqa: BLE001  # cattrs raises whatever it stumbles over
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
            self._request_futures[message_id] = result  # a job computes it step by step
            result.add_done_callback(partial(self._answer, message_id, method))
        else:
            self.endpoint.answer(message_id, Written(json.dumps(result, default=self.plain)))


@cache
def structuring(*, explains: bool) -> cattrs.Converter:
    """Return a converter; one that `explains` errors names the place and takes several times as long."""
    converter = cattrs.Converter(detailed_validation=explains)
    converter.register_structure_hook_func(lambda kind: kind in (int, str, bool), _exactly)
    converter = converters.get_converter(converter)
    # Identifiers and tokens are dictionary keys; lsprotocol's hooks accept lists and objects for them.
    converter.register_structure_hook(int | str, _number_or_string)
    converter.register_structure_hook(int | str | None, _number_or_string_or_none)
    return converter


def _converter() -> cattrs.Converter:
    # When this one fails, `explain` tries again with the slow one.
    return structuring(explains=False)


def _exactly(value: Any, kind: type[Any]) -> Any:  # noqa: ANN401  # of that type
    """Return the value as it is: cattrs would make a number of a string of digits, and a string of anything."""
    if type(value) is not kind:
        raise TypeError(f"{value!r:.40} is no {kind.__name__}")
    return value


def _number_or_string(value: Any, _kind: object) -> Any:  # noqa: ANN401  # one of the two
    if type(value) not in (int, str):
        raise TypeError(f"{value!r:.40} is neither a number nor a string")
    return value


def _number_or_string_or_none(value: Any, kind: object) -> Any:  # noqa: ANN401  # one of the three
    return None if value is None else _number_or_string(value, kind)
