"""Sessions over a port."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.sync.server import serve

from reportls.lsp.rpc.connection import WebSocketConnection, of_socket
from reportls.lsp.serve import serve_connection
from tests.cli.running import environment, process
from tests.support.group import REPORT
from tests.support.raw_client import SECONDS, framed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from websockets.sync.server import ServerConnection

INITIALIZE = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"processId": None, "capabilities": {}}}
OPEN = {
    "jsonrpc": "2.0",
    "method": "textDocument/didOpen",
    "params": {"textDocument": {"uri": "untitled:é", "languageId": "markdown", "version": 1, "text": REPORT}},
}
SHUTDOWN = {"jsonrpc": "2.0", "id": 2, "method": "shutdown"}
EXIT = {"jsonrpc": "2.0", "method": "exit"}
PUBLISHED = "textDocument/publishDiagnostics"
OPEN_FILES = Path("/proc/self/fd")


@contextmanager
def listening(*arguments: str) -> Iterator[int]:
    """Start a server that listens; return its port."""
    command = [sys.executable, "-m", "reportls", "serve", *arguments, "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=environment()) as server:
        assert server.stderr
        try:
            said = server.stderr.readline().decode()
            found = re.search(r"port (\d+)", said)
            assert found, said
            yield int(found[1])
        finally:
            server.kill()
            assert server.stderr.read() == b""


@contextmanager
def connected(port: int) -> Iterator[socket.socket]:
    """Connect to that port of this machine."""
    with socket.create_connection(("127.0.0.1", port), SECONDS) as client:
        yield client


def received(client: socket.socket) -> Iterator[dict[str, Any]]:
    """Yield the messages that come, until the connection is closed."""
    with client.makefile("rb") as stream:
        while header := stream.readline():
            stream.readline()
            yield json.loads(stream.read(int(header.split(b":")[1])))


def test_a_session_over_tcp() -> None:
    """A session over TCP works as over a pipe, and the connection ends with it."""
    with listening("--tcp") as port, connected(port) as client:
        client.sendall(b"".join(map(framed, (INITIALIZE, OPEN))))
        messages = received(client)
        assert next(messages)["result"]["capabilities"]["hoverProvider"]
        assert next(it for it in messages if it.get("method") == PUBLISHED)["params"]["diagnostics"]
        client.sendall(b"".join(map(framed, (SHUTDOWN, EXIT))))
        assert [it["id"] for it in messages if "id" in it] == [2]


def test_several_sessions_at_once() -> None:
    """Sessions are independent; one that breaks off does not affect the other."""
    with listening("--tcp") as port, connected(port) as one, connected(port) as other:
        for client in (one, other):
            client.sendall(framed(INITIALIZE))
            assert next(received(client))["id"] == 1
        one.close()
        other.sendall(framed(OPEN))
        assert next(it for it in received(other) if it.get("method") == PUBLISHED)["params"]["uri"] == "untitled:é"


@pytest.mark.skipif(not OPEN_FILES.is_dir(), reason="this system does not list a process's open files")
def test_a_session_gives_everything_back() -> None:
    """A session closes every file descriptor that it has opened."""
    before = len([*OPEN_FILES.iterdir()])
    for _ in range(3):
        client, served = socket.socketpair()
        client.sendall(b"".join(map(framed, (INITIALIZE, SHUTDOWN, EXIT))))
        assert serve_connection(of_socket(served)) == 0
        client.close()
    assert len([*OPEN_FILES.iterdir()]) == before


@pytest.mark.parametrize("is_get", [True, False])
def test_a_page_in_a_browser_cannot_talk_to_it(*, is_get: bool) -> None:
    """The connection is cut at the HTTP that a browser sends around our messages."""
    body = framed(INITIALIZE) + framed(SHUTDOWN)
    head = (
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
        if is_get
        else b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(body)
    )
    with listening("--tcp") as port, connected(port) as client:
        client.sendall(head + body)
        assert not [it for it in _until_cut(client) if "result" in it]


def test_a_session_over_a_web_socket() -> None:
    """A web socket carries one message in each frame."""
    with listening("--ws") as port, connect(f"ws://127.0.0.1:{port}", open_timeout=SECONDS) as client:
        client.send(json.dumps(INITIALIZE))
        assert json.loads(client.recv(SECONDS))["id"] == 1
        client.send(json.dumps(OPEN))
        messages = (json.loads(client.recv(SECONDS)) for _ in range(100))
        assert next(it for it in messages if it.get("method") == PUBLISHED)["params"]["diagnostics"]
        client.send("{")
        assert next(it for it in messages if it.get("id", 0) is None)["error"]["code"] == -32700
        client.send(json.dumps(SHUTDOWN))
        assert next(it for it in messages if it.get("id") == 2)["result"] is None
        client.send(json.dumps(EXIT))


def test_clients_that_vanish_from_web_sockets() -> None:
    """A client that hangs up without a word, or is none, leaves no thread and no message on standard error."""
    before = threading.active_count()
    ended = threading.Semaphore(0)

    def serve_one(websocket: ServerConnection) -> None:
        serve_connection(WebSocketConnection(websocket))
        ended.release()

    with serve(serve_one, "127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for _ in range(3):
            with connect(f"ws://127.0.0.1:{server.socket.getsockname()[1]}", open_timeout=SECONDS) as client:
                client.send(json.dumps(INITIALIZE))
                assert json.loads(client.recv(SECONDS))["id"] == 1
                client.socket.shutdown(socket.SHUT_RDWR)
                assert ended.acquire(timeout=SECONDS)
    assert threading.active_count() <= before + 1  # the one that listens may still be ending


def test_no_web_socket() -> None:
    """A client that sends something else, or nothing, to the port of web sockets does not disturb the next one."""
    with listening("--ws") as port:
        for said in (b"", b"junk\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n"):
            with connected(port) as client:
                client.sendall(said)
        with connect(f"ws://127.0.0.1:{port}", open_timeout=SECONDS) as other:
            other.send(json.dumps(INITIALIZE))
            assert json.loads(other.recv(SECONDS))["id"] == 1


def test_a_long_message_over_a_web_socket() -> None:
    """A message may be as long as elsewhere: more than the one megabyte of the library's default."""
    with listening("--ws") as port, connect(f"ws://127.0.0.1:{port}", open_timeout=SECONDS, max_size=None) as client:
        client.send(json.dumps({**INITIALIZE, "params": {"capabilities": {}, "title": "x" * 5_000_000}}))
        assert json.loads(client.recv(SECONDS))["id"] == 1


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
@pytest.mark.parametrize(("messages", "code"), [([INITIALIZE], 130), ([INITIALIZE, SHUTDOWN], 0)])
def test_an_interrupted_session(messages: list[dict[str, Any]], code: int) -> None:
    """Ctrl-C ends a session quietly, and with 130 unless the client has already asked for the end."""
    command = [sys.executable, "-m", "reportls", "serve"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment()) as server:
        assert server.stdin
        assert server.stdout
        assert server.stderr
        for message in messages:
            server.stdin.write(framed(message))
            server.stdin.flush()
            size = int(server.stdout.readline().split(b":")[1])
            server.stdout.read(size + 2)
        server.send_signal(signal.SIGINT)
        assert server.wait(SECONDS) == code
        assert server.stderr.read() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
