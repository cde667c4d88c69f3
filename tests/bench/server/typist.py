"""A session with a report open, in which an author types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.support.capabilities import capabilities
from tests.support.editing import position_of
from tests.support.raw_client import framed

if TYPE_CHECKING:
    from random import Random

    from tests.bench.server.pipe import Json, Pipe

_FULL = 1
_PLACE = re.compile("lets the heat ")
"""The text after which letters are typed; it occurs twice in each answer."""


class Typist:
    """Types into a report and knows the text that the server should have."""

    def __init__(self, pipe: Pipe, uri: str, text: str) -> None:
        """Begin the session and open the report; raise `NoAnswerError` if the server publishes nothing for it."""
        self.pipe = pipe
        self.uri = uri
        self.text = text
        self.version = 1
        given = {"processId": None, "rootUri": uri.rpartition("/")[0], "capabilities": capabilities()}
        at, result = pipe.ask("initialize", given)
        self.until_initialized = at - pipe.started
        """Seconds from the start of the process to the answer to `initialize`."""
        self.announced: Json = result["capabilities"]
        self.encoding: str = self.announced.get("positionEncoding", "utf-16")
        self.diagnostics: list[Json] = []
        """The latest diagnostics."""
        document = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
        pipe.send(_notification("initialized", {}) + _notification("textDocument/didOpen", {"textDocument": document}))
        self.until_diagnosed = self.diagnosed() - pipe.started
        """Seconds from the start of the process to the first diagnostics."""

    def go(self, rng: Random) -> None:
        """Move to another answer, in which the next letters are typed."""
        self._offset = rng.choice([found.end() for found in _PLACE.finditer(self.text)])
        self._at = position_of(self.text, self._offset, self.encoding)

    def typed(self, letter: str) -> bytes:
        """Type a letter; return the message, ready to be sent."""
        self.version += 1
        self.text = f"{self.text[: self._offset]}{letter}{self.text[self._offset :]}"
        change = {"range": {"start": self._at, "end": self._at}, "text": letter}
        self._offset += 1
        self._at = {**self._at, "character": self._at["character"] + 1}
        sent = change if self._takes_ranges() else {"text": self.text}
        document = {"uri": self.uri, "version": self.version}
        return _notification("textDocument/didChange", {"textDocument": document, "contentChanges": [sent]})

    def diagnosed(self) -> float:
        """Return the time of arrival of this version's diagnostics; a server must include versions."""
        found = self.pipe.wait(self._is_of_this_version)
        self.diagnostics = found.message["params"]["diagnostics"]
        return found.at

    def question(self, method: str) -> tuple[int, bytes]:
        """Return a request at the place typed last, ready to be sent, and its id."""
        params: Json = {"textDocument": {"uri": self.uri}}
        if method == "textDocument/codeAction":
            params |= {"range": {"start": self._at, "end": self._at}, "context": {"diagnostics": []}}
        else:
            params["position"] = self._at
        return self.pipe.request(method, params)

    def _takes_ranges(self) -> bool:
        sync = self.announced["textDocumentSync"]
        return (sync if isinstance(sync, int) else sync["change"]) != _FULL

    def _is_of_this_version(self, message: Json) -> bool:
        params: Any = message.get("params")
        is_it = message.get("method") == "textDocument/publishDiagnostics" and params["uri"] == self.uri
        return is_it and params.get("version") == self.version


def _notification(method: str, params: Json) -> bytes:
    return framed({"jsonrpc": "2.0", "method": method, "params": params})
