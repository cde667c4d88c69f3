"""Fuzzes the message loop: each request gets one response, and a correct request is always answered."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportls.lsp.rpc.framing import Bad, HeaderFraming
from tests.fuzz.conversation import URI, Json, bent, said_by_anyone, sent_by_server
from tests.fuzz.quiet import nothing_fails
from tests.support.capabilities import capabilities
from tests.support.group import REPORT
from tests.support.raw_client import RawClient, framed

_NO_JSON, _INVALID_REQUEST, _NOT_INITIALIZED = -32700, -32600, -32002
_POLITE = {-32600, -32601, -32602, -32800, -32803}
"""Error codes that a request may get; an internal error is not among them."""

_INITIALIZE: Json = {"processId": None, "rootUri": None, "capabilities": {}}
BEGIN = [
    {"jsonrpc": "2.0", "id": "begin", "method": "initialize", "params": _INITIALIZE},
    {"jsonrpc": "2.0", "method": "initialized", "params": {}},
]
END = [{"jsonrpc": "2.0", "id": "end", "method": "shutdown"}]
EXIT = [{"jsonrpc": "2.0", "method": "exit"}]
_PROBED = {"textDocument": {"uri": "untitled:probe"}}
_OPENED = {"uri": "untitled:probe", "languageId": "markdown", "version": 1, "text": REPORT}
_PROBES = {
    "textDocument/documentSymbol": _PROBED,
    "textDocument/foldingRange": _PROBED,
    "textDocument/hover": {**_PROBED, "position": {"line": 9, "character": 8}},
}
PROBE: list[Json] = [
    {"jsonrpc": "2.0", "method": "workspace/didChangeConfiguration", "params": {"settings": {}}},
    {"jsonrpc": "2.0", "method": "textDocument/didClose", "params": {"textDocument": {"uri": URI}}},
    {"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": _OPENED}},
    *(
        {"jsonrpc": "2.0", "id": f"probe {method}", "method": method, "params": params}
        for method, params in _PROBES.items()
    ),
]

_BYTES = st.one_of(
    st.sampled_from(
        [
            b"Content-Length: ",
            b"content-length:",
            b"\r\n",
            b"\r\n\r\n",
            b"\n",
            b"Content-Type: x; charset=utf-16\r\n",
            b"{}",
            b"-1",
            b"0",
            b"5",
            b"17",
            b"4096",
            b"99999999999999999999",
            b"100000001",
            b"\xff\xfe",
            b"\x00",
            b"Content-Length: 2\r\n\r\n{}",
            framed(EXIT[0]),
            framed(BEGIN[0]),
            framed(END[0]),
            b"GET / HTTP/1.1\r\n",
            b" ",
            b":",
            b"\xe9",
            b'"\\ud800"',
            b"NaN",
        ]
    ),
    st.binary(max_size=20),
)
any_bytes = st.lists(_BYTES, max_size=30).map(b"".join)


@st.composite
def _cut(draw: st.DrawFn, data: bytes) -> list[bytes]:
    places = sorted({0, len(data), *draw(st.lists(st.integers(0, len(data)), max_size=8))})
    return [data[start:end] for start, end in pairwise(places)]


@given(st.data(), any_bytes)
def test_frames(data: st.DataObject, stream: bytes) -> None:
    """Any bytes are survived, only messages are sent, and frames are found however the stream is cut into chunks."""
    with nothing_fails():
        _, code = sent_by_server(data.draw(_cut(stream)))
        assert code in (0, 1)
    proper = [b"{}" * size for size in range(3)]
    whole = b"".join(b"Content-Length: %d\r\n\r\n%b" % (len(body), body) for body in proper)
    framing = HeaderFraming()
    assert [found for chunk in data.draw(_cut(whole)) for found in framing.decode(chunk)] == proper
    list(framing.decode(stream))
    assert [*HeaderFraming().decode(b"\r\n\r\n" + whole)][1:] == proper
    assert isinstance(next(HeaderFraming().decode(b"\r\n\r\n" + whole)), Bad)


@cache
def _wanted() -> dict[str, Any]:
    sent, _ = sent_by_server([*map(framed, [*BEGIN, *PROBE, *END, *EXIT])])
    return _probed(sent)


def _probed(sent: list[Json]) -> dict[str, Any]:
    found = {each["id"]: each for each in sent if str(each.get("id")).startswith("probe") and "method" not in each}
    assert len(found) == len(_PROBES)
    return found


@given(st.data(), said_by_anyone, said_by_anyone, said_by_anyone)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_messages(data: st.DataObject, before: list[Any], meanwhile: list[Any], after: list[Any]) -> None:
    """Invalid messages before, in and after a session do not change the answers to correct ones."""
    said = [*before, *BEGIN, *meanwhile, *PROBE, *END, *after, *EXIT]
    stream = b"".join(map(framed, said))
    with nothing_fails():
        sent, code = sent_by_server(data.draw(_cut(stream)))
    assert code == 0
    check(sent, before, meanwhile, after)
    assert _probed(sent) == _wanted()


_CAPABLE = {
    **_INITIALIZE,
    "capabilities": capabilities(pulls=True),
    "initializationOptions": {"ignore": ["unanswered"]},
}
_CAPABLE |= {"workspaceFolders": [{"uri": "file:///no/such/folder", "name": "x"}], "trace": "off"}


@given(bent(_CAPABLE, 4), said_by_anyone)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_beginning(params: Any, meanwhile: list[Any]) -> None:  # noqa: ANN401  # any JSON
    """Any start of a session is survived; each request gets one response, with an error that blames the client."""
    begin = {"jsonrpc": "2.0", "id": "bent", "method": "initialize", "params": params}
    requests = [each for each in meanwhile if _owed(each)]
    said = [begin, *PROBE, *requests, *END, *EXIT]
    with nothing_fails():
        sent, _ = sent_by_server([b"".join(map(framed, said))])
    answers = [each for each in sent if "method" not in each]
    assert Counter(str(each["id"]) for each in answers) == Counter(filter(None, map(_owed, said)))
    assert {each["error"]["code"] for each in answers if "error" in each} <= _POLITE | {_NOT_INITIALIZED}


@given(said_by_anyone, said_by_anyone, said_by_anyone)
@settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow])
def test_process(before: list[Any], meanwhile: list[Any], after: list[Any]) -> None:
    """A real process sends only messages, logs nothing and ends properly for the same input in one piece."""
    with RawClient() as client:
        client.write(b"".join(map(framed, [*before, *BEGIN, *meanwhile, *PROBE, *END, *after, *EXIT])))
        assert client.exit_code() == 0
        assert client.complaints() == []
        check(client.received, before, meanwhile, after)
        assert _probed(client.received) == _wanted()


def check(sent: list[Json], before: list[Any], meanwhile: list[Any], after: list[Any]) -> None:
    """Check that each request has exactly one response, as the state of the session requires."""
    answers = [each for each in sent if "method" not in each]
    owed = [*BEGIN[:1], *PROBE, *END, *before, *meanwhile, *after]
    assert Counter(str(each["id"]) for each in answers) == Counter(filter(None, map(_owed, owed)))
    codes = {each["error"]["code"] for each in answers if "error" in each}
    assert codes <= _POLITE | {_NO_JSON, _NOT_INITIALIZED}
    begun = next(index for index, each in enumerate(answers) if each["id"] == "begin")
    assert {each["error"]["code"] for each in answers[:begun]} <= {_NOT_INITIALIZED, _INVALID_REQUEST, -32800}
    ended = next(index for index, each in enumerate(answers) if each["id"] == "end")
    assert {each["error"]["code"] for each in answers[ended + 1 :]} <= {_INVALID_REQUEST, -32800}


def _owed(message: Any) -> str | None:  # noqa: ANN401  # whatever is sent
    """Return the id that the response to the message must have; None if there must be no response."""
    if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
        return "None"
    if "id" in message and (isinstance(message["id"], bool) or not isinstance(message["id"], (int, str))):
        return "None"
    if "method" not in message:
        return None if "id" in message and ("result" in message or "error" in message) else "None"
    if not isinstance(message["method"], str):
        return "None"
    return str(message["id"]) if "id" in message else None
