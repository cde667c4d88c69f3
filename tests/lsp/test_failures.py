"""Bugs in the server itself: they are logged, and affect only the feature that has failed.

Each session runs a server in which something was replaced first.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.capabilities import capabilities
from tests.support.group import REPORT, Group
from tests.support.open_document import OpenDocument
from tests.support.raw_client import ERROR, RawClient

if TYPE_CHECKING:
    from collections.abc import Iterator

_REPLACED = """
import sys
from reportls.cli import main

def raises(*_, **__):
    raise RuntimeError("{words}")

{replacing}
sys.exit(main(["serve"]))
"""
_WORDS = "a mistake é"
_STUDENT = "s123456"


@pytest.fixture
def broken(request: pytest.FixtureRequest, group: Group) -> Iterator[OpenDocument]:
    """Open the group's report in a server in which the test's parameter was run first."""
    program = _REPLACED.format(words=_WORDS, replacing=request.param)
    with RawClient(command=[sys.executable, "-c", program]) as client:
        client.initialize(capabilities(), workspaceFolders=[{"uri": group.folder.as_uri(), "name": "x"}])
        yield OpenDocument(client, group.uri, REPORT)
        assert client.leave() == 0
        assert client.all_of("window/showMessage") == []
        assert _STUDENT not in str(client.all_of("window/logMessage"))


def logged(client: RawClient) -> list[str]:
    """Return what was logged as an error."""
    client.settle()
    return [it["message"] for it in client.all_of("window/logMessage") if it["type"] == ERROR]


@pytest.mark.parametrize(
    "broken",
    ["from reportls.rules import BY_NAME\nBY_NAME['image-case-mismatch'].check = raises"],
    indirect=True,
)
def test_a_rule_that_fails(broken: OpenDocument) -> None:
    """The findings of other rules are published, and the failing rule is logged once."""
    assert broken.rules() == {"answer-too-short", "unanswered"}
    broken.replace("alone", "here")
    assert broken.rules() == {"answer-too-short", "unanswered"}
    (message,) = logged(broken.client)
    assert "image-case-mismatch" in message
    assert _WORDS in message


_FEATURES = {
    "hover": ("reportls.lsp.hover.hover", {"position": {"line": 9, "character": 8}}),
    "foldingRange": ("reportls.lsp.navigation.folds", {}),
    "documentSymbol": ("reportls.lsp.navigation.symbols", {}),
    "completion": ("reportls.lsp.completion.complete", {"position": {"line": 9, "character": 8}}),
}


@pytest.mark.parametrize(
    ("broken", "method", "params"),
    [
        (f"import {path.rpartition('.')[0]}\n{path} = raises", method, params)
        for method, (path, params) in _FEATURES.items()
    ],
    indirect=["broken"],
)
def test_a_feature_that_fails(broken: OpenDocument, method: str, params: dict[str, object]) -> None:
    """The request gets an error, everything else works, and the error is logged once."""
    for _ in range(2):
        asked = {"textDocument": {"uri": broken.uri}, **params}
        error = broken.client.request(f"textDocument/{method}", asked)["error"]
        assert error["code"] == -32603
        assert _WORDS in error["message"]
    assert broken.ask("documentLink")
    assert broken.rules() == {"answer-too-short", "image-case-mismatch", "unanswered"}
    (message,) = logged(broken.client)
    assert f"textDocument/{method}" in message


@pytest.mark.parametrize(
    "broken", ["import reportls.lsp.publishing\nreportls.lsp.publishing.status = raises"], indirect=True
)
def test_a_status_that_fails(broken: OpenDocument) -> None:
    """The diagnostics are published all the same."""
    assert broken.rules() == {"answer-too-short", "image-case-mismatch", "unanswered"}
    assert broken.ask("hover", position=broken.at("bed.png"))


@pytest.mark.parametrize(
    "broken", ["import reportls.lsp.documents\nreportls.lsp.documents.judging_any = raises"], indirect=True
)
def test_judging_fails(broken: OpenDocument) -> None:
    """Requests get errors, but the server goes on."""
    assert "error" in broken.client.request(
        "textDocument/hover", {"textDocument": {"uri": broken.uri}, "position": broken.at("bed.png")}
    )
    assert broken.client.ask("codeAction/resolve", {"title": "é"}) == {"title": "é"}


_CHATTY = """
import os, sys
import reportls.lsp.hover as module

hover = module.hover

def chatty(*arguments):
    print("a stray line")
    os.write(1, b"Content-Length: 3\\r\\n\\r\\n")
    sys.__stdout__.write("another")
    return hover(*arguments)

module.hover = chatty
"""


@pytest.mark.parametrize("broken", [_CHATTY], indirect=True)
def test_stray_output(broken: OpenDocument) -> None:
    """Printed text goes to standard error and cannot come between the messages."""
    assert broken.ask("hover", position=broken.at("bed.png"))
    assert broken.rules() == {"answer-too-short", "image-case-mismatch", "unanswered"}
    assert "a stray line" not in str(broken.client.received)


def test_no_words_of_the_report_are_logged(report: OpenDocument) -> None:
    """No text of the report reaches the client's log, whatever is asked, however wrongly."""
    client = report.client
    client.request("textDocument/hover", {"textDocument": {"uri": report.uri}, "position": REPORT})
    client.request("textDocument/foldingRange", {"textDocument": REPORT})
    client.notify("textDocument/didOpen", {"textDocument": {"uri": "untitled:é", "text": REPORT}})
    report.replace("alone", "here")
    client.settle()
    assert _STUDENT not in str(client.all_of("window/logMessage"))
