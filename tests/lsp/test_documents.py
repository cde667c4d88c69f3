"""Documents that are reports, and documents that are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.group import REPORT, Group
from tests.support.open_document import OpenDocument

if TYPE_CHECKING:
    from tests.support.raw_client import RawClient

NOTES = "# Notes 🌱\n\n* [ ] Water\n\n### Question 1\n\n> Who?\n\n![](figures/none.png)\n"
RANGE = {"start": {"line": 0, "character": 0}, "end": {"line": 8, "character": 0}}
POSITION = {"line": 8, "character": 8}
NOTHING: tuple[Any, ...] = (None, [], {"isIncomplete": False, "items": []})
REQUESTS: list[tuple[str, dict[str, Any]]] = [
    ("hover", {"position": POSITION}),
    ("completion", {"position": POSITION}),
    ("definition", {"position": POSITION}),
    ("references", {"position": POSITION, "context": {"includeDeclaration": True}}),
    ("documentLink", {}),
    ("documentSymbol", {}),
    ("foldingRange", {}),
    ("inlayHint", {"range": RANGE}),
    ("codeAction", {"range": RANGE, "context": {"diagnostics": []}}),
    ("prepareRename", {"position": POSITION}),
    ("rename", {"position": POSITION, "newName": "a.png"}),
]


def test_other_markdown_gets_nothing(client: RawClient, group: Group) -> None:
    """Markdown that is not a report gets no diagnostics, no status and empty answers."""
    notes = OpenDocument(client, (group.folder / "notes.md").as_uri(), NOTES)
    assert all(notes.ask(method, **params) in NOTHING for method, params in REQUESTS)
    notes.replace("Water", "Dig 😋")
    client.settle()
    assert client.published(notes.uri) == []
    assert notes.uri not in [it["uri"] for it in client.all_of("reportls/status")]


def test_several_reports(report: OpenDocument, group: Group) -> None:
    """Each report has its own diagnostics, and an edit of one does not change the other's."""
    client = report.client
    other = OpenDocument(client, (group.folder / "other.md").as_uri(), REPORT.replace("figures/", "reports/figures/"))
    assert other.rules() == {"answer-too-short", "image-case-mismatch", "unanswered"}
    other.replace("alone", "and two more 🌱")
    assert "answer-too-short" not in other.rules()
    client.settle()
    assert len(client.published(report.uri)) == 1


def test_a_document_becomes_a_report(client: RawClient, group: Group) -> None:
    """A document becomes a report with its second question, and is one until nothing of it is left."""
    document = OpenDocument(client, (group.folder / "draft.md").as_uri(), "# Draft 🌱\n\n### Question 1\n\n> Who?\n")
    document.replace(
        "> Who?\n", "> Who?\n>\n> Answer:\n\nWe.\n\n### Question 2\n\n> Answer:\n\n--- question 2 fill here ---\n"
    )
    assert "unanswered" in document.rules()
    document.replace("### Question 1", "### Quest 1")
    assert "unanswered" in document.rules()
    client.settle()
    document.change({"text": "# Notes again\n"})
    assert client.diagnostics(document.uri) == []
    client.settle()
    assert [it["total"] for it in client.all_of("reportls/status") if it["uri"] == document.uri][-1] is None


def test_a_new_document_without_a_file(client: RawClient) -> None:
    """An unsaved document is checked; it has no files beside it."""
    document = OpenDocument(client, "untitled:Untitled-1", REPORT)
    assert ("answer-too-short", "5-20 words") in document.findings()
    assert document.ask("hover", position=document.at("bed.png"))["contents"]["value"]
    assert all(document.ask(method, **params) is not Ellipsis for method, params in REQUESTS)
    document.replace("alone", "and two more 🌱")
    assert "answer-too-short" not in document.rules()


@pytest.mark.parametrize(
    "uri",
    ["git:/a/README.md?x", "vscode-vfs://github/a/README.md", "file:README.md", "é", "file:///%00.md", "file://%zz/"],
)
def test_odd_uris(client: RawClient, uri: str) -> None:
    """A URI that is not a file of this machine has no files beside it."""
    document = OpenDocument(client, uri, REPORT)
    assert "answer-too-short" in document.rules()
    assert all(document.ask(method, **params) is not Ellipsis for method, params in REQUESTS)


def test_closing_takes_everything_back(report: OpenDocument) -> None:
    """Closing withdraws the diagnostics; reopening publishes them, whatever the version."""
    client = report.client
    assert report.diagnostics()
    client.close(report.uri)
    assert client.diagnostics(report.uri) == []
    client.open(report.uri, REPORT)
    assert report.rules() == {"answer-too-short", "image-case-mismatch", "unanswered"}


def test_a_document_that_is_not_open(client: RawClient, group: Group) -> None:
    """Requests for a document that is not open are refused with a reason; edits and closing do nothing."""
    client.change(group.uri, 2, {"text": REPORT})
    client.close(group.uri)
    params = {"textDocument": {"uri": group.uri}, "position": POSITION}
    error = client.request("textDocument/hover", params)["error"]
    assert error["code"] == -32602
    assert "not open" in error["message"]
    assert client.published(group.uri) == []


def test_a_document_opened_twice(report: OpenDocument) -> None:
    """The second text replaces the first."""
    report.diagnostics()
    report.text, report.version = REPORT.replace("alone", "and two more 🌱"), 5
    report.client.open(report.uri, report.text, 5)
    assert "answer-too-short" not in report.rules()


def test_the_report_is_not_yet_saved(client: RawClient, group: Group) -> None:
    """No figure is missed while the report's folder does not exist."""
    document = OpenDocument(client, (group.folder / "new" / "é" / "README.md").as_uri(), REPORT)
    assert document.rules() == {"answer-too-short", "unanswered"}


def test_a_named_report(client: RawClient, group: Group) -> None:
    """The configuration can name a file that does not look like a report."""
    group.write("reportls.toml", 'reports = ["notes.md"]\n')
    document = OpenDocument(client, (group.folder / "notes.md").as_uri(), NOTES)
    assert document.diagnostics()
