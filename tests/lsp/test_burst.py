"""Edits that arrive faster than they can be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.capabilities import ENCODINGS
from tests.support.group import REPORT, Group
from tests.support.open_document import OpenDocument

if TYPE_CHECKING:
    from tests.lsp.conftest import StartClient

EDITS = 200


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_last_version_counts(start: StartClient, group: Group, encoding: str) -> None:
    """The last version is published, versions never go backwards, and nothing follows the last."""
    client = start(encodings=[encoding])
    report = OpenDocument(client, group.uri, REPORT)
    for number in range(EDITS):
        report.change({"range": report.range_of("alone"), "text": f"{number} 😋 alone"})
    last = report.findings()
    client.settle()
    versions = [params["version"] for params in client.published(report.uri)]
    assert versions == sorted(set(versions))
    assert versions[-1] == EDITS + 1
    assert ("answer-too-long", "5-20 words") in last
    again = OpenDocument(client, f"{group.uri}.again.md", report.text)
    assert again.findings() == last


def test_typing_and_asking_take_turns(report: OpenDocument) -> None:
    """Each answer is about the version that was current when the request was sent."""
    words, requests = "alone", []
    for number in range(EDITS):
        report.replace(words, words := f"{number}-alone 😋")
        params = {"textDocument": {"uri": report.uri}, "positions": [report.at(words)]}
        requests.append(report.client.start_request("textDocument/selectionRange", params))
    for number, request in enumerate(requests):
        (found,) = report.client.answer(request)["result"]
        start, end = (found["range"][side]["character"] for side in ("start", "end"))
        assert end - start == len(str(number))
