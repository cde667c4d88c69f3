"""Start and end of sessions, and requests at the wrong time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import pytest

from reportls.lsp.serve import is_running
from tests.cli.running import environment
from tests.support.capabilities import capabilities
from tests.support.group import REPORT
from tests.support.raw_client import SECONDS, RawClient, framed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOT_INITIALIZED, INVALID_REQUEST, UNKNOWN, CANCELLED = -32002, -32600, -32601, -32800
HOVER: dict[str, Any] = {"textDocument": {"uri": "untitled:é"}, "position": {"line": 0, "character": 0}}


@pytest.mark.parametrize("method", ["textDocument/hover", "shutdown", "workspace/symbol", "unheard/of"])
def test_requests_before_the_beginning(raw: RawClient, method: str) -> None:
    """A request before `initialize` is refused; the session can start afterwards."""
    assert raw.request(method, HOVER)["error"]["code"] == NOT_INITIALIZED
    raw.open("untitled:é", REPORT)
    raw.initialize(capabilities())
    raw.settle()
    assert raw.published("untitled:é") == []
    assert raw.leave() == 0


def test_a_second_beginning(raw: RawClient) -> None:
    """A second `initialize` is refused, and the session goes on."""
    raw.initialize(capabilities(encodings=["utf-8"]))
    params: dict[str, Any] = {"processId": None, "rootUri": None, "capabilities": {}}
    assert raw.request("initialize", params)["error"]["code"] == INVALID_REQUEST
    raw.open("untitled:é", REPORT)
    assert raw.diagnostics("untitled:é")
    assert raw.leave() == 0


@pytest.mark.parametrize("params", [None, {}, {"capabilities": 3}, {"capabilities": {"general": 5}}])
def test_a_beginning_that_makes_no_sense(raw: RawClient, params: object) -> None:
    """An `initialize` with wrong parameters is refused, and a proper one then works."""
    assert raw.request("initialize", params)["error"]["code"] == -32602
    assert raw.initialize({})["hoverProvider"]
    assert raw.leave() == 0


def test_unknown_methods(raw: RawClient) -> None:
    """Unknown requests are refused, unknown notifications are dropped."""
    raw.initialize(capabilities())
    for method in ("unheard/of", "$/unheardOf", "textDocument/typeDefinition", ""):
        raw.notify(method, {"é": 1})
        assert raw.request(method, {})["error"]["code"] == UNKNOWN
    assert raw.leave() == 0
    assert raw.complaints() == []


def test_requests_after_the_end(raw: RawClient) -> None:
    """After `shutdown`, requests are refused and notifications dropped."""
    raw.initialize(capabilities())
    raw.request("shutdown")
    for method in ("textDocument/hover", "shutdown", "initialize"):
        assert raw.request(method, HOVER)["error"]["code"] == INVALID_REQUEST
    raw.open("untitled:é", REPORT)
    raw.notify("exit")
    assert raw.exit_code() == 0
    assert raw.published("untitled:é") == []


def test_an_answer_that_comes_after_the_end(raw: RawClient) -> None:
    """A response to the server's own request may come after `shutdown`."""
    raw.initialize(capabilities())
    raw.asked("workspace/configuration")
    raw.request("shutdown")
    raw.send({"jsonrpc": "2.0", "id": "nobody asked", "result": None})
    raw.notify("exit")
    assert raw.exit_code() == 0
    assert raw.complaints() == []


@pytest.mark.parametrize("is_begun", [False, True])
def test_leaving_without_a_word(raw: RawClient, *, is_begun: bool) -> None:
    """The exit code is 1 if `shutdown` was not sent, as the specification says."""
    if is_begun:
        raw.initialize(capabilities())
    raw.notify("exit")
    assert raw.exit_code() == 1


@pytest.mark.parametrize(("is_shut_down", "code"), [(False, 1), (True, 0)])
def test_the_input_ends(raw: RawClient, *, is_shut_down: bool, code: int) -> None:
    """The server ends when its input does, as after a crash of the client."""
    raw.initialize({})
    if is_shut_down:
        raw.request("shutdown")
    assert raw.end() == code
    assert raw.complaints() == []


