"""One long session: edits, and everything else that a client does meanwhile."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from reportls.report.report import parse
from tests.soak.surroundings import change_surroundings
from tests.soak.typist import some_edits
from tests.support import editing
from tests.support.open_document import OpenDocument
from tests.support.raw_client import ERROR
from tests.support.same_as_check import by_check, by_server

if TYPE_CHECKING:
    from random import Random

    from tests.soak.typist import Typed
    from tests.support.group import Group
    from tests.support.raw_client import RawClient

Json = dict[str, Any]

_PUBLISHED = "textDocument/publishDiagnostics"
_SAID = ("window/logMessage", "window/showMessage")
_CANCELLED = -32800
_NOT_WAITED_FOR = 25
"""Number of edits after which the session waits for the server."""
_TURNS = 50
"""Number of turns after which a report gets its original text back, before nothing of it is left."""
_IN_TEXT = ("hover", "completion", "definition", "prepareRename")
_OF_RANGE = ("codeAction", "inlayHint")
_OF_DOCUMENT = ("documentSymbol", "foldingRange", "documentLink")


class WrongAnswerError(Exception):
    """The server's answer differs from the expected one."""


class Session:
    """A client with all reports open."""

    def __init__(self, client: RawClient, groups: dict[Group, str], rng: Random) -> None:
        """Open the reports with the texts that were handed in."""
        self.done: Counter[str] = Counter()
        """Number of times that each action was done."""
        self.ignored: list[str] = []
        """Rules that the editor's settings hide."""
        self.client = client
        self._rng = rng
        self._groups = [*groups]
        self._texts = [*groups.values()]
        self._documents = [OpenDocument(client, group.uri, text) for group, text in groups.items()]
        self._turns = [0] * len(self._documents)
        self._shown: dict[str, list[Json]] = {}
        self._asked: dict[int, str] = {}

    @property
    def edits(self) -> int:
        """Number of edits so far."""
        return self.done["edits"]

    def go_on(self, until: int) -> None:
        """Edit, ask, open, close and change settings until that many edits are done."""
        waiting = self.edits + _NOT_WAITED_FOR
        while self.edits < until:
            self._write(self._rng.randrange(len(self._documents)))
            if self.edits >= waiting:
                self._catch_up()
                waiting = self.edits + _NOT_WAITED_FOR

    def check(self, most: int) -> None:
        """Compare the diagnostics of randomly chosen reports with what `reportls check` prints for the same text.

        Raises:
            WrongAnswerError: they differ.
        """
        self._catch_up()
        self.client.settle()
        self._hear()
        for index in self._rng.sample(range(len(self._documents)), most):
            self._check(index)

    def _check(self, index: int) -> None:
        document = self._documents[index]
        if not parse(document.text).is_recognisable:
            self.done["texts that are no report"] += 1
            return
        options = [option for rule in self.ignored for option in ("--ignore", rule)]
        wanted = by_check(self._groups[index].report, document.text, *options)
        found = by_server(self._shown.get(document.uri, []), document.text, self.client.encoding)
        self.done["reports compared"] += 1
        self.done["findings compared"] += len(wanted)
        if found != wanted:
            message = f"{document.uri} shows {found}, which should be {wanted}; the text is {document.text!r}"
            raise WrongAnswerError(message)

    def _write(self, index: int) -> None:
        """Edit a report for a while."""
        rng, document = self._rng, self._documents[index]
        edits = [*some_edits(document.text, rng)]
        while edits:
            together = rng.choice([1, 1, 1, 1, 3])
            self._send(document, edits[:together])
            del edits[:together]
            if rng.random() < 0.2:
                self._ask(document)
        self._turns[index] += 1
        if rng.random() < 0.05:
            self._reopen(index)
        if self._turns[index] > _TURNS:
            self._put_back(index)
        if rng.random() < 0.08:
            self.done[change_surroundings(self, self._groups[index], rng)] += 1

    def _send(self, document: OpenDocument, edits: list[Typed]) -> None:
        text, changes = document.text, list[Json]()
        for start, end, new_text in edits:
            changes.append({"range": editing.range_of(text, start, end, self.client.encoding), "text": new_text})
            text = editing.changed(text, changes[-1:], self.client.encoding)
        document.change(*changes)
        self.done["edits"] += len(edits)

    def _reopen(self, index: int) -> None:
        document = self._documents[index]
        self.client.close(document.uri)
        self._documents[index] = OpenDocument(self.client, document.uri, document.text)
        self.done["closed and opened"] += 1

    def _put_back(self, index: int) -> None:
        self._documents[index].change({"text": self._texts[index]})
        self._turns[index] = 0
        self.done["put back"] += 1

    def _ask(self, document: OpenDocument) -> None:
        """Send a request, and sometimes cancel it at once."""
        method, params = self._question(document)
        request = self.client.start_request(method, params)
        self._asked[request] = method
        self.done["requests"] += 1
        if self._rng.random() < 0.2:
            self.client.notify("$/cancelRequest", {"id": request})
            self.done["cancels"] += 1

    def _question(self, document: OpenDocument) -> tuple[str, Json]:
        rng = self._rng
        named: Json = {"textDocument": {"uri": document.uri}}
        place = document.at_offset(rng.randint(0, len(document.text)))
        spread = {"range": {"start": place, "end": {"line": place["line"] + 40, "character": 0}}}
        name = rng.choice([*_IN_TEXT, *_OF_RANGE, *_OF_DOCUMENT, "selectionRange", "page", "symbol"])
        if name == "page":
            return "reportls/page", {"uri": document.uri}
        if name == "symbol":
            return "workspace/symbol", {"query": "question"}
        if name in _OF_RANGE:
            named |= {**spread, "context": {"diagnostics": []}}
        elif name in _IN_TEXT:
            named |= {"position": place}
        elif name == "selectionRange":
            named |= {"positions": [place]}
        return f"textDocument/{name}", named

    def _catch_up(self) -> None:
        """Wait until the server has answered everything, and check every answer."""
        self.client.ask("codeAction/resolve", {"title": "is all done?"})
        self._hear()

    def _hear(self) -> None:
        """Check the messages received since, and drop them: those of a long session take gigabytes."""
        for message in self.client.take_received():
            if message.get("method") == _PUBLISHED:
                self._shown[message["params"]["uri"]] = message["params"]["diagnostics"]
            elif message.get("method") in _SAID and message["params"]["type"] == ERROR:
                raise WrongAnswerError(message["params"]["message"])
            elif "method" not in message:
                self._look_at(message)

    def _look_at(self, answer: Json) -> None:
        method = self._asked.pop(answer["id"], None)
        error = answer.get("error")
        if method and error and error["code"] != _CANCELLED:
            message = f"{method}: {error}"
            raise WrongAnswerError(message)
