"""Messages that no correct client sends, derived from correct ones; and a server in this process to send them to."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from reportls.lsp.logs import told_to
from reportls.lsp.server import Server
from tests.support.group import REPORT

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]

URI = "untitled:é"
_NAMED = {"textDocument": {"uri": URI}}
_PLACE = {"line": 9, "character": 4}
_RANGE = {"start": {"line": 2, "character": 1}, "end": {"line": 3, "character": 0}}
_DIAGNOSTIC = {"range": _RANGE, "message": "x", "code": "unanswered", "source": "reportls", "data": {"fixes": ["a"]}}
PROPER: dict[str, Any] = {
    "textDocument/didOpen": {"textDocument": {"uri": URI, "languageId": "markdown", "version": 1, "text": REPORT}},
    "textDocument/didChange": {
        "textDocument": {"uri": URI, "version": 2},
        "contentChanges": [{"range": _RANGE, "text": "é😋"}, {"text": REPORT}],
    },
    "textDocument/didSave": _NAMED,
    "textDocument/didClose": _NAMED,
    "textDocument/hover": {**_NAMED, "position": _PLACE},
    "textDocument/completion": {**_NAMED, "position": _PLACE},
    "textDocument/definition": {**_NAMED, "position": _PLACE},
    "textDocument/references": {**_NAMED, "position": _PLACE, "context": {"includeDeclaration": True}},
    "textDocument/documentLink": _NAMED,
    "textDocument/documentSymbol": _NAMED,
    "textDocument/foldingRange": _NAMED,
    "textDocument/selectionRange": {**_NAMED, "positions": [_PLACE, _PLACE]},
    "textDocument/inlayHint": {**_NAMED, "range": _RANGE},
    "textDocument/codeAction": {
        **_NAMED,
        "range": _RANGE,
        "context": {"diagnostics": [_DIAGNOSTIC], "only": ["quickfix"]},
    },
    "textDocument/prepareRename": {**_NAMED, "position": _PLACE},
    "textDocument/rename": {**_NAMED, "position": _PLACE, "newName": "a.png"},
    "textDocument/diagnostic": _NAMED,
    "codeAction/resolve": {"title": "é", "kind": "quickfix", "data": {"uri": URI, "version": 1}},
    "workspace/symbol": {"query": "é"},
    "workspace/executeCommand": {"command": "reportls.toggleTask", "arguments": [URI, _PLACE]},
    "workspace/didChangeConfiguration": {
        "settings": {"reportls": {"ignore": ["unanswered"], "questions": {"3": {"words": [1, 2]}}}}
    },
    "workspace/didChangeWatchedFiles": {"changes": [{"uri": "file:///no/such/file", "type": 2}]},
    "workspace/didChangeWorkspaceFolders": {
        "event": {"added": [], "removed": [{"uri": "file:///no/such", "name": "x"}]}
    },
    "workspace/willRenameFiles": {"files": [{"oldUri": "file:///no/a.png", "newUri": "file:///no/b.png"}]},
    "window/workDoneProgress/cancel": {"token": "x"},
    "notebookDocument/didOpen": {"notebookDocument": {"uri": URI}, "cellTextDocuments": []},
    "reportls/page": {"uri": URI},
    "$/cancelRequest": {"id": 3},
    "$/setTrace": {"value": "verbose"},
    "no/suchMethod": {},
}
"""Every method with valid parameters."""
_NO_IDS: list[Any] = [None, True, 1.5, [], {"a": 1}]
NO_MESSAGES: list[Any] = [
    *[
        3,
        None,
        "é",
        [],
        {},
        [{"jsonrpc": "2.0", "id": 1, "method": "shutdown"}],
        {"jsonrpc": "2.0"},
        {"method": "x", "id": 1},
    ],
    *[{"jsonrpc": "2.0", "id": one, "method": "shutdown"} for one in _NO_IDS],
    *[{"jsonrpc": "2.0", "id": 1, "method": one} for one in (None, 3, ["shutdown"])],
]
_ANSWERS: list[Any] = [
    {"id": 1, "result": None},
    {"id": "é", "error": {"code": 1, "message": ""}},
    {"id": 10**30, "result": {}},
]
_DEEP: Any = json.loads("[" * 300 + "]" * 300)
_JUNK: list[Any] = [
    *[None, True, False, 0, -1, 1.5, 2**31, 2**63, 10**30, float("inf"), float("nan"), -0.0, [], {}, [[]], _DEEP],
    *[
        "",
        "é😋",
        "\ud800",
        "\udc00\ud800",
        "\0",
        "a" * 3000,
        "file:",
        "file:///",
        "file://host/a",
        "file:///%00/%zz",
        "http://[a",
    ],
    *[
        "file:///no/such/README.md",
        "file:///\ud800.md",
        "reportls.nextUnanswered",
        "reportls",
        "untitled:\n",
        "file:///c%3A/a",
    ],
    *[[None], [1, [2]], {"uri": None}, {"line": -1, "character": -1}, {"line": 10**9, "character": 10**9}],
    *[{"start": {"line": 9, "character": 9}, "end": {"line": 0, "character": 0}}],
]


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401  # any JSON
    """Yield the path of every value in the parameters."""
    yield path
    if isinstance(value, (dict, list)) and value is not _DEEP:
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _places(inner, (*path, key))


def _replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:  # noqa: ANN401  # any JSON
    if not path:
        return new
    value = deepcopy(value)
    inner = value
    for key in path[:-1]:
        inner = inner[key]
    if new is _GONE:
        del inner[path[-1]]
    else:
        inner[path[-1]] = new
    return value


_GONE = object()


@st.composite
def bent(draw: st.DrawFn, params: Any, most: int = 2) -> Any:  # noqa: ANN401  # any JSON
    """Parameters of which some may be invalid."""
    for _ in range(draw(st.integers(0, most))):
        path = draw(st.sampled_from([*_places(params)]))
        new = draw(st.sampled_from([*_JUNK, _GONE] if path else _JUNK))
        params = _replaced(params, path, new)
    return params


@st.composite
def _said(draw: st.DrawFn) -> list[Any]:
    said = list[Any]()
    for number in range(draw(st.integers(0, 12))):
        kind = draw(st.integers(0, 9))
        if kind == 0:
            said.append(draw(st.sampled_from(NO_MESSAGES)))
        elif kind == 1:
            said.append({"jsonrpc": "2.0", **draw(st.sampled_from(_ANSWERS))})
        else:
            method = draw(st.sampled_from(sorted(PROPER)))
            params = draw(bent(PROPER[method]))
            message = {"jsonrpc": "2.0", "method": method, "params": params}
            is_request = draw(st.booleans()) or not method.startswith(("$/", "workspace/did", "textDocument/did"))
            said.append(message | ({"id": draw(st.sampled_from([number, f"é{number}", 3]))} if is_request else {}))
    return said


said_by_anyone = _said()
"""Valid and invalid messages in any order; none begins or ends the session."""


def sent_by_server(chunks: list[bytes]) -> tuple[list[Json], int]:
    """Return everything that a server sends to a client that sends these chunks and disconnects, and the exit code."""
    sent = list[bytes]()
    server = Server(sent.append)
    with told_to(server.endpoint):
        for number, chunk in enumerate(chunks):
            if server.exit_code is not None:
                break
            # Some chunks arrive while messages wait, others when everything is done.
            if number % 2:
                server.receive(chunk)
            else:
                server.loop.receive(chunk)
        server.loop.close()
        server.receive(b"")
    assert server.exit_code is not None
    return [_read(each) for each in sent], server.exit_code


def _read(frame: bytes) -> Json:
    header, _, body = frame.partition(b"\r\n\r\n")
    assert header == b"Content-Length: %d" % len(body), frame[:200]
    message: Json = json.loads(body)
    assert message["jsonrpc"] == "2.0"
    return message
