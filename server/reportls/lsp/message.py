"""What a client sends, read as JSON-RPC."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from lsprotocol.types import CANCEL_REQUEST
from pygls.exceptions import JsonRpcInvalidRequest, JsonRpcParseError

from reportls.lsp.frames import Bad


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
        return params.get("id") if self.method == CANCEL_REQUEST and isinstance(params, dict) else None


class Written(NamedTuple):
    """The result of a request, as JSON."""

    json: str


class NotPlainError(Exception):
    """A message is not quite as it should be."""


def read_message(arrival: bytes | Bad) -> Message:
    """The message that has arrived.

    Raises:
        JsonRpcParseError: it is no JSON.
        JsonRpcInvalidRequest: it is no message.
    """
    if isinstance(arrival, Bad):
        raise JsonRpcParseError(arrival.reason)
    try:
        data = json.loads(arrival)
    except (ValueError, RecursionError) as error:
        message = f"this is no JSON: {error}"
        raise JsonRpcParseError(message) from None
    if problem := _problem_with(data):
        raise JsonRpcInvalidRequest(problem)
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
