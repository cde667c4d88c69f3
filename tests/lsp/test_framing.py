"""Invalid bytes, and valid messages in odd pieces."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.capabilities import capabilities
from tests.support.group import REPORT
from tests.support.raw_client import RawClient, framed

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_JSON, INVALID_REQUEST, INVALID_PARAMS = -32700, -32600, -32602
RESOLVE = {"jsonrpc": "2.0", "id": "é", "method": "codeAction/resolve", "params": {"title": "😋"}}


@pytest.fixture(scope="module")
def shared() -> Iterator[RawClient]:
    """Start a session that must survive every test here and then end properly."""
    with RawClient() as client:
        client.initialize(capabilities())
        yield client
        assert client.leave() == 0
        assert client.complaints() == []


@pytest.fixture
def session(shared: RawClient) -> Iterator[RawClient]:
    """Return the shared session; after each test it must still answer."""
    shared.forget()
    yield shared
    assert shared.ask("codeAction/resolve", {"title": "still there"}) == {"title": "still there"}


def body(data: bytes) -> bytes:
    """Return the bytes behind a header."""
    return b"Content-Length: %d\r\n\r\n%b" % (len(data), data)


@pytest.mark.parametrize(
    "data", [b"", b"{", b'{"jsonrpc": "2.0", "id": 1, "method": "x"', b"\xff\xfe", b'"\xe9"', b"[" * 100_000, b"nan?"]
)
def test_no_json(session: RawClient, data: bytes) -> None:
    """A body that is not JSON gets an error without an id."""
    session.write(body(data))
    assert session.answer(None)["error"]["code"] == NO_JSON


@pytest.mark.parametrize(
    "message",
    [
        3,
        None,
        "é",
        [],
        [RESOLVE, RESOLVE],
        {},
        {**RESOLVE, "jsonrpc": "1.0"},
        {name: value for name, value in RESOLVE.items() if name != "jsonrpc"},
        {**RESOLVE, "id": 1.5},
        {**RESOLVE, "id": True},
        {**RESOLVE, "id": None},
        {**RESOLVE, "id": {"a": 1}},
        {**RESOLVE, "method": 3},
        {**RESOLVE, "method": None},
        {"jsonrpc": "2.0", "id": 5},
        {"jsonrpc": "2.0"},
    ],
)
def test_no_message(session: RawClient, message: object) -> None:
    """JSON that is not a message gets an error without an id; batches are not messages in this protocol."""
    session.send(message)
    error = session.answer(None)["error"]
    assert error["code"] == INVALID_REQUEST
    assert error["message"]


@pytest.mark.parametrize(
    ("method", "params", "place"),
    [
        ("textDocument/hover", {"textDocument": {"uri": "a"}, "position": {"line": "three", "character": 0}}, "line"),
        ("textDocument/hover", {"textDocument": {"uri": "a"}}, "position"),
        ("textDocument/hover", {"textDocument": {"uri": "a"}, "position": {"line": -1, "character": 0}}, "position"),
        ("textDocument/hover", {"textDocument": {}, "position": {"line": 1, "character": 0}}, "uri"),
        ("textDocument/hover", [1, 2], "params"),
        ("textDocument/hover", None, "params"),
        ("textDocument/codeAction", {"textDocument": {"uri": "a"}, "range": 3, "context": {}}, "range"),
        ("workspace/executeCommand", {"arguments": []}, "command"),
        ("codeAction/resolve", {"kind": "quickfix"}, "title"),
    ],
)
def test_wrong_parameters(session: RawClient, method: str, params: object, place: str) -> None:
    """The error names the place in the parameters."""
    error = session.request(method, params)["error"]
    assert error["code"] == INVALID_PARAMS
    assert place in error["message"]


@pytest.mark.parametrize(
    "params", [None, 3, {"textDocument": {"uri": "é"}}, {"textDocument": {"uri": 3, "version": "x"}}]
)
def test_wrong_parameters_of_a_notification(session: RawClient, params: object) -> None:
    """A notification with wrong parameters is dropped without an answer."""
    session.notify("textDocument/didChange", params)
    session.notify("textDocument/didOpen", params)
    session.notify("$/cancelRequest", params)


@pytest.mark.parametrize(
    "garbage",
    [
        b"hello there\r\n\r\n",
        b"\r\n\r\n\r\n",
        b"\x00\xff" * 3000,
        b"Content-Length: many\r\n\r\n",
        b"Content-Length: -3\r\n\r\n",
        b"Content-Type: text/plain\r\n\r\n",
        json.dumps(RESOLVE).encode(),
        b"Content-Length: 5\n\nabcde",
    ],
)
def test_garbage_between_messages(session: RawClient, garbage: bytes) -> None:
    """The next proper message is found behind invalid bytes."""
    session.write(garbage + framed(RESOLVE))
    assert session.answer(None)["error"]["code"] == NO_JSON
    assert session.wait(lambda message: message.get("id") == "é")["result"] == {"title": "😋"}


@pytest.mark.parametrize(
    "header",
    [
        b"content-length: %d\r\n\r\n",
        b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: %d\r\n\r\n",
        b"Content-Length:%d\r\nX-Other: 1\r\n\r\n",
    ],
)
def test_headers_in_other_forms(session: RawClient, header: bytes) -> None:
    """Headers may be in lower case, without blanks, and have other fields."""
    data = json.dumps(RESOLVE, ensure_ascii=False).encode()
    session.write(header % len(data) + data)
    assert session.wait(lambda message: message.get("id") == "é")["result"] == {"title": "😋"}


def test_byte_by_byte(session: RawClient) -> None:
    """A message may arrive in any pieces, even cut inside a character."""
    for byte in body(json.dumps(RESOLVE, ensure_ascii=False).encode()):
        session.write(bytes([byte]))
    assert session.wait(lambda message: message.get("id") == "é")["result"] == {"title": "😋"}


def test_many_messages_in_one_write(session: RawClient) -> None:
    """Messages that arrive together are answered in their order."""
    session.write(b"".join(framed({**RESOLVE, "id": f"request {number}"}) for number in range(100)))
    session.wait(lambda message: message.get("id") == "request 99")
    ids = [message["id"] for message in session.received if str(message.get("id")).startswith("request ")]
    assert ids == [f"request {number}" for number in range(100)]


def test_a_message_that_is_too_long(session: RawClient) -> None:
    """A message that is too long is dropped; the next one is read."""
    length = 100_000_001
    session.write(b"Content-Length: %d\r\n\r\n" % length)
    assert session.answer(None)["error"]["code"] == NO_JSON
    for start in range(0, length, 2**20):
        session.write(b"x" * min(2**20, length - start))


def test_a_length_that_nobody_can_mean(raw: RawClient) -> None:
    """The server drops everything up to an absurd length without keeping it."""
    raw.initialize(capabilities())
    raw.write(b"Content-Length: 999999999999999\r\n\r\n")
    assert raw.answer(None)["error"]["code"] == NO_JSON
    assert raw.end() == 1
    assert raw.complaints() == []


def test_a_large_report(session: RawClient) -> None:
    """A report that is longer than a pipe's buffer is checked."""
    text = REPORT + "🌱 words " * 200_000
    session.open("untitled:large", text)
    assert session.diagnostics("untitled:large")


def test_ids_that_are_used_twice(session: RawClient) -> None:
    """Each of two requests with one id gets an answer."""
    found: list[Any] = []
    session.write(framed(RESOLVE) * 2)
    found.extend(session.wait(lambda message: message.get("id") == "é") for _ in range(2))
    assert [answer["result"] for answer in found] == [{"title": "😋"}] * 2


@pytest.mark.parametrize("called_off", [[1], {"a": 1}, True, None, 1.5, "é"])
def test_calling_off_what_is_no_request(session: RawClient, called_off: object) -> None:
    """Cancelling an unknown request does nothing; as a request, the method is unknown."""
    session.notify("$/cancelRequest", {"id": called_off})
    assert session.request("$/cancelRequest", {"id": called_off})["error"]["code"] == -32601
