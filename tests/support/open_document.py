"""A document that a `RawClient` has open, with the text that the server should have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support import editing

if TYPE_CHECKING:
    from tests.support.raw_client import RawClient

Json = dict[str, Any]


class OpenDocument:
    """Locates words in the text, and sends requests about them."""

    def __init__(self, client: RawClient, uri: str, text: str) -> None:
        """Open the document."""
        self.client = client
        self.uri = uri
        self.text = text
        self.version = 1
        client.open(uri, text)

    def at(self, words: str, *, behind: bool = False) -> Json:
        """Return the position before or after the words, which must occur once."""
        assert self.text.count(words) == 1, f"{words!r} is there {self.text.count(words)} times"
        offset = self.text.index(words) + (len(words) if behind else 0)
        return editing.position_of(self.text, offset, self.client.encoding)

    def offset(self, position: Json) -> int:
        """Return the offset of a position."""
        return editing.offset_of(self.text, position, self.client.encoding)

    def at_offset(self, offset: int) -> Json:
        """Return the position of an offset."""
        return editing.position_of(self.text, offset, self.client.encoding)

    def range_of(self, words: str) -> Json:
        """Return the range of the words."""
        return {"start": self.at(words), "end": self.at(words, behind=True)}

    def shown(self, range_: Json) -> str:
        """Return the text in a range."""
        return editing.shown_in(self.text, range_, self.client.encoding)

    def replace(self, old: str, new: str) -> int:
        """Replace the words as a user does; return the new version."""
        return self.change({"range": self.range_of(old), "text": new})

    def change(self, *changes: Json) -> int:
        """Send changes; return the new version."""
        self.version += 1
        self.text = editing.changed(self.text, [*changes], self.client.encoding)
        self.client.change(self.uri, self.version, *changes)
        return self.version

    def diagnostics(self) -> list[Json]:
        """Return the diagnostics of the current version."""
        return self.client.diagnostics(self.uri, self.version)

    def findings(self) -> list[tuple[str, str]]:
        """Return rule and marked text of each diagnostic."""
        return [(it["code"], self.shown(it["range"])) for it in self.diagnostics()]

    def rules(self) -> set[str]:
        """Return the rules of the diagnostics of the current version."""
        return {it["code"] for it in self.diagnostics()}

    def ask(self, method: str, **params: object) -> Any:  # noqa: ANN401  # plain JSON
        """Send a request about the document, such as `hover`; return its result."""
        return self.client.ask(f"textDocument/{method}", {"textDocument": {"uri": self.uri}, **params})

    def actions(self, words: str, **context: object) -> list[Json]:
        """Return the code actions at the words."""
        found: list[Json] = self.ask("codeAction", range=self.range_of(words), context={"diagnostics": [], **context})
        return found

    def after(self, edit: Json, **others: str) -> str:
        """Return the text after a `WorkspaceEdit`."""
        files = editing.workspace_after(edit, {self.uri: self.text, **others}, self.client.encoding)
        return files[self.uri]
