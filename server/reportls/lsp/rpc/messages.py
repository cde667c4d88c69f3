"""What a client sends, read as JSON-RPC, and what is said of what is not."""

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
    """A request, a notification, or the answer to a request of ours."""

    data: dict[str, Any]
    method: str | None
    """None for an answer."""
    id: int | str | None
    """None for a notification."""

    @property
    def is_request(self) -> bool:
        """Whether an answer is owed."""
        return self.method is not None and self.id is not None

    @property
    def cancels(self) -> int | str | None:
        """The id of the request that it calls off; None if it is something else."""
        params = self.data.get("params")
        if self.method != CANCEL or self.is_request or not isinstance(params, dict):
            return None
        called_off: int | str | None = params.get("id")
        return called_off if _is_id(called_off, may_be_null=True) else None


class Written(NamedTuple):
    """The result of a request, as JSON."""

    json: str


class RefusedError(Exception):
    """A message is answered with an error: a code of the specification, and why in words."""

    def __init__(self, code: int, reason: str) -> None:
        """Say both."""
        super().__init__(reason)
        self.code = code
        self.reason = reason


class NotPlainError(Exception):
    """A message is not quite as it should be."""


def failure(method: str | None, error: BaseException) -> RefusedError:
    """What is answered if something of ours has failed."""
    return RefusedError(INTERNAL_ERROR, f"{method} failed in reportls: {error!r}")


def read_message(arrival: bytes | Bad) -> Message:
    """The message that has arrived.

    Raises:
        RefusedError: it is no JSON, or no message.
    """
    if isinstance(arrival, Bad):
        raise RefusedError(PARSE_ERROR, arrival.reason)
    try:
        data = json.loads(arrival.decode())
    except (ValueError, RecursionError) as error:
        raise RefusedError(PARSE_ERROR, f"this is no JSON: {error}") from None
    if problem := _problem_with(data):
        raise RefusedError(INVALID_REQUEST, problem)
    return Message(data, data.get("method"), data.get("id"))


def _problem_with(data: object) -> str | None:
    """Why this is no JSON-RPC message; None if it is one."""
    if not isinstance(data, dict):
        return "a message is one JSON object"
    if data.get("jsonrpc") != "2.0":
        return '`jsonrpc` is not "2.0"'
    if "id" in data and not _is_id(data["id"], may_be_null="error" in data):
        return "`id` is neither a number nor a string"
    if "method" in data:
        return None if isinstance(data["method"], str) else "`method` is not a string"
    return None if "id" in data and ("result" in data or "error" in data) else "there is no `method`"


def _is_id(value: object, *, may_be_null: bool) -> bool:
    return (isinstance(value, (int, str)) and not isinstance(value, bool)) or (value is None and may_be_null)
