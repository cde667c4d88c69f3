"""Completion, for clients with different capabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support import editing
from tests.support.capabilities import ENCODINGS
from tests.support.group import REPORT, Group
from tests.support.open_document import OpenDocument

if TYPE_CHECKING:
    from tests.lsp.conftest import StartClient

SNIPPET = 2


def accepted(report: OpenDocument, item: dict[str, Any]) -> str:
    """Return the text after the item is accepted."""
    edit = dict(item["textEdit"])
    if item["insertTextFormat"] == SNIPPET:
        edit["newText"] = editing.filled_in(edit["newText"])
    return editing.applied(report.text, [edit], report.client.encoding)


def completed(report: OpenDocument, typed: str, label: str) -> str:
    """Return the text after this is typed behind "alone" and that item is accepted."""
    report.replace("alone", f"alone 😋{typed}")
    items = report.ask("completion", position=report.at(f"😋{typed}", behind=True))["items"]
    return accepted(report, next(item for item in items if item["label"] == label))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("without", [(), ("textDocument.completion.completionItem.snippetSupport",)])
def test_an_image_is_completed(start: StartClient, group: Group, encoding: str, without: tuple[str, ...]) -> None:
    """The completion replaces what was typed and nothing else, with places to fill in or without."""
    report = OpenDocument(start(encodings=[encoding], without=without), group.uri, REPORT)
    after = completed(report, " ![", "insert figures/spare 🍐.png")
    assert "s123456 alone 😋 ![spare 🍐](figures/spare%20🍐.png)\r\n" in after


def test_only_clients_that_know_snippets_get_them(start: StartClient, group: Group) -> None:
    """A client without snippets would show the dollar signs."""
    report = OpenDocument(start(without=["textDocument.completion.completionItem.snippetSupport"]), group.uri, REPORT)
    report.replace("alone", "alone ![")
    items = report.ask("completion", position=report.at("alone ![", behind=True))["items"]
    assert items
    assert {item["insertTextFormat"] for item in items} == {1}
    assert "$" not in str([item["textEdit"] for item in items])


def test_a_path_is_completed(report: OpenDocument) -> None:
    """A path is completed as a whole, however much of it is typed."""
    assert "😋 ![it](figures/tree.png)\r\n" in completed(report, " ![it](fig", "figures/tree.png")


def test_what_the_client_compares_with_what_is_typed(report: OpenDocument) -> None:
    """The filter text starts like the replaced text, or the client would hide the item."""
    report.replace("alone", "alone ![")
    for item in report.ask("completion", position=report.at("alone ![", behind=True))["items"]:
        assert item["filterText"].startswith(report.shown(item["textEdit"]["range"]))


def test_nothing_to_complete(report: OpenDocument) -> None:
    """Nothing is offered among plain words and in the prompt."""
    for words in ("Cafe", "What does"):
        assert report.ask("completion", position=report.at(words, behind=True))["items"] == []
