"""Sessions in this process: the server is handed bytes and hands back bytes, without threads or a process."""

from __future__ import annotations

import json
import subprocess
import threading
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from reportls.lsp.rpc.framing import HeaderFraming, MessageFraming
from reportls.lsp.server import Server
from tests.support.capabilities import capabilities
from tests.support.editing import position_of, workspace_after
from tests.support.group import REPORT

if TYPE_CHECKING:
    from reportls.lsp.rpc.framing import Framing

Json = dict[str, Any]

URI = "untitled:é"
_LEFT = "\r\n\r\n--- question 1 fill here ---"
_NAMED = {"textDocument": {"uri": URI}}


class Client:
    """A client that calls the server directly, as a worker in a browser does."""

    def __init__(self, ours: Framing, servers: Framing) -> None:
        """Start a server; both sides keep messages apart in the same way."""
        self._framing = ours
        self._received: list[Json] = []
        self._last_id = 0
        self.server = Server(self._take, servers)

    def send(self, **message: object) -> None:
        """Send a message; the server has done everything that follows from it when this returns."""
        self.server.receive(self._framing.encode(json.dumps({"jsonrpc": "2.0", **message}).encode()))

    def ask(self, method: str, params: object = None) -> Any:  # noqa: ANN401  # plain JSON
        """Return the result of a request."""
        self._last_id += 1
        self.send(id=self._last_id, method=method, params=params)
        (answer,) = [it for it in self._received if it.get("id") == self._last_id and "method" not in it]
        return answer["result"]

    def all_of(self, method: str) -> list[Any]:
        """Return the parameters of all messages of that method so far."""
        return [it["params"] for it in self._received if it.get("method") == method]

    def answers(self) -> list[Json]:
        """Return the answers to all requests so far."""
        return [it for it in self._received if "id" in it and "method" not in it]

    def diagnostics(self, version: int) -> set[str]:
        """Return the rules of the newest diagnostics, which must be of that version."""
        published = self.all_of("textDocument/publishDiagnostics")[-1]
        assert (published["uri"], published["version"]) == (URI, version)
        return {it["code"] for it in published["diagnostics"]}

    def change(self, version: int, old: str, new: str) -> None:
        """Replace words of the report, which are there once."""
        start = REPORT.index(old)
        place = {"start": position_of(REPORT, start, "utf-16"), "end": position_of(REPORT, start + len(old), "utf-16")}
        document = {"uri": URI, "version": version}
        self.send(
            method="textDocument/didChange",
            params={"textDocument": document, "contentChanges": [{"range": place, "text": new}]},
        )

    def _take(self, data: bytes) -> None:
        self._received.extend(json.loads(body) for body in self._framing.decode(data) if isinstance(body, bytes))


@pytest.fixture
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forbid threads and processes, which a browser's worker cannot start."""

    def refuse(*_: object, **__: object) -> NoReturn:
        pytest.fail("a thread or a process was started")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    monkeypatch.setattr(threading, "Thread", refuse)
    monkeypatch.setattr(subprocess, "Popen", refuse)


@pytest.mark.usefixtures("_alone")
@pytest.mark.parametrize("framing", [HeaderFraming, MessageFraming])
def test_a_session_without_threads(framing: type[HeaderFraming | MessageFraming]) -> None:
    """Everything from `initialize` to `exit` works while threads and processes are forbidden."""
    client = Client(framing(), framing())
    params = {"processId": None, "rootUri": None, "capabilities": capabilities()}
    assert client.ask("initialize", params)["capabilities"]["hoverProvider"]
    client.send(method="initialized", params={})
    document = {"uri": URI, "languageId": "markdown", "version": 1, "text": REPORT}
    client.send(method="textDocument/didOpen", params={"textDocument": document})
    assert "answer-too-short" in client.diagnostics(1)
    place = position_of(REPORT, REPORT.index("Who digs"), "utf-16")
    assert "Question 1" in client.ask("textDocument/hover", {**_NAMED, "position": place})["contents"]["value"]
    client.change(2, "alone", f"digs it alone every day{_LEFT}")
    assert "placeholder-left" in client.diagnostics(2)
    client.server.rest()
    assert client.all_of("reportls/status")[-1]["uri"] == URI
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}
    wanted = {**_NAMED, "range": whole, "context": {"diagnostics": [], "only": ["source.fixAll"]}}
    (action,) = client.ask("textDocument/codeAction", wanted)
    edit = client.ask("codeAction/resolve", action)["edit"]
    text = REPORT.replace("alone", f"digs it alone every day{_LEFT}")
    assert workspace_after(edit, {URI: text}, "utf-16")[URI] == text.replace(_LEFT, "")
    assert client.ask("shutdown") is None
    client.send(method="exit")
    assert client.server.exit_code == 0


def test_a_burst_is_checked_once() -> None:
    """Of edits that arrive together only the last version is published."""
    client = Client(HeaderFraming(), HeaderFraming())
    client.ask("initialize", {"capabilities": {}})
    document = {"uri": URI, "languageId": "markdown", "version": 1, "text": REPORT}
    client.send(method="textDocument/didOpen", params={"textDocument": document})
    changes = [
        {"jsonrpc": "2.0", "method": "textDocument/didChange", "params": _edit(version)} for version in (2, 3, 4)
    ]
    client.server.receive(b"".join(HeaderFraming().encode(json.dumps(each).encode()) for each in changes))
    assert client.diagnostics(4)
    assert [params["version"] for params in client.all_of("textDocument/publishDiagnostics")] == [1, 4]


def _edit(version: int) -> Json:
    return {"textDocument": {"uri": URI, "version": version}, "contentChanges": [{"text": REPORT + "x" * version}]}
