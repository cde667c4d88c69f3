"""`reportls/page` and `reportls/rule`: pages of the report as it stands in the editor, and of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown import markdown

from tests.support.sample import SAMPLE

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
    """Other Markdown has no page, nor has a report that is closed before the request for it arrives."""
    client = report.client
    client.open((group.folder / "notes.md").as_uri(), "# Notes")
    assert client.request("reportls/page", {"uri": (group.folder / "notes.md").as_uri()})["result"] is None
    report.client.close(report.uri)
    assert client.request("reportls/page", {"uri": report.uri})["result"] is None


def test_parameters_that_make_no_sense(report: OpenDocument) -> None:
    """The error names the page that describes the parameters."""
    error = report.client.request("reportls/page", {"uri": 3})["error"]
    assert error["code"] == -32602
    assert "server/docs/editors.md" in error["message"]


def test_the_page_that_the_course_makes(report: OpenDocument, group: Group) -> None:
    """Where an edition brings a checker, its page comes first, to the byte; ours only when it is asked for."""
    assert report.client.request("reportls/page", {"uri": report.uri})["result"]["kinds"] == ["to-read"]
    group.write("2026/reportls.toml", 'edition = "dtu-02476-2026"\n')
    uri = group.write("2026/README.md", SAMPLE[31]).as_uri()
    report.client.open(uri, SAMPLE[31])
    found = report.client.request("reportls/page", {"uri": uri})["result"]
    assert (found["kind"], found["kinds"], found["problem"]) == ("handed-in", ["handed-in", "to-read"], None)
    assert found["html"] == markdown(SAMPLE[31][43:])
    ours = report.client.request("reportls/page", {"uri": uri, "kind": "to-read"})["result"]
    assert ours["kind"] == "to-read"
    assert "At a glance" in ours["html"]
    assert "At a glance" not in found["html"]


def test_the_page_of_a_rule(report: OpenDocument) -> None:
    """The page of a rule is that of `reportls rule`; there is none of an unknown rule."""
    found = report.client.request("reportls/rule", {"rule": "answer-in-quote"})["result"]
    assert found["page"].startswith(found["title"])
    assert report.client.request("reportls/rule", {"rule": "nonsense"})["result"] is None
