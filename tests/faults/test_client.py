"""A client that dies, stops within a message or stops reading makes the server end, or wait without growing."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import environment
from tests.support.capabilities import capabilities
from tests.support.group import REPORT
from tests.support.raw_client import SECONDS, RawClient, framed

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEGINNING = framed(
    {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"processId": None, "capabilities": {}}}
) + framed({"jsonrpc": "2.0", "method": "initialized", "params": {}})
_URI = "untitled:é"
_OPENING = {"uri": _URI, "languageId": "markdown", "version": 1, "text": REPORT}
_MOST_GROWTH = 60_000_000
"""Maximum number of bytes that a server may accept from a client that does not read."""


def opening(text: str = REPORT) -> bytes:
    """Return the message that opens a document."""
    params = {"textDocument": {**_OPENING, "text": text}}
    return framed({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": params})


def symbols(number: int) -> bytes:
    """Return a request with a long answer."""
    params = {"textDocument": {"uri": _URI}}
    return framed({"jsonrpc": "2.0", "id": number, "method": "textDocument/documentSymbol", "params": params})


@pytest.mark.parametrize("sent", [b"Content-Le", b"Content-Length: 100\r\n", opening()[:-1], opening()[:80], b"\xff\0"])
def test_the_pipe_closes_in_the_middle_of_a_message(raw: RawClient, sent: bytes) -> None:
    """If the pipe closes within a message, the server ends as after any other end of input."""
    raw.initialize(capabilities())
    raw.settle()
    raw.write(sent)
    assert raw.end() == 1
    assert raw.complaints() == []


def test_the_client_is_killed_while_much_is_on_its_way() -> None:
    """If the client is killed during large transfers, the server ends silently."""
    with RawClient() as client:
        client.write(_BEGINNING + opening(REPORT * 20) + b"".join(map(symbols, range(2, 60))))
        assert client.process.stdin
        assert client.process.stdout
        client.process.stdin.close()
        client.process.stdout.close()
        assert client.process.wait(SECONDS) == 1
        assert client.complaints() == []


@pytest.fixture
def deaf() -> Iterator[subprocess.Popen[bytes]]:
    """Start a server whose client does not read."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "reportls", "serve"]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment()) as server:
        yield server
        server.kill()


def _flood(server: subprocess.Popen[bytes]) -> int:
    """Write requests until the server accepts no more for a while; return the number of bytes accepted."""
    import select  # noqa: PLC0415  # not on Windows

    assert server.stdin
    descriptor, taken = server.stdin.fileno(), 0
    os.set_blocking(descriptor, False)
    data = memoryview(_BEGINNING + opening(REPORT * 20) + b"".join(map(symbols, range(2, 20_000))))
    while data and select.select([], [descriptor], [], 3)[1]:
        with suppress(BlockingIOError):
            written = os.write(descriptor, data[:65536])
            data, taken = data[written:], taken + written
    return taken


def _memory(process: int) -> int:
    """Return the peak memory of the process."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_a_client_that_writes_and_does_not_read(deaf: subprocess.Popen[bytes]) -> None:
    """If the client writes and does not read, the server stops accepting input, and ends with the client."""
    assert deaf.stdin
    assert deaf.stdout
    deaf.stdin.write(_BEGINNING)
    deaf.stdin.flush()
    assert deaf.stdout.readline().startswith(b"Content-Length")
    before = _memory(deaf.pid)
    _flood(deaf)
    assert _memory(deaf.pid) - before < _MOST_GROWTH
    assert deaf.poll() is None
    deaf.stdout.close()
    deaf.stdin.close()
    assert deaf.wait(SECONDS) == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes end in other ways elsewhere")
def test_a_client_that_reads_after_all(deaf: subprocess.Popen[bytes]) -> None:
    """If the client reads later, every request has been answered, in order."""
    import json  # noqa: PLC0415

    _flood(deaf)
    assert deaf.stdin
    assert deaf.stdout
    os.set_blocking(deaf.stdin.fileno(), True)
    answered: list[int] = []
    while len(answered) < 100:
        length = int(deaf.stdout.readline().split(b":")[1])
        deaf.stdout.readline()
        message = json.loads(deaf.stdout.read(length))
        if "id" in message and "method" not in message:
            answered.append(message["id"])
    assert answered == [*range(1, 101)]
