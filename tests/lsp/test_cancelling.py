"""Cancelled requests, and reports that take long to judge."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from reportls.forms import filled
from reportls.lsp.rpc import loop
from reportls.lsp.rpc.framing import HeaderFraming
from reportls.lsp.rpc.messages import REQUEST_CANCELLED
from reportls.lsp.server import Server
from tests.support.capabilities import capabilities
from tests.support.group import REPORT, Group
from tests.support.open_document import OpenDocument
from tests.support.raw_client import framed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.lsp.conftest import StartClient

_MANY = 2000
_LONG = "".join(f"### Question {number}\n\n> Answer:\n\nSome words.\n\n" for number in range(1, 1000))
_BLANK = "# Diary\n\n" + "".join(f"## Day {number}\n\n> What happened?\n\n[Your answer]\n\n" for number in range(300))
_TO_FIX = _LONG.replace("> Answer:\n\nSome", "> Answer:\n>\n> Some")
_FILLED = _BLANK.replace("[Your answer]", "Some words.")
_PLACE = {"line": 0, "character": 5}
_RANGE = {"start": _PLACE, "end": _PLACE}

_METHODS = [
    *(f"textDocument/{what}" for what in ("hover", "codeAction", "documentSymbol", "inlayHint", "diagnostic")),
    *("reportls/page", "reportls/questions", "workspace/symbol"),
]

Json = dict[str, Any]


def _request(message_id: int, uri: str, method: str = "textDocument/hover") -> Json:
    params = {
        "textDocument": {"uri": uri},
        "uri": uri,
        "position": _PLACE,
        "range": _RANGE,
        "query": "Question",
        "kind": "to-read",
        "context": {"diagnostics": []},
    }
    return {"jsonrpc": "2.0", "id": message_id, "method": method, "params": params}


def _cancel(message_id: int) -> Json:
    return {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": message_id}}


def _burst(uri: str, method: str = "textDocument/hover") -> bytes:
    ids = range(1001, 1001 + _MANY)
    return b"".join(map(framed, [*(_request(each, uri, method) for each in ids), *map(_cancel, ids)]))


def _form(folder: Path) -> str:
    """Put a long report with a template into a folder; return its URI."""
    (folder / "blank.md").write_text(_BLANK, "utf-8")
    (folder / "reportls.toml").write_text('template = "blank.md"\n', "utf-8")
    (folder / "diary.md").write_text(_FILLED, "utf-8")
    return (folder / "diary.md").as_uri()


class _Session:
    """A session in this process, whose steps are taken one by one."""

    def __init__(self, folder: Path | None = None) -> None:
        self.received: list[Json] = []
        self._framing = HeaderFraming()
        self.server = Server(self._take)
        folders = [{"uri": folder.as_uri(), "name": "a"}] if folder else None
        params = {"capabilities": capabilities(), "processId": None, "workspaceFolders": folders}
        self.receive({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params})
        self.work()

    def receive(self, *messages: object) -> None:
        """Hand over messages; nothing is handled yet."""
        self.server.loop.receive(b"".join(map(framed, messages)))

    def open(self, uri: str, text: str) -> None:
        """Hand over an opened document."""
        document = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
        self.receive({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": document}})

    def work(self, most: int = 1_000_000) -> int:
        """Take at most so many steps; return how many there were."""
        steps = 0
        while self.server.loop.has_work and steps < most:
            self.server.loop.work()
            steps += 1
        return steps

    def errors(self) -> dict[int, int]:
        """Return the code of each request that was refused; each is answered once."""
        answers = [message for message in self.received if "method" not in message]
        assert len({answer["id"] for answer in answers}) == len(answers)
        return {answer["id"]: answer["error"]["code"] for answer in answers if "error" in answer}

    def published(self) -> list[str]:
        """Return the URIs of the documents whose diagnostics were published, in order."""
        method = "textDocument/publishDiagnostics"
        return [message["params"]["uri"] for message in self.received if message.get("method") == method]

    def _take(self, data: bytes) -> None:
        self.received += [json.loads(body) for body in self._framing.decode(data) if isinstance(body, bytes)]


@pytest.mark.parametrize("method", _METHODS)
@pytest.mark.parametrize("has_form", [False, True], ids=["questions", "template"])
def test_requests_that_wait(method: str, has_form: bool, tmp_path: Path) -> None:  # noqa: FBT001  # a parameter
    """Of requests that wait, each cancelled one is answered as cancelled, once, and is not handled."""
    session = _Session()
    uri = _form(tmp_path) if has_form else "untitled:a"
    session.open(uri, _FILLED if has_form else REPORT)
    session.server.loop.receive(_burst(uri, method))
    assert session.work() < 2 * _MANY + 1000
    assert session.errors() == dict.fromkeys(range(1001, 1001 + _MANY), REQUEST_CANCELLED)


def test_a_burst_through_a_pipe(start: StartClient, group: Group) -> None:
    """2,000 requests that are cancelled at once are all answered as cancelled, and then another is answered."""
    client = start()
    report = OpenDocument(client, group.uri, REPORT)
    report.findings()
    client.write(_burst(report.uri))
    codes = [client.answer(each).get("error", {}).get("code") for each in range(1001, 1001 + _MANY)]
    assert codes == [REQUEST_CANCELLED] * _MANY
    assert client.request("textDocument/foldingRange", {"textDocument": {"uri": report.uri}})["result"]


@pytest.mark.parametrize("method", _METHODS)
@pytest.mark.parametrize("has_form", [False, True], ids=["questions", "template"])
def test_a_request_that_is_being_handled(method: str, has_form: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """A cancellation that arrives while a report is judged ends the request that waits for it."""
    session = _Session()
    arriving = [framed(_cancel(7))]
    session.server.loop.look = lambda: arriving.pop() if arriving else None
    uri = _form(tmp_path) if has_form else "untitled:a"
    session.open(uri, _FILLED if has_form else _LONG)
    session.receive(_request(7, uri, method), _request(8, uri, method))
    session.work()
    assert not arriving
    assert session.errors() == {7: REQUEST_CANCELLED}
    assert session.published() == [uri]


@pytest.mark.parametrize("has_form", [False, True], ids=["questions", "template"])
def test_a_page_that_is_being_made(has_form: bool, tmp_path: Path) -> None:  # noqa: FBT001  # a parameter
    """A cancellation that arrives while the page of a judged report is made ends that request."""
    session = _Session()
    uri = _form(tmp_path) if has_form else "untitled:a"
    session.open(uri, _FILLED if has_form else _LONG)
    session.work()
    arriving = [framed(_cancel(7))]
    session.server.loop.look = lambda: arriving.pop() if arriving else None
    session.receive(_request(7, uri, "reportls/page"))
    session.work()
    assert session.errors() == {7: REQUEST_CANCELLED}


@pytest.mark.parametrize("step", ["finding_candidates", "aligning"])
def test_a_template_that_is_being_looked_for(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cancellation ends a request while the template is aligned with the report, before any answer is read."""
    session = _Session()
    uri = _form(tmp_path)
    session.open(uri, _FILLED)
    arriving: list[bytes] = []
    original = getattr(filled, step)

    def begun(*arguments: object) -> object:
        arriving.append(framed(_cancel(7)))
        return original(*arguments)

    monkeypatch.setattr(filled, step, begun)
    monkeypatch.setattr(filled, "read_answer", None)  # so to read one is an error
    monkeypatch.setattr(loop, "_BETWEEN_LOOKS", 0)
    session.server.loop.look = lambda: arriving.pop() if arriving else None
    session.receive(_request(7, uri))
    session.work(2)
    assert session.errors() == {7: REQUEST_CANCELLED}


