"""`reportls/page`: the page that graders will see, of the report as it stands in the editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.group import Group
    from tests.support.open_document import OpenDocument


def test_the_page_of_what_stands_there(report: OpenDocument) -> None:
    """The page shows unsaved text and the figures, and loads nothing."""
    report.replace("alone", "and a mole 🐾")
    page = report.client.request("reportls/page", {"uri": report.uri})["result"]["html"]
    assert "and a mole 🐾" in page
    assert 'src="data:image/png;base64,' in page
    assert "Content-Security-Policy" in page
    assert "<script" not in page


def test_no_page_of_other_documents(report: OpenDocument, group: Group) -> None:
    """Other Markdown has no page, and a document that is not open is refused."""
    client = report.client
    client.open((group.folder / "notes.md").as_uri(), "# Notes")
    assert client.request("reportls/page", {"uri": (group.folder / "notes.md").as_uri()})["result"] is None
    assert client.request("reportls/page", {"uri": (group.folder / "gone.md").as_uri()})["error"]["code"] == -32602


def test_parameters_that_make_no_sense(report: OpenDocument) -> None:
    """The error names the page that describes the parameters."""
    error = report.client.request("reportls/page", {"uri": 3})["error"]
    assert error["code"] == -32602
    assert "server/docs/editors.md" in error["message"]
