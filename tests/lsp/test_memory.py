"""Sessions that run out of memory: at any call, a request is answered and the text stays the client's, or all ends."""

from __future__ import annotations

import os
import sys
from socket import socketpair
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

import reportls
from reportls.lsp.rpc.connection import of_socket
from reportls.lsp.rpc.framing import MessageFraming
from reportls.lsp.serve import serve_one
from tests.lsp.test_in_process import URI, Client
from tests.support.capabilities import capabilities
from tests.support.editing import position_of
from tests.support.group import REPORT
from tests.support.raw_client import RawClient, framed

if TYPE_CHECKING:
    from types import FrameType

_PACKAGE = os.path.dirname(reportls.__file__)  # noqa: PTH120  # as the names of code have it
_EDITS = (("alone", "here"), ("### Question 2", "### Question 2\n\nx"), ("here", "alone again"))
_PARTS = 8
_CALLS_TRIED = 15
"""Per part; all of them would take minutes."""
_ASKED = {f"{what}{number}" for what in ("questions", "hover") for number in range(len(_EDITS))}


class _Faults:
    """Lets a call of ours run out of memory, by its number from 1; none for 0."""

    def __init__(self, fails_at: int) -> None:
        self.calls = 0
        self._fails_at = fails_at

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        """Count a call; see `sys.setprofile`."""
        if event == "call" and frame.f_code.co_filename.startswith(_PACKAGE):
            self.calls += 1
            if self.calls == self._fails_at:
                sys.setprofile(None)
                raise MemoryError


def _session(faults: _Faults) -> tuple[Client, str]:
    """Return a client that has edited and asked while there were faults, and its text."""
    client, text = Client(MessageFraming(), MessageFraming()), REPORT
    client.ask("initialize", {"capabilities": capabilities(), "processId": None, "rootUri": None})
    client.send(method="initialized", params={})
    document = {"uri": URI, "languageId": "markdown", "version": 1, "text": text}
    previous = sys.getprofile()
    sys.setprofile(faults)
    try:
        client.send(method="textDocument/didOpen", params={"textDocument": document})
        for number, (old, new) in enumerate(_EDITS):
            _replace(client, text, old, new)
            text = text.replace(old, new, 1)
            at = {"textDocument": {"uri": URI}, "position": {"line": 9, "character": 8}}
            client.send(id=f"questions{number}", method="reportls/questions", params={"uri": URI})
            client.send(id=f"hover{number}", method="textDocument/hover", params=at)
        client.server.rest()
    finally:
        sys.setprofile(previous)
    return client, text


def _replace(client: Client, text: str, old: str, new: str) -> None:
    start = text.index(old)
    place = {"start": position_of(text, start, "utf-16"), "end": position_of(text, start + len(old), "utf-16")}
    document = {"uri": URI, "version": 2}
    changes = [{"range": place, "text": new}]
    client.send(method="textDocument/didChange", params={"textDocument": document, "contentChanges": changes})


def _findings(client: Client, text: str) -> Any:  # noqa: ANN401  # plain JSON
    """Return what is published after one more edit."""
    _replace(client, text, "alone again", "alone")
    return client.all_of("textDocument/publishDiagnostics")[-1]["diagnostics"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # raised while a generator is closed
@pytest.mark.parametrize("part", range(_PARTS))
def test_any_call(part: int) -> None:
    """Whichever call runs out of memory: the session ends, or every request has its answer and the text is right."""
    counted = _Faults(0)
    expected = _findings(*_session(counted))
    goes_on = 0
    for number in range(1 + part, counted.calls, counted.calls // _CALLS_TRIED):
        try:
            client, text = _session(_Faults(number))
        except MemoryError:
            continue
        goes_on += 1
        assert {answer["id"] for answer in client.answers()} >= _ASKED, number
        if URI in client.server.session.documents:
            assert _findings(client, text) == expected, number
        else:
            assert all("error" in answer for answer in client.answers() if answer["id"] in _ASKED), number
    assert expected
    assert goes_on


_PROGRAM = """
import sys
import reportls.lsp.session
from reportls.cli import main

def raises(*_):
    raise MemoryError

reportls.lsp.session.Session.change = raises
sys.exit(main(["serve", *sys.argv[1:]]))
"""


def test_an_edit_that_is_lost() -> None:
    """The server says in one line why it ends; the editor starts another one and sends it the whole text."""
    with RawClient(command=[sys.executable, "-c", _PROGRAM]) as client:
        client.initialize(capabilities())
        client.change(URI, 2, {"text": REPORT})
        assert client.exit_code() == 2
        (complaint,) = client.complaints()
    assert "there is not enough memory" in complaint


def test_an_edit_that_is_lost_on_a_socket(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The session of this client ends, and one line says why."""

    def raises(*_: object) -> NoReturn:
        raise MemoryError

    monkeypatch.setattr("reportls.lsp.session.Session.change", raises)
    ours, theirs = socketpair()
    initialize = {"id": 1, "method": "initialize", "params": {"capabilities": {}, "processId": None}}
    document = {"textDocument": {"uri": URI, "version": 2}, "contentChanges": [{"text": REPORT}]}
    for message in (initialize, {"method": "textDocument/didChange", "params": document}):
        ours.sendall(framed({"jsonrpc": "2.0", **message}))
    serve_one(of_socket(theirs), None, None)
    with ours:
        while ours.recv(65536):
            pass
    assert capsys.readouterr().err == "reportls: there is not enough memory: a session has ended\n"
