"""A server process and a single-threaded pipe to it, which reads the clock before it looks at what arrived."""

from __future__ import annotations

import json
import os
import select
import subprocess
import time
from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.cli.running import environment
from tests.support.raw_client import framed

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Self

SECONDS = 20.0
"""Seconds after which a server counts as not answering."""
_PIECE = 1 << 20
_HEADER_END = b"\r\n\r\n"

Json = dict[str, Any]


class NoAnswerError(Exception):
    """No answer arrived in time, or the server has ended."""


class Arrived(NamedTuple):
    """A message from the server."""

    at: float
    """Time at which its last byte was read, by `time.perf_counter`."""
    message: Json


class Pipe:
    """Writes prepared messages and reads responses. Requests of the server are granted, with empty settings."""

    def __init__(self, command: list[str]) -> None:
        """Start the server."""
        self.started = time.perf_counter()
        """Time of the start, by `time.perf_counter`."""
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()
        )
        assert self.process.stdin
        assert self.process.stdout
        self._to, self._from = self.process.stdin.fileno(), self.process.stdout.fileno()
        os.set_blocking(self._to, False)
        self._read = bytearray()
        self._arrived: deque[tuple[float, bytes]] = deque()
        self._next_id = 0

    def send(self, data: bytes) -> float:
        """Write the data and read whatever arrives meanwhile; return the time of the first byte written."""
        start, rest = time.perf_counter(), memoryview(data)
        while rest:
            readable, writable, _ = select.select([self._from], [self._to], [], SECONDS)
            if not (readable or writable):
                raise NoAnswerError
            if readable:
                self._take()
            if writable:
                rest = rest[_written(self._to, rest) :]
        return start

    def request(self, method: str, params: Json) -> tuple[int, bytes]:
        """Return the id and the bytes of a request that is ready to be sent."""
        self._next_id += 1
        return self._next_id, framed({"jsonrpc": "2.0", "id": self._next_id, "method": method, "params": params})

    def ask(self, method: str, params: Json) -> tuple[float, Any]:
        """Send a request; return its result and the time of arrival."""
        number, data = self.request(method, params)
        self.send(data)
        return self.answer(number)

    def answer(self, number: int) -> tuple[float, Any]:
        """Wait for the response to a request; return its result and the time of arrival."""
        found = self.wait(lambda message: message.get("id") == number and "method" not in message)
        return found.at, found.message["result"]

    def wait(self, is_it: Callable[[Json], bool]) -> Arrived:
        """Wait for the next message that satisfies the condition."""
        end = time.perf_counter() + SECONDS
        while True:
            if self._arrived:
                if is_it((found := self._next()).message):
                    return found
            elif not self._comes(end - time.perf_counter()):
                raise NoAnswerError

    def drain(self, silence: float) -> None:
        """Read until nothing has arrived for that many seconds."""
        while self._arrived or self._comes(silence):
            if self._arrived:
                self._next()

    def _next(self) -> Arrived:
        at, body = self._arrived.popleft()
        message = json.loads(body)
        if "method" in message and "id" in message:
            self._grant(message)
        return Arrived(at, message)

    def _grant(self, message: Json) -> None:
        is_about_settings = message["method"] == "workspace/configuration"
        result: object = [{} for _ in message["params"]["items"]] if is_about_settings else None
        self.send(framed({"jsonrpc": "2.0", "id": message["id"], "result": result}))

    def _comes(self, seconds: float) -> bool:
        readable, _, _ = select.select([self._from], [], [], max(seconds, 0))
        if readable:
            self._take()
        return bool(readable)

    def _take(self) -> None:
        piece = os.read(self._from, _PIECE)
        now = time.perf_counter()
        if not piece:
            raise NoAnswerError
        self._read += piece
        while (end := self._read.find(_HEADER_END)) >= 0:
            start = end + len(_HEADER_END)
            stop = start + _length(bytes(self._read[:end]))
            if len(self._read) < stop:
                return
            self._arrived.append((now, bytes(self._read[start:stop])))
            del self._read[:stop]

    def __enter__(self) -> Self:
        """Return the pipe for a `with` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the server if it still runs."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()


def _length(header: bytes) -> int:
    fields = dict(line.lower().split(b":", 1) for line in header.split(b"\r\n"))
    return int(fields[b"content-length"])


def _written(pipe: int, data: memoryview) -> int:
    try:
        return os.write(pipe, data)
    except BlockingIOError:
        return 0
    except BrokenPipeError:
        raise NoAnswerError from None
