"""A client that works with bytes: it can send invalid input and sees everything that the server sends."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.cli.running import environment

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Self

SECONDS = 30.0
"""Time limit of a request in seconds, on a busy machine."""
ERROR = 1
"""The type of a message to the user that reports an error."""

_SMALLEST_REPORT = "### Question 1\n\n> Answer:\n\n### Question 2\n\n> Answer:\n"

Json = dict[str, Any]


class RawClient:
    """A server process and the pipe to it. Requests of the server are granted at once."""

    def __init__(self, *arguments: str, command: list[str] | None = None, **options: Any) -> None:  # noqa: ANN401  # options of the process
        """Start the server, or another command that behaves like one."""
        command = command or [sys.executable, "-m", "reportls", "serve", *arguments]
        options.setdefault("env", environment())
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options
        )
        self.received: list[Json] = []
        """All messages of the server."""
        self.settings: Any = None
        """The settings that the server gets on request."""
        self.encoding = "utf-16"
        """The unit of columns."""
        self._unseen: deque[Json] = deque()
        self._arrived = threading.Condition()
        self._writing = threading.Lock()
        self._is_over = False
        self._next_id = 0
        self._complaints = bytearray()
        self._threads = [
            threading.Thread(target=read, daemon=True) for read in (self._read_messages, self._read_complaints)
        ]
        for thread in self._threads:
            thread.start()

    def write(self, data: bytes) -> None:
        """Send bytes unchanged."""
        assert self.process.stdin
        with self._writing:
            self.process.stdin.write(data)
            self.process.stdin.flush()

    def send(self, message: object) -> None:
        """Send a value as JSON with a header."""
        self.write(framed(message))

    def notify(self, method: str, params: object = None) -> None:
        """Send a notification."""
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def start_request(self, method: str, params: object = None) -> int:
        """Send a request; return its id."""
        self._next_id += 1
        self.send({"jsonrpc": "2.0", "id": self._next_id, "method": method, "params": params})
        return self._next_id

    def request(self, method: str, params: object = None) -> Json:
        """Send a request; return the whole response."""
        return self.answer(self.start_request(method, params))

    def ask(self, method: str, params: object = None) -> Any:  # noqa: ANN401  # plain JSON
        """Send a request; return its result."""
        answer = self.request(method, params)
        assert "result" in answer, answer
        return answer["result"]

    def execute(self, command: str, *arguments: object) -> Any:  # noqa: ANN401  # plain JSON
        """Execute a command; return its result."""
        return self.ask("workspace/executeCommand", {"command": command, "arguments": [*arguments]})

    def answer(self, message_id: int | None) -> Json:
        """Wait for the response to a request; for id None, the next response to an invalid message."""
        return self.wait(lambda message: message.get("id", 0) == message_id and "method" not in message)

    def wait(self, is_it: Callable[[Json], bool]) -> Json:
        """Wait for the first message that satisfies the condition, among those not waited for yet."""
        end = time.monotonic() + SECONDS
        with self._arrived:
            while True:
                for message in self._unseen:
                    if is_it(message):
                        self._unseen.remove(message)
                        return message
                if self._is_over or not self._arrived.wait(end - time.monotonic()):
                    raise AssertionError(self._trouble())

    def notification(self, method: str) -> Any:  # noqa: ANN401  # plain JSON
        """Wait for the next notification of that method; return its parameters."""
        return self.wait(lambda message: message.get("method") == method and "id" not in message).get("params")

    def asked(self, method: str) -> Any:  # noqa: ANN401  # plain JSON
        """Wait for the server's next request of that method; return its parameters."""
        return self.wait(lambda message: message.get("method") == method and "id" in message).get("params")

    def all_of(self, method: str) -> list[Json]:
        """Return the parameters of all messages of that method so far."""
        with self._arrived:
            return [message["params"] for message in self.received if message.get("method") == method]

    def published(self, uri: str) -> list[Json]:
        """Return everything that was published for a document so far."""
        return [params for params in self.all_of("textDocument/publishDiagnostics") if params["uri"] == uri]

    def forget(self) -> None:
        """Ignore all messages so far in later waits."""
        with self._arrived:
            self._unseen.clear()

    def take_received(self) -> list[Json]:
        """Return and drop the messages since the last call: those of long sessions take gigabytes."""
        with self._arrived:
            received = [*self.received]
            self.received.clear()
            self._unseen.clear()
        return received

    def initialize(self, capabilities: Json | None = None, **params: Any) -> Json:  # noqa: ANN401  # plain JSON
        """Begin a session; return the server's capabilities."""
        given = {"processId": None, "rootUri": None, "capabilities": capabilities or {}, **params}
        announced: Json = self.ask("initialize", given)["capabilities"]
        self.encoding = announced["positionEncoding"]
        self.notify("initialized", {})
        return announced

    def open(self, uri: str, text: str, version: int = 1) -> None:
        """Open a document."""
        document = {"uri": uri, "languageId": "markdown", "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, uri: str, version: int, *changes: Json) -> None:
        """Change a document."""
        self.notify(
            "textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": [*changes]}
        )

    def close(self, uri: str) -> None:
        """Close a document."""
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def diagnostics(self, uri: str, version: int | None = None) -> list[Json]:
        """Wait for the next diagnostics of a document, of the given version if there is one."""

        def is_it(message: Json) -> bool:
            if message.get("method") != "textDocument/publishDiagnostics" or message["params"]["uri"] != uri:
                return False
            return version is None or message["params"].get("version") == version

        return self.wait(is_it)["params"]["diagnostics"]  # type: ignore[no-any-return]

    def status(self, uri: str) -> Any:  # noqa: ANN401  # plain JSON
        """Wait for the next status of a report."""
        is_it = partial(_is_about, "reportls/status", uri)
        return self.wait(is_it).get("params")

    def settle(self) -> None:
        """Wait until the server is idle: it sends statuses last, when nothing else is left."""
        uri = f"untitled:settle-{len(self.received)}"
        self.open(uri, _SMALLEST_REPORT)
        self.status(uri)
        self.close(uri)
        self.status(uri)

    def complaints(self) -> list[str]:
        """Return the server's error messages to the user, in the log, and on standard error."""
        said = [*self.all_of("window/showMessage"), *self.all_of("window/logMessage")]
        return [it["message"] for it in said if it["type"] == ERROR] + self._complaints.decode().splitlines()

    def end(self) -> int:
        """Close the pipe; return the exit code."""
        assert self.process.stdin
        self.process.stdin.close()
        return self.exit_code()

    def leave(self) -> int:
        """End the session as the specification says; return the exit code."""
        self.request("shutdown")
        self.notify("exit")
        return self.exit_code()

    def exit_code(self) -> int:
        """Wait for the end of the server and of its output; return the exit code."""
        code = self.process.wait(SECONDS)
        for thread in self._threads:
            thread.join(SECONDS)
        return code

    def __enter__(self) -> Self:
        """Return the client for a `with` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the server if it still runs."""
        self.process.kill()
        self.exit_code()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe:
                with suppress(OSError):
                    pipe.close()

    def _read_messages(self) -> None:
        assert self.process.stdout
        stream = self.process.stdout
        with suppress(ValueError):  # closed by the test
            while header := stream.readline():
                length = int(header.split(b":")[1])
                while stream.readline().strip():
                    pass  # other fields
                self._take(json.loads(stream.read(length)))
        with self._arrived:
            self._is_over = True
            self._arrived.notify_all()

    def _read_complaints(self) -> None:
        assert self.process.stderr
        with suppress(ValueError):
            for line in self.process.stderr:
                self._complaints += line

    def _take(self, message: Json) -> None:
        with self._arrived:
            self.received.append(message)
            self._unseen.append(message)
            self._arrived.notify_all()
        if "method" in message and "id" in message:
            with suppress(OSError, ValueError):  # the server, or the test, is over
                self.send({"jsonrpc": "2.0", "id": message["id"], "result": self._result(message)})

    def _result(self, message: Json) -> object:
        match message["method"]:
            case "workspace/configuration":
                return [self.settings for _ in message["params"]["items"]]
            case "window/showDocument":
                return {"success": True}
            case "workspace/applyEdit":
                return {"applied": True}
            case _:
                return None

    def _trouble(self) -> str:
        came = [message.get("method", message.get("id")) for message in self.received]
        return f"it did not come; there came {came}; exit code {self.process.poll()}, {self._complaints.decode()}"


def framed(message: object) -> bytes:
    """Return a message with its header."""
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def _is_about(method: str, uri: str, message: Json) -> bool:
    return message.get("method") == method and message["params"]["uri"] == uri
