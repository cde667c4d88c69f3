"""JSON-RPC messages, the errors that answer them, and typed access to the JSON in them."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from reportls.lsp.rpc.framing import Bad

CANCEL = "$/cancelRequest"

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
NOT_INITIALIZED = -32002
REQUEST_CANCELLED = -32800


class Message(NamedTuple):
    """A request, a notification, or a response to one of our requests."""

    data: dict[str, Any]
    method: str | None
    """None in a response."""
    id: int | str | None
    """None in a notification."""

    @property
    def is_request(self) -> bool:
        """Whether the sender expects a response."""
        return self.method is not None and self.id is not None

    @property
    def cancels(self) -> int | str | None:
        """Id of the request that this message cancels; None if it cancels nothing."""
        params = self.data.get("params")
        if self.method != CANCEL or self.is_request or not isinstance(params, dict):
            return None
        cancelled: int | str | None = params.get("id")
        return cancelled if _is_id(cancelled, may_be_null=True) else None


class Written(NamedTuple):
    """Result of a request, already written as JSON in ASCII."""

    json: str


class RefusedError(Exception):
    """A message is answered with an error."""

    def __init__(self, code: int, reason: str) -> None:
        """Take one of the specification's codes, and the reason in words."""
        super().__init__(reason)
        self.code = code
        self.reason = reason


class NotPlainError(Exception):
    """The JSON of a message lacks something or has a value of the wrong type."""


def failure(method: str | None, error: BaseException) -> RefusedError:
    """Return the answer to a request whose handler raised."""
    return RefusedError(INTERNAL_ERROR, f"{method} failed in reportls: {error!r}")


def read_message(body: bytes | Bad) -> Message:
    """Parse a message.

    Raises:
        RefusedError: it is not JSON, or not a JSON-RPC message.
    """
    if isinstance(body, Bad):
        raise RefusedError(PARSE_ERROR, body.reason)
    try:
        data = json.loads(body.decode())
    except (ValueError, RecursionError) as error:
        raise RefusedError(PARSE_ERROR, f"this is not JSON: {error}") from None
    if problem := _problem_with(data):
        raise RefusedError(INVALID_REQUEST, problem)
    return Message(data, data.get("method"), data.get("id"))


def member(value: object, name: str, kind: type[Any]) -> Any:  # noqa: ANN401  # of that type
    """Return what a JSON object has under the name.

    Raises:
        NotPlainError: it is not an object, or has no such member of exactly that type (`True` is not an `int` here).
    """
    found = value.get(name) if isinstance(value, dict) else None
    if type(found) is not kind:
        raise NotPlainError
    return found


def optional(value: object, name: str, kind: type[Any]) -> Any:  # noqa: ANN401  # of that type
    """Return what a JSON object has under the name; None if that is missing or null.

    Raises:
        NotPlainError: it is not an object, or the member has another type.
    """
    is_there = not isinstance(value, dict) or value.get(name) is not None
    return member(value, name, kind) if is_there else None


def inner(value: object, *names: str) -> dict[str, Any]:
    """Return the JSON object at a path of names.

    Raises:
        NotPlainError: there is none.
    """
    found = value
    for name in names:
        found = member(found, name, dict)
    if not isinstance(found, dict):
        raise NotPlainError
    return found


def _problem_with(data: object) -> str | None:
    """Return why this is not a JSON-RPC message; None if it is one."""
    if not isinstance(data, dict):
        return "a message is one JSON object"
    if data.get("jsonrpc") != "2.0":
        return '`jsonrpc` is not "2.0"'
    # An error response has a null id if the request could not be read.
    if "id" in data and not _is_id(data["id"], may_be_null="error" in data):
        return "`id` is neither a number nor a string"
    if "method" in data:
        return None if isinstance(data["method"], str) else "`method` is not a string"
    return None if "id" in data and ("result" in data or "error" in data) else "there is no `method`"


def _is_id(value: object, *, may_be_null: bool) -> bool:
    return (isinstance(value, (int, str)) and not isinstance(value, bool)) or (value is None and may_be_null)