@pytest.mark.parametrize("transport", ["--tcp", "--ws"])
def test_an_interrupted_listener(transport: str) -> None:
    """Ctrl-C ends a server that listens quietly, also while a client is connected."""
    command = [sys.executable, "-m", "reportls", "serve", transport, "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=environment()) as server:
        assert server.stderr
        port = int(server.stderr.readline().decode().split("port ")[1].split(",")[0])
        with connected(port):
            server.send_signal(signal.SIGINT)
            assert server.wait(SECONDS) == 130
        assert server.stderr.read() == b""


@pytest.mark.parametrize("origin", ["https://example.org", "null", "http://localhost.example.org"])
def test_pages_from_elsewhere_are_refused(origin: str) -> None:
    """A web page from another machine cannot connect: browsers send its origin."""
    with listening("--ws") as port, pytest.raises(InvalidStatus, match="403"):
        connect(f"ws://127.0.0.1:{port}", additional_headers={"Origin": origin}, open_timeout=SECONDS).close()


def test_pages_of_this_machine_are_served() -> None:
    """A web page of this machine can connect."""
    origin = {"Origin": "http://localhost:3000"}
    with listening("--ws") as port, connect(f"ws://127.0.0.1:{port}", additional_headers=origin) as client:
        client.send(json.dumps(INITIALIZE))
        assert json.loads(client.recv(SECONDS))["id"] == 1


@pytest.mark.parametrize("transport", ["--tcp", "--ws"])
@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])  # noqa: S104  # it is refused
def test_others_are_let_in_only_if_that_is_meant(transport: str, host: str) -> None:
    """Addresses that other machines can reach need `--expose`, because anyone who connects can read reports."""
    ran = process("serve", transport, "--host", host, "--port", "0")
    assert ran.code == 2
    assert ran.out == ""
    assert "--expose" in ran.err


def test_a_port_that_is_taken() -> None:
    """A port that is in use is an error of one line."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = process("serve", "--tcp", "--port", str(taken.getsockname()[1]))
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1


def _until_cut(client: socket.socket) -> list[dict[str, Any]]:
    try:
        return [*received(client)]
    except ConnectionError:  # cut while something was unread
        return []


def test_a_client_on_a_web_socket_that_does_not_answer() -> None:
    """A client that vanishes without a word answers no ping, and its session ends."""
    program = "import reportls.lsp.serve as module; module._PING = 0.3; module.serve_ws('127.0.0.1', 0)"
    server = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE, env=environment())
    assert server.stderr
    try:
        port = int(server.stderr.readline().split(b"port ")[1].split(b",")[0])
        with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
            client.sendall(
                b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
            )
            received = b""
            while data := client.recv(4096):  # fails after twenty seconds in which the server does not hang up
                received += data
        assert b"101 Switching Protocols" in received
        assert b"keepalive ping timeout" in received
    finally:
        server.kill()
        server.wait()
        server.stderr.close()