@pytest.mark.parametrize("after", range(4))
def test_fix_all_that_is_under_way(after: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cancellation that arrives between any two steps of "fix all" ends that request, and changes nothing."""
    session = _Session()
    session.open("untitled:a", _TO_FIX)
    session.work()
    waiting = [None] * after + [framed(_cancel(7))]
    monkeypatch.setattr(loop, "_BETWEEN_LOOKS", 0)
    session.server.loop.look = lambda: waiting.pop(0) if waiting else None
    action = {"title": "Fix all", "data": {"uri": "untitled:a", "version": 1}}
    session.receive(
        {"jsonrpc": "2.0", "id": 7, "method": "codeAction/resolve", "params": action}, _request(8, "untitled:a")
    )
    session.work()
    assert not waiting
    assert session.errors() == {7: REQUEST_CANCELLED}


def test_a_search_of_the_workspace_that_is_under_way(tmp_path: Path) -> None:
    """A cancellation that arrives while reports that are not open are judged ends the search for symbols."""
    (tmp_path / "README.md").write_text(_LONG, "utf-8")
    session = _Session(tmp_path)
    arriving = [framed(_cancel(7))]
    session.server.loop.look = lambda: arriving.pop() if arriving else None
    session.receive(_request(7, "", "workspace/symbol"))
    session.work()
    assert session.errors() == {7: REQUEST_CANCELLED}


def test_an_id_that_is_used_twice() -> None:
    """A client that uses an id twice gets two answers, even if it cancels one."""
    session = _Session()
    session.open("untitled:a", REPORT)
    session.receive(_request(7, "untitled:a"), _request(7, "untitled:a"), _cancel(7))
    session.work()
    assert [message["id"] for message in session.received if "method" not in message] == [1, 7, 7]


@pytest.mark.parametrize("has_form", [False, True], ids=["questions", "template"])
def test_a_slow_document(has_form: bool, tmp_path: Path) -> None:  # noqa: FBT001  # a parameter
    """While one document takes long, another is opened, judged and asked about."""
    session = _Session()
    slow = _form(tmp_path) if has_form else "untitled:slow"
    session.open(slow, _FILLED if has_form else _LONG)
    session.work(3)
    assert session.server.loop.has_work
    session.open("untitled:quick", REPORT)
    session.receive(_request(7, "untitled:quick"))
    while not session.published():
        assert session.work(1)
    assert session.published() == ["untitled:quick"]
    assert any(message.get("id") == 7 for message in session.received)
    session.work()
    assert session.published() == ["untitled:quick", slow]


def test_a_slow_document_that_is_edited_or_closed() -> None:
    """What is judged step by step is the newest version; a closed document is not judged any further."""
    session = _Session()
    for uri in ("untitled:edited", "untitled:closed"):
        session.open(uri, _LONG)
    session.work(10)
    document = {"uri": "untitled:edited", "version": 2}
    session.receive(
        {"jsonrpc": "2.0", "method": "textDocument/didClose", "params": {"textDocument": {"uri": "untitled:closed"}}},
        {
            "jsonrpc": "2.0",
            "method": "textDocument/didChange",
            "params": {"textDocument": document, "contentChanges": [{"text": REPORT}]},
        },
    )
    session.work()
    (published,) = [message["params"] for message in session.received if message.get("method", "").endswith("tics")]
    assert (published["uri"], published["version"]) == ("untitled:edited", 2)