def test_nobody_reads_any_more() -> None:
    """The server ends without a traceback when its output is closed."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "reportls", "serve"]
    run = subprocess.run(
        command,
        input=framed(_initialize()) * 2,
        stdout=writing,
        stderr=subprocess.PIPE,
        env=environment(),
        timeout=SECONDS,
        check=False,
    )
    os.close(writing)
    assert (run.returncode, run.stderr) == (1, b"")


def test_a_waiting_request_is_called_off(raw: RawClient) -> None:
    """A request that waits is cancelled; one that is done already has its answer."""
    raw.initialize(capabilities())
    text = REPORT * 30
    opening = {"uri": "untitled:é", "languageId": "markdown", "version": 1, "text": text}
    messages = [
        {"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": opening}},
        {"jsonrpc": "2.0", "id": 100, "method": "textDocument/documentSymbol", "params": HOVER},
        {"jsonrpc": "2.0", "id": 101, "method": "textDocument/hover", "params": HOVER},
        {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 101}},
        {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": "never heard"}},
    ]
    raw.write(b"".join(map(framed, messages)))
    assert raw.answer(101)["error"]["code"] == CANCELLED
    assert "result" in raw.answer(100)
    assert raw.leave() == 0


_CLIENT = """
import subprocess, sys
server = subprocess.Popen([sys.executable, "-m", "reportls", "serve"])
print(server.pid, file=sys.stderr, flush=True)
server.wait()
"""
"""A program that has a server use its own input and output."""


class _Client(NamedTuple):
    """A running program whose server shares its input and output."""

    process: subprocess.Popen[bytes]
    input: IO[bytes]
    output: IO[bytes]
    server: int
    """The server's process."""

    def begin(self, *messages: object) -> None:
        """Start the session and send more messages behind it; check that an answer comes."""
        self.input.write(b"".join(map(framed, [_initialize(self.process.pid), *messages])))
        self.input.flush()
        assert self.output.readline().startswith(b"Content-Length")


@contextmanager
def _client() -> Iterator[_Client]:
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", _CLIENT]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment()) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        yield _Client(process, process.stdin, process.stdout, int(process.stderr.readline()))


@pytest.mark.skipif(sys.platform == "win32", reason="processes end in other ways there")
def test_the_client_dies_while_the_pipe_stays_open() -> None:
    """The server ends with its client's process, though another process has inherited the pipe."""
    with _client() as client:
        client.begin()
        client.process.kill()
        killer = threading.Timer(SECONDS, os.kill, (client.server, signal.SIGTERM))
        killer.start()
        # The output ends when nobody has it open any more, which is when the server is gone.
        client.output.read()
        assert killer.is_alive(), "it had to be killed"
        killer.cancel()


@pytest.mark.skipif(sys.platform == "win32", reason="processes end in other ways there")
def test_the_client_dies_while_the_server_waits_for_it_to_read() -> None:
    """The server ends with its client's process even while it waits to write into a full pipe."""
    with _client() as client:
        document = {"uri": "untitled:é", "languageId": "markdown", "version": 1, "text": REPORT * 20}
        opening = {"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": document}}
        symbols = {"jsonrpc": "2.0", "method": "textDocument/documentSymbol"}
        asked = [
            {**symbols, "id": number, "params": {"textDocument": {"uri": "untitled:é"}}} for number in range(2, 200)
        ]
        client.begin(opening, *asked)
        client.process.kill()
        end = time.monotonic() + SECONDS
        while is_running(client.server) and time.monotonic() < end:
            time.sleep(0.1)
        assert not is_running(client.server), "it goes on for ever"


def test_a_client_on_another_machine(raw: RawClient) -> None:
    """The process id of a client on another machine does not end the session."""
    raw.initialize(capabilities(), processId=2**22 + 1)
    raw.settle()
    assert raw.leave() == 0


def test_a_log(tmp_path: Path) -> None:
    """The log file has all messages."""
    log = tmp_path / "é.log"
    with RawClient("--log", str(log)) as client:
        client.initialize(capabilities())
        client.open("untitled:é", REPORT)
        client.diagnostics("untitled:é")
        assert client.leave() == 0
        assert client.complaints() == []
    assert "textDocument/publishDiagnostics" in log.read_text("utf-8")


def test_a_log_that_cannot_be_written(tmp_path: Path) -> None:
    """A log file that cannot be written is an error before the session starts."""
    with RawClient("--log", str(tmp_path)) as client:
        assert client.exit_code() == 2
        (complaint,) = client.complaints()
        assert str(tmp_path) in complaint


def _initialize(process_id: int | None = None) -> object:
    params: dict[str, Any] = {"processId": process_id, "rootUri": None, "capabilities": {}}
    return {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params}
